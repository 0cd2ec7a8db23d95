// The pages of the guide for JavaScript, as they are printed.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import test, { after, before } from "node:test";

import { Desk } from "frontdesk/preview";
import { FILES } from "../guide.mjs";
import { browser, open, site } from "./site.mjs";

const DOCUMENT = {
  version: 1, time_zone: "Europe/Stockholm",
  agents: [{ id: "anna", working_hours: [{ days: ["mon", "tue", "wed", "thu", "fri"], start: "09:00", end: "17:00" }] }],
  inboxes: [{ id: "main", channels: [{ id: "chat", kind: "chat", rules: [{ id: "r", steps: [{ assign_to: "everyone" }] }], visitor: { reply_time: "a few minutes" } }] }],
};
const published = new Desk(DOCUMENT).publish({ inbox: "main", from: "2026-11-20T00:00:00Z", days: 28 });

/** The package's files, as a server of `node_modules` has them. */
async function installed() {
  const dist = new URL("../../dist/", import.meta.url);
  const files = (await readdir(dist, { recursive: true })).filter((file) => /\.(js|wasm)$/.test(file));
  return Object.fromEntries(await Promise.all(files.map(async (file) => [`/node_modules/frontdesk/dist/${file}`, await readFile(new URL(file, dist))])));
}

let web;
let chromium;
before(async () => {
  web = await site({ ...(await installed()), ...FILES, "/availability.json": JSON.stringify(published), "/desk.json": JSON.stringify(DOCUMENT) });
  chromium = await browser();
});
after(async () => {
  await chromium.close();
  await web.close();
});

test("the public page shows the status", async () => {
  const { page, complaints } = await open(chromium, `${web.url}/index.html`, { at: "2026-11-20T12:00:00Z" });
  await page.locator("frontdesk-status[state=online]").waitFor();
  assert.deepEqual(complaints, []);
});

test("the worker counts who is available", async () => {
  const { page, complaints } = await open(chromium, `${web.url}/team.html`);
  await page.locator("li").first().waitFor();
  assert.deepEqual(await page.locator("li").allTextContents(), ["2026-11-20T11:00:00.000Z: 1", "2026-11-20T16:00:00.000Z: 0", "2026-11-23T08:00:00.000Z: 1"]);
  assert.deepEqual(complaints, []);
});
