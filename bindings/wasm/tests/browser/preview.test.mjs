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

/** A test with a page of its own, which at the end has nothing to complain of. */
function driven(name, options, run) {
  test(name, async () => {
    const { page, context, complaints } = await visit(options);
    await run(page, context);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

const person = (page, name) => page.locator("#people li", { hasText: name }).locator("small").innerText();
const widget = (page) => page.locator("frontdesk-status").evaluate((element) => element.shadowRoot.querySelector("[role=status]").textContent);
const drawing = (page, agent) => page.locator(`[data-agent=${agent}] .track`).getAttribute("aria-label");
const document = async (page) => JSON.parse(await page.locator("#text").inputValue());
const latest = (page) => page.locator("#decisions > li").first();
const outcome = (page) => latest(page).locator(".who-got").innerText();
const sentence = (text) => text.replace(/\s+/g, " ").trim();
async function picture(page, name, options = {}) {
  if (options.fullPage) await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  await page.screenshot({ path: `${PICTURES}/page-${name}.png`, ...options });
}

driven("the clock moves, and statuses and the widget with it", {}, async (page) => {
  assert.match(await person(page, "Anna Berg"), /Available, working hours until 12:00/);
  assert.match(await widget(page), /^Available now · usually replies in a few minutes/);
  const slider = page.getByRole("slider", { name: "Time of the week" });
  await slider.focus();
  for (let step = 0; step < 9; step += 1) await page.keyboard.press("ArrowRight");
  assert.match(await slider.getAttribute("aria-valuetext"), /20 November 2026 12:15$/);
  assert.match(await person(page, "Anna Berg"), /Away, outside working hours/);
  assert.equal(await page.locator("[data-agent=anna] .dot.available").count(), 0);
  await page.getByRole("button", { name: "A week on" }).click();
  assert.match(await page.locator("#clock-day").innerText(), /27 November 2026/);
  await page.locator("#slider").fill(String(6 * 86_400_000));
  assert.match(await widget(page), /^Closed · opens tomorrow 08:00/);
  await page.getByRole("button", { name: "Play" }).click();
  const before = await page.locator("#clock-time").innerText();
  await page.waitForFunction((before) => document.getElementById("clock-time").textContent !== before, before);
  await page.getByRole("button", { name: "Pause" }).click();
});

for (const [zone, desk, date, by, times] of [
  ["Europe/Stockholm", "Nordlys, a team of six", "28 March 2027", "+60 min", ["01:45 UTC+1", "03:00 UTC+2"]],
  ["Australia/Lord_Howe", "Follow the sun", "4 April 2027", "−30 min", ["01:45 UTC+11", "01:30 UTC+10:30"]],
  ["America/New_York", "Follow the sun", "14 March 2027", "+60 min", ["01:45 UTC-5", "03:00 UTC-4"]],
]) {
  driven(`across a change of the clocks in ${zone}`, { timezoneId: "Asia/Kolkata" }, async (page) => {
    await page.locator("#sample").selectOption(desk);
    await page.locator("#zone").selectOption(zone);
    await page.getByRole("button", { name: "Next clock change" }).click();
    assert.ok((await page.locator("#clock-day").innerText()).includes(date));
    assert.equal(await page.locator(".jump").innerText(), by);
    assert.match(await page.locator("#changes").innerText(), new RegExp(`the clocks of ${zone} go ${by.startsWith("+") ? "forward" : "back"} by ${by.slice(1, 3)} minutes`));
    const [changed, plain] = await page.evaluate(() => [...document.querySelectorAll("#days > span:not(.jump)")].map((it) => it.getBoundingClientRect().width).reverse());
    assert.ok(by.startsWith("+") ? changed < plain * 0.99 : changed > plain * 1.01, "a day is as wide as it is long");
    const clock = async () => sentence(await page.locator(".hour").innerText()).replace("−", "-");
    const slider = page.getByRole("slider", { name: "Time of the week" });
    await slider.focus();
    if (by.startsWith("+")) await page.keyboard.press("ArrowRight");
    else while ((await clock()) !== times[0]) await page.keyboard.press("ArrowRight");
    assert.equal(await clock(), times[0]);
    await page.keyboard.press("ArrowRight");
    assert.equal(await clock(), times[1]);
    // A week on it is the wall that counts.
    await page.getByRole("button", { name: "A week on" }).click();
    assert.ok((await clock()).startsWith(times[1].slice(0, 5)));
    await page.getByRole("button", { name: "A week back" }).click();
    await picture(page, `clock-change-${zone.replace("/", "-")}`, { fullPage: true });
  });
}

driven("a change of the clocks of one person is marked in their row", {}, async (page) => {
  await page.locator("#sample").selectOption("Follow the sun");
  await page.locator("#zone").selectOption("Europe/Berlin");
  await page.getByRole("button", { name: "Next clock change" }).click();
  await page.locator("#weeks").selectOption("2");
  assert.match(await drawing(page, "oliver"), /the clocks of Australia\/Lord_Howe go back by 30 minutes/);
  assert.notEqual(await page.locator("[data-agent=oliver] path.shift").getAttribute("d"), "");
  assert.doesNotMatch(await drawing(page, "ravi"), /clocks/);
});

driven("hours by form; the JSON follows, and the drawing", {}, async (page) => {
  assert.match(await drawing(page, "bo"), /^Bo Lindqvist: 40 h available$/);
  await page.locator("[data-agent=bo] .who").click();
  await page.locator("#form input[data-key=sat]").check();
  assert.match(await drawing(page, "bo"), /48 h available/);
  await page.locator("#form input[data-key=mon0start]").fill("11:00");
  await page.locator("#form input[data-key=mon0start]").blur();
  assert.match(await drawing(page, "bo"), /46 h available/);
  assert.equal((await document(page)).agents[1].working_hours.find((it) => it.days.includes("mon")).start, "11:00");
  await page.getByRole("button", { name: "Add hours on Mon" }).click();
  assert.match(await drawing(page, "bo"), /48 h available/);
  await page.getByRole("button", { name: /Remove hours on Mon/ }).click();
  await page.getByRole("button", { name: "Monday’s on all weekdays" }).click();
  await page.getByRole("button", { name: "Those of the team or desk" }).click();
  assert.match(await drawing(page, "bo"), /40 h available/);
  assert.equal((await document(page)).agents[1].working_hours, undefined);
  const zone = page.getByLabel("Time zone", { exact: true });
  await zone.fill("Asia/Kolkata");
  await zone.blur();
  assert.match(await page.locator("[data-agent=bo] .who").innerText(), /UTC\+5:30/);
  await zone.fill("Asia/Kolkatta");
  await zone.blur();
  assert.match(await page.locator("#wrong").innerText(), /did you mean Asia\/Kolkata\?/);
  await page.getByRole("button", { name: "Show where" }).click();
  assert.equal(await page.locator("#text").evaluate((it) => it.value.slice(it.selectionStart, it.selectionEnd)), '"Asia/Kolkatta"');
});

driven("people come and go by form", {}, async (page) => {
  await page.getByRole("button", { name: "Add person" }).click();
  assert.equal(await page.locator("#rows > .row").count(), 7);
  await page.keyboard.type("Greta Holm");
  await page.keyboard.press("Tab");
  assert.match(await drawing(page, "person-7"), /^Greta Holm: 40 h available/);
  assert.match(await page.locator("#how-many").innerText(), /of 7 available/);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  assert.equal(await page.locator("#rows > .row").count(), 6);
  await page.locator("#sample").selectOption("An empty desk");
  await page.getByRole("button", { name: "Add the first person" }).click();
  assert.equal(await page.locator("#rows > .row").count(), 1);
  assert.equal(await page.getByRole("button", { name: "Send now" }).isDisabled(), true);
  assert.match(await page.locator("#no-widget").innerText(), /no channel/);
});

driven("absences by form, of days and of hours", {}, async (page) => {
  await page.locator("[data-agent=bo] .who").click();
  await page.getByLabel("Note").first().fill("Dentist");
  await page.getByRole("button", { name: "Add absence" }).click();
  assert.match(await person(page, "Bo Lindqvist"), /out of office “Dentist”/);
  assert.match(await drawing(page, "bo"), /32 h available; out of office Fri 20 Nov 00:00–00:00/);
  await page.getByRole("button", { name: /Remove this absence/ }).click();
  await page.getByLabel("Whole days").uncheck();
  await page.getByLabel("From", { exact: true }).fill("09:30");
  await page.getByLabel("To", { exact: true }).fill("10:45");
  await page.getByRole("button", { name: "Add absence" }).click();
  assert.deepEqual((await document(page)).agents[1].out_of_office, [{ start: "2026-11-20T09:30", end: "2026-11-20T10:45" }]);
  assert.match(await person(page, "Bo Lindqvist"), /out of office until 10:45/);
  await picture(page, "absence");
});

driven("timed away by form, and back", {}, async (page) => {
  await page.locator("[data-agent=bo] .who").click();
  await page.getByRole("button", { name: "1 hour" }).click();
  assert.match(await person(page, "Bo Lindqvist"), /away for a while until 11:00/);
  assert.match(await drawing(page, "bo"), /away for a while Fri 20 Nov 10:00–11:00/);
  await page.getByRole("button", { name: "Available", exact: true }).click();
  assert.match(await person(page, "Bo Lindqvist"), /Available, working hours/);
  await page.getByText("Until a time, or with a note").click();
  await page.locator("[data-key=away-note]").fill("Lunch");
  await page.locator("[data-key=away-until]").fill("2026-11-20T12:30");
  await page.getByRole("button", { name: "Away until then" }).click();
  assert.match(await person(page, "Bo Lindqvist"), /away for a while “Lunch” until 12:30/);
  await page.locator("#slider").fill(String((4 * 24 + 13) * 3_600_000));
  assert.match(await person(page, "Bo Lindqvist"), /Available, working hours until 17:00/);
});

driven("holidays by form, and from a calendar", {}, async (page) => {
  await page.getByText("Holidays of the desk (4)").click();
  await page.locator("[data-key=holiday]").fill("2026-11-20");
  await page.getByRole("button", { name: "Add holiday" }).click();
  assert.match(await person(page, "Bo Lindqvist"), /Away, holiday until Sat 21 Nov 00:00|Away, holiday until Mon/);
  await page.getByRole("button", { name: "Remove this holiday: 2026-11-20" }).click();
  assert.match(await person(page, "Bo Lindqvist"), /Available/);
  const calendar = CALENDAR.replace(/DTSTART.*\r\nDTEND.*\r\n/, "DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=YEARLY\r\n");
  await page.locator("#form input[data-key=holidays]").setInputFiles({ name: "se.ics", mimeType: "text/calendar", buffer: Buffer.from(calendar) });
  await page.locator("details[data-key=holidays] .said").waitFor();
  assert.equal(await page.locator("details[data-key=holidays] .said").innerText(), "se.ics: 1 added, 1 known");
  assert.ok((await document(page)).holidays[0].dates.includes("2027-12-25"));
});

driven("problems of the JSON are marked where they are, and the page goes on", {}, async (page) => {
  await page.getByRole("tab", { name: "JSON" }).click();
  const text = page.getByRole("textbox", { name: "The desk document" });
  const sound = await text.inputValue();
  await text.fill(sound.replace("America/Toronto", "America/Torronto").replace('"team": "vip"', '"team": "vop"'));
  await page.locator("#problems li").nth(1).waitFor();
  assert.match(await page.locator("#health").innerText(), /2 problems/);
  assert.match(await page.locator("#wrong").innerText(), /did you mean America\/Toronto\? Until that is mended/);
  assert.deepEqual(await page.locator("#marks mark").allInnerTexts(), ['"America/Torronto"', '"vop"']);
  assert.match(await page.locator("#problems li").first().innerText(), /did you mean America\/Toronto\?/);
  await page.locator("#problems button").first().click();
  assert.equal(await text.evaluate((element) => element.value.slice(element.selectionStart, element.selectionEnd)), '"America/Torronto"');
  assert.equal(await page.locator("#rows > .row").count(), 6);
  await picture(page, "problems");
  await text.fill(`${sound.slice(0, 40)}`);
  await page.locator("#problems li").first().waitFor();
  await text.fill(sound);
  await page.locator("#health", { hasText: "sound" }).waitFor();
  assert.equal(await page.locator("#problems li").count(), 0);
  assert.equal(await page.locator("#wrong").isVisible(), false);
});

driven("a desk is opened from a file, and saved into one", {}, async (page) => {
  const mine = { version: 1, time_zone: "America/Vancouver", agents: [{ id: "kim", name: "Kim Oda" }] };
  await page.locator("#file").setInputFiles({ name: "mine.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(mine)) });
  await page.locator("[data-agent=kim]").waitFor();
  assert.equal(await page.locator("#zone").inputValue(), "America/Vancouver");
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save" }).click()]);
  assert.deepEqual(JSON.parse(readFileSync(await saved.path(), "utf8")), mine);
  await page.locator("#file").setInputFiles({ name: "bad.json", mimeType: "application/json", buffer: Buffer.from('{"version": 1,\n "time_zone": "Mars/Base"}') });
  await page.locator("#problems li").waitFor();
  assert.deepEqual(await page.locator("#marks mark").allInnerTexts(), ['"Mars/Base"']);
  assert.equal(await page.locator("[data-agent=kim]").count(), 1);
});

driven("choosing a rule for the script takes no strategy from another for good", {}, async (page) => {
  const steps = async () => (await document(page)).inboxes[0].channels.flatMap(({ rules }) => rules.flatMap((rule) => rule.steps.map((step) => step.strategy?.script ?? step.strategy)));
  const before = await steps();
  assert.ok(before.includes("longest_idle") && before.includes("round_robin"));
  const rule = page.getByLabel("decides in");
  await rule.selectOption({ label: "chat: key accounts" });
  assert.deepEqual((await steps()).slice(0, 2), [undefined, "mine"]);
  await rule.selectOption({ label: "phone: calls" });
  assert.deepEqual(await steps(), [...before.slice(0, 3), "mine"]);
  await rule.selectOption({ label: "phone: calls" });
  await rule.selectOption({ label: "no rule yet" });
  assert.deepEqual(await steps(), before);
});

driven("a desk is saved with its script, and opened with it", {}, async (page) => {
  const script = page.getByRole("textbox", { name: "The script" });
  const mine = 'fn score(agent, conversation, desk) { if agent.id == "bo" { 9 } else { 0 } }';
  await page.getByLabel("decides in").selectOption({ label: "chat: everyone" });
  await script.fill(mine);
  await page.locator("#script:not([aria-busy])").waitFor();
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save" }).click()]);
  const text = readFileSync(await saved.path(), "utf8");
  assert.deepEqual(JSON.parse(text)["x-scripts"], { "mine.rhai": mine });
  await page.locator("#sample").selectOption("One person");
  await page.locator("#file").setInputFiles({ name: "desk.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await page.locator("[data-agent=bo]").waitFor();
  assert.equal(await script.inputValue(), mine);
  assert.equal((await document(page))["x-scripts"], undefined);
  assert.match(await page.locator("#script-health").innerText(), /It is sound, and decides\./);
  await page.getByRole("button", { name: "Send now" }).click();
  assert.equal(await outcome(page), "Went to Bo Lindqvist");
});

driven("nothing is lost by a reload", {}, async (page) => {
  await page.locator("[data-agent=bo] .who").click();
  await page.locator("#form input[data-key=sat]").check();
  await page.getByRole("button", { name: "1 hour" }).click();
  await page.getByRole("button", { name: "Send now" }).click();
  await page.getByRole("textbox", { name: "The script" }).fill("fn score(agent, conversation, desk) { 7 }");
  await page.locator("#script:not([aria-busy])").waitFor();
  const [text, got] = [await page.locator("#text").inputValue(), await outcome(page)];
  const again = async () => {
    await page.reload();
    await page.locator("html[data-ready=yes]").waitFor();
  };
  await again();
  assert.equal(await page.locator("#text").inputValue(), text);
  assert.match(await drawing(page, "bo"), /47 h available; away for a while/);
  assert.equal(await outcome(page), got);
  assert.equal(await page.getByRole("textbox", { name: "The script" }).inputValue(), "fn score(agent, conversation, desk) { 7 }");
  assert.equal(await page.locator("#again").isVisible(), true);
  await page.getByRole("button", { name: "Go on" }).click();
  // Also a document that is not a desk yet.
  await page.getByRole("tab", { name: "JSON" }).click();
  await page.locator("#text").fill(text.slice(0, 100));
  await page.locator("#problems li").first().waitFor();
  await again();
  assert.equal(await page.locator("#text").inputValue(), text.slice(0, 100));
  assert.match(await drawing(page, "bo"), /47 h available/);
  await page.getByRole("button", { name: "Begin anew" }).click();
  assert.match(await drawing(page, "bo"), /40 h available/);
});

driven("where the browser keeps nothing, it asks before the page is left", {}, async (page) => {
  await page.evaluate(() => { Storage.prototype.setItem = () => { throw new Error("no room"); }; });
  const asks = () => page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));
  assert.equal(await asks(), false);
  await page.locator("[data-agent=bo] .who").click();
  await page.locator("#form input[data-key=sat]").check();
  assert.equal(await asks(), true);
});

driven("what was done is undone and done again, by button and by key", {}, async (page) => {
  const [undo, redo] = ["Undo", "Redo"].map((name) => page.getByRole("button", { name, exact: true }));
  const sound = await page.locator("#text").inputValue();
  assert.deepEqual([await undo.isDisabled(), await redo.isDisabled()], [true, true]);
  await page.locator("[data-agent=bo] .who").click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page.locator("#problems li").first().waitFor({ state: "attached" }).catch(() => undefined);
  await undo.click();
  assert.equal(await page.locator("#text").inputValue(), sound);
  await redo.click();
  assert.notEqual(await page.locator("#text").inputValue(), sound);
  await undo.click();
  await page.getByRole("button", { name: "Send now" }).click();
  await page.getByLabel("decides in").selectOption({ label: "chat: everyone" });
  await page.keyboard.press("Control+z");
  assert.equal(await page.locator("#text").inputValue(), sound);
  await page.keyboard.press("Control+z");
  assert.match(await page.locator("#decisions").innerText(), /Nothing sent yet/);
  await page.keyboard.press("Control+Shift+z");
  assert.match(await outcome(page), /^Went to/);
  await page.keyboard.press("Control+y");
  assert.ok((await page.locator("#text").inputValue()).includes('"script": "mine"'));
  // Another desk is a step as well; in a text, the keys are the text's own.
  await page.locator("#sample").selectOption("An empty desk");
  await undo.click();
  assert.equal(await page.locator("#rows > .row").count(), 6);
  await page.getByRole("textbox", { name: "The script" }).focus();
  const now = await page.locator("#text").inputValue();
  await page.keyboard.press("Control+z");
  assert.equal(await page.locator("#text").inputValue(), now);
});

driven("rows of hours stay where they are while they are edited, and a night is told", {}, async (page) => {
  await page.locator("[data-agent=anna] .who").click();
  const row = (place, key) => page.locator(`#form input[data-key=mon${place}${key}]`);
  const rows = async () => Promise.all([[0, "start"], [0, "end"], [1, "start"], [1, "end"]].map(([place, key]) => row(place, key).inputValue()));
  assert.deepEqual(await rows(), ["08:00", "12:00", "13:00", "17:00"]);
  await row(0, "start").fill("13:30");
  await row(0, "start").blur();
  assert.deepEqual(await rows(), ["13:30", "12:00", "13:00", "17:00"]);
  assert.equal(await page.locator("#form .night").innerText(), "A night: from 13:30 until 12:00 of the next day, 22 h 30 min.");
  await row(0, "end").fill("18:00");
  await row(0, "end").blur();
  assert.deepEqual(await rows(), ["13:30", "18:00", "13:00", "17:00"]);
  assert.equal(await page.locator("#form .night").count(), 0);
  await row(1, "start").fill("09:00");
  await row(1, "start").blur();
  assert.deepEqual(await rows(), ["13:30", "18:00", "09:00", "17:00"]);
  assert.match(await drawing(page, "anna"), /^Anna Berg: 39 h available/);
});

driven("the inbox as somebody sees it, with what may be done", {}, async (page) => {
  const views = async () => (await page.locator("#inbox-views button").allInnerTexts()).map(sentence);
  const ids = () => page.locator("#inbox-rows th").allInnerTexts();
  const act = (id, name) => page.locator("#inbox-rows tr", { hasText: id }).getByRole("button", { name, exact: true });
  for (let sent = 0; sent < 9; sent += 1) await page.getByRole("button", { name: "Send now" }).click();
  await page.getByRole("button", { name: /^All open/ }).click();
  assert.ok((await views()).includes("All open 9"), String(await views()));
  assert.deepEqual(await ids(), [9, 8, 7, 6, 5, 4, 3, 2].map((number) => `test ${number}`));
  await page.getByRole("button", { name: "Next page" }).click();
  assert.deepEqual(await ids(), ["test 1"]);
  await page.getByRole("button", { name: "Page before" }).click();
  await page.getByLabel("sorted").selectOption("oldest");
  assert.equal((await ids())[0], "test 1");
  await act("test 1", "Spam").click();
  await act("test 2", "Trash").click();
  assert.ok((await views()).includes("Spam 1") && (await views()).includes("Trash 1"), String(await views()));
  await page.getByRole("button", { name: /^Spam/ }).first().click();
  assert.deepEqual(await ids(), ["test 1"]);
  await act("test 1", "Not spam").click();
  assert.equal(await page.locator("#inbox-none").innerText(), "Nothing is in this view.");
  await picture(page, "inbox", { fullPage: true });
  // An agent sees their own, and may not do what `may` denies.
  const holder = (await page.locator("#decisions .assigned .who-got").first().innerText()).replace("Went to ", "");
  await page.getByLabel("as seen by").selectOption({ label: holder });
  await page.getByRole("button", { name: /^Mine/ }).click();
  assert.ok((await ids()).length > 0);
  const [first] = await ids();
  assert.equal(await act(first, "Reply").isEnabled(), true);
  await act(first, "Release").click();
  assert.equal(await page.locator("#inbox-problem").isVisible(), false);
});

driven("names stand beside ids, and the hours above the week", {}, async (page) => {
  await page.getByRole("button", { name: "Send now" }).click();
  const who = (await outcome(page)).replace("Went to ", "");
  const id = who.split(" ")[0].toLowerCase();
  const told = await latest(page).locator("p").allInnerTexts();
  assert.ok(told.some((line) => line.includes(who)), String(told));
  assert.ok(told.every((line) => !new RegExp(`\\b${id}\\b`).test(line) || line.includes(who)), String(told));
  const marks = await page.locator("#hours-of-days > span").evaluateAll((all) => all.map((it) => [it.textContent, it.style.left]));
  assert.equal(marks.length, 21);
  assert.deepEqual(marks.slice(0, 3), [["06", "3.5714%"], ["12", "7.1429%"], ["18", "10.7143%"]]);
  await page.locator("#weeks").selectOption("2");
  assert.equal(await page.locator("#hours-axis").isVisible(), false);
});

driven("a calendar is dropped on an agent", {}, async (page) => {
  const dropped = await page.evaluateHandle((calendar) => {
    const data = new DataTransfer();
    data.items.add(new File([calendar], "away.ics", { type: "text/calendar" }));
    return data;
  }, CALENDAR);
  await page.locator("[data-agent=bo] .track").dispatchEvent("dragover", { dataTransfer: dropped });
  assert.equal(await page.locator("[data-agent=bo].over").count(), 1);
  await page.locator("[data-agent=bo] .track").dispatchEvent("drop", { dataTransfer: dropped });
  const said = page.locator(".said:not([hidden])");
  await said.waitFor();
  assert.equal(await said.innerText(), "away.ics: 1 added");
  assert.match(await person(page, "Bo Lindqvist"), /out of office “Out of office” until 12:00/);
  await picture(page, "calendar");
  const choose = (name, text) => page.locator("#form input[data-key=ics]").setInputFiles({ name, mimeType: "text/calendar", buffer: Buffer.from(text) });
  await choose("again.ics", CALENDAR);
  await page.locator(".said", { hasText: "again.ics: 1 unchanged" }).waitFor();
  await choose("party.ics", CALENDAR.replace("Out of office", "Party").replace("dentist", "party"));
  await page.locator(".said", { hasText: "passed over (not away)" }).waitFor();
  await choose("broken.ics", "no calendar");
  await page.locator(".said.bad:not([hidden])").waitFor();
});

driven("holes in the coverage are marked and named, and lead to their time", {}, async (page) => {
  assert.equal(await page.locator("#holes").innerText(), "4 h of office hours with nobody there.");
  assert.match(await page.locator("#heat .cells").first().getAttribute("aria-label"), /^Everyone: from 0 to \d+ available; 4 h of office hours with nobody$/);
  assert.equal((await page.locator("#heat path.hole").first().getAttribute("d")).match(/M/g).length, 2);
  await page.getByRole("button", { name: "Tue 17 Nov 18:00–20:00 nobody" }).click();
  assert.match(await page.locator("#clock-day").innerText(), /17 November/);
  assert.match(await widget(page), /^Away/);
  await page.locator("#heat .cells").first().hover({ position: { x: 10, y: 8 } });
  assert.match(await page.locator("#tip").innerText(), /Mon 16 Nov 00:00–.*: 0 available/);
  await page.locator("[data-agent=bo] .who").click();
  for (const name of ["tue", "thu"]) {
    await page.locator(`#form input[data-key=${name}0end]`).fill("20:00");
    await page.locator(`#form input[data-key=${name}0end]`).blur();
  }
  // The effect of changed hours is visible before they are saved.
  assert.equal(await page.locator("#holes").innerText(), "No holes: someone is there in all office hours. Before your changes: 4 h.");
  await page.locator("#sample").selectOption("One person");
  assert.match(await page.locator("#holes").innerText(), /nothing counts as a hole/);
});

driven("a press on the week moves the clock; the pointer is told what it is over", {}, async (page) => {
  const track = page.locator("[data-agent=bo] .track");
  const { width } = await track.boundingBox();
  await track.hover({ position: { x: (width * 10.02) / 168, y: 8 } });
  assert.equal(await page.locator("#tip").innerText(), "Working hours, Mon 16 Nov 09:00–17:00");
  await track.click({ position: { x: (width * 34) / 168, y: 8 } });
  assert.match(await page.locator("#clock-day").innerText(), /17 November/);
  assert.match(await page.locator("#clock-time").innerText(), /^(09:45|10:00|10:15)$/);
});

driven("two hundred people and eight weeks", {}, async (page) => {
  await page.locator("#sample").selectOption("Two hundred people");
  await page.locator("#weeks").selectOption("8");
  assert.equal(await page.locator("#rows > .row").count(), 200);
  assert.equal(await page.locator("#days > span:not(.jump)").count(), 8);
  await page.locator("#rows:not([data-waiting])").waitFor();
  for (const agent of ["a1", "a100", "a200"]) assert.match(await drawing(page, agent), /h available/);
  await page.getByRole("button", { name: "A week on" }).focus();
  for (let times = 0; times < 8; times += 1) await page.keyboard.press("Enter");
  await page.locator("#scroller").evaluate((it) => it.scrollTo(0, it.scrollHeight));
  await page.locator("#rows:not([data-waiting])").waitFor();
  await page.locator("[data-agent=a200] .who").focus();
  assert.equal(await page.locator("[data-agent=a200] .who").isVisible(), true);
  await picture(page, "many");
});

driven("test conversations are sent, and it is told why each went where", {}, async (page) => {
  const send = page.getByRole("button", { name: "Send now" });
  await send.click();
  assert.match(await outcome(page), /^Went to (Anna Berg|Bo Lindqvist)$/);
  await page.getByLabel("Contact’s plan").selectOption("enterprise");
  await send.click();
  assert.match(await outcome(page), /^Went to (Dev Rao|Anna Berg)$/);
  await latest(page).locator("summary").click();
  const considered = sentence(await latest(page).locator("table").innerText());
  assert.match(considered, /Elin Sand away until/);
  assert.match(considered, /Dev Rao could take it/);
  await page.getByLabel("Contact’s plan").selectOption("");
  await page.getByLabel("Asks for").selectOption("billing");
  await send.click();
  assert.equal(await outcome(page), "Went to Bo Lindqvist");
  await latest(page).locator("summary").click();
  assert.match(sentence(await latest(page).locator("table").innerText()), /Anna Berg lacks a skill \(billing: has none, asked 1\)/);
  await page.getByLabel("Asks for").selectOption("");
  for (let times = 0; times < 6; times += 1) await send.click();
  assert.match(await outcome(page), /^Waiting in the queue$/);
  await latest(page).locator("summary").click();
  assert.match(sentence(await latest(page).locator("table").innerText()), /Bo Lindqvist full \(holds 3 of 3\)/);
  await page.locator("#route [name=channel]").selectOption({ label: "phone" });
  await page.locator("[data-agent=bo] .who").click();
  await page.getByLabel("At most open at once").fill("");
  await page.getByLabel("At most open at once").blur();
  await send.click();
  assert.match(await outcome(page), /^Offered to/);
  await latest(page).getByRole("button", { name: "Accept" }).click();
  assert.match(await outcome(page), /^Went to/);
  await picture(page, "decisions", { fullPage: true });
  await latest(page).getByRole("button", { name: "Close" }).click();
  assert.match(await outcome(page), /^Closed/);
  await page.getByRole("button", { name: "Start over" }).click();
  assert.match(await page.locator("#decisions").innerText(), /Nothing sent yet/);
});

driven("a substitute stands in, a team hands out, and a status of the desk is told", {}, async (page) => {
  await page.getByLabel("Contact’s plan").selectOption("enterprise");
  await page.locator("#route [name=owner]").selectOption("elin");
  await page.getByRole("button", { name: "Send now" }).click();
  assert.equal(await outcome(page), "Went to Dev Rao");
  assert.match(await latest(page).innerText(), /for Elin Sand/);
  await latest(page).locator("summary").click();
  assert.match(sentence(await latest(page).locator("table").innerText()), /Dev Rao could take it, for Elin Sand, holds 0/);
  await page.locator("[data-agent=elin] .who").click();
  assert.equal(await page.getByLabel("Substitute").inputValue(), "dev");
  await page.getByLabel("Substitute").selectOption("");
  assert.equal((await document(page)).agents.find(({ id }) => id === "elin").substitute, undefined);
  assert.notEqual(await outcome(page), "Went to Dev Rao");
  await latest(page).getByLabel("Hand out in a team").selectOption("support");
  assert.match(await outcome(page), /^Went to (Anna Berg|Bo Lindqvist)$/);
  await page.locator("[data-agent=bo] .who").click();
  await page.getByRole("button", { name: "At lunch" }).click();
  assert.match(await person(page, "Bo Lindqvist"), /^At lunch/);
  assert.match(await page.locator("#now-of-agent").innerText(), /^Now: At lunch/);
  await page.getByRole("button", { name: "On the phone" }).click();
  assert.match(await person(page, "Bo Lindqvist"), /^On the phone until 17:00/);
  await page.getByLabel("Contact’s plan").selectOption("");
  await page.getByRole("button", { name: "Send now" }).click();
  assert.equal(await outcome(page), "Went to Anna Berg");
  await latest(page).locator("summary").click();
  assert.match(sentence(await latest(page).locator("table").innerText()), /Bo Lindqvist takes none of this kind now/);
  await picture(page, "substitute", { fullPage: true });
});

driven("a routing script decides; its problems are underlined, and the last sound one goes on", {}, async (page) => {
  await page.getByLabel("decides in").selectOption({ label: "chat: everyone" });
  assert.match(await page.locator("#script-health").innerText(), /It is sound, and decides\./);
  const script = page.getByRole("textbox", { name: "The script" });
  await script.fill('fn score(agent, conversation, desk) { if agent.id == "bo" { 9 } else { 0 } }');
  await page.locator("#script:not([aria-busy])").waitFor();
  await page.getByRole("button", { name: "Send now" }).click();
  assert.equal(await outcome(page), "Went to Bo Lindqvist");
  await latest(page).locator("summary").click();
  assert.match(sentence(await latest(page).locator("table").innerText()), /Bo Lindqvist could take it, holds 0, scored 9/);
  await script.fill("fn score(agent, conversation, desk) { agent.load + }");
  await page.locator("#script-problems li").waitFor();
  assert.equal(await page.locator("#script-marks mark").count(), 1);
  await page.getByRole("button", { name: "Send now" }).click();
  assert.equal(await outcome(page), "Went to Bo Lindqvist");
  await page.locator("#script-problems").scrollIntoViewIfNeeded();
  await picture(page, "script");
  await script.fill("fn scor(agent, conversation, desk) { 1 }");
  await page.locator("#script-problems", { hasText: "did you mean score?" }).waitFor();
  await page.getByLabel("Begin with").selectOption("Keep one free");
  await page.locator("#script-health", { hasText: "It is sound" }).waitFor();
  for (let times = 0; times < 5; times += 1) await page.getByRole("button", { name: "Send now" }).click();
  await latest(page).locator("summary").click();
  assert.match(sentence(await latest(page).locator("table").innerText()), /rejected by the script \(a place is kept for what is urgent\)/);
  await page.getByLabel("decides in").selectOption({ label: "no rule yet" });
  assert.equal((await page.locator("#text").inputValue()).includes("script"), false);
});

driven("the page is worked by keyboard alone", {}, async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  const focus = () => page.evaluate(() => document.activeElement.id || document.activeElement.dataset.key || document.activeElement.className || document.activeElement.name);
  assert.equal(await focus(), "week");
  // To the first person, into the form, to another's hours, and out again.
  for (let times = 0; (await focus()) !== "who" && times < 9; times += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await focus(), "agent");
  await page.keyboard.press("ArrowDown");
  assert.match(await page.locator("#now-of-agent").innerText(), /working hours until Fri 20 Nov 17:00/);
  for (let times = 0; (await focus()) !== "sat" && times < 60; times += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  assert.match(await drawing(page, "bo"), /48 h available/);
  assert.equal(await focus(), "sat");
  await page.getByRole("tab", { name: "Form" }).focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator("#json").isVisible(), true);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#editor").isVisible(), false);
  assert.equal(await focus(), "edit");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("#editor").isVisible(), true);
  await page.keyboard.press("Escape");
  // And a conversation is sent and read.
  for (let times = 0; (await focus()) !== "channel" && times < 40; times += 1) await page.keyboard.press("Tab");
  for (let times = 0; !(await page.evaluate(() => document.activeElement.type === "submit")) && times < 40; times += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.match(await outcome(page), /^Went to/);
  while ((await page.evaluate(() => document.activeElement.tagName)) !== "SUMMARY") await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await latest(page).locator("table").isVisible(), true);
});

for (const timezoneId of ["America/Vancouver", "Asia/Kolkata", "Australia/Lord_Howe"]) {
  driven(`a team lead in ${timezoneId} reads the wall of the desk, or of their own`, { timezoneId, locale: "en-US" }, async (page) => {
    assert.equal(sentence(await page.locator(".hour").innerText()), "10:00 UTC+1");
    await page.locator("#zone").selectOption(timezoneId);
    const own = await page.evaluate(() => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(Date.UTC(2026, 10, 20, 9)));
    assert.equal(await page.locator("#clock-time").innerText(), own);
    assert.match(await drawing(page, "bo"), /^Bo Lindqvist: \d+ h available/);
  });
}

for (const [name, width, height] of [["narrow", 360, 780], ["wide", 1440, 1000]]) {
  for (const colorScheme of ["light", "dark"]) {
    driven(`${name}, ${colorScheme}: accessible, nothing overflows`, { viewport: { width, height }, colorScheme }, async (page) => {
      const axe = readFileSync(process.env.FRONTDESK_AXE ?? new URL("../../../../target/web-tools/node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
      const sound = async (what) => {
        const found = await page.evaluate(`${axe}; axe.run()`);
        assert.deepEqual(found.violations.map((it) => [it.id, it.nodes.slice(0, 3).map((node) => `${node.html} ${node.failureSummary}`)]), [], what);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `something overflows: ${what}`);
      };
      const edit = async (open) => {
        if (((await page.locator("#edit").getAttribute("aria-expanded")) === "true") !== open) await page.locator(open ? "#edit" : "#close").click();
        await page.waitForTimeout(300);
      };
      await edit(false);
      await page.getByRole("button", { name: "Send now" }).click();
      await latest(page).locator("summary").click();
      await sound("the page");
      await picture(page, `${name}-${colorScheme}`, { fullPage: true });
      await edit(true);
      for (const details of await page.locator("#form details").all()) await details.evaluate((it) => { it.open = true; });
      await sound("the form");
      await picture(page, `${name}-${colorScheme}-editor`);
      await page.getByRole("tab", { name: "JSON" }).click();
      await page.locator("#text").fill((await page.locator("#text").inputValue()).replace("America/Toronto", "America/Torronto"));
      await page.locator("#problems li").waitFor();
      await sound("a problem");
      await picture(page, `${name}-${colorScheme}-problem`);
      await edit(false);
      await page.locator("#script").fill("fn score(");
      await page.locator("#sample").selectOption("An empty desk");
      await page.locator("#script-problems li").waitFor();
      await sound("an empty desk");
      await picture(page, `${name}-${colorScheme}-empty`, { fullPage: true });
      await page.locator("#sample").selectOption("Follow the sun");
      await page.getByRole("button", { name: "Next clock change" }).click();
      await page.locator("#weeks").selectOption("4");
      await sound("four weeks");
      await picture(page, `${name}-${colorScheme}-weeks`, { fullPage: true });
    });
  }
}
