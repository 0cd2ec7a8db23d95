// The page for a team lead, driven as a person would.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import test, { after, before } from "node:test";
import { PICTURES, browser, open, site } from "./site.mjs";

const PAGE = "/examples/preview/index.html";
const CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:dentist\r\nSUMMARY:Out of office\r\nDTSTART;TZID=Europe/Stockholm:20261120T090000\r\nDTEND;TZID=Europe/Stockholm:20261120T120000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

let web;
let chromium;
before(async () => {
  mkdirSync(PICTURES, { recursive: true });
  web = await site();
  chromium = await browser();
});
after(async () => {
  await chromium.close();
  await web.close();
});

async function visit(options = {}) {
  const visited = await open(chromium, web.url + PAGE, { viewport: { width: 1440, height: 1000 }, ...options });
  await visited.page.locator("html[data-ready=yes]").waitFor();
  return visited;
}

const person = (page, name) => page.locator("#people li", { hasText: name }).locator("small").innerText();
const widget = (page) => page.locator("frontdesk-status").evaluate((element) => element.shadowRoot.querySelector("[role=status]").textContent);
const sentence = (text) => text.replace(/\s+/g, " ").trim();

test("the clock moves, and statuses and the widget with it", async () => {
  const { page, context, complaints } = await visit();
  assert.match(await person(page, "Anna Berg"), /Available, working hours until 12:00/);
  assert.match(await widget(page), /^Available now · usually replies in a few minutes/);
  const slider = page.getByRole("slider", { name: "Time of the week" });
  await slider.focus();
  for (let step = 0; step < 9; step += 1) await page.keyboard.press("ArrowRight");
  assert.match(await person(page, "Anna Berg"), /Away, outside working hours/);
  await page.getByRole("button", { name: "A week on" }).click();
  assert.match(await page.locator("#clock-day").innerText(), /27 November 2026/);
  await page.locator("#slider").fill(String(6 * 86_400_000));
  assert.match(await widget(page), /^Closed · opens tomorrow 08:00|^Closed · opens tomorrow 09:00/);
  await page.getByRole("button", { name: "Play" }).click();
  const before = await page.locator("#clock-time").innerText();
  await page.waitForFunction((before) => document.getElementById("clock-time").textContent !== before, before);
  await page.getByRole("button", { name: "Pause" }).click();
  assert.deepEqual(complaints, []);
  await context.close();
});

