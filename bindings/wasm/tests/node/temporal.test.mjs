// Temporal, where it is: in as instants, zoned times and durations, out where it is asked for.
import assert from "node:assert/strict";
import test from "node:test";

import { Temporal } from "temporal-polyfill";
import { Desk, FrontdeskError, readHolidays } from "frontdesk";
import * as preview from "frontdesk/preview";

const DOCUMENT = {
  version: 1, time_zone: "Europe/Stockholm", agents: [{ id: "anna", working_hours: [{ days: ["mon", "tue", "wed", "thu", "fri"], start: "09:00", end: "17:00" }] }],
  inboxes: [{ id: "main", channels: [{ id: "chat", kind: "chat", rules: [{ id: "all", steps: [{ assign_to: "everyone" }] }] }] }],
};
const instant = Temporal.Instant.from("2026-11-20T09:00:00.123456789Z");
const zoned = instant.toZonedDateTimeISO("Australia/Lord_Howe");
const AT = new Date(instant.epochMilliseconds);

/** With Temporal as a part of the language. */
function withTemporal(operation) {
  const own = Object.getOwnPropertyDescriptor(globalThis, "Temporal");
  Object.defineProperty(globalThis, "Temporal", { value: Temporal, configurable: true });
  try {
    return operation();
  } finally {
    if (own) Object.defineProperty(globalThis, "Temporal", own);
    else delete globalThis.Temporal;
  }
}

for (const [name, entry] of [["frontdesk", { Desk }], ["frontdesk/preview", preview]]) {
  test(`${name}: instants and zoned times go in, without anything global`, () => {
    const desk = new entry.Desk(DOCUMENT);
    for (const at of [instant, zoned]) {
      assert.deepEqual(desk.status("anna", at), desk.status("anna", AT));
      assert.deepEqual(desk.nextChange("anna", at), desk.nextChange("anna", AT));
      assert.deepEqual(desk.available(at), ["anna"]);
      assert.deepEqual(desk.schedule("anna", { start: at, end: at.add({ hours: 30 }) }).length, 2);
      assert.equal(desk.workingTime({ start: at, end: at.add({ hours: 30 }) }, { agent: "anna" }), desk.nextChange("anna", at) - AT);
      assert.equal(desk.publish({ inbox: "main", from: at, days: 1 }).start, AT.toISOString());
    }
    assert.deepEqual(desk.after(instant, Temporal.Duration.from({ hours: 8 }), { agent: "anna" }), desk.after(AT, "8h", { agent: "anna" }));
    for (const wrong of [instant.toZonedDateTimeISO("UTC").toPlainDateTime(), Temporal.PlainDate.from("2026-11-20")]) {
      assert.throws(() => desk.status("anna", wrong), (error) => error instanceof FrontdeskError && error.code === "invalid_time");
    }
    for (const wrong of [{ months: 1 }, { hours: -1 }]) {
      assert.throws(() => desk.after(AT, Temporal.Duration.from(wrong), { agent: "anna" }), { code: "invalid_duration" });
    }
  });

  test(`${name}: instants come out where Temporal is, and it is said where it is not`, () => {
    if (!globalThis.Temporal) assert.throws(() => new entry.Desk(DOCUMENT, { instants: "temporal" }), { code: "unsupported_feature" });
    const desk = withTemporal(() => new entry.Desk(DOCUMENT, { instants: "temporal" }));
    const status = desk.status("anna", instant);
    for (const told of [status.since, status.until, desk.nextChange("anna", zoned), desk.schedule("anna", { start: AT, end: zoned.add({ days: 1 }) }).at(0).end]) {
      assert.ok(told instanceof Temporal.Instant);
    }
    assert.equal(status.until.toZonedDateTimeISO("Asia/Kolkata").toPlainTime().toString(), "21:30:00");
    assert.equal(desk.workingTime({ start: status.since, end: status.until }, { agent: "anna" }), 8 * 3_600_000);
  });
}

test("commands take what Temporal has", () => {
  const [one, other] = [new Desk(DOCUMENT), new Desk(DOCUMENT)];
  const away = Temporal.Duration.from("PT1H30M");
  assert.deepEqual(one.setStatus("anna", "away", { at: zoned, duration: away }), other.setStatus("anna", "away", { at: AT, duration: "1h30m" }));
  assert.deepEqual(one.handle({ type: "set_status", agent: "anna", status: "away", at: instant.add({ minutes: 1 }), until: zoned.add({ hours: 1 }) }).length, 1);
  const desk = withTemporal(() => new Desk(DOCUMENT, { instants: "temporal" }));
  desk.setStatus("anna", "away", { at: instant, duration: away });
  assert.ok(desk.nextWakeup instanceof Temporal.Instant && desk.now instanceof Temporal.Instant);
  assert.ok(withTemporal(() => desk.copy()).table(instant)[0].until instanceof Temporal.Instant);
  const holiday = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nSUMMARY:New Year\r\nDTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  assert.equal(readHolidays(holiday, { last_day: Temporal.PlainDate.from("2030-06-01") }).dates.length, 5);
});
