// The package itself, and a build where Rust cannot build its standard library yet.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));

test("what has a side effect is named, so that no bundler drops it", async () => {
  const { sideEffects, exports } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
  const node = Object.values(exports).flatMap((it) => Object.values(it.node ?? {}));
  assert.equal(node.length, 4);
  for (const file of [...node, "./dist/status.js", "./dist/react.js"]) assert.ok(sideEffects.includes(file), file);
  for (const file of sideEffects) assert.ok(existsSync(join(PACKAGE, file)), file);
});

test("each file that the README loads from a content delivery network is in the package, of its version", () => {
  const { version, jsdelivr, unpkg } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
  const links = [...readFileSync(join(PACKAGE, "README.md"), "utf8").matchAll(/https:\/\/(?:cdn\.jsdelivr\.net\/npm|unpkg\.com)\/frontdesk@([\d.]+)\/([^"\s]+)/g)];
  assert.ok(links.length > 2);
  for (const [link, of, path] of links) assert.ok(of === version && existsSync(join(PACKAGE, path)), link);
  for (const path of [jsdelivr, unpkg]) assert.ok(existsSync(join(PACKAGE, path)), path);
});

test("a build without the source of Rust's standard library says in one line what to do, and leaves what was built", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-build-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const rustc = join(folder, "rustc");
  writeFileSync(rustc, `#!/bin/sh\necho ${folder}/no/such/toolchain\n`);
  chmodSync(rustc, 0o755);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(PACKAGE, "scripts/build.mjs")], { encoding: "utf8", env: { ...process.env, RUSTC: rustc } });
  assert.deepEqual([status, stdout, stderr], [1, "", "The source of Rust's standard library is not installed: run `rustup component add rust-src`, then build again.\n"]);
  assert.ok(existsSync(join(PACKAGE, "dist/wasm/frontdesk.wasm")));
});
