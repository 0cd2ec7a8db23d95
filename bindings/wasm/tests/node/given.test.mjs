// Arguments are checked in each function: a misspelt key or a wrong type is a problem, and never a different question.
import assert from "node:assert/strict";
import test from "node:test";

import { Desk, FrontdeskError, check, firstTurn, readCalendar, readHolidays } from "frontdesk";
import * as preview from "frontdesk/preview";

const DOCUMENT = { version: 1, time_zone: "UTC", teams: [{ id: "t" }], agents: [{ id: "a", team: "t" }, { id: "b" }], inboxes: [{ id: "i", channels: [{ id: "c", kind: "chat" }] }] };
const [AT, RANGE] = [Date.UTC(2026, 10, 20), { start: Date.UTC(2026, 10, 20), end: Date.UTC(2026, 10, 21) }];

/** Each fails with a code, at a path, with a hint. */
function failing(cases) {
  for (const [use, code, path, hint] of cases) {
    assert.throws(use, (error) => {
      assert.ok(error instanceof FrontdeskError || error instanceof preview.FrontdeskError, `${use}: ${error.stack}`);
      assert.deepEqual([error.code, error.path], [code, path], `${use}: ${error}`);
      if (hint) assert.match(error.hint ?? "", hint, String(use));
      return true;
    }, String(use));
  }
}

for (const [name, entry] of [["frontdesk", { Desk }], ["frontdesk/preview", preview]]) {
  const desk = new entry.Desk(DOCUMENT);

  test(`${name}: a scope is of known keys, everywhere`, () => {
    for (const ask of [(scope) => desk.coverage(RANGE, scope), (scope) => desk.available(AT, scope), (scope) => desk.coverageSteps(RANGE, "1h", scope)]) {
      failing([
        [() => ask({ teams: "t" }), "unknown_key", "$.teams", /did you mean team\?/],
        [() => ask({ Team: "t" }), "unknown_key", "$.Team", /did you mean team\?/],
        [() => ask({ constructor: "t" }), "unknown_key", "$.constructor", /there are team, extra, inbox/],
        [() => ask({ agent: "a" }), "unknown_key", "$.agent", /there are team, extra, inbox/],
        [() => ask("t"), "wrong_type", "$"],
        [() => ask(["t"]), "wrong_type", "$"],
        [() => ask(null), "wrong_type", "$"],
        [() => ask({ team: 5 }), "wrong_type", "$.team"],
        [() => ask({ team: null }), "wrong_type", "$.team"],
        [() => ask({ team: ["t"] }), "wrong_type", "$.team"],
        [() => ask({ team: "t", extra: "yes" }), "wrong_type", "$.extra"],
        [() => ask({ inbox: {} }), "wrong_type", "$.inbox"],
      ]);
      for (const both of [{ team: "t", inbox: "i" }, { extra: true }, { inbox: "i", extra: true }]) assert.throws(() => ask(both), { code: "conflict" });
      assert.throws(() => ask({ team: "x" }), { code: "unknown_team" });
      for (const scope of [undefined, {}, { team: undefined }, { team: "t" }, { team: "t", extra: true }, { inbox: "i", extra: false }, Object.create(null)]) ask(scope);
    }
    assert.deepEqual([...desk.coverage(RANGE, { team: "t" })].map((it) => it.available), [1]);
    assert.deepEqual([...desk.coverage(RANGE)].map((it) => it.available), [2]);
  });

  test(`${name}: so are ranges, questions and options`, () => {
    failing([
      [() => desk.schedule("a", { from: AT, to: AT }), "unknown_key", "$.from", /there are start, end/],
      [() => desk.schedule("a", { start: AT, ende: AT }), "unknown_key", "$.ende", /did you mean end\?/],
      [() => desk.schedule("a"), "invalid_time", "$.start"],
      [() => desk.schedule("a", null), "wrong_type", "$"],
      [() => desk.schedule("a", "today"), "wrong_type", "$"],
      [() => desk.schedule(5, RANGE), "wrong_type", "$.agent"],
      [() => desk.coverage(undefined), "invalid_time", "$.start"],
      [() => desk.coverageByTeam({ start: AT }), "invalid_time", "$.end"],
      [() => desk.workingTime(RANGE, { agents: "a" }), "unknown_key", "$.agents", /did you mean agent\?/],
      [() => desk.workingTime(RANGE), "missing_key", "$"],
      [() => desk.workingTime(RANGE, "a"), "wrong_type", "$"],
      [() => desk.after(AT, "1h", { chanel: "c", inbox: "i" }), "unknown_key", "$.chanel", /did you mean channel\?/],
      [() => desk.before(AT, "1h", null), "wrong_type", "$"],
      [() => desk.visitor({ inbox: "i", chanel: "c", at: AT }), "unknown_key", "$.chanel", /did you mean channel\?/],
      [() => desk.visitor({ inbox: "i", channel: "c", at: AT, visitor: { name: "x" } }), "unknown_key", "$.visitor.name"],
      [() => desk.visitor({ inbox: "i", channel: "c", at: AT, language: 5 }), "wrong_type", "$.language"],
      [() => desk.visitor({ inbox: "i", channel: "c", at: AT, language: ["sv", "?"] }), "invalid_value", "$.language[1]"],
      [() => desk.visitor("i"), "wrong_type", "$"],
      [() => desk.publish({ inbox: "i", start: AT, days: 1 }), "unknown_key", "$.start", /there are inbox, from, days/],
      [() => desk.publish(), "invalid_time", "$.from"],
      [() => desk.askJson(5), "wrong_type", "$"],
      [() => new entry.Desk(DOCUMENT, { instant: "epoch" }), "unknown_key", "$.options.instant", /did you mean instants\?/],
      [() => new entry.Desk(DOCUMENT, "epoch"), "wrong_type", "$.options"],
      [() => new entry.Desk(DOCUMENT, { instants: "moment" }), "invalid_value", "$.options.instants"],
      [() => new entry.Desk(DOCUMENT, { instants: "constructor" }), "invalid_value", "$.options.instants"],
      [() => new entry.Desk(DOCUMENT, { instants: "__proto__" }), "invalid_value", "$.options.instants"],
    ]);
  });
}

