// Calendars without an agent: holidays, absences without a desk, and the options of being away.
import assert from "node:assert/strict";
import test from "node:test";

import { Desk, FrontdeskError, readCalendar, readHolidays } from "frontdesk";

const calendar = (...events) => ["BEGIN:VCALENDAR", "VERSION:2.0", ...events.flatMap((lines) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"]), "END:VCALENDAR", ""].join("\r\n");
const CHRISTMAS = ["UID:c", "SUMMARY:Christmas", "CATEGORIES:Public holiday", "DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261227", "RRULE:FREQ=YEARLY"];
const PARTY = ["UID:p", "SUMMARY:Party", "DTSTART;TZID=Europe/Stockholm:20261218T180000", "DURATION:PT4H"];
const EASTER = ["UID:e", "SUMMARY:Easter Monday", "DTSTART;VALUE=DATE:20270329"];

test("holidays are read, and a desk keeps them", () => {
  const text = calendar(CHRISTMAS, PARTY, EASTER);
  const reading = readHolidays(text, { first_day: "2026-12-26", last_day: "2027-12-31" });
  assert.deepEqual(reading.dates.map(({ date, name }) => `${date} ${name}`), ["2026-12-26 Christmas", "2027-03-29 Easter Monday", "2027-12-25 Christmas", "2027-12-26 Christmas"]);
  assert.deepEqual([reading.skipped.map(({ uid, why }) => [uid, why]), reading.problems, reading.complete], [[["p", "not_whole_days"]], [], true]);
  assert.deepEqual(readHolidays(new TextEncoder().encode(text), { first_day: "2026-12-26", last_day: "2027-12-31" }), reading);
  assert.deepEqual(readHolidays(text, { categories: ["public HOLIDAY"], last_day: "2026-12-31" }).dates.length, 2);
  assert.deepEqual(readHolidays(text, { summaries: ["easter*"] }).dates, [{ date: "2027-03-29", name: "Easter Monday" }]);
  const endless = readHolidays(text);
  assert.deepEqual([endless.dates.length, endless.problems[0].code, endless.problems[0].hint], [1, "out_of_range", "say which day is the last"]);
  const desk = new Desk({ version: 1, time_zone: "UTC", agents: [{ id: "anna" }], holidays: [{ id: "se", dates: reading.dates.map(({ date }) => date) }] });
  assert.equal(desk.status("anna", "2027-03-29T10:00:00Z").reason, "holiday");
});

test("a calendar is read without a desk, and what counts as being away is said", () => {
  const text = calendar(PARTY, ["UID:o", "SUMMARY:Out of office: Rome", "DTSTART:20261120T140000", "DURATION:PT3H"]);
  const usual = readCalendar(text, { time_zone: "Asia/Kolkata" });
  assert.deepEqual(usual.absences.map(({ uid, start }) => [uid, start]), [["o", "2026-11-20T14:00"]]);
  assert.deepEqual(usual.skipped.map(({ why }) => why), ["not_away"]);
  assert.equal(readCalendar(text, { time_zone: "Asia/Kolkata", away: { shown_as: "busy" } }).absences.length, 2);
  const desk = new Desk({ version: 1, time_zone: "Europe/Stockholm", agents: [{ id: "anna" }] });
  assert.equal(desk.readAbsences("anna", text).changes.added.length, 1);
  assert.deepEqual(desk.readAbsences("anna", text, { away: { shown_as: null, summaries: ["party"] }, name: "private" }).changes.added.map(({ uid }) => uid), ["p"]);
});

test("what makes no sense is a problem", () => {
  const failing = (operation, code, path) => assert.throws(operation, (error) => error instanceof FrontdeskError && error.code === code && error.path === path);
  failing(() => readHolidays(calendar(EASTER), { last_day: "soon" }), "invalid_time", "$.last_day");
  failing(() => readHolidays(calendar(EASTER), { last: "2027-01-01" }), "unknown_key", "$.options.last");
  failing(() => readHolidays(5), "wrong_type", undefined);
  failing(() => readCalendar("", { time_zone: "Mars/Base" }), "unknown_zone", undefined);
  failing(() => readCalendar("", { time_zone: "UTC", away: { shown_as: "asleep" } }), "invalid_value", "$.away");
  assert.equal(readCalendar("no calendar", { time_zone: "UTC" }).problems.length, 1);
});
