// What a person does with the page, and what the preview makes of it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { Desk, check, warnings } from "frontdesk";
import { served } from "./visit.mjs";

const visit = served();

const WEDNESDAY = "2026-03-25T09:30:00Z";
const visitors = (page) => page.getByRole("region", { name: "Visitors" });
const told = (page) => visitors(page).locator("p.state");
const day = (page, name) => page.getByRole("group", { name, exact: true });
const ofWeek = (page, date) => visitors(page).getByRole("listitem").filter({ hasText: date });
const agent = (page, name) => page.getByRole("region", { name: "Agents" }).getByRole("listitem").filter({ hasText: name });

/** Waits until an element says something. */
async function says(locator, text) {
  const wanted = typeof text === "string" ? (found) => found.includes(text) : (found) => text.test(found);
  let found;
  for (let tries = 0; tries < 500; tries += 1) {
    found = await locator.innerText();
    if (wanted(found)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail(`${JSON.stringify(found)} is not ${text}`);
}

/** Presses "Save", and reads the file. */
async function saved(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save" }).click()]);
  assert.equal(download.suggestedFilename(), "desk.json");
  return JSON.parse(await readFile(await download.path(), "utf8"));
}

/** Runs a test on the page at an instant, and looks for complaints at its end. */
function at(instant, name, run, options) {
  test(name, async () => {
    const { page, context, complaints } = await visit(instant, options);
    await run(page);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

at(WEDNESDAY, "it tells who is there at the instant of the link, in the zone of the inbox", async (page) => {
  await says(page.locator(".instant"), "Wed 25 Mar 2026, 10:30 GMT+1 Europe/Stockholm");
  await says(told(page), "Open until 12:00");
  await says(ofWeek(page, "Wed 25 Mar"), "08:00–12:00, 13:00–18:00");
  await says(ofWeek(page, "Sun 29 Mar"), /00:00–06:00/);
  await says(agent(page, "Anna Berg"), "Available until 17:00");
  await says(agent(page, "Bo Lind"), "Away, outside working hours until 13:00");
  await says(agent(page, "Cyrus Amini"), "Away, outside working hours until Fri 22:00");
  await says(page.getByRole("region", { name: "Agents" }), "1 of 3 available");
  assert.match(await page.locator("frontdesk-status").evaluate((it) => it.shadowRoot.textContent), /Available now · usually replies in a few minutes/);
});

at(WEDNESDAY, "other hours are another preview, with the channel chosen", async (page) => {
  await day(page, "Wednesday, 1").getByLabel("To", { exact: true }).fill("10:15");
  await says(told(page), "Closed until 13:00");
  await says(ofWeek(page, "Wed 25 Mar"), "08:00–10:15, 13:00–18:00");
  await day(page, "Wednesday").getByRole("button", { name: "Remove Wednesday, 1: 08:00 to 10:15" }).click();
  await says(ofWeek(page, "Wed 25 Mar"), /^Wed 25 Mar\s+13:00–18:00/);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "+ Add", "the focus stays in the day");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.value), "18:00", "the focus is in the new hours");
  await page.keyboard.type("09:00");
  await page.keyboard.press("Tab");
  await page.keyboard.type("11:00");
  await says(told(page), "Open until 11:00");
  await page.getByLabel("Channel").selectOption({ label: "Help / Phone" });
  await says(told(page), "Open until 17:00");
  await page.getByLabel("Hours of its own").check();
  await day(page, "Wednesday, 1").getByLabel("From").fill("11:00");
  await says(told(page), "Closed until 11:00");
});

at(WEDNESDAY, "a channel without hours is open always, until it is given some", async (page) => {
  await page.getByLabel("Channel").selectOption({ label: "Sales / Form" });
  await says(page.locator(".instant"), "Wed 25 Mar 2026, 05:30 GMT-4 America/New_York");
  await says(told(page), "Open, but nobody is there until 08:00");
  await page.getByRole("button", { name: "Set hours" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.value), "09:00", "the focus is in the new hours");
  await says(told(page), "Hidden until 09:00");
  await says(ofWeek(page, "Wed 25 Mar"), "09:00–17:00");
  await page.getByLabel("Hours of its own").check();
  await day(page, "Wednesday, 1").getByLabel("From").fill("05:00");
  await says(told(page), "Open, but nobody is there until 08:00");
  await page.getByLabel("Hours of its own").uncheck();
  await says(told(page), "Hidden until 09:00");
});

at(WEDNESDAY, "another zone is another day", async (page) => {
  await page.getByLabel("Time zone").fill("Asia/Tokyo");
  await says(page.locator(".instant"), "Wed 25 Mar 2026, 18:30 GMT+9 Asia/Tokyo");
  await says(told(page), /^Closed/);
});

at(WEDNESDAY, "what is wrong is told beside its field, and the preview stays with what was right", async (page) => {
  const start = day(page, "Wednesday, 1").getByLabel("From");
  await start.fill("25:00");
  assert.equal(await start.getAttribute("aria-invalid"), "true");
  const beside = page.locator(`[id="${await start.getAttribute("aria-describedby")}"]`);
  await says(beside, '"25:00" is not a time of day: write it as 09:00, from 00:00 to 24:00');
  await says(page.locator(".save [role=status]"), /^"25:00" is not a time of day\. The preview shows the last state without a problem\.$/);
  await says(told(page), "Open until 12:00");
  assert.ok(await page.getByRole("button", { name: "Save" }).isDisabled());

  await page.getByLabel("Time zone").fill("Europe/Stokholm");
  await says(page.getByRole("region", { name: /Opening hours/ }), "did you mean Europe/Stockholm?");
  await page.getByLabel("Channel").selectOption({ label: "Help / Phone" });
  await says(page.locator(".save [role=status]"), /, and 1 more\./);
  await page.getByRole("button", { name: "Show it" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.value), "25:00", "the field of another channel is shown, too");
  await start.fill("09:00");
  await page.getByRole("button", { name: "Show it" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.value), "Europe/Stokholm");
  await page.getByLabel("Time zone").fill("Europe/Stockholm");
  await says(page.locator(".save [role=status]"), "Not saved yet");
  assert.equal(await page.locator("[aria-invalid=true], .problems").count(), 0);
});

at("2026-04-01T09:30:00Z", "an absence that ends before it begins is told beside it; one of a day takes the agent away", async (page) => {
  await page.getByRole("button", { name: "Add an absence of Anna Berg" }).click();
  await says(agent(page, "Anna Berg"), "Away, out of office until Thu 00:00");
  const absence = page.getByRole("group", { name: "Anna Berg, absence 2" });
  await absence.getByLabel("Last day").fill("2026-03-31");
  await says(absence, 'first_day 2026-04-01 is after last_day 2026-03-31: write the earlier one as "first_day"');
  await absence.getByLabel("Last day").fill("2026-04-02");
  await absence.getByLabel("Note").fill("Moving house");
  await says(agent(page, "Anna Berg"), "Away, out of office (Moving house) until Fri 00:00");
  await absence.getByRole("button", { name: "Remove Anna Berg, absence 2" }).click();
  await says(agent(page, "Anna Berg"), "Available until 17:00");
});

at("2026-03-26T17:30:00Z", "an absence of hours is read in the zone of its agent", async (page) => {
  await says(agent(page, "Bo Lind"), "Away, out of office (Dentist) until 22:00");
  await page.getByRole("group", { name: "Bo Lind, absence 1" }).getByLabel("From").fill("2026-03-26T14:00");
  await says(agent(page, "Bo Lind"), "Available until 19:00");
});

at(WEDNESDAY, "a holiday closes its day, for visitors and agents", async (page) => {
  await page.getByRole("button", { name: "Add a holiday" }).click();
  await says(told(page), "Closed until Thu 08:00");
  await says(ofWeek(page, "Wed 25 Mar"), "closed");
  await says(agent(page, "Anna Berg"), "Away, holiday until Thu 00:00");
  await page.keyboard.type("Founders' day");
  await page.getByRole("group", { name: "Founders' day" }).getByLabel("Date 1").fill("2026-03-26");
  await says(told(page), "Open until 12:00");
  await says(ofWeek(page, "Thu 26 Mar"), "closed");
});

at("2026-04-03T09:00:00Z", "a holiday of the document closes its day", async (page) => {
  await says(told(page), "Closed until Sat 22:00");
  await page.getByRole("button", { name: "Remove Easter", exact: true }).click();
  await says(told(page), "Open until 12:00");
});

at("2026-03-29T00:30:00Z", "the night in which the clocks go forward has the hours that are there", async (page) => {
  await says(page.locator(".instant"), "Sun 29 Mar 2026, 01:30 GMT+1");
  await says(told(page), "Open until 06:00");
  await says(ofWeek(page, "Sun 29 Mar"), /00:00–06:00.*23 h, as the clocks change/s);
  await page.getByRole("button", { name: "+ 1 h" }).click();
  await says(page.locator(".instant"), "Sun 29 Mar 2026, 03:30 GMT+2");
  await page.getByRole("button", { name: "Next change" }).click();
  await says(page.locator(".instant"), "Sun 29 Mar 2026, 06:00 GMT+2");
  await says(told(page), "Closed until Mon 08:00");
  await page.getByRole("button", { name: "Next change" }).click();
  await says(told(page), "Open until 12:00");
  await says(ofWeek(page, "Mon 30 Mar"), "08:00–12:00");
  // The hour that is skipped is read by the offset before it.
  await page.getByLabel("Date and time").fill("2026-03-29T02:30");
  await says(page.locator(".instant"), "Sun 29 Mar 2026, 03:30 GMT+2");
  await page.getByLabel("Date and time").fill("2026-03-29T05:59");
  await says(told(page), "Open until 06:00");
});

at("2026-10-25T00:30:00Z", "the night in which the clocks go back has an hour twice", async (page) => {
  await says(page.locator(".instant"), "Sun 25 Oct 2026, 02:30 GMT+2");
  await page.getByRole("button", { name: "+ 1 h" }).click();
  await says(page.locator(".instant"), "Sun 25 Oct 2026, 02:30 GMT+1");
  await says(ofWeek(page, "Sun 25 Oct"), "25 h, as the clocks change");
  await page.getByLabel("Date and time").fill("2026-10-25T02:31");
  await says(page.locator(".instant"), "Sun 25 Oct 2026, 02:31 GMT+2");
});

at(WEDNESDAY, "discard goes back to what was saved", async (page) => {
  const [save, discard] = ["Save", "Discard"].map((name) => page.getByRole("button", { name }));
  const start = day(page, "Wednesday, 1").getByLabel("From");
  assert.ok(await discard.isDisabled());
  await start.fill("11:00");
  await says(told(page), "Closed until 11:00");
  await discard.click();
  await says(told(page), "Open until 12:00");
  await start.fill("09:00");
  await start.fill("08:00");
  assert.ok(await save.isDisabled(), "nothing is left to save");
  await start.fill("09:00");
  await saved(page);
  assert.ok(await discard.isDisabled());
  await start.fill("9");
  await discard.click();
  assert.equal(await start.inputValue(), "09:00");
});

at(WEDNESDAY, "the browser asks before changes are lost", async (page) => {
  await day(page, "Wednesday, 1").getByLabel("From").fill("11:00");
  const [dialog] = await Promise.all([page.waitForEvent("dialog"), page.close({ runBeforeUnload: true })]);
  assert.equal(dialog.type(), "beforeunload");
  await dialog.dismiss();
  await saved(page);
  await Promise.all([page.waitForEvent("close"), page.close({ runBeforeUnload: true })]);
});

at(WEDNESDAY, "what is saved is a sound document, with equal days together, and the rest as it was", async (page) => {
  await day(page, "Wednesday, 1").getByLabel("From").fill("09:00");
  await page.getByRole("button", { name: "Add hours on Sunday" }).click();
  await page.getByRole("button", { name: "Add a holiday" }).click();
  const document = await saved(page);
  check(document);
  // The form is to follow office hours, of which it has none yet.
  assert.deepEqual(warnings(document).map(({ code, path }) => [code, path]), [["no_effect", "$.inboxes[1].channels[0].visitor.availability"]]);
  const [inbox] = document.inboxes;
  assert.deepEqual(inbox.channels[0].office_hours, [
    { days: ["mon", "tue", "thu", "fri"], start: "08:00", end: "12:00" },
    { days: ["wed"], start: "09:00", end: "12:00" },
    { days: ["mon", "tue", "wed", "thu", "fri"], start: "13:00", end: "18:00" },
    { days: ["sat"], start: "22:00", end: "06:00" },
    { days: ["sun"], start: "09:00", end: "17:00" },
  ]);
  assert.deepEqual(inbox.office_hours, [{ days: ["mon", "tue", "wed", "thu", "fri"], start: "09:00", end: "17:00" }]);
  assert.equal(inbox.channels[0].rules.length, 1);
  assert.deepEqual(document.holidays[1], { id: "holiday-2", dates: ["2026-03-25"] });
  const desk = new Desk(document);
  assert.equal(desk.visitor({ inbox: "help", channel: "chat", at: WEDNESDAY }).state, "closed");
  assert.equal(desk.visitor({ inbox: "help", channel: "chat", at: "2026-04-01T07:30:00Z" }).state, "online");
});

at("", "without an instant it follows the clock, by the minute", async (page) => {
  await says(page.locator(".instant"), /Wed 25 Mar 2026, 10:59 GMT\+1 Europe\/Stockholm · now/);
  await says(told(page), "Open until 12:00");
  await page.clock.runFor(60_000 * 61);
  await says(told(page), "Closed until 13:00");
  await page.getByRole("button", { name: "− 1 h" }).click();
  await page.clock.runFor(60_000 * 90);
  await says(page.locator(".instant"), /11:00 GMT\+1 Europe\/Stockholm$/);
  await page.getByRole("button", { name: "Now" }).click();
  await says(page.locator(".instant"), /13:30 GMT\+1 Europe\/Stockholm · now/);
}, { at: "2026-03-25T09:59:30Z" });
