// Builds dist: the modules (by the Rust tool beside this folder), the JavaScript and the types. `--js` leaves the modules as they are.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

const folder = fileURLToPath(new URL("..", import.meta.url));
const run = (program, ...args) => execFileSync(program, args, { cwd: folder, stdio: "inherit" });

/** Says what to do where Rust cannot compile for wasm yet; cargo says it in a hundred lines. */
function needsTarget() {
  const target = "wasm32-unknown-unknown";
  const libraries = execFileSync(process.env.RUSTC ?? "rustc", ["--print", "target-libdir", "--target", target], { cwd: folder, encoding: "utf8" }).trim();
  if (existsSync(libraries)) return;
  console.error(`Rust's target ${target} is not installed: run \`rustup target add ${target}\`, then build again.`);
  process.exit(1);
}

if (!process.argv.includes("--js")) {
  needsTarget();
  rmSync(`${folder}/dist`, { recursive: true, force: true });
  run("cargo", "run", "--quiet", "--locked", "--package", "frontdesk-wasm-build", "--", "dist/wasm");
}
run("node", "node_modules/typescript/bin/tsc", "--project", ".");

// What a public page loads is made small; names stay, so that problems can be read.
for (const name of ["status.js", "published.js", "error.js", "wasm/preview.js", "wasm/frontdesk.js"]) {
  const path = `${folder}/dist/${name}`;
  writeFileSync(path, transformSync(readFileSync(path, "utf8"), { minify: true, format: "esm", target: "es2022", legalComments: "none" }).code);
}
// The page for a team lead is static: the package lies beside it.
const beside = `${folder}/../../examples/preview/frontdesk`;
rmSync(beside, { recursive: true, force: true });
cpSync(`${folder}/dist`, beside, { recursive: true, filter: (path) => !/(\.d\.ts|page\.html|_bg\.wasm)$/.test(path) });
// And it is one file, which needs no server.
run("node", "scripts/page.mjs");
for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) cpSync(`${folder}/../../${name}`, `${folder}/${name}`);
