// Makes one file of the page for a team lead: scripts, style, and the module as compressed text. It opens by a double click,
// from a disk as from the web, under a policy that allows these very scripts and nothing else. `node scripts/page.mjs [OUT]`.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const folder = fileURLToPath(new URL("..", import.meta.url));
const page = `${folder}../../examples/preview`;
const out = process.argv[2] ?? `${folder}dist/page.html`;

/** Instead of js/source.js: the module is in the page itself. */
const SOURCE = `
const bytes = Uint8Array.from(atob(document.getElementById("module").textContent), (character) => character.charCodeAt(0));
const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
export const source = new Response(stream, { headers: { "Content-Type": "application/wasm" } });
`;

function bundled() {
  const main = readFileSync(`${page}/js/main.js`, "utf8");
  if (!main.includes('from "./source.js"')) throw new Error("the page takes its module from elsewhere");
  const { outputFiles } = buildSync({
    stdin: { contents: main.replace('import { source } from "./source.js";', SOURCE.replace("export ", "")), resolveDir: `${page}/js`, sourcefile: "main.js" },
    bundle: true, minify: true, format: "esm", target: "es2022", charset: "utf8", write: false, legalComments: "none",
  });
  return outputFiles[0].text.replaceAll("</script", "<\\/script");
}

const style = buildSync({ entryPoints: [`${page}/style.css`], minify: true, write: false }).outputFiles[0].text;
const script = bundled();
const { default: module } = await import(`${folder}dist/wasm/frontdesk.inline.js`);
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const policy = `default-src 'none'; script-src ${hash(script)} 'wasm-unsafe-eval'; style-src ${hash(style)}; img-src data:`;

const replace = (text, pattern, by) => {
  if (!pattern.test(text)) throw new Error(`the page has no ${pattern}`);
  return text.replace(pattern, () => by);
};
let html = readFileSync(`${page}/index.html`, "utf8");
html = replace(html, /(?<=http-equiv="Content-Security-Policy" content=")[^"]*/, policy);
html = replace(html, /<link rel="stylesheet" href="style\.css">/, `<style>${style}</style>`);
html = replace(html, /\s*<script type="module" src="js\/main\.js"><\/script>/, "");
html = replace(html, /<\/body>/, `<script type="application/gzip" id="module">${module}</script>\n<script type="module">${script}</script>\n</body>`);
writeFileSync(out, html);
console.log(`${out}: ${(html.length / 1e6).toFixed(1)} MB`);
