// The size that a page has to load of each entry, bundled and minified, with its module: brotli at its best. It fails when an entry
// becomes larger than it may be.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { buildSync } from "esbuild";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const PUBLISHED = fileURLToPath(new URL("../tests/published.json", import.meta.url));

const ENTRIES = [
  { name: "frontdesk/preview", script: "preview.js", files: ["wasm/preview.wasm"], limit: 147 },
  { name: "frontdesk", script: "index.js", files: ["wasm/frontdesk.wasm"], limit: 720 },
  { name: "frontdesk/status with a published document", script: "status.js", files: [PUBLISHED], limit: 6 },
];

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;
const kilo = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;

let failed = false;
for (const { name, script, files, limit } of ENTRIES) {
  const bundle = buildSync({ entryPoints: [dist + script], bundle: true, minify: true, format: "esm", target: "es2022", write: false });
  const parts = [bundle.outputFiles[0].contents, ...files.map((file) => readFileSync(file.startsWith("/") ? file : dist + file))];
  const [raw, small] = [parts.reduce((sum, part) => sum + part.length, 0), parts.reduce((sum, part) => sum + brotli(part), 0)];
  const fits = small <= limit * 1000;
  failed ||= !fits;
  console.log(`${name}: ${kilo(small)} brotli of ${kilo(raw)}, at most ${limit} KB${fits ? "" : ": TOO LARGE"}`);
}
if (readFileSync(dist + "status.js", "utf8").includes("wasm")) throw new Error("the component loads a module");
process.exit(failed ? 1 : 0);
