// The component, as visitors in several zones and languages see it.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import test, { after, before } from "node:test";

import { Desk } from "frontdesk/preview";
import { PICTURES, browser, open, site } from "./site.mjs";

const desk = new Desk({
  version: 1, time_zone: "Europe/Stockholm",
  agents: [{ id: "anna-secret", name: "Anna Berg", working_hours: [{ days: ["mon", "tue", "wed", "thu", "fri"], start: "09:00", end: "17:00" }] }],
  inboxes: [{ id: "main", office_hours: [{ days: ["mon", "tue", "wed", "thu", "fri"], start: "08:00", end: "18:00" }], channels: [
    { id: "chat", kind: "chat", rules: [{ id: "r", steps: [{ assign_to: "everyone" }] }], visitor: { reply_time: "a few minutes", when_away: { message: "Leave us a message." } } },
    { id: "office", kind: "chat", rules: [{ id: "r", steps: [{ assign_to: "everyone" }] }], visitor: { availability: "office_hours", when_away: { hide: true } } },
  ] }],
});
const published = desk.publish({ inbox: "main", from: "2026-11-01T00:00:00Z", days: 56 });
const HTML = (attributes = "", lang = "") => `<!doctype html><html${lang}><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<script type="module" src="/bindings/wasm/dist/status.js"></script><main><h1>Help</h1><frontdesk-status src="/published.json" ${attributes}></frontdesk-status></main></html>`;

let web;
let chromium;
before(async () => {
  mkdirSync(PICTURES, { recursive: true });
  web = await site({
    "/": HTML(), "/office": HTML('channel="office"'), "/zone": HTML('time-zone="Asia/Tokyo"'), "/bad": HTML('time-zone="Mars/Base" lang="%%"'), "/sv": HTML("", ' lang="sv"'), "/en": HTML("", ' lang="en-GB"'),
    "/gone": HTML().replace("published.json", "gone.json"), "/published.json": JSON.stringify(published),
  });
  chromium = await browser();
});
after(async () => {
  await chromium.close();
  await web.close();
});

const said = (page) => page.locator("frontdesk-status").evaluate((element) => element.shadowRoot.querySelector("[role=status]").textContent);
const settled = (page, state) => page.locator(`frontdesk-status[state=${state}]`).waitFor({ state: "attached" });

