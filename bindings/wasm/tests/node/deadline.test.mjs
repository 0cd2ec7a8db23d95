// Long calls end at their deadline, with the desk as it was.
import assert from "node:assert/strict";
import test from "node:test";

import { Desk, check, withDeadline } from "frontdesk";

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const agents = (count) => Array.from({ length: count }, (_, index) => ({
  id: `a${index}`,
  working_hours: [{ days, start: `09:${String(index % 60).padStart(2, "0")}`, end: "17:00" }],
}));
const document = (count) => ({
  version: 1, time_zone: "UTC", agents: agents(count), inboxes: [{ id: "main", channels: [{ id: "chat", kind: "chat" }] }],
});
const timeIsUp = { name: "FrontdeskError", code: "time_is_up" };

test("time that is up stops whatever is long", () => {
  const desk = new Desk(document(100));
  desk.advance("2026-01-01T00:00:00Z");
  const before = desk.snapshot();
  const range = { start: "2026-01-01T00:00:00Z", end: "2027-01-01T00:00:00Z" };
  for (const call of [
    () => desk.advance("2026-02-01T00:00:00Z"),
    () => desk.handle({ type: "advance", at: "2026-02-01T00:00:00Z" }),
    () => desk.coverage(range),
    () => desk.schedule("a1", range),
    () => new Desk(document(100)),
    () => Desk.restore(before),
  ]) {
    assert.throws(() => withDeadline(0, call), timeIsUp);
  }
  assert.equal(desk.snapshot(), before);
  assert.throws(() => withDeadline(0, () => withDeadline(60_000, () => desk.coverage(range))), timeIsUp);
  assert.ok(withDeadline(600_000, () => desk.advance("2026-02-01T00:00:00Z")).length > 0);
  assert.ok(check(document(1)));
});

test("a leap that is too long stops, and is told", () => {
  const desk = new Desk(document(1000));
  desk.advance("2026-01-01T00:00:00Z");
  const far = "2026-04-01T00:00:00Z";
  const [refused] = desk.open("c1", { at: far, inbox: "main", channel: "chat" });
  assert.equal(refused.code, "leap_too_long");
  const events = desk.advance(far);
  assert.ok(events.length <= 100_000 && desk.isDue(far));
  assert.equal(desk.now.toISOString(), refused.until);
  while (desk.isDue(far)) events.push(...desk.advance(far));
  assert.equal(desk.open("c1", { at: far, inbox: "main", channel: "chat" })[0].type, "opened");
});
