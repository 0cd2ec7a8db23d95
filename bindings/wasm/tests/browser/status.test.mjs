// The component, as visitors in several zones and languages see it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";

import { Desk } from "frontdesk/preview";
import { PICTURES, browser, open, site } from "./site.mjs";

const DOCUMENT = {
  version: 1, time_zone: "Europe/Stockholm",
  agents: [{ id: "anna-secret", name: "Anna Berg", working_hours: [{ days: ["mon", "tue", "wed", "thu", "fri"], start: "09:00", end: "17:00" }] }],
  inboxes: [{ id: "main", office_hours: [{ days: ["mon", "tue", "wed", "thu", "fri"], start: "08:00", end: "18:00" }], channels: [
    { id: "chat", kind: "chat", rules: [{ id: "r", steps: [{ assign_to: "everyone" }] }], visitor: { reply_time: "a few minutes", when_away: { message: "Leave us a message." } } },
    { id: "office", kind: "chat", rules: [{ id: "r", steps: [{ assign_to: "everyone" }] }], visitor: { availability: "office_hours", when_away: { hide: true } } },
  ] }],
};
const desk = new Desk(DOCUMENT);
const published = desk.publish({ inbox: "main", from: "2026-11-01T00:00:00Z", days: 56 });
const HTML = (attributes = "", lang = ' lang="en"') => `<!doctype html><html${lang}><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>A page</title><link rel="icon" href="data:,">
<script type="module" src="/bindings/wasm/dist/status.js"></script><main><h1>Help</h1><frontdesk-status src="/published.json" ${attributes}></frontdesk-status></main></html>`;

