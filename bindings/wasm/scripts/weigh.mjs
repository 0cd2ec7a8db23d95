// The size that a page has to load of an entry, bundled and minified, with its module: brotli at its best.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { buildSync } from "esbuild";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const PUBLISHED = fileURLToPath(new URL("../tests/published.json", import.meta.url));

/** Each with the limit in kilobytes beyond which a build fails, and the size to reach. */
export const ENTRIES = [
  { name: "frontdesk/preview", script: "preview.js", files: ["wasm/preview.wasm"], limit: 147, goal: 135 },
  { name: "frontdesk", script: "index.js", files: ["wasm/frontdesk.wasm"], limit: 736, goal: 600 },
  { name: "frontdesk/status with a published document", script: "status.js", files: [PUBLISHED], limit: 6, goal: 6 },
];

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;

/** The bytes of an entry, as they are and compressed. */
export function weigh({ script, files }) {
  const bundle = buildSync({ entryPoints: [dist + script], bundle: true, minify: true, format: "esm", target: "es2022", write: false });
  const parts = [bundle.outputFiles[0].contents, ...files.map((file) => readFileSync(file.startsWith("/") ? file : dist + file))];
  return { raw: parts.reduce((sum, part) => sum + part.length, 0), small: parts.reduce((sum, part) => sum + brotli(part), 0) };
}
