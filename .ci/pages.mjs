// Looks at the book as readers do, in Chromium: every page, in both themes, at the widths of a telephone and a desk. `.ci/book` calls it
// after the book is built: `node .ci/pages.mjs FOLDER PICTURES`. It needs bindings/wasm/node_modules, and axe in FRONTDESK_AXE.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { browser, open, site } from "../bindings/wasm/tests/browser/site.mjs";

const [folder, pictures] = process.argv.slice(2);
const axe = readFileSync(process.env.FRONTDESK_AXE, "utf8");
// mdBook has scripts in its pages.
const POLICY = "default-src 'self' 'unsafe-inline' data:";
const WIDTHS = [360, 1200];
const THEMES = ["light", "navy"];
// The most that a page may move while it loads: "good" is below 0.1, https://web.dev/articles/cls.
const MOST_SHIFT = 0.05;
// The pages whose pictures are left, to be looked at.
const PICTURED = ["index.html", "guides/python.html", "reference/permissions.html"];

mkdirSync(pictures, { recursive: true });
const web = await site({}, POLICY, folder);
const chromium = await browser();
const pages = readdirSync(folder, { recursive: true }).filter((it) => it.endsWith(".html") && !["print.html", "toc.html", "404.html"].includes(it));
const found = [];
try {
  for (const page of pages.sort()) for (const theme of THEMES) for (const width of WIDTHS) found.push(...(await look(page, theme, width)));
  await search();
  await print();
} finally {
  await chromium.close();
  await web.close();
}
assert.deepEqual(found, []);
console.log(`${pages.length} pages of the book: no violation, no complaint, no shift, in ${THEMES.length} themes and ${WIDTHS.length} widths`);

/** Everything that is wrong with a page. */
async function look(name, theme, width) {
  const { page, context, complaints } = await visit(name, theme, width);
  const where = `${name} (${theme}, ${width})`;
  const shift = await page.evaluate(() => globalThis.shift);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  const violations = await violationsOf(page);
  if (PICTURED.includes(name)) {
    await page.screenshot({ path: join(pictures, `book-${name.replaceAll(/[/.]/g, "-")}-${theme}-${width}.png`) });
  }
  await context.close();
  return [
    // That a language has no colours is none.
    ...complaints.filter((it) => !/language 'rhai'|no-highlight/.test(it)).map((it) => `${where}: ${it}`),
    ...violations.map((it) => `${where}: ${it}`),
    ...(shift > MOST_SHIFT ? [`${where}: moves by ${shift.toFixed(3)}`] : []),
    ...(wide > width ? [`${where}: is ${wide} pixels wide`] : []),
  ];
}

/** A page that is loaded, in a theme. */
async function visit(name, theme, width) {
  const visited = await open(chromium, "about:blank", { viewport: { width, height: 900 }, bypassCSP: true });
  await visited.page.addInitScript((theme) => {
    localStorage.setItem("mdbook-theme", theme);
    globalThis.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  }, theme);
  await visited.page.goto(`${web.url}/${name}`, { waitUntil: "load" });
  return visited;
}

/** What axe finds. */
async function violationsOf(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id} at ${node.target.join(" ")}: ${node.failureSummary.split("\n")[1]?.trim()}`));
}

/** Search finds a page. */
async function search() {
  const { page, context } = await visit("index.html", "light", WIDTHS[1]);
  await page.keyboard.press("/");
  await page.locator("#mdbook-searchbar").pressSequentially("reply window");
  await page.locator("#mdbook-searchresults a", { hasText: "Reply windows" }).first().waitFor();
  await context.close();
}

/** The page to print has every page. */
async function print() {
  const { page, context } = await visit("print.html", "light", WIDTHS[1]);
  const printed = await page.locator("h1").count();
  assert.ok(printed >= pages.length - 1, `print.html has ${printed} titles of ${pages.length} pages`);
  await context.close();
}
