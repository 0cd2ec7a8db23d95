// A status beside opening_hours.js: the same weekly hours, the same instants, the same answers.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

import { Desk } from "frontdesk";
import * as preview from "frontdesk/preview";
import { measure } from "./table.mjs";

const OpeningHours = createRequire(import.meta.url)("opening_hours");
const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"];

export async function status(table) {
  // Both read the wall clock of the machine's zone, which is UTC here: opening_hours.js knows no other.
  const document = { version: 1, time_zone: "UTC", agents: [{ id: "anna", working_hours: [{ days: WEEKDAYS, start: "09:00", end: "12:00" }, { days: WEEKDAYS, start: "13:00", end: "17:00" }] }] };
  const rival = new OpeningHours("Mo-Fr 09:00-12:00,13:00-17:00", null);
  const start = Date.UTC(2026, 10, 16);
  const dates = Array.from({ length: 10_000 }, (_, step) => new Date(start + step * 61_000));
  const times = dates.map(Number);
  const desk = new Desk(document);
  const small = new preview.Desk(document, { instants: "epoch" });
  for (const date of dates) {
    assert.equal(desk.status("anna", date).state === "available", rival.getState(date));
    assert.equal(+desk.nextChange("anna", date), +rival.getNextChange(date));
    assert.equal(+desk.status("anna", date).until, +rival.getNextChange(date));
    assert.equal(small.status("anna", +date).until, +rival.getNextChange(date));
  }
  // Each round has instants of all the week: they do not cost the same.
  const of = (dates, ask) => (turn) => ask(dates[(turn * 7_919) % 10_000]);
  const [ours, numbers, bare, whole] = await measure(
    [2_000, of(dates, (at) => desk.status("anna", at))], [2_000, of(times, (at) => small.status("anna", at))],
    [500, of(dates, (at) => rival.getState(at))], [500, of(dates, (at) => (rival.getState(at), rival.getNextChange(at)))],
  );
  table.add("status: state, reason, since, until (theirs: open or not, and until when)", ours, { rival: "opening_hours.js", theirs: whole, most: 0.2, faster: 8 });
  table.add("the same (theirs: open or not, alone)", ours, { rival: "opening_hours.js", theirs: bare });
  table.add("status in frontdesk/preview, instants as numbers (theirs: open, until when)", numbers, { rival: "opening_hours.js", theirs: whole });
}
