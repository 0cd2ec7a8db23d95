// React, Vue and Svelte: the same page, which changes when the time comes.
import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { build } from "vite";
import { AVAILABILITY, DESK, ELSEWHERE, FOLDER, POLICY, chromium, open, site } from "./recipes.mjs";

/** Gives the recipe another document. */
const given = (document) => ({
  name: "given", enforce: "pre",
  load: (id) => (id.endsWith("/desk.json") ? JSON.stringify(document) : undefined),
});

/** Builds a recipe, and serves it. */
async function built(t, recipe, document) {
  const outDir = join(FOLDER, "out", recipe);
  await build({ root: join(FOLDER, recipe), logLevel: "warn", plugins: [given(document)], build: { outDir, emptyOutDir: true } });
  const web = await site({ "/availability.json": AVAILABILITY }, POLICY, outDir);
  t.after(web.close);
  return `${web.url}/index.html`;
}

for (const recipe of ["react", "vue", "svelte"]) {
  test(`${recipe}: who is there, and the button that is there while somebody is`, async (t) => {
    const url = await built(t, recipe, DESK);
    const { page, complaints } = await open(await chromium(t), url, ELSEWHERE);
    const chat = page.getByRole("button", { name: "Chat" });
    await page.getByText("Anna Berg: away until Mon 04:30").waitFor();
    await page.getByText("Bo Lind: available until Sat 03:30").waitFor();
    await page.locator("frontdesk-status[state=online]").waitFor();
    assert.ok(await chat.isEnabled());
    await page.clock.runFor(15_000);
    await page.getByText("Bo Lind: away until Mon 19:30").waitFor();
    await page.locator("frontdesk-status[state=away]").waitFor();
    assert.ok(await chat.isDisabled());
    assert.deepEqual(complaints, []);
  });

  test(`${recipe}: a document with problems is told, and not shown`, async (t) => {
    const url = await built(t, recipe, { ...DESK, time_zone: "Europe/Stokholm" });
    const { page, complaints } = await open(await chromium(t), url, ELSEWHERE);
    assert.match(await page.getByRole("alert").innerText(), /\$\.time_zone: there is no time zone "Europe\/Stokholm"/);
    assert.deepEqual(complaints, []);
  });
}
