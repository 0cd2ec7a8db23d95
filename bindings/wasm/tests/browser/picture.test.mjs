// The pictures of the page in the README: made from the page, with its text in them, and compared with it. `FRONTDESK_BLESS=1` writes
// them anew.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import test, { after, before } from "node:test";
import { textOf, withText } from "./png.mjs";
import { browser, open, site } from "./site.mjs";

const FOLDER = fileURLToPath(new URL("../../../../docs/assets", import.meta.url));
const PAGE = "/examples/preview/index.html";
const viewport = { width: 1280, height: 1180 };

// The mean difference of two pictures, of 255, that other fonts may make: Liberation Serif instead of DejaVu Sans makes 3.
const FONTS = 8;

let web;
let chromium;
before(async () => {
  web = await site();
  chromium = await browser();
});
after(async () => {
  await chromium.close();
  await web.close();
});

for (const scheme of ["light", "dark"]) {
  test(`the ${scheme} picture is the page`, async () => {
    const path = join(FOLDER, `preview-${scheme}.png`);
    const { made, text } = await picture(scheme);
    if (process.env.FRONTDESK_BLESS) writeFileSync(path, withText(made, text));
    const there = readFileSync(path);
    assert.equal(textOf(there), text, "FRONTDESK_BLESS=1 writes it anew");
    const differs = await difference(there, made);
    assert.ok(differs < FONTS, `the picture differs by ${differs} of 255: FRONTDESK_BLESS=1 writes it anew`);
  });
}

test("another page differs", async () => {
  const there = readFileSync(join(FOLDER, "preview-light.png"));
  const dark = await picture("dark");
  assert.ok((await difference(there, dark.made)) > FONTS);
  assert.notEqual(textOf(there), (await picture("light", 1)).text, "a quarter of an hour later is another text");
});

/** The page with a test conversation, and all that it says; some steps of the clock later than it begins. */
async function picture(colorScheme, steps = 0) {
  const { page, context, complaints } = await open(chromium, web.url + PAGE, { viewport, colorScheme });
  await page.locator("html[data-ready=yes]").waitFor();
  await page.getByRole("slider", { name: "Time of the week" }).focus();
  for (let step = 0; step < steps; step += 1) await page.keyboard.press("ArrowRight");
  await page.getByRole("button", { name: "Send now" }).click();
  await page.locator("#decisions > li .who-got").first().waitFor();
  await page.evaluate(() => {
    document.activeElement.blur();
    scrollTo(0, 0);
  });
  const made = await page.screenshot();
  const drawn = await page.locator(".track").evaluateAll((tracks) => tracks.map((track) => track.getAttribute("aria-label")));
  const text = [await page.locator("main").innerText(), ...drawn].join("\n");
  await context.close();
  assert.deepEqual(complaints, []);
  return { made, text };
}

/** The mean difference of two pictures' pixels, of 255; 255 if their sizes differ. */
async function difference(one, other) {
  const { page, context } = await open(chromium, web.url + PAGE);
  const pictures = [one, other].map((it) => `data:image/png;base64,${it.toString("base64")}`);
  const mean = await page.evaluate(async (sources) => {
    const pixels = async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
      const drawing = canvas.getContext("2d");
      drawing.drawImage(image, 0, 0);
      return drawing.getImageData(0, 0, image.width, image.height);
    };
    const [first, second] = await Promise.all(sources.map(pixels));
    if (first.width !== second.width || first.height !== second.height) return 255;
    return first.data.reduce((sum, value, at) => sum + Math.abs(value - second.data[at]), 0) / first.data.length;
  }, pictures);
  await context.close();
  return mean;
}