test("commands, calendars and scripts are looked at, too", () => {
  const desk = new Desk(DOCUMENT);
  const open = { inbox: "i", channel: "c", at: AT };
  failing([
    [() => desk.open("c1", { ...open, type: "close" }), "conflict", "$.type", /leave it out/],
    [() => desk.open("c1", { ...open, conversation: "c2" }), "conflict", "$.conversation"],
    [() => desk.open("c1"), "missing_key", "$"],
    [() => desk.close("c1", 5), "wrong_type", "$"],
    [() => desk.open("c1", { ...open, chanel: "x" }), "unknown_key", "$.chanel"],
    [() => desk.putAgent(null, { at: AT }), "invalid_value", "$.agent"],
    [() => desk.handleJson(5), "wrong_type", "$"],
    [() => desk.handleExplainedJson(undefined), "wrong_type", "$"],
    [() => desk.handle(null), "wrong_type", "$"],
    [() => desk.propose(undefined), "wrong_type", "$"],
    [() => desk.propose({ type: "advance", at: AT }, { explained: true }), "unknown_key", "$.options.explained", /did you mean explain\?/],
    [() => desk.propose({ type: "advance", at: AT }, { explain: "yes" }), "wrong_type", "$.options.explain"],
    [() => desk.may(undefined), "wrong_type", "$"],
    [() => desk.may({ type: "clos", at: AT }), "invalid_value", "$.type", /did you mean close\?/],
    [() => desk.table(AT, { stat: "away" }), "unknown_key", "$.filter.stat", /did you mean state\?/],
    [() => desk.table(AT, "away"), "unknown_filter", "$.filter"],
    [() => desk.table(AT, 5), "wrong_type", "$.filter"],
    [() => desk.inboxesOf(5), "wrong_type", "$.agent"],
    [() => desk.flatten({ from: AT, end: AT }), "unknown_key", "$.from"],
    [() => desk.writeFreeBusy("a", { start: AT }, AT), "invalid_time", "$.end"],
    [() => desk.writeFreeBusy(5, RANGE, AT), "wrong_type", "$.agent"],
    [() => desk.writeAbsences(5, AT), "wrong_type", "$.agent"],
    [() => desk.writeHours(null, AT), "wrong_type", "$.agent"],
    [() => desk.readHours(5, ""), "wrong_type", "$.agent"],
    [() => desk.readAbsences(5, ""), "wrong_type", "$.agent"],
    [() => desk.readAbsences("a", "", { nam: "x" }), "unknown_key", "$.options.nam", /did you mean name\?/],
    [() => desk.readAbsences("a", "", { away: "busy" }), "wrong_type", "$.options.away"],
    [() => desk.readAbsences("a", "", { away: { summary: ["x"] } }), "unknown_key", "$.options.away.summary"],
    [() => desk.readAbsences("a", "", { away: { summaries: "vacation*" } }), "wrong_type", "$.options.away.summaries"],
    [() => readCalendar("", { time_zone: 5 }), "wrong_type", "$.options.time_zone"],
    [() => readCalendar(""), "wrong_type", "$.options.time_zone"],
    [() => readCalendar("", { zone: "UTC" }), "unknown_key", "$.options.zone"],
    [() => readHolidays("", { summaries: "x" }), "wrong_type", "$.options.summaries"],
    [() => readHolidays("", { lastday: "2026-01-01" }), "unknown_key", "$.options.lastday", /did you mean last_day\?/],
    [() => desk.setScripts("x".repeat(64_000)), "wrong_type", "$.scripts"],
    [() => desk.setScripts(null), "wrong_type", "$.scripts"],
    [() => desk.setScripts({ "a.rhai": 5 }), "wrong_type", '$.scripts["a.rhai"]'],
    [() => new Desk(DOCUMENT, { scripts: "x" }), "wrong_type", "$.options.scripts"],
    [() => new Desk(DOCUMENT, { scripts: { "a.rhai": null } }), "wrong_type", '$.scripts["a.rhai"]'],
    [() => Desk.restore(5), "wrong_type", "$"],
    [() => Desk.rebuild(5), "wrong_type", "$.turns"],
    [() => Desk.rebuild(undefined), "wrong_type", "$.turns"],
    [() => firstTurn(undefined), "wrong_type", "$"],
    [() => check(undefined), "wrong_type", "$"],
  ]);
  for (const event of [undefined, null, 5, "", [], { type: "assigned" }]) assert.throws(() => desk.apply(event), FrontdeskError);
  assert.equal(desk.conversations().length, 0);
});
