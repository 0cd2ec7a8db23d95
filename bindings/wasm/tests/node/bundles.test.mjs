// The package bundled for Node, as the README says; and a build where Rust cannot compile for wasm yet.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));

/** A folder of its own, in which the package is installed. */
function project(t) {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-bundle-"));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(PACKAGE, join(folder, "node_modules/frontdesk"));
  return folder;
}

const PROGRAM = (entry) => `import { Desk } from "${entry}";
try {
  const desk = new Desk({ version: 1, time_zone: "UTC", agents: [{ id: "anna" }] });
  console.log(desk.status("anna", 1_800_000_000_000).reason);
} catch ({ code, hint }) {
  console.log(code, hint);
}`;

for (const [entry, module] of [["frontdesk", "frontdesk_bg.wasm"], ["frontdesk/preview", "preview_bg.wasm"]]) {
  test(`${entry}, bundled for Node with its modules beside, answers`, async (t) => {
    const folder = project(t);
    writeFileSync(join(folder, "main.mjs"), PROGRAM(entry));
    const bundle = { absWorkingDir: folder, entryPoints: ["main.mjs"], bundle: true, platform: "node", format: "esm", logLevel: "silent" };
    await build({ ...bundle, outfile: "out/bundle.mjs" });
    const run = (file) => execFileSync(process.execPath, [join(folder, file)], { encoding: "utf8" }).trim();
    assert.match(run("out/bundle.mjs"), /^not_ready its file is not there: leave the package frontdesk out of the bundle, or copy its folder dist\/wasm beside it/);
    cpSync(join(PACKAGE, "dist/wasm", module), join(folder, "out/wasm", module), { recursive: true });
    assert.equal(run("out/bundle.mjs"), "always_on");
    // Left out of the bundle, it finds its files by itself.
    await build({ ...bundle, outfile: "kept/bundle.mjs", external: ["frontdesk"] });
    assert.equal(run("kept/bundle.mjs"), "always_on");
    // Where the module system has no address of its own, it is said as well.
    await build({ ...bundle, format: "cjs", outfile: "cjs/bundle.cjs" });
    assert.match(run("cjs/bundle.cjs"), /^not_ready its file is not there/);
  });
}

test("what has a side effect is named, so that no bundler drops it", async () => {
  const { sideEffects, exports } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
  const node = Object.values(exports).map((it) => it.node).filter(Boolean);
  for (const file of [...node, "./dist/status.js", "./dist/react.js"]) assert.ok(sideEffects.includes(file), file);
  for (const file of sideEffects) assert.ok(existsSync(join(PACKAGE, file)), file);
});

test("for a browser, esbuild copies no module: the README's two lines do", async (t) => {
  const folder = project(t);
  writeFileSync(join(folder, "main.mjs"), 'import { init } from "frontdesk"; await init("/assets/frontdesk.packed.wasm");');
  const { outputFiles } = await build({ absWorkingDir: folder, entryPoints: ["main.mjs"], bundle: true, format: "esm", outdir: "out", write: false, logLevel: "silent" });
  assert.deepEqual(outputFiles.map(({ path }) => path.endsWith(".js")), [true]);
  const readme = readFileSync(join(PACKAGE, "README.md"), "utf8");
  const copy = /^cp (node_modules\/frontdesk\/\S+) (\S+)$/m.exec(readme);
  assert.ok(existsSync(join(folder, copy[1])), "the file that the README copies is there");
});

test("a build without Rust's target says in one line what to do, and leaves what was built", (t) => {
  const folder = project(t);
  const rustc = join(folder, "rustc");
  writeFileSync(rustc, `#!/bin/sh\necho ${folder}/no/such/libraries\n`);
  chmodSync(rustc, 0o755);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(PACKAGE, "scripts/build.mjs")], { encoding: "utf8", env: { ...process.env, RUSTC: rustc } });
  assert.deepEqual([status, stdout, stderr], [1, "", "Rust's target wasm32-unknown-unknown is not installed: run `rustup target add wasm32-unknown-unknown`, then build again.\n"]);
  assert.ok(existsSync(join(PACKAGE, "dist/wasm/frontdesk_bg.wasm")));
});
