// Builds dist: the modules, the JavaScript and the types. `--js` leaves the modules as they are.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";

const folder = fileURLToPath(new URL("..", import.meta.url));
const run = (program, ...args) => execFileSync(program, args, { cwd: folder, stdio: "inherit" });
const TARGET = "wasm32-unknown-unknown";

/** The modules, and how cargo builds each. */
const MODULES = { preview: ["--no-default-features", "--features", "preview"], frontdesk: [] };

/** Features that browsers have had since 2022, and Node since 18; wasm-opt's `--all-features` would be more than they understand. */
const ALLOWED = ["bulk-memory", "mutable-globals", "nontrapping-float-to-int", "sign-ext", "reference-types"].map((name) => `--enable-${name}`);

/**
 * How Rust's standard library is made small, which is a tenth of what a page loads: it is built from its source, for size, and
 * a panic is a trap at once, without the message that a browser shows nobody. Cargo has both for nightly toolchains only, and
 * `RUSTC_BOOTSTRAP` lets a stable one do them, from Rust 1.92 on. Only the modules are built so: the crates need nothing of it.
 */
const STANDARD_LIBRARY = ["-Zbuild-std=std", "-Zbuild-std-features=optimize_for_size", "-Zpanic-immediate-abort", "--config", 'profile.web.panic="immediate-abort"'];

/**
 * How far LLVM inlines functions. Where a function is called once, it takes 15,000 off the cost, so that nearly all of these end
 * in their callers: large functions that are like no others, in which brotli finds little. With every other cost at a hundred times
 * its default, that is worth 30 instructions; 120 KB more lie on a disk, and 39 KB fewer are sent.
 */
const INLINING = ["-inline-instr-cost=500", "-inline-call-penalty=2500", "-inline-threshold=500"].map((option) => `-Cllvm-args=${option}`);

/** Says what to do where Rust cannot build its standard library; cargo says it in a hundred lines. */
function needsSource() {
  const sysroot = execFileSync(process.env.RUSTC ?? "rustc", ["--print", "sysroot"], { cwd: folder, encoding: "utf8" }).trim();
  if (existsSync(`${sysroot}/lib/rustlib/src/rust/library/Cargo.lock`)) return;
  console.error("The source of Rust's standard library is not installed: run `rustup component add rust-src`, then build again.");
  process.exit(1);
}

/**
 * How wasm-opt makes a module small: as brotli sends it, not as it lies on a disk, where `-Oz` would be smaller. Functions in the
 * order of their names have those of one generic beside each other, which compresses better by 2 %; then the names go.
 */
const SMALLER = ["-O1", "--dae-optimizing", "--rse", "--vacuum", "-O1", "--reorder-functions-by-name", "--strip-debug", "--strip-producers"];

function buildModule(name) {
  const target = process.env.CARGO_TARGET_DIR ?? "../../target";
  const out = `${folder}/dist/wasm/${name}`;
  // A crate that is a Rust library too is not optimised as a whole, so its one kind is named.
  const cargo = ["rustc", "--quiet", "--locked", "--profile", "web", "--target", TARGET, "--package", "frontdesk-wasm", "--lib", "--crate-type", "cdylib"];
  const flags = [process.env.RUSTFLAGS ?? "", ...INLINING].join(" ").trim();
  const env = { ...process.env, RUSTC_BOOTSTRAP: "1", RUSTFLAGS: flags };
  execFileSync("cargo", [...cargo, ...STANDARD_LIBRARY, ...MODULES[name]], { cwd: folder, stdio: "inherit", env });
  run("cargo", "run", "--quiet", "--locked", "--package", "frontdesk-wasm-build", "--", `${target}/${TARGET}/web/frontdesk_wasm.wasm`, name, "dist/wasm");
  run("node", "node_modules/binaryen/bin/wasm-opt", `${out}_bg.wasm`, "-o", `${out}.wasm`, ...SMALLER, ...ALLOWED);
  for (const end of ["_bg.wasm", "_bg.wasm.d.ts"]) rmSync(out + end);
  writeInline(out);
}

/** Writes the module as text, for one file that needs no other: a bundle for Node, and the page. */
function writeInline(out) {
  const text = gzipSync(readFileSync(`${out}.wasm`), { level: 9 }).toString("base64");
  writeFileSync(`${out}.inline.js`, `export default "${text}";\n`);
  writeFileSync(`${out}.inline.d.ts`, "/** The module, compressed by gzip, in base64. */\ndeclare const text: string;\nexport default text;\n");
}

if (!process.argv.includes("--js")) {
  needsSource();
  rmSync(`${folder}/dist`, { recursive: true, force: true });
  Object.keys(MODULES).forEach(buildModule);
}
run("node", "node_modules/typescript/bin/tsc", "--project", ".");

/** Makes JavaScript of `dist` small; names stay in its source map, so that problems can be read. */
function minify(from, to, options = {}) {
  buildSync({
    entryPoints: [`${folder}/dist/${from}`], outfile: `${folder}/dist/${to}`, allowOverwrite: true, logLevel: "warning",
    minify: true, sourcemap: true, format: "esm", target: "es2022", legalComments: "none", ...options,
  });
}

// One file of each kind for a page without a bundler: a content delivery network sends no others after it but the module.
minify("index.js", "frontdesk.min.js", { bundle: true });
minify("status.js", "frontdesk-status.min.js", { bundle: true });
// What a public page loads is made small.
for (const name of ["status.js", "published.js", "error.js", "wasm/preview.js", "wasm/frontdesk.js"]) minify(name, name);
// What `import address from "frontdesk/frontdesk.wasm"` gives where a bundler copies the file.
writeFileSync(`${folder}/dist/wasm/address.d.ts`, "/** The address of the module. */\ndeclare const address: string;\nexport default address;\n");
// The page for a team lead is static: the package lies beside it.
const beside = `${folder}/../../examples/preview/frontdesk`;
rmSync(beside, { recursive: true, force: true });
cpSync(`${folder}/dist`, beside, { recursive: true, filter: (path) => !/(\.d\.ts|page\.html|\.inline\.js|\.min\.js|node[^/]*\.js|\.map)$/.test(path) });
// And it is one file, which needs no server.
run("node", "scripts/page.mjs");
for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) cpSync(`${folder}/../../${name}`, `${folder}/${name}`);
