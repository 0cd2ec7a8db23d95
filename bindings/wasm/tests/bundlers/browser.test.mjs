// The package bundled for a browser, as each bundler documents it, and looked at in one under a strict policy.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { promisify } from "node:util";

import { nodeResolve } from "@rollup/plugin-node-resolve";
import { importMetaAssets } from "@web/rollup-plugin-import-meta-assets";
import { build as esbuild } from "esbuild";
import { rollup } from "rollup";
import { build as vite, createServer } from "vite";
import webpack from "webpack";

import { POLICY, browser, open, site } from "../browser/site.mjs";
import { FOLDER, WANTED, freePort, installed } from "./installed.mjs";

const out = installed("browser");
const root = join(FOLDER, "browser");
const main = join(root, "main.js");

let chromium;
before(async () => { chromium = await browser(); });
after(() => chromium.close());

async function shows(url) {
  const { page, context, complaints } = await open(chromium, url);
  for (let tries = 0; tries < 200 && (await page.title()) === "loading" && complaints.length === 0; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual([await page.title(), complaints], [WANTED, []]);
  await context.close();
}

/** Serves what a bundler wrote, with the page that it did not. */
async function works(t, folder) {
  cpSync(join(root, "index.html"), join(folder, "index.html"), { force: false });
  const web = await site({}, POLICY, folder);
  t.after(web.close);
  await shows(`${web.url}/index.html`);
}

test("Vite", async (t) => {
  const outDir = join(out, "vite");
  await vite({ root, configFile: false, logLevel: "warn", build: { outDir, emptyOutDir: true, target: "es2022" } });
  await works(t, outDir);
});

test("Vite, its server for development", async (t) => {
  const server = await createServer({ root, configFile: false, logLevel: "warn", cacheDir: join(out, "vite-cache"), server: { host: "127.0.0.1", port: await freePort() } });
  t.after(() => server.close());
  await server.listen();
  await shows(server.resolvedUrls.local[0]);
});

test("webpack", async (t) => {
  const path = join(out, "webpack");
  const stats = await promisify(webpack)({ mode: "production", entry: main, output: { path, filename: "main.js" }, performance: false });
  assert.ok(!stats.hasErrors() && !stats.hasWarnings(), stats.toString());
  await works(t, path);
});

test("Rollup", async (t) => {
  const dir = join(out, "rollup");
  const bundle = await rollup({ input: main, plugins: [nodeResolve({ browser: true }), importMetaAssets()], onwarn: (warning) => assert.fail(String(warning)) });
  await bundle.write({ dir, format: "es" });
  await works(t, dir);
});

test("esbuild", async (t) => {
  const outdir = join(out, "esbuild");
  await esbuild({ entryPoints: { main: join(root, "esbuild.js") }, bundle: true, format: "esm", outdir, loader: { ".wasm": "file" }, logLevel: "error" });
  await works(t, outdir);
});
