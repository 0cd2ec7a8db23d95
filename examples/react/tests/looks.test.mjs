// The page as people see it: in both themes, on a telephone and on a desk. Pictures are left in FRONTDESK_PICTURES.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { PICTURES } from "../../../bindings/wasm/tests/browser/site.mjs";
import { served } from "./visit.mjs";

const visit = served();
assert.ok(process.env.FRONTDESK_AXE, "axe is not there: name axe.min.js in FRONTDESK_AXE, as .ci/browser does");
const axe = readFileSync(process.env.FRONTDESK_AXE, "utf8");
// The most that a page may move while it loads: "good" is below 0.1, https://web.dev/articles/cls.
const MOST_SHIFT = 0.05;
mkdirSync(PICTURES, { recursive: true });

/** What axe finds. */
async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id} at ${node.target.join(" ")}: ${node.failureSummary}`));
}

for (const colorScheme of ["light", "dark"]) for (const width of [360, 1200]) {
  test(`${colorScheme}, ${width} pixels wide`, async () => {
    const { page, context, complaints } = await visit("2026-03-25T09:30:00Z", { colorScheme, viewport: { width, height: 900 } });
    const picture = (name) => page.screenshot({ path: join(PICTURES, `settings-${name}-${colorScheme}-${width}.png`), fullPage: true });
    assert.ok((await page.evaluate(() => globalThis.shift)) <= MOST_SHIFT);
    assert.deepEqual(await violations(page), []);
    await picture("sound");
    await page.getByRole("group", { name: "Monday, 1" }).getByLabel("To", { exact: true }).fill("12");
    await page.getByLabel("Time zone").fill("Europe/Stokholm");
    assert.deepEqual(await violations(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    await picture("problems");
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("it asks for nothing but its own files", async () => {
  const { page, context } = await visit("2026-03-25T09:30:00Z");
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.reload();
  await page.getByRole("heading", { name: "Hours and absences" }).waitFor();
  assert.deepEqual(asked.map((path) => path.replace(/-[\w-]{8}\./, ".")).sort(), ["/assets/index.css", "/assets/index.js", "/assets/preview.wasm", "/index.html"]);
  await context.close();
});

test("everything is reached by the keyboard, in the order of the page", async () => {
  const { page, context } = await visit("2026-03-25T09:30:00Z");
  const names = [];
  for (let tabs = 0; tabs < 8; tabs += 1) {
    await page.keyboard.press("Tab");
    names.push(await page.evaluate(() => document.activeElement.labels?.[0]?.textContent ?? document.activeElement.ariaLabel));
  }
  assert.deepEqual(names.map((name) => name?.slice(0, 9)), ["ChannelHe", "Time zone", " Hours of", "From", "To", "Remove Mo", "From", "To"]);
  await context.close();
});