for (const [zone, desk, date, by] of [["Europe/Stockholm", 0, "28 March 2027", "+60 min"], ["Australia/Lord_Howe", 1, "4 April 2027", "−30 min"]]) {
  test(`a change of the clocks in ${zone}`, async () => {
    const { page, context, complaints } = await visit({ timezoneId: "Asia/Kolkata" });
    await page.locator("#sample").selectOption({ index: desk });
    await page.locator("#zone").selectOption(zone);
    await page.getByRole("button", { name: "Next clock change" }).click();
    assert.ok((await page.locator("#clock-day").innerText()).includes(date));
    assert.equal(await page.locator(".jump").innerText(), by);
    const [changed, plain] = await page.evaluate(() => [...document.querySelectorAll(".days .track span")].map((it) => it.getBoundingClientRect().width).reverse());
    assert.ok(by.startsWith("+") ? changed < plain * 0.99 : changed > plain * 1.01, "a day is as wide as it is long");
    await page.screenshot({ path: `${PICTURES}/page-clock-change-${desk}.png`, fullPage: true });
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("hours, absences and statuses by form; the JSON follows", async () => {
  const { page, context, complaints } = await visit();
  const grid = page.locator("[data-agent=bo] .bar");
  const bars = await grid.count();
  await page.locator("[data-agent=bo] .who").click();
  await page.locator("#form input[data-key=sat]").check();
  assert.equal(await grid.count(), bars + 1);
  await page.locator("#form input[data-key=mon0start]").fill("11:00");
  await page.locator("#form input[data-key=mon0start]").blur();
  const hours = JSON.parse(await page.locator("#text").inputValue()).agents[1].working_hours;
  assert.deepEqual(hours.find((it) => it.days.includes("mon")).start, "11:00");
  await page.getByLabel("Note").fill("Dentist");
  await page.getByRole("button", { name: "Add absence" }).click();
  assert.match(await person(page, "Bo Lindqvist"), /out of office “Dentist”/);
  await page.getByRole("button", { name: "Remove this absence" }).last().click();
  await page.getByRole("button", { name: "1 hour" }).click();
  assert.match(await person(page, "Bo Lindqvist"), /away for a while until 11:00/);
  await page.getByRole("button", { name: "Available", exact: true }).click();
  assert.match(await person(page, "Bo Lindqvist"), /Available, working hours/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("problems of the JSON are marked where they are, and the page goes on", async () => {
  const { page, context, complaints } = await visit();
  await page.getByRole("tab", { name: "JSON" }).click();
  const text = page.getByRole("textbox", { name: "The desk document" });
  const sound = await text.inputValue();
  await text.fill(sound.replace("America/Toronto", "America/Torronto").replace('"team": "vip"', '"team": "vop"'));
  await page.locator("#problems li").nth(1).waitFor();
  assert.match(await page.locator("#health").innerText(), /2 problems/);
  assert.deepEqual(await page.locator("#marks mark").allInnerTexts(), ['"America/Torronto"', '"vop"']);
  assert.match(await page.locator("#problems li").first().innerText(), /did you mean America\/Toronto\?/);
  await page.locator("#problems button").first().click();
  assert.equal(await text.evaluate((element) => element.value.slice(element.selectionStart, element.selectionEnd)), '"America/Torronto"');
  await page.screenshot({ path: `${PICTURES}/page-problems.png` });
  await text.fill(sound);
  await page.locator("#health", { hasText: "sound" }).waitFor();
  assert.equal(await page.locator("#problems li").count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a calendar is dropped on an agent", async () => {
  const { page, context, complaints } = await visit();
  const dropped = await page.evaluateHandle((calendar) => {
    const data = new DataTransfer();
    data.items.add(new File([calendar], "away.ics", { type: "text/calendar" }));
    return data;
  }, CALENDAR);
  await page.locator("[data-agent=bo] .track").dispatchEvent("drop", { dataTransfer: dropped });
  await page.locator(".said:not([hidden])").waitFor();
  assert.equal(await page.locator(".said").innerText(), "away.ics: 1 added");
  assert.match(await person(page, "Bo Lindqvist"), /out of office “Out of office” until 12:00/);
  await page.locator("#form input[type=file]").setInputFiles({ name: "broken.ics", mimeType: "text/calendar", buffer: Buffer.from("no calendar") });
  await page.locator(".said.bad").waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test("test conversations are sent, and it is told why each went where", async () => {
  const { page, context, complaints } = await visit();
  const send = page.getByRole("button", { name: "Send now" });
  await send.click();
  const first = page.locator("#decisions > li").first();
  assert.match(await first.locator(".who-got").innerText(), /^Went to (Anna Berg|Bo Lindqvist)$/);
  await page.getByLabel("Contact’s plan").selectOption("enterprise");
  await send.click();
  assert.match(await page.locator("#decisions > li").first().locator(".who-got").innerText(), /^Went to (Dev Rao|Anna Berg)$/);
  await page.locator("#decisions > li").first().locator("summary").click();
  const considered = sentence(await page.locator("#decisions > li").first().locator("table").innerText());
  assert.match(considered, /Elin Sand away until/);
  assert.match(considered, /Dev Rao could take it/);
  // A call is offered, and may be declined.
  await page.locator("#route select[name=channel]").selectOption({ label: "phone" });
  await send.click();
  const call = page.locator("#decisions > li").first();
  assert.match(await call.locator(".who-got").innerText(), /^Offered to/);
  await call.getByRole("button", { name: "Accept" }).click();
  assert.match(await page.locator("#decisions > li").first().locator(".who-got").innerText(), /^Went to/);
  await page.screenshot({ path: `${PICTURES}/page-decisions.png`, fullPage: true });
  await page.locator("#decisions > li").first().getByRole("button", { name: "Close" }).click();
  assert.match(await page.locator("#decisions > li").first().locator(".who-got").innerText(), /^Closed/);
  await page.getByRole("button", { name: "Start over" }).click();
  assert.match(await page.locator("#decisions").innerText(), /Nothing sent yet/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a routing script decides; its problems are underlined, and the last sound one goes on", async () => {
  const { page, context, complaints } = await visit();
  const who = () => page.locator("#decisions > li").first().locator(".who-got").innerText();
  await page.getByLabel("decides in").selectOption({ label: "chat: everyone" });
  const script = page.getByRole("textbox", { name: "The script" });
  await script.fill('fn score(agent, conversation, desk) { if agent.id == "bo" { 9 } else { 0 } }');
  await page.locator("#script:not([aria-busy])").waitFor();
  await page.getByRole("button", { name: "Send now" }).click();
  assert.equal(await who(), "Went to Bo Lindqvist");
  await script.fill("fn score(agent, conversation, desk) { agent.load + }");
  await page.locator("#script-problems li").waitFor();
  assert.equal(await page.locator("#script-marks mark").count(), 1);
  await page.getByRole("button", { name: "Send now" }).click();
  assert.equal(await who(), "Went to Bo Lindqvist");
  await page.locator("#script-problems").scrollIntoViewIfNeeded();
  await page.screenshot({ path: `${PICTURES}/page-script.png` });
  await script.fill("fn scor(agent, conversation, desk) { 1 }");
  await page.locator("#script-problems", { hasText: "did you mean score?" }).waitFor();
  await page.getByLabel("decides in").selectOption({ label: "no rule yet" });
  assert.equal((await page.locator("#text").inputValue()).includes("script"), false);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the page is worked by keyboard", async () => {
  const { page, context } = await visit();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  await page.getByRole("tab", { name: "Form" }).focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator("#json").isVisible(), true);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#editor").isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement.id), "edit");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("#editor").isVisible(), true);
  await context.close();
});

for (const [name, width, height] of [["narrow", 360, 780], ["wide", 1440, 1000]]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`${name}, ${colorScheme}: accessible, nothing overflows`, async () => {
      const axe = readFileSync(process.env.FRONTDESK_AXE ?? new URL("../../../../target/web-tools/node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
      const { page, context, complaints } = await visit({ viewport: { width, height }, colorScheme });
      await page.getByRole("button", { name: "Send now" }).click();
      for (const editor of [true, false]) {
        const button = page.locator("#edit");
        if ((await button.getAttribute("aria-expanded")) !== String(editor)) await (editor ? button : page.locator("#close")).click();
        await page.waitForTimeout(300);
        const found = await page.evaluate(`${axe}; axe.run()`);
        assert.deepEqual(found.violations.map((it) => [it.id, it.nodes.slice(0, 3).map((node) => `${node.html} ${node.failureSummary}`)]), []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "something overflows");
        await page.screenshot({ path: `${PICTURES}/page-${name}-${colorScheme}${editor ? "-editor" : ""}.png`, fullPage: !editor });
      }
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }
}
