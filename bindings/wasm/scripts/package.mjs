// The package as npm sends it, by those who judge packages: publint its manifest and files, attw its types as each resolver finds them.
// Whoever judges has a lock file of its own, as bundlers have. What is packed stays in the folder of the first argument.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("..", import.meta.url));
const out = resolve(process.argv[2] ?? join(folder, "../../target/npm-package"));
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const run = (program, ...args) => execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

const [{ filename, files, size }] = JSON.parse(run("npm", "pack", "--json", "--pack-destination", out));
const packed = join(out, filename);
console.log(`${filename}: ${(size / 1e6).toFixed(1)} MB, ${files.length} files`);

// Nothing but what is built, and what a package has to have.
const paths = files.map(({ path }) => path);
const others = paths.filter((path) => !path.startsWith("dist/")).sort();
assert.deepEqual(others, ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "custom-elements.json", "package.json"]);

// Each script has its source map beside it, with the sources in it; the module as text has none.
for (const path of paths.filter((path) => path.endsWith(".js") && !path.endsWith(".inline.js"))) {
  const text = readFileSync(join(folder, path), "utf8");
  const [, name] = /\n\/\/# sourceMappingURL=(.*)\s*$/.exec(text) ?? assert.fail(`${path} names no source map`);
  const map = JSON.parse(readFileSync(join(folder, dirname(path), name), "utf8"));
  assert.ok(paths.includes(join(dirname(path), name)), `${path} has no source map`);
  assert.equal(map.sourcesContent.filter(Boolean).length, map.sources.length, `the source map of ${path} lacks sources`);
}

const tools = join(folder, "tests/package");
if (!existsSync(join(tools, "node_modules"))) run("npm", "ci", "--prefix", tools, "--no-audit", "--no-fund", "--loglevel=error");
const tool = (name, ...args) => {
  const { status, stdout } = spawnSync(join(tools, "node_modules/.bin", name), args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  assert.equal(status, 0, `${name} finds fault with ${filename}:\n${stdout}`);
};
tool("publint", packed, "--strict");
// ES modules only, by intention. The page and the manifest are no modules, and have no types.
tool("attw", packed, "--profile", "esm-only", "--format", "ascii", "--exclude-entrypoints", "page.html", "custom-elements.json");
console.log("publint and attw find no fault");
