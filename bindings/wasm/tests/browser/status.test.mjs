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

test("without a document it says that nothing is known, to the visitor and to the page", async () => {
  const { page, context } = await open(chromium, `${web.url}/gone`, { at: "2026-11-20T12:00:00Z" });
  await settled(page, "unknown");
  assert.equal(await page.locator("frontdesk-status").isVisible(), true);
  assert.equal(await said(page), "Availability unknown");
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
  // There are no words in Icelandic, so those of the page are used.
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

/** A page without an element and a script: the test creates both, in either order. */
async function empty(options = {}, files = {}) {
  const requests = [];
  const server = await site({ "/": `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,"><body></body></html>`, "/published.json": JSON.stringify(published), ...files });
  const opened = await open(chromium, server.url, { at: "2026-11-20T12:00:00Z", ...options });
  opened.page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  const define = () => opened.page.evaluate(() => import("/bindings/wasm/dist/status.js").then(() => undefined));
  const close = async () => { await opened.context.close(); await server.close(); };
  return { ...opened, requests, define, close };
}

test("it fetches once: several elements, upgraded, moved, told the same again, and made later", async () => {
  const { page, define, requests, close } = await empty();
  await page.evaluate(() => { document.body.innerHTML = '<frontdesk-status src="/published.json"></frontdesk-status><frontdesk-status src="published.json" channel="office" lang="sv"></frontdesk-status><p></p>'; });
  await define();
  await page.evaluate(() => {
    const [first] = document.querySelectorAll("frontdesk-status");
    document.querySelector("p").append(first);
    first.setAttribute("src", "/published.json");
    first.setAttribute("lang", "de");
    first.setAttribute("channel", "chat");
  });
  await page.locator("frontdesk-status[state=online]").first().waitFor();
  await page.evaluate(() => { document.body.insertAdjacentHTML("beforeend", '<frontdesk-status id="later" src="/published.json"></frontdesk-status>'); });
  await page.locator("#later[state=online]").waitFor();
  assert.equal(requests.filter((path) => path === "/published.json").length, 1);
  // Asked to, it fetches anew.
  await page.evaluate(() => document.getElementById("later").load());
  assert.equal(requests.filter((path) => path === "/published.json").length, 2);
  await close();
});

test("after a failure it is fetched anew by whoever comes next", async () => {
  let answers = 0;
  const { page, define, close } = await empty({}, { "/published.json": () => ((answers += 1) === 1 ? "<!doctype html>" : JSON.stringify(published)) });
  await define();
  const add = (id) => page.evaluate((id) => { document.body.insertAdjacentHTML("beforeend", `<frontdesk-status id="${id}" src="/published.json"></frontdesk-status>`); }, id);
  await add("first");
  await page.locator("#first[state=unknown]").waitFor();
  await add("second");
  await page.locator("#second[state=online]").waitFor();
  await close();
});

test("properties that were set before it is defined count", async () => {
  const { page, define, requests, close } = await empty();
  await page.evaluate((published) => {
    const element = document.createElement("frontdesk-status");
    element.setAttribute("src", "/published.json");
    element.published = published;
    element.clock = () => Date.parse("2026-11-20T20:00:00Z");
    document.body.append(element);
  }, published);
  await define();
  await settled(page, "away");
  assert.equal(await said(page), "Away · back Monday 09:00Leave us a message.");
  assert.equal(requests.includes("/published.json"), false);
  await page.evaluate(() => { document.querySelector("frontdesk-status").clock = () => Date.parse("2026-11-20T12:00:00Z"); });
  await settled(page, "online");
  await close();
});

const CHANGES = published.channels[0].changes;
const changed = (more) => ({ ...published, channels: [{ ...published.channels[0], ...more }] });
const UNREADABLE = [
  ["another version", { ...published, version: 2 }, "unsupported_version"],
  ["no document at all", null, "unsupported_version"],
  ["a list", [], "unsupported_version"],
  ["a number", 5, "invalid_value"],
  ["no channels", { ...published, channels: undefined }, "invalid_value"],
  ["channels that are none", { ...published, channels: [null, 5] }, "unknown_channel", 'channel="chat"'],
  ["another channel", published, "unknown_channel", 'channel="constructor"'],
  ["changes that are none", changed({ changes: {} }), "invalid_value"],
  ["a member of every object as a state", changed({ changes: [{ ...CHANGES[0], state: "constructor" }] }), "invalid_value"],
  ["another such member", changed({ changes: [{ ...CHANGES[0], state: "__proto__" }] }), "invalid_value"],
  ["an instant that is none", changed({ changes: [{ at: "soon", state: "online" }] }), "invalid_value"],
  ["a text that is none", changed({ online: { reply_time: 5 } }), "invalid_value"],
  ["one that is over", { ...published, end: "2026-11-20T00:00:00.000Z" }, "out_of_range"],
  ["one that has not begun", { ...published, start: "2026-12-01T00:00:00.000Z", channels: [{ ...published.channels[0], changes: [{ at: "2026-12-01T00:00:00.000Z", state: "online" }] }] }, "out_of_range"],
  ["a page instead", "<!doctype html>", "invalid_json"],
  ["nothing", undefined, "not_ready"],
];

test("it is never blank without a problem", async () => {
  const files = Object.fromEntries(UNREADABLE.map(([, document], index) => [`/${index}.json`, document === undefined ? () => { throw new Error("gone"); } : typeof document === "string" ? document : JSON.stringify(document)]));
  const { page, define, close } = await empty({}, files);
  await define();
  await page.evaluate(() => addEventListener("problem", (event) => { event.preventDefault(); globalThis.problems.push([event.detail.name, event.detail.code, event.detail.message.length > 10]); }));
  for (const [index, [what, , code, attributes = ""]] of UNREADABLE.entries()) {
    await page.evaluate(({ index, attributes }) => {
      globalThis.problems = [];
      const open = `<frontdesk-status src="/${index}.json" ${attributes}>`;
      document.body.innerHTML = `${open}</frontdesk-status>${open}Write to <b class="own">us</b></frontdesk-status>`;
    }, { index, attributes });
    await page.waitForFunction(() => globalThis.problems.length === 2);
    // The problem is reported once, however often the clock is checked.
    await page.evaluate(() => { for (const it of document.querySelectorAll("frontdesk-status")) it.refresh(); });
    assert.deepEqual(await page.evaluate(() => globalThis.problems), [["FrontdeskError", code, true], ["FrontdeskError", code, true]], what);
    const looks = () => page.evaluate(() => [...document.querySelectorAll("frontdesk-status")].map((it) =>
      [it.getAttribute("state"), it.shadowRoot.querySelector("div").checkVisibility(), it.shadowRoot.querySelector("[role=status]").textContent]));
    const [plain, own] = await looks();
    assert.deepEqual([plain, own.slice(0, 2)], [["unknown", true, "Availability unknown"], ["unknown", false]], what);
    assert.equal(await page.locator(".own").isVisible(), true, what);
    // A later valid document is reported.
    await page.evaluate((published) => { for (const it of document.querySelectorAll("frontdesk-status")) { it.removeAttribute("channel"); it.published = published; } }, published);
    assert.deepEqual((await looks()).map((it) => it[0]), ["online", "online"], what);
    assert.equal(await page.locator(".own").isVisible(), false, what);
  }
  await close();
});

test("several properties that are set one after the other complain only of all of them together", async () => {
  const { page, define, complaints, close } = await empty();
  await define();
  await page.evaluate((published) => {
    globalThis.problems = [];
    addEventListener("problem", (event) => globalThis.problems.push(event.detail.code));
    const element = document.createElement("frontdesk-status");
    document.body.append(element);
    // By the clock of the machine it is over, and there is no such channel yet.
    element.setAttribute("channel", "none");
    element.published = published;
    element.setAttribute("channel", "chat");
    element.clock = () => Date.parse("2026-11-20T12:00:00Z");
  }, published);
  await settled(page, "online");
  assert.deepEqual([await page.evaluate(() => globalThis.problems), complaints], [[], []]);
  await page.evaluate(() => document.querySelector("frontdesk-status").setAttribute("channel", "none"));
  await page.waitForFunction(() => globalThis.problems.length === 1);
  assert.deepEqual(await page.evaluate(() => globalThis.problems), ["unknown_channel"]);
  await close();
});

test("a problem is a warning on the console, unless the page takes care of it", async () => {
  for (const [prevent, warnings] of [[false, 1], [true, 0]]) {
    const { page, define, complaints, close } = await empty();
    await page.evaluate((prevent) => { if (prevent) addEventListener("problem", (event) => event.preventDefault()); }, prevent);
    await define();
    await page.evaluate(() => {
      const element = document.createElement("frontdesk-status");
      document.body.append(element);
      element.published = { version: 2 };
    });
    await settled(page, "unknown");
    assert.equal(complaints.filter((it) => it.includes("<frontdesk-status>: published availability of version 2 is not read here")).length, warnings);
    await close();
  }
});

test("after the machine slept it tells the truth at once", async () => {
  for (const wake of ["visibilitychange", "pageshow", "focus", "nothing"]) {
    const { page, context } = await open(chromium, `${web.url}/en`, { at: "2026-11-20T15:00:00Z" });
    await settled(page, "online");
    await page.clock.pauseAt(new Date("2026-11-20T15:00:30Z"));
    // The wall went on; the timers of the page did not.
    await page.clock.setSystemTime(new Date("2026-11-20T20:00:00Z"));
    assert.equal(await page.locator("frontdesk-status").getAttribute("state"), "online");
    if (wake === "nothing") await page.clock.runFor(5_001);
    else await page.evaluate((wake) => (wake === "visibilitychange" ? document : window).dispatchEvent(new Event(wake)), wake);
    assert.equal(await page.locator("frontdesk-status").getAttribute("state"), "away", wake);
    await context.close();
  }
});

test("the badge keeps its shape at any length, width and zoom", async () => {
  const { page, define, close } = await empty();
  await define();
  const long = "We are away from our desks just now, and answer whatever you write to us in the order in which it came, most of it on the same day. ";
  for (const [message, reply_time] of [[undefined, undefined], ["Leave us a message.", "a few minutes"], [long, "a day"], [long.repeat(6), long], ["W".repeat(400), "m".repeat(200)]]) {
    for (const [width, zoom] of [[1280, 1], [360, 1], [360, 2], [180, 2], [120, 1]]) {
      for (const [at, language] of [["2026-11-20T12:00:00Z", "en"], ["2026-11-20T20:00:00Z", "de"], ["2026-11-20T20:00:00Z", "ar"]]) {
        await page.setViewportSize({ width, height: 900 });
        const outside = await page.evaluate(({ published, told, at, zoom, language }) => {
          document.documentElement.lang = language;
          document.documentElement.style.zoom = zoom;
          document.body.innerHTML = "<frontdesk-status></frontdesk-status>";
          const element = document.querySelector("frontdesk-status");
          element.lang = language;
          element.clock = () => Date.parse(at);
          element.published = { ...published, channels: [{ ...published.channels[0], online: told, away: told }] };
          const badge = element.shadowRoot.querySelector("div");
          const box = badge.getBoundingClientRect();
          const radius = Math.min(parseFloat(getComputedStyle(badge).borderTopLeftRadius) * zoom, box.height / 2, box.width / 2);
          const range = document.createRange();
          range.selectNodeContents(element.shadowRoot.querySelector("[role=status]"));
          const isInside = (x, y) => {
            if (x < box.left - 0.5 || x > box.right + 0.5 || y < box.top - 0.5 || y > box.bottom + 0.5) return false;
            const [dx, dy] = [Math.max(box.left + radius - x, x - (box.right - radius), 0), Math.max(box.top + radius - y, y - (box.bottom - radius), 0)];
            return Math.hypot(dx, dy) <= radius + 0.5;
          };
          const dot = element.shadowRoot.querySelector("i").getBoundingClientRect();
          const lines = [...range.getClientRects(), dot];
          const wrong = lines.filter(({ left, right, top, bottom }) => ![[left, top], [right, top], [left, bottom], [right, bottom]].every(([x, y]) => isInside(x, y)));
          return { wrong: wrong.map((it) => it.toJSON()), box: box.toJSON(), radius, wide: document.documentElement.scrollWidth > innerWidth };
        }, { published, told: { message, reply_time }, at, zoom, language });
        assert.deepEqual([outside.wrong, outside.wide], [[], false], `${message?.length} ${width} ${zoom} ${language} ${JSON.stringify(outside)}`);
      }
    }
  }
  await page.setViewportSize({ width: 360, height: 500 });
  await page.evaluate((long) => {
    document.documentElement.lang = "en";
    document.documentElement.style.zoom = 1;
    const element = document.querySelector("frontdesk-status");
    element.lang = "en";
    element.clock = () => Date.parse("2026-11-20T20:00:00Z");
    element.published = { ...element.published, channels: [{ ...element.published.channels[0], away: { message: long } }] };
  }, long);
  await page.screenshot({ path: `${PICTURES}/status-long.png` });
  await close();
});

/** The text at an instant, in a page of a language, for a visitor of others. */
async function told(visitor, { page: pageLanguage = "", own = "", texts, at = "2026-11-20T12:00:00Z" }) {
  const { page, define, complaints, close } = await empty({ locale: visitor, at });
  await define();
  await page.evaluate(({ published, texts, pageLanguage, own }) => {
    document.documentElement.lang = pageLanguage;
    document.body.innerHTML = "<frontdesk-status></frontdesk-status>";
    const element = document.querySelector("frontdesk-status");
    if (own) element.lang = own;
    element.published = { ...published, channels: [{ ...published.channels[0], ...texts }] };
  }, { published, texts, pageLanguage, own });
  const text = await page.locator("frontdesk-status").evaluate((it) => [...it.shadowRoot.querySelector("[role=status]").childNodes].map((node) => node.textContent).join("|"));
  assert.deepEqual(complaints, []);
  await close();
  return text;
}

test("it speaks one language", async () => {
  const both = { online: { reply_time: { en: "a few minutes", de: "wenigen Minuten" } }, away: { message: { en: "Write to us.", de: "Schreiben Sie uns.", constructor: "no" } } };
  const plain = { online: { reply_time: "a few minutes" }, away: { message: "Write to us." } };
  const away = { at: "2026-11-20T20:00:00Z" };
  for (const [visitor, options, wanted] of [
    ["de-AT", { texts: both, page: "en" }, "Jetzt erreichbar| · antwortet meist in wenigen Minuten"],
    ["de-DE", { texts: both, page: "en", ...away }, "Abwesend| · zurück Montag 09:00|Schreiben Sie uns."],
    ["en-GB", { texts: both, page: "de" }, "Available now| · usually replies in a few minutes"],
    ["en-GB", { texts: both, own: "de" }, "Jetzt erreichbar| · antwortet meist in wenigen Minuten"],
    // The texts are not there in Swedish: then all of it in the first language that they are given in.
    ["sv-SE", { texts: both, page: "en" }, "Available now| · usually replies in a few minutes"],
    ["sv-SE", { texts: both, page: "de", ...away }, "Abwesend| · zurück Montag 09:00|Schreiben Sie uns."],
    ["sv-SE", { texts: both, own: "sv" }, "Available now| · usually replies in a few minutes"],
    // A text without a language is in that of the page, and in no sentence of another.
    ["en-GB", { texts: plain, page: "en" }, "Available now| · usually replies in a few minutes"],
    ["de-DE", { texts: plain, page: "en" }, "Jetzt erreichbar|a few minutes"],
    ["de-DE", { texts: plain, page: "en", ...away }, "Abwesend| · zurück Montag 09:00|Write to us."],
    ["en-GB", { texts: plain, page: "en", own: "de" }, "Jetzt erreichbar|a few minutes"],
    ["de-DE", { texts: plain }, "Jetzt erreichbar|a few minutes"],
    ["en-GB", { texts: plain, own: "en" }, "Available now| · usually replies in a few minutes"],
    ["de-DE", { texts: { online: {} }, page: "en" }, "Jetzt erreichbar"],
    // Texts are texts: what looks like a pattern is none.
    ["en-GB", { texts: { online: { reply_time: "$& or $' {when} <b>soon</b>" } }, page: "en" }, "Available now| · usually replies in $& or $' {when} <b>soon</b>"],
  ]) {
    assert.equal(await told(visitor, options), wanted, `${visitor} ${JSON.stringify(options)}`);
  }
});

test("words of one's own may be fewer, and are no member of every object", async () => {
  const { page, define, close } = await empty({ locale: "cs-CZ" });
  await define();
  const text = await page.evaluate(async (published) => {
    const { FrontdeskStatus } = await import("/bindings/wasm/dist/status.js");
    FrontdeskStatus.words.cs = { online: "Jsme tu", away: "Pryč", closed: "Zavřeno", replies: "odpovíme: {reply}", back: "zpět {when}", opens: "otevře {when}" };
    document.body.innerHTML = '<frontdesk-status></frontdesk-status>';
    const element = document.querySelector("frontdesk-status");
    element.published = published;
    const first = element.shadowRoot.textContent;
    element.lang = "valueof";
    return [first, element.shadowRoot.textContent];
  }, published);
  assert.deepEqual(text, ["Jsme tua few minutes", "Jsme tua few minutes"]);
  await close();
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
