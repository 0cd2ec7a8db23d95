// Packs the package, installs it into an empty Node project and into an empty Vite project, and runs the README's example
// in both as it is printed; the comments of the example say what it prints.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { POLICY, browser, open, site } from "../tests/browser/site.mjs";

const folder = fileURLToPath(new URL("..", import.meta.url));
const root = join(folder, "../..");
const out = process.argv[2] ?? join(root, "target/web-pack");
const VITE = "8.3.8";

const example = exampleOf(join(folder, "README.md"));
const wanted = [...example.matchAll(/\/\/ prints (.*)$/gm)].map(([, line]) => line);
assert.ok(wanted.length > 1);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const run = (cwd, program, ...args) => execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const packed = join(out, JSON.parse(run(folder, "npm", "pack", "--json", "--pack-destination", out))[0].filename);

function project(name, ...packages) {
  const place = join(out, name);
  mkdirSync(place);
  writeFileSync(join(place, "package.json"), JSON.stringify({ name, private: true, type: "module" }));
  run(place, "npm", "install", "--no-audit", "--no-fund", "--loglevel=error", packed, ...packages);
  return place;
}

const node = project("in-node");
writeFileSync(join(node, "example.js"), example);
assert.deepEqual(run(node, "node", "example.js").trim().split("\n"), wanted);
console.log("an empty Node project runs the example");

const vite = project("in-vite", `vite@${VITE}`);
writeFileSync(join(vite, "index.html"), '<!doctype html><title>example</title><link rel="icon" href="data:,"><script type="module" src="/main.js"></script>');
writeFileSync(join(vite, "main.js"), example);
writeFileSync(join(vite, "vite.config.js"), "export default { build: { target: 'es2022' }, base: './' };");
run(vite, "npx", "vite", "build", "--logLevel", "warn");
const web = await site({}, POLICY, join(vite, "dist"));
const chromium = await browser();
const { page, complaints } = await open(chromium, "about:blank");
const lines = [];
page.on("console", (message) => lines.push(message.text()));
await page.goto(`${web.url}/index.html`);
await page.waitForFunction((count) => globalThis.performance && count, wanted.length);
for (let tries = 0; lines.length < wanted.length && tries < 100; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
await chromium.close();
await web.close();
assert.deepEqual([lines, complaints], [wanted, []]);
console.log("an empty Vite project builds and runs the example");

/** The first example in JavaScript. */
function exampleOf(path) {
  const found = /^```js\n([\s\S]*?)^```$/m.exec(readFileSync(path, "utf8"));
  assert.ok(found, `${path} has no example`);
  return found[1];
}
