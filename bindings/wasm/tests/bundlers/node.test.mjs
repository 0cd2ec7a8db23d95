// The package bundled for Node, with nothing said to the bundler: it runs where there is nothing beside it.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import test from "node:test";
import { promisify } from "node:util";

import { build } from "esbuild";
import webpack from "webpack";

import { browser, open } from "../browser/site.mjs";
import { FOLDER, WANTED, freePort, installed } from "./installed.mjs";

const out = installed("node");
const main = join(FOLDER, "node/main.mjs");
const run = promisify(execFile);

/** Returns the output of a bundle that runs alone in another folder. */
async function printed(t, bundle) {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-bundle-"));
  t.after(() => rmSync(folder, { recursive: true }));
  cpSync(bundle, join(folder, basename(bundle)));
  const { stdout } = await run(process.execPath, [join(folder, basename(bundle))], { cwd: folder });
  return stdout.trim();
}

for (const format of ["esm", "cjs"]) {
  test(`esbuild, format ${format}`, async (t) => {
    const outfile = join(out, "esbuild", format === "esm" ? "main.mjs" : "main.cjs");
    await build({ entryPoints: [main], bundle: true, platform: "node", format, outfile, logLevel: "error" });
    assert.equal(await printed(t, outfile), WANTED);
  });
}

test("esbuild, under conditions without `module`: it says what to do, and left out of the bundle it finds its file", async (t) => {
  const bundle = { entryPoints: [main], bundle: true, platform: "node", logLevel: "silent", conditions: ["custom"] };
  const outfile = join(out, "esbuild-custom/main.cjs");
  await build({ ...bundle, outfile });
  await assert.rejects(printed(t, outfile), /frontdesk is not loaded yet; its file is not there: leave the package frontdesk out of the bundle, or resolve it under the condition `module`/);
  await build({ ...bundle, outfile, packages: "external" });
  assert.equal((await run(process.execPath, [outfile])).stdout.trim(), WANTED);
});

test("webpack", async (t) => {
  const path = join(out, "webpack");
  const stats = await promisify(webpack)({ mode: "production", target: "node", entry: main, output: { path, filename: "main.cjs" }, performance: false });
  assert.ok(!stats.hasErrors() && !stats.hasWarnings(), stats.toString());
  assert.equal(await printed(t, join(path, "main.cjs")), WANTED);
});

test("Next: on the server, and in the browser", async (t) => {
  const folder = join(FOLDER, "next");
  const next = [join(FOLDER, "node_modules/next/dist/bin/next")];
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  rmSync(join(folder, ".next"), { recursive: true, force: true });
  await run(process.execPath, [...next, "build"], { cwd: folder, env });
  const port = await freePort();
  const server = spawn(process.execPath, [...next, "start", "--hostname", "127.0.0.1", "--port", String(port)], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => server.kill());
  await new Promise((resolve, reject) => {
    server.stdout.on("data", (data) => { if (/Ready in/.test(data)) resolve(); });
    server.on("exit", (code) => reject(new Error(`next start ended with ${code}`)));
  });
  const url = `http://127.0.0.1:${port}`;
  assert.equal(await (await fetch(`${url}/status`)).text(), WANTED);
  assert.match(await (await fetch(url)).text(), /server: always_on/);
  const chromium = await browser();
  t.after(() => chromium.close());
  const { page, complaints } = await open(chromium, url);
  await page.getByText("browser: always_on").waitFor();
  await page.getByText("told: online").waitFor();
  assert.deepEqual(complaints, []);
});