let web;
let chromium;
before(async () => {
  mkdirSync(PICTURES, { recursive: true });
  web = await site({
    "/": HTML(), "/office": HTML('channel="office"'), "/zone": HTML('time-zone="Asia/Tokyo"'), "/bad": HTML('time-zone="Mars/Base" lang="%%"'), "/sv": HTML('lang="sv"'), "/unknown": HTML("", ' lang="fr"'), "/light": HTML().replace("light dark", "light"), "/en": HTML("", ' lang="en-GB"'),
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
  ["Europe/Berlin", "de-DE", "Abwesend · zurück Montag 09:00"],
  ["Asia/Tokyo", "ja-JP", "不在 · 月曜日 17:00に戻ります"],
  ["Africa/Cairo", "ar-EG", "غير متاحين · نعود الاثنين ١٠:٠٠ ص"],
  ["Asia/Shanghai", "zh-CN", "暂时离开 · 星期一 16:00 回来"],
]) {
  test(`a visitor in ${timezoneId}, in ${locale}`, async () => {
    const { page, context, complaints } = await open(chromium, web.url, { timezoneId, locale, at: "2026-11-20T20:00:00Z" });
    await settled(page, "away");
    assert.equal((await said(page)).replace(/[\u202f\u00a0]/g, " "), `${wanted}Leave us a message.`);
    const language = locale.split("-")[0];
    const badge = await page.locator("frontdesk-status").evaluate((it) => {
      const [dot, line] = it.shadowRoot.querySelector("div").children;
      return { lang: line.lang, dir: it.shadowRoot.querySelector("div").dir, dotIsRight: dot.getBoundingClientRect().x > line.getBoundingClientRect().x, message: getComputedStyle(line.querySelector("small")).direction };
    });
    assert.deepEqual(badge, { lang: locale, dir: language === "ar" ? "rtl" : "ltr", dotIsRight: language === "ar", message: "ltr" });
    await page.screenshot({ path: `${PICTURES}/status-${language}.png`, clip: { x: 0, y: 0, width: 520, height: 170 } });
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("across a change of the clocks it is the wall that counts", async () => {
  const spring = new Desk(DOCUMENT).publish({ inbox: "main", from: "2027-03-26T00:00:00Z", days: 7 });
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

test("the language is its own, or the visitor's, or the page's", async () => {
  const text = async (path, locale) => {
    const { page, context } = await open(chromium, web.url + path, { locale, at: "2026-11-20T20:00:00Z" });
    await settled(page, "away");
    const told = await said(page);
    await context.close();
    return told;
  };
  assert.match(await text("/sv", "de-DE"), /^Borta/);
  assert.match(await text("/en", "de-DE"), /^Abwesend/);
  // Nobody wrote words in Icelandic yet: then those of the page.
  assert.match(await text("/unknown", "is-IS"), /^Absent · de retour lundi/);
});

test("what is published elsewhere is what is seen here, change by change", async () => {
  const from = Date.UTC(2027, 2, 25);
  const document = { ...DOCUMENT, agents: [{ id: "a", working_hours: [{ days: ["thu", "fri", "sun"], start: "22:00", end: "03:30" }] }, { id: "b", out_of_office: [{ first_day: "2027-03-26", last_day: "2027-04-02" }], working_hours: [{ days: ["fri"], start: "09:00", end: "12:00" }] }] };
  const other = new Desk(document);
  const cli = process.env.FRONTDESK_CLI;
  let text = JSON.stringify(other.publish({ inbox: "main", from, days: 10 }));
  if (cli) {
    const folder = mkdtempSync(join(tmpdir(), "frontdesk-"));
    writeFileSync(join(folder, "desk.json"), JSON.stringify(document));
    text = execFileSync(cli, ["publish", join(folder, "desk.json"), "--inbox", "main", "--from", new Date(from).toISOString(), "--days", "10"], { encoding: "utf8" });
    rmSync(folder, { recursive: true });
  }
  const server = await site({ "/": HTML(), "/published.json": text });
  const { page, context, complaints } = await open(chromium, server.url, { timezoneId: "Australia/Lord_Howe", at: new Date(from).toISOString() });
  const told = [];
  await page.exposeFunction("told", (state, at) => told.push([state, at]));
  await page.evaluate(() => document.querySelector("frontdesk-status").addEventListener("change", ({ target }) => globalThis.told(target.getAttribute("state"), Date.now())));
  const ask = (at) => other.visitor({ inbox: "main", channel: "chat", at });
  await settled(page, ask(from).state);
  const wanted = [];
  for (let view = ask(from); view.until && +view.until < from + 10 * 86_400_000; view = ask(view.until)) wanted.push([ask(view.until).state, +view.until]);
  assert.ok(wanted.length >= 10);
  for (const [state, at] of wanted) {
    await page.clock.pauseAt(new Date(at - 1));
    assert.notEqual(await page.locator("frontdesk-status").getAttribute("state"), state);
    await page.clock.runFor(2);
    assert.equal(await page.locator("frontdesk-status").getAttribute("state"), state);
  }
  assert.deepEqual(told.map(([state, at], change) => [state, at - wanted[change][1] <= 1]), wanted.map(([state]) => [state, true]));
  assert.deepEqual(complaints, []);
  await context.close();
  await server.close();
});

test("a live region says what changes, and nothing else", async () => {
  const { page, context } = await open(chromium, `${web.url}/en`, { at: "2026-11-20T15:00:00Z" });
  await settled(page, "online");
  const region = await page.evaluateHandle(() => {
    const line = document.querySelector("frontdesk-status").shadowRoot.querySelector("[role=status]");
    globalThis.changes = 0;
    new MutationObserver((list) => { globalThis.changes += list.length; }).observe(line, { childList: true, subtree: true, characterData: true });
    return line;
  });
  await page.clock.pauseAt(new Date("2026-11-20T15:30:00Z"));
  await page.evaluate(() => { for (let times = 0; times < 5; times += 1) document.querySelector("frontdesk-status").refresh(); });
  assert.equal(await page.evaluate(() => globalThis.changes), 0);
  await page.clock.pauseAt(new Date("2026-11-20T16:00:01Z"));
  assert.ok((await page.evaluate(() => globalThis.changes)) > 0);
  assert.equal(await region.evaluate((line) => line.isConnected && line === document.querySelector("frontdesk-status").shadowRoot.querySelector("[role=status]")), true);
  assert.equal(await page.locator("frontdesk-status i").getAttribute("aria-hidden"), "true");
  await context.close();
});

test("it moves only for those who like that, and is themed by properties and parts", async () => {
  for (const [reducedMotion, moves] of [["reduce", "none"], ["no-preference", "p"]]) {
    const { page, context } = await open(chromium, web.url, { reducedMotion, at: "2026-11-20T12:00:00Z" });
    await settled(page, "online");
    const animation = () => page.locator("frontdesk-status").evaluate((it) => getComputedStyle(it.shadowRoot.querySelector("i"), "::after").animationName);
    assert.equal(await animation(), moves);
    await page.locator("frontdesk-status").evaluate((it) => {
      const theme = { background: "rgb(1, 2, 3)", color: "rgb(250, 250, 250)", border: "rgb(4, 5, 6)", online: "rgb(7, 8, 9)", radius: "3px", padding: "11px", font: "700 20px serif" };
      for (const [name, value] of Object.entries(theme)) it.style.setProperty(`--frontdesk-${name}`, value);
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("frontdesk-status::part(text) { letter-spacing: 2px } frontdesk-status::part(dot) { width: 20px } frontdesk-status::part(badge) { box-shadow: 0 0 1px red }");
      document.adoptedStyleSheets = [sheet];
    });
    const looks = await page.locator("frontdesk-status").evaluate((it) => {
      const [badge, dot, text] = ["div", "i", "[role=status]"].map((name) => getComputedStyle(it.shadowRoot.querySelector(name)));
      return [badge.backgroundColor, badge.color, badge.borderTopColor, badge.borderTopLeftRadius, badge.paddingTop, badge.fontSize, badge.boxShadow !== "none", dot.backgroundColor, dot.width, text.letterSpacing];
    });
    assert.deepEqual(looks, ["rgb(1, 2, 3)", "rgb(250, 250, 250)", "rgb(4, 5, 6)", "3px", "11px", "20px", true, "rgb(7, 8, 9)", "20px", "2px"]);
    await context.close();
  }
});

test("on a page that is never dark it is not either", async () => {
  for (const [path, wanted] of [["/light", "rgb(255, 255, 255)"], ["/", "rgb(22, 27, 36)"]]) {
    const { page, context } = await open(chromium, web.url + path, { colorScheme: "dark", at: "2026-11-20T12:00:00Z" });
    await settled(page, "online");
    assert.equal(await page.locator("frontdesk-status").evaluate((it) => getComputedStyle(it.shadowRoot.querySelector("div")).backgroundColor), wanted);
    await context.close();
  }
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