test("it ticks over exactly at the change, and asks nobody", async () => {
  const { page, context, complaints } = await open(chromium, web.url, { at: "2026-11-20T15:59:00Z" });
  await settled(page, "online");
  assert.equal(await said(page), "Available now · usually replies in a few minutes");
  await page.screenshot({ path: `${PICTURES}/status-online.png`, clip: { x: 0, y: 0, width: 520, height: 160 } });
  let requests = 0;
  page.on("request", () => { requests += 1; });
  await page.clock.pauseAt(new Date("2026-11-20T15:59:59.999Z"));
  assert.match(await said(page), /^Available now/);
  await page.clock.runFor(2);
  assert.equal(await said(page), "Away · back Monday 09:00Leave us a message.");
  await settled(page, "away");
  await page.screenshot({ path: `${PICTURES}/status-away.png`, clip: { x: 0, y: 0, width: 520, height: 160 } });
  // On Sunday it is tomorrow, on Monday a time, and then someone is there.
  await page.clock.pauseAt(new Date("2026-11-22T11:00:00Z"));
  assert.match(await said(page), /· back tomorrow 09:00/);
  await page.clock.pauseAt(new Date("2026-11-22T23:00:01Z"));
  assert.match(await said(page), /· back 09:00/);
  await page.clock.pauseAt(new Date("2026-11-23T08:00:00.002Z"));
  assert.match(await said(page), /^Available now/);
  assert.equal(requests, 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

for (const [timezoneId, locale, wanted] of [
  ["America/Vancouver", "en-US", "Away · back Monday 1:00 AM"],
  ["Asia/Kolkata", "en-IN", "Away · back Monday 1:30 pm"],
  ["Australia/Lord_Howe", "en-AU", "Away · back Monday 7:00 pm"],
  ["Europe/Stockholm", "sv-SE", "Borta · tillbaka måndag 09:00"],
  ["Europe/Paris", "fr-FR", "Absent · de retour lundi 09:00"],
  ["America/Sao_Paulo", "pt-BR", "Ausente · de volta segunda-feira 05:00"],
]) {
  test(`a visitor in ${timezoneId}, in ${locale}`, async () => {
    const { page, context, complaints } = await open(chromium, web.url, { timezoneId, locale, at: "2026-11-20T20:00:00Z" });
    await settled(page, "away");
    assert.equal((await said(page)).replace(/[\u202f\u00a0]/g, " "), `${wanted}Leave us a message.`);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("across a change of the clocks it is the wall that counts", async () => {
  const spring = new Desk({ ...desk.document() }).publish({ inbox: "main", from: "2027-03-26T00:00:00Z", days: 7 });
  const other = await site({ "/": HTML(), "/published.json": JSON.stringify(spring) });
  const { page, context } = await open(chromium, other.url, { timezoneId: "Europe/Stockholm", at: "2027-03-26T20:00:00Z" });
  await settled(page, "away");
  assert.match(await said(page), /back Monday 09:00/);
  await page.clock.pauseAt(new Date("2027-03-29T06:59:59.000Z"));
  assert.match(await said(page), /back 09:00/);
  await page.clock.pauseAt(new Date("2027-03-29T07:00:00.002Z"));
  assert.match(await said(page), /^Available now/);
  await context.close();
  await other.close();
});

test("attributes choose the channel, zone and language; what is hidden is not there", async () => {
  const { page, context } = await open(chromium, `${web.url}/office`, { at: "2026-11-20T07:30:00Z" });
  await settled(page, "hidden");
  assert.equal(await page.locator("frontdesk-status").isVisible(), false);
  await page.clock.pauseAt(new Date("2026-11-20T17:30:00Z"));
  assert.equal(await said(page), "Closed · opens Monday 09:00");
  await page.goto(`${web.url}/zone`);
  await settled(page, "away");
  assert.match(await said(page), /back Monday 17:00/);
  await page.goto(`${web.url}/sv`);
  await settled(page, "away");
  assert.match(await said(page), /^Borta · tillbaka måndag/);
  await page.locator("frontdesk-status").evaluate((element) => element.setAttribute("lang", "de"));
  assert.match(await said(page), /^Abwesend · zurück Montag/);
  await page.goto(`${web.url}/bad`);
  await settled(page, "away");
  assert.match(await said(page), /back Monday 09:00/);
  await context.close();
});

test("without a document it shows nothing, and says so to the page", async () => {
  const { page, context } = await open(chromium, `${web.url}/gone`, { at: "2026-11-20T12:00:00Z" });
  await settled(page, "unknown");
  assert.equal(await page.locator("frontdesk-status").isVisible(), false);
  await page.evaluate((published) => { document.querySelector("frontdesk-status").published = published; }, published);
  await settled(page, "online");
  await page.clock.pauseAt(new Date("2027-02-01T12:00:00Z"));
  await settled(page, "unknown");
  await context.close();
});

test("it is accessible, in light and dark", async () => {
  const axe = readFileSync(process.env.FRONTDESK_AXE ?? new URL("../../../../target/web-tools/node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
  for (const colorScheme of ["light", "dark"]) {
    for (const at of ["2026-11-20T12:00:00Z", "2026-11-20T20:00:00Z"]) {
      const { page, context } = await open(chromium, `${web.url}/en`, { at, colorScheme });
      await page.locator("frontdesk-status[state]").waitFor();
      const found = await page.evaluate(`${axe}; axe.run()`);
      assert.deepEqual(found.violations.map((it) => [it.id, it.nodes.map((node) => node.html)]), []);
      await context.close();
    }
  }
});
