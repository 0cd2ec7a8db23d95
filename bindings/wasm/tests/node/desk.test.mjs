// The parts that the package adds to the core: JavaScript's own types, and errors.
import assert from "node:assert/strict";
import test from "node:test";

import { Desk, FrontdeskError, Spans, check, firstTurn, init, warnings } from "frontdesk";
import * as preview from "frontdesk/preview";

const DOCUMENT = {
  version: 1, time_zone: "Europe/Stockholm",
  teams: [{ id: "support" }],
  agents: [
    { id: "anna", team: "support", working_hours: [{ days: ["mon", "tue", "wed", "thu", "fri"], start: "09:00", end: "17:00" }] },
    { id: "bo", team: "support" },
  ],
  inboxes: [{ id: "main", channels: [{
    id: "chat", kind: "chat", rules: [{ id: "all", steps: [{ assign_to: { agents: ["anna"] } }] }],
    visitor: { reply_time: "a few minutes", when_away: { message: "Away." } },
  }] }],
};
const AT = new Date("2026-11-20T09:00:00Z");
const iso = (date) => date && date.toISOString();

/** The error that an operation ends with. */
function failing(operation) {
  try {
    operation();
  } catch (error) {
    assert.ok(error instanceof FrontdeskError, String(error?.stack));
    return error;
  }
  assert.fail("it did not fail");
}

for (const [name, entry] of [["frontdesk", { Desk }], ["frontdesk/preview", preview]]) {
  const desk = new entry.Desk(DOCUMENT);

  test(`${name}: instants in any form are the same instant`, () => {
    const forms = [AT, AT.getTime(), AT.toISOString(), "2026-11-20T10:00:00+01:00", { epochMilliseconds: AT.getTime() }, AT.getTime() + 0.9];
    for (const form of forms) assert.deepEqual(desk.status("anna", form), desk.status("anna", AT));
    assert.deepEqual(desk.status("anna", AT), {
      state: "available", reason: "working_hours", since: new Date("2026-11-20T08:00:00Z"), until: new Date("2026-11-20T16:00:00Z"),
    });
    assert.deepEqual(desk.status("bo", AT), { state: "available", reason: "always_on", since: null, until: null });
  });

  test(`${name}: instants come out as asked for`, () => {
    const until = Date.parse("2026-11-20T16:00:00Z");
    assert.equal(new entry.Desk(DOCUMENT, { instants: "epoch" }).status("anna", AT).until, until);
    assert.equal(new entry.Desk(DOCUMENT, { instants: "iso" }).status("anna", AT).until, "2026-11-20T16:00:00.000Z");
  });

  test(`${name}: every question answers`, () => {
    const range = { start: "2026-11-20T00:00:00Z", end: new Date("2026-11-21T00:00:00Z") };
    assert.equal(iso(desk.nextAvailable("anna", "2026-11-20T17:00:00Z")), "2026-11-23T08:00:00.000Z");
    assert.equal(iso(desk.nextChange("anna", AT)), "2026-11-20T16:00:00.000Z");
    assert.equal(desk.nextChange("bo", AT), null);
    assert.equal(desk.zoneOf("anna"), "Europe/Stockholm");
    assert.deepEqual(desk.available(Date.parse("2026-11-20T20:00:00Z"), { team: "support" }), ["bo"]);
    assert.equal(desk.workingTime(range, { agent: "anna" }), 8 * 3_600_000);
    assert.equal(iso(desk.after(AT, "8h", { agent: "anna" })), "2026-11-23T09:00:00.000Z");
    assert.equal(iso(desk.after(AT, 8 * 3_600_000, { team: "support" })), "2026-11-20T17:00:00.000Z");
    assert.equal(iso(desk.before(AT, 1_500, { inbox: "main", channel: "chat" })), "2026-11-20T08:59:58.500Z");
    const steps = desk.coverageSteps(range, "12h", { inbox: "main" });
    assert.deepEqual(steps.map((it) => [iso(it.start), it.available, it.least]), [["2026-11-20T00:00:00.000Z", 1, 1], ["2026-11-20T12:00:00.000Z", 2, 1]]);
    const staffing = desk.staffing(range, { team: "support" });
    assert.deepEqual(staffing.map((it) => [iso(it.start), it.available, it.agents]), [
      ["2026-11-20T00:00:00.000Z", 1, ["bo"]], ["2026-11-20T08:00:00.000Z", 2, ["anna", "bo"]], ["2026-11-20T16:00:00.000Z", 1, ["bo"]],
    ]);
    const named = desk.staffingSteps(range, "12h", { inbox: "main" });
    assert.deepEqual(named.map((it) => [iso(it.end), it.agents, it.least]), [["2026-11-20T12:00:00.000Z", ["bo"], 1], ["2026-11-21T00:00:00.000Z", ["anna", "bo"], 1]]);
    const view = desk.visitor({ inbox: "main", channel: "chat", at: "2026-11-20T17:00:00Z" });
    assert.deepEqual(view, {
      state: "away", message: "Away.", until: new Date("2026-11-23T08:00:00Z"), opens_at: new Date("2026-11-23T08:00:00Z"),
    });
    assert.deepEqual([...desk.coverageByTeam(range)].map(([team, { length }]) => [team, length]), [["support", 3]]);
    if (entry.check) assert.deepEqual(desk.document(), entry.check(DOCUMENT));
  });

  test(`${name}: spans are iterable, and numbers for charts`, () => {
    const range = { start: "2026-11-20T00:00:00Z", end: "2026-11-21T00:00:00Z" };
    const schedule = desk.schedule("anna", range);
    assert.equal(schedule.length, 3);
    assert.deepEqual([...schedule].map((it) => [iso(it.start), it.state]), [
      ["2026-11-20T00:00:00.000Z", "away"], ["2026-11-20T08:00:00.000Z", "available"], ["2026-11-20T16:00:00.000Z", "away"],
    ]);
    assert.equal(iso(schedule.at(-1).end), "2026-11-21T00:00:00.000Z");
    assert.equal(schedule.at(3), undefined);
    assert.deepEqual(schedule.toArray(), JSON.parse(JSON.stringify(schedule)).map((it) => ({ ...it, start: new Date(it.start), end: new Date(it.end) })));
    assert.deepEqual([...schedule.numbers].length, 7);
    assert.deepEqual([...desk.coverage(range, { team: "support" })].map((it) => it.available), [1, 2, 1]);
    assert.deepEqual([...desk.coverageByTeam(range).get("support")].map((it) => it.available), [1, 2, 1]);
    assert.equal(desk.schedule("anna", { start: AT, end: AT }).length, 0);
    const answer = JSON.parse(desk.askJson(JSON.stringify({ ask: "schedule", agent: "anna", ...range })));
    assert.deepEqual(JSON.parse(JSON.stringify(schedule)), answer);
  });

  test(`${name}: problems are errors`, () => {
    const unknown = failing(() => desk.status("ana", AT));
    assert.deepEqual([unknown.code, unknown.path, unknown.hint], ["unknown_agent", "$.agent", "did you mean anna?"]);
    const text = failing(() => new entry.Desk('{"version": 1,\n "time_zone": "UTX", "agent": []}'));
    assert.deepEqual(text.problems.map((it) => it.code), ["unknown_zone", "unknown_key"]);
    assert.deepEqual([text.code, text.path, text.position], ["unknown_zone", "$.time_zone", { line: 2, column: 15 }]);
    for (const at of [NaN, new Date(NaN), {}, null, undefined, true, 1n, Symbol("at"), "soon"]) {
      assert.equal(failing(() => desk.status("anna", at)).code, "invalid_time", String(at));
    }
    for (const at of [0, Infinity, -1e300, new Date(8.64e15)]) assert.equal(failing(() => desk.status("anna", at)).code, "out_of_range");
    assert.equal(failing(() => desk.status("anna", "2026-11-20T09:00:00")).code, "missing_offset");
    for (const agent of [5, null, undefined, {}, 1n, "\ud800", "a".repeat(1000)]) failing(() => desk.status(agent, AT));
    assert.equal(failing(() => desk.schedule("anna", { start: AT, end: 1e12 })).code, "invalid_value");
    assert.equal(failing(() => desk.after(AT, -1, { agent: "anna" })).code, "invalid_duration");
    assert.equal(failing(() => desk.coverage({ start: AT, end: AT }, { team: "support", inbox: "main" })).code, "conflict");
    assert.equal(failing(() => desk.publish({ inbox: "main", from: AT, days: 0 })).path, "$.days");
    const cycle = {};
    cycle.cycle = cycle;
    for (const document of [cycle, { version: 1n }, undefined, null, 5, "", "{", { version: 1, time_zone: NaN }, () => 1, Symbol("d")]) failing(() => new entry.Desk(document));
    // And the desk works on.
    assert.equal(desk.status("anna", AT).state, "available");
  });

  test(`${name}: a freed desk says so`, () => {
    const gone = new entry.Desk(DOCUMENT);
    gone.status("anna", AT);
    gone.free();
    gone.free();
    assert.equal(failing(() => gone.status("anna", AT)).code, "freed");
    assert.equal(failing(() => gone.zoneOf("anna")).code, "freed");
    const disposed = new entry.Desk(DOCUMENT);
    disposed[Symbol.dispose]();
    assert.equal(failing(() => disposed.status("anna", AT)).code, "freed");
  });

  test(`${name}: what is published is what visitors see`, () => {
    const published = desk.publish({ inbox: "main", from: AT, days: 7 });
    for (let at = AT.getTime(); at < AT.getTime() + 7 * 86_400_000; at += 1_800_000) {
      const told = preview.seen(published, "chat", at);
      const { shows: _, ...view } = new entry.Desk(DOCUMENT, { instants: "epoch" }).visitor({ inbox: "main", channel: "chat", at });
      // One name for one thing: the same keys, and absent where there is nothing to tell.
      assert.deepEqual(told, view);
    }
    assert.equal(preview.seen(published, "chat", AT.getTime() - 1), null);
    assert.equal(preview.seen(published, "chat", AT.getTime() + 7 * 86_400_000), null);
    assert.equal(preview.seen(published, "mail", AT.getTime()), null);
    assert.equal(preview.seen({ ...published, version: 2 }, "chat", AT.getTime()), null);
  });

  test(`${name}: why nothing is seen of what is published is told`, () => {
    const published = desk.publish({ inbox: "main", from: AT, days: 7 });
    const channel = (more) => ({ ...published, channels: [{ ...published.channels[0], ...more }] });
    const [first, ...rest] = published.channels[0].changes;
    const at = AT.getTime();
    for (const [document, code, path] of [
      [published, undefined],
      [{ ...published, more: 1 }, undefined],
      [{ ...published, version: 2 }, "unsupported_version", "$.version"],
      [{ shown: {} }, "unsupported_version", "$.version"],
      ...[null, undefined, 5, "text", true].map((it) => [it, "invalid_value", "$"]),
      [{ ...published, channels: {} }, "invalid_value", "$"],
      [{ ...published, start: "soon" }, "invalid_value", "$"],
      [{ ...published, end: published.start }, "invalid_value", "$"],
      [{ ...published, channels: [] }, "unknown_channel", "$.channels"],
      [{ ...published, channels: [null, 5] }, "unknown_channel", "$.channels"],
      [channel({ channel: "mail" }), "unknown_channel", "$.channels"],
      [channel({ changes: [] }), "invalid_value", "$.channels[0]"],
      [channel({ changes: [{ ...first, state: "constructor" }, ...rest] }), "invalid_value", "$.channels[0]"],
      [channel({ changes: [first, null] }), "invalid_value", "$.channels[0]"],
      [channel({ changes: [first, first] }), "invalid_value", "$.channels[0]"],
      [channel({ changes: rest }), "invalid_value", "$.channels[0]"],
      [channel({ online: "soon" }), "invalid_value", "$.channels[0]"],
      [channel({ away: { message: 5 } }), "invalid_value", "$.channels[0]"],
      [channel({ away: { message: { en: 5 } } }), "invalid_value", "$.channels[0]"],
    ]) {
      const problem = preview.problemOf(document, "chat", at);
      assert.deepEqual([problem?.code, problem?.path], [code, path], JSON.stringify(document));
      assert.equal(preview.seen(document, "chat", at) === null, code !== undefined);
    }
    assert.deepEqual(["$.start", "$.end"], [at - 1, at + 7 * 86_400_000].map((it) => preview.problemOf(published, "chat", it).path));
  });

  test(`${name}: texts by language are told in a language that the visitor speaks, published or not`, () => {
    const document = structuredClone(DOCUMENT);
    document.inboxes[0].channels[0].visitor = {
      reply_time: { en: "soon", sv: "snart", "pt-BR": "em breve" },
      when_away: { message: { en: "Away", sv: "Borta", da: "Væk" }, reply_time: { sv: "i morgon", en: "tomorrow", constructor: "never" } },
    };
    const speaking = new entry.Desk(JSON.stringify(document).replace(',"constructor":"never"', ""), { instants: "epoch" });
    const published = speaking.publish({ inbox: "main", from: AT, days: 7 });
    for (const language of ["sv", "SV-fi", "sv-FI-x-private", "pt", "pt-PT", "da", "is", ["is", "pt"], ["da", "sv"], ["is", "da"], [], "toString", "constructor"]) {
      for (const at of [AT.getTime(), Date.parse("2026-11-20T20:00:00Z")]) {
        const asked = [language].flat().filter((it) => it !== "constructor");
        assert.deepEqual(preview.seen(published, "chat", at, language), speaking.visitor({ inbox: "main", channel: "chat", at, language: asked }), `${language} at ${at}`);
      }
    }
    assert.equal(preview.seen(published, "chat", AT.getTime(), "pt").reply_time, "em breve");
    assert.deepEqual(speaking.visitor({ inbox: "main", channel: "chat", at: "2026-11-20T20:00:00Z", language: ["da", "sv"] }).language, "sv");
  });
}

test("commands are methods, objects or text", () => {
  const [a, b, c] = [new Desk(DOCUMENT), new Desk(DOCUMENT), new Desk(DOCUMENT)];
  const events = a.open("c1", { inbox: "main", channel: "chat", at: AT });
  assert.deepEqual(b.handle({ type: "open", conversation: "c1", inbox: "main", channel: "chat", at: AT.getTime() }), events);
  assert.deepEqual(c.handle(`{"type":"open","conversation":"c1","inbox":"main","channel":"chat","at":"${AT.toISOString()}"}`), events);
  assert.equal(events.at(-1).type, "assigned");
  assert.equal(events.at(-1).agent, "anna");
  assert.deepEqual([a.conversation("c1").state, a.conversations().length, a.queue()], ["assigned", 1, []]);
  assert.deepEqual([{ state: "assigned" }, { state: ["queued", "closed"] }, { agent: "anna", channel: "chat" }, { contact: "nobody" }]
    .map((filter) => a.conversations(filter).length), [1, 0, 1, 0]);
  assert.equal(failing(() => a.conversations({ agent: "ana" })).code, "unknown_agent");
  assert.equal(failing(() => a.conversations({ status: "queued" })).path, "$.filter.status");
  assert.equal(a.table(AT)[0].until.getTime(), Date.parse("2026-11-20T16:00:00Z"));
  assert.deepEqual(a.table(AT)[0].inboxes, ["main"]);
  const saved = new Desk({ ...DOCUMENT, table_filters: [{ id: "by-bo", filter: { team: "support", state: "away" } }, { id: "all", filter: {} }] });
  assert.deepEqual([saved.table(AT, "by-bo").length, saved.table(AT, "all").length], [0, 2]);
  assert.deepEqual(saved.table(AT, saved.document().table_filters[0].filter), saved.table(AT, "by-bo"));
  assert.equal(failing(() => saved.table(AT, "al")).hint, "did you mean all?");
  assert.deepEqual(a.inboxesOf("anna"), { access: ["main"], sees: ["main"] });
  assert.equal(failing(() => a.inboxesOf("ana")).code, "unknown_agent");
  assert.equal(a.shownIn("c1", "anna", "2026-11-20T20:00:00Z"), "available");
  const away = a.setStatus("anna", "away", { at: AT.getTime() + 1_000, by: "anna", duration: 30 * 60_000, note: "Lunch" });
  assert.equal(away[0].reason, "temporarily_away");
  assert.deepEqual(a.status("anna", AT.getTime() + 2_000), {
    state: "away", reason: "temporarily_away", since: new Date(AT.getTime() + 1_000), until: new Date(AT.getTime() + 1_801_000), by: "anna", note: "Lunch",
  });
  assert.equal(a.nextWakeup.getTime(), AT.getTime() + 1_801_000);
  assert.equal(a.advance(a.nextWakeup)[0].type, "status_changed");
  assert.equal(a.now.getTime(), AT.getTime() + 1_801_000);
  const refused = a.close("c2", { at: a.now });
  assert.deepEqual([refused[0].type, refused[0].code], ["refused", "unknown_conversation"]);
  assert.equal(failing(() => a.handle({ type: "opn", at: AT })).code, "invalid_value");
  assert.equal(failing(() => a.handle({ type: "close", conversation: "c1", at: 5 })).code, "out_of_range");
});

test("a status of the document is told with its id", () => {
  const desk = new Desk({ ...DOCUMENT, statuses: [{ id: "lunch", state: "away" }] });
  desk.setStatus("anna", "lunch", { at: AT });
  for (const at of [AT, AT.toISOString()]) {
    const { state, reason, status, by } = desk.status("anna", at);
    assert.deepEqual([state, reason, status, by], ["away", "set_away", "lunch", undefined]);
  }
});

test("messages, spam and the trash are commands", () => {
  const desk = new Desk(DOCUMENT, { instants: "epoch" });
  const at = AT.getTime();
  desk.open("c1", { inbox: "main", channel: "chat", at, from: "spam@example.org" });
  assert.deepEqual(desk.message("c1", { from: "visitor", message: "m1", at }).map(({ type, from, message }) => [type, from, message]), [["message_noted", "visitor", "m1"]]);
  assert.deepEqual(desk.block({ conversation: "c1", at }).map(({ type }) => type), ["blocked", "filtered"]);
  assert.equal(desk.conversation("c1").state, "spam");
  assert.equal(desk.close("c1", { at })[0].code, "in_spam");
  assert.deepEqual(desk.notSpam("c1", { at }).map(({ type }) => type), ["unfiltered", "assigned"]);
  assert.equal(desk.trash("c1", { at })[0].until, "2026-12-20T09:00:00.000Z");
  assert.deepEqual(desk.restore("c1", { at }).map(({ type }) => type), ["restored", "assigned"]);
  assert.equal(desk.hide("c1", { message: "m1", at })[0].message, "m1");
  assert.deepEqual(desk.conversation("c1").hidden_messages, ["m1"]);
  assert.equal(desk.conversation("c1").last_message_at, "2026-11-20T09:00:00.000Z");
  assert.deepEqual(desk.open("c2", { inbox: "main", channel: "chat", at, outbound: true, by: "anna" }).map(({ type }) => type), ["opened", "sent"]);
});

test("a desk is copied, stored, restored and rebuilt", () => {
  const desk = new Desk(DOCUMENT, { instants: "epoch" });
  const events = desk.open("c1", { inbox: "main", channel: "chat", at: AT });
  const rebuilt = new Desk(DOCUMENT);
  for (const event of events) rebuilt.apply(event);
  rebuilt.checkComplete();
  const [copy, restored] = [desk.copy(), Desk.restore(desk.snapshot())];
  for (const other of [copy, restored, rebuilt]) assert.equal(other.snapshot(), desk.snapshot());
  assert.equal(typeof copy.now, "number");
  desk.close("c1", { at: AT });
  assert.notEqual(copy.snapshot(), desk.snapshot());
  assert.equal(failing(() => Desk.restore("{}")).code !== undefined, true);
  assert.equal(failing(() => rebuilt.apply(events[0])).code, "invalid_value");
});

test("a proposal leaves the desk as it was", () => {
  const desk = new Desk(DOCUMENT);
  desk.open("c1", { inbox: "main", channel: "chat", at: AT });
  const commands = [
    { type: "open", conversation: "c2", inbox: "main", channel: "chat", at: new Date(AT) },
    { type: "close", conversation: "c1", at: AT },
    { type: "put_agent", agent: "cy", entry: { id: "cy" }, at: AT },
    { type: "close", conversation: "nobody", at: AT },
    { type: "advance", at: "2026-12-24T00:00:00Z" },
  ];
  for (const command of commands) {
    const before = desk.snapshot();
    const proposed = desk.propose(command);
    assert.equal(desk.snapshot(), before, command.type);
    const [handled, applied] = [desk.copy(), desk.copy()];
    assert.deepEqual(proposed.events, handled.handle(command));
    for (const event of proposed.events) applied.apply(event);
    assert.equal(applied.snapshot(), handled.snapshot(), command.type);
    assert.deepEqual(desk.propose(command, { explain: true }).events, desk.copy().handleExplained(command));
  }
});

test("may says what happens to a command, in the instants of the desk", () => {
  const channel = { id: "fb", kind: "messenger", reply_window: { automated: "24h", person: "7d" }, rules: [{ id: "r", steps: [{ assign_to: { bot: "robo" } }] }] };
  const document = { version: 1, time_zone: "UTC", agents: [{ id: "anna" }], inboxes: [{ id: "main", channels: [channel] }] };
  const desk = new Desk(document);
  desk.open("c1", { inbox: "main", channel: "fb", at: AT });
  const before = desk.snapshot();
  const close = { type: "close", conversation: "c1", by: "anna", at: AT };
  const { allowed, code, until } = desk.may(close);
  assert.deepEqual([allowed, code, until], [false, "bot_active", new Date(Date.parse(AT) + 30 * 60_000)]);
  const reply = desk.may({ type: "reply", conversation: "c1", by: "anna", at: new Date(AT) });
  const day = 24 * 60 * 60_000;
  assert.deepEqual(reply, { allowed: true, reply_window: { automated: new Date(Date.parse(AT) + day), person: new Date(Date.parse(AT) + 7 * day) } });
  assert.equal(desk.may(JSON.stringify({ ...close, conversation: "c9" })).code, "unknown_conversation");
  assert.equal(desk.snapshot(), before);
  assert.equal(desk.handle(close)[0].code, code);
});

test("turns are stored, applied once and in order, and rebuild the desk", () => {
  const desk = new Desk(DOCUMENT);
  const log = [firstTurn(DOCUMENT)];
  assert.equal(desk.turn, 0);
  desk.apply(log[0]);
  for (const command of [
    { type: "open", id: "k1", conversation: "c1", inbox: "main", channel: "chat", at: new Date(AT) },
    { type: "close", conversation: "nobody", at: AT },
    { type: "close", conversation: "c1", at: AT },
  ]) {
    const turn = desk.propose(command);
    assert.deepEqual([turn.at, turn.command.type, turn.version], [new Date(AT).toISOString(), command.type, 1]);
    if (turn.turn) log.push(turn);
    desk.apply(turn);
  }
  assert.deepEqual(log.map(({ turn }) => turn), [1, 2, 3]);
  assert.equal(desk.turn, 3);
  for (const same of [log, log.map((turn) => JSON.stringify(turn)), new Set(log)]) {
    const rebuilt = Desk.rebuild(same);
    assert.deepEqual([rebuilt.snapshot(), rebuilt.turn], [desk.snapshot(), 3]);
  }
  assert.equal(Desk.restore(desk.snapshot()).turn, 3);
  const told = (use) => (({ code, problems: [{ path }] }) => [code, path])(failing(use));
  const before = desk.snapshot();
  assert.deepEqual(told(() => desk.apply(log[2])), ["invalid_value", "$.turn"]);
  assert.deepEqual(told(() => desk.apply(JSON.stringify({ ...log[2], turn: 5 }))), ["invalid_value", "$.turn"]);
  assert.deepEqual(told(() => new Desk(DOCUMENT).apply({ ...log[1], events: log[1].events.slice(0, 1) })), ["invalid_value", "$.events"]);
  assert.deepEqual(told(() => desk.apply(JSON.stringify(log[1]).slice(0, 100))), ["invalid_json", "$"]);
  assert.deepEqual(told(() => new Desk({ ...DOCUMENT, time_zone: "UTC" }).apply(log[0])), ["conflict", "$.document.time_zone"]);
  assert.deepEqual(told(() => Desk.rebuild([])), ["invalid_value", "$[0].turn"]);
  assert.deepEqual(told(() => Desk.rebuild([log[0], log[2]])), ["invalid_value", "$[1].turn"]);
  assert.deepEqual(told(() => Desk.rebuild([log[0], { ...log[1], at: "x" }])), ["invalid_json", "$[1].at"]);
  assert.equal(desk.snapshot(), before);
});

test("decisions are explained", () => {
  const desk = new Desk({ ...DOCUMENT, agents: [{ ...DOCUMENT.agents[0], working_hours: [] }, DOCUMENT.agents[1]] });
  const events = desk.handleExplained({ type: "open", conversation: "c1", inbox: "main", channel: "chat", at: AT });
  const decided = events.find((event) => event.considered);
  assert.deepEqual([decided?.considered.map((it) => it.agent), decided?.not_in_target], [["anna"], 1]);
  const [step] = desk.why("c1");
  assert.deepEqual([step.rule, step.considered.length, step.not_in_target], ["all", 1, 1]);
  assert.ok(desk.story("c1", events).length > 0);
});

test("absences come from a calendar, repeat, and are flattened for the preview", () => {
  const desk = new Desk(DOCUMENT);
  const calendar = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Out of office\r\nDTSTART;TZID=Europe/Stockholm:20261120T140000\r\n" +
    "DURATION:PT1H\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  const reading = desk.readAbsences("anna", calendar);
  assert.deepEqual([reading.changes.added.length, reading.problems], [1, []]);
  assert.deepEqual(desk.readAbsences("anna", new TextEncoder().encode(calendar)), reading);
  desk.setOutOfOffice("anna", reading.changes.out_of_office, { at: AT });
  assert.equal(desk.status("anna", "2026-11-27T13:30:00Z").reason, "out_of_office");
  const flat = desk.flatten({ start: AT, end: "2027-01-01T00:00:00Z" });
  assert.equal(failing(() => new preview.Desk(desk.document())).code, "unsupported_feature");
  assert.equal(new preview.Desk(flat).status("anna", "2026-11-27T13:30:00Z").reason, "out_of_office");
  assert.match(desk.writeAbsences("anna", AT), /BEGIN:VCALENDAR/);
  assert.match(desk.writeHours("anna", AT), /VAVAILABILITY/);
  assert.equal(desk.ask({ ask: "next_change", agent: "anna", at: AT }), "2026-11-20T13:00:00.000Z");
  assert.match(desk.writeFreeBusy("anna", { start: AT, end: "2026-11-21T00:00:00Z" }, AT), /FREEBUSY/);
  assert.equal(failing(() => desk.readAbsences("anna", 5)).code, "wrong_type");
  assert.equal(failing(() => desk.readAbsences("ana", calendar)).code, "unknown_agent");
  assert.ok(desk.readHours("anna", calendar).date_hours);
});

test("scripts decide; their problems are told, and the desk keeps those it had", () => {
  const document = structuredClone(DOCUMENT);
  document.inboxes[0].channels[0].rules[0].steps = [{ assign_to: "everyone", strategy: { script: "mine" } }];
  const scripts = { "mine.rhai": 'fn score(agent, conversation, desk) { if agent.id == "bo" { 1 } else { 0 } }' };
  assert.equal(failing(() => new Desk(document, { scripts: {} })).code, "unknown_script");
  const desk = new Desk(document, { scripts });
  const given = (id) => desk.open(id, { inbox: "main", channel: "chat", at: AT }).at(-1).agent;
  assert.equal(given("c1"), "bo");
  const problem = failing(() => desk.setScripts({ "mine.rhai": "fn score(agent, conversation, desk) {\n  agent.load +\n}" }));
  assert.equal(problem.path, "mine.rhai");
  assert.ok(problem.position.line >= 2);
  assert.equal(failing(() => desk.setScripts({ "mine.rhai": "fn scor(agent, conversation, desk) { 1 }" })).hint, "did you mean score?");
  assert.equal(given("c2"), "bo");
  desk.setScripts({ "mine.rhai": 'fn score(agent, conversation, desk) { if agent.id == "anna" { 1 } else { 0 } }' });
  assert.equal(given("c3"), "anna");
  assert.equal(desk.copy().open("c4", { inbox: "main", channel: "chat", at: AT }).at(-1).agent, "anna");
  const restored = Desk.restore(desk.snapshot(), { scripts });
  assert.equal(restored.open("c4", { inbox: "main", channel: "chat", at: AT }).at(-1).agent, "bo");
  // Without an end, and yet it ends.
  desk.setScripts({ "mine.rhai": "fn score(agent, conversation, desk) { loop {} }" });
  assert.ok(desk.open("c5", { inbox: "main", channel: "chat", at: AT }).some((event) => event.type === "script_failed"));
  assert.equal(new preview.Desk(document).status("anna", AT).state, "available");
});

test("numbers of any length are read to the last digit", () => {
  const NUMBERS = ["0", "0.1", "1e23", "8.41e21", "5e-324", "2.2250738585072011e-308", "1.7976931348623157e308", "0.12345678901234567890123", "9007199254740993.0000000001", "123456789012345678901234567890.5", "6.62607015e-34", "4.35e-7", "1.00000000000000011102230246251565404"];
  const document = structuredClone(DOCUMENT);
  document.inboxes[0].channels[0].rules[0].steps = [{ assign_to: "everyone", strategy: { script: "mine" } }];
  for (const number of [...NUMBERS, ...NUMBERS.map((it) => `-${it}`)]) {
    const desk = new Desk(document, { scripts: { "mine.rhai": `fn score(agent, conversation, desk) { "${number}".to_float() }` } });
    const [, decided] = desk.handleExplained({ type: "open", conversation: "c", inbox: "main", channel: "chat", at: AT });
    assert.equal(decided.considered.find((it) => it.score !== undefined).score, Number(number), number);
  }
});

test("init does nothing in Node", async () => {
  await init();
  assert.ok(Spans);
});

test("the component may be imported where there is no document", async () => {
  const { FrontdeskStatus, seen } = await import("frontdesk/status");
  assert.equal(typeof FrontdeskStatus, "function");
  assert.equal(seen({ version: 1, channels: [] }, undefined, 0), null);
});

test("an agent who was removed and is added again is another, asked about as before", () => {
  const desk = new Desk(DOCUMENT);
  assert.equal(desk.status("anna", AT).reason, "working_hours");
  desk.removeAgent("anna", { at: AT });
  assert.equal(failing(() => desk.status("anna", AT)).code, "unknown_agent");
  desk.putAgent({ id: "anna", active: false }, { at: AT });
  for (const _ of [1, 2]) assert.equal(desk.status("anna", AT).reason, "deactivated");
});

test("warnings are handed over, with their place in a text", () => {
  assert.deepEqual(warnings(DOCUMENT), []);
  const idle = { ...DOCUMENT, teams: [...DOCUMENT.teams, { id: "idle" }] };
  const [warning, ...more] = warnings(idle);
  assert.deepEqual(more, []);
  assert.deepEqual([warning.code, warning.severity, warning.path, warning.position], ["unused", "warning", `$.teams[${DOCUMENT.teams.length}]`, undefined]);
  assert.ok(warning.hint);
  const text = JSON.stringify(idle);
  const [placed] = warnings(text);
  assert.deepEqual(placed, { ...warning, position: { line: 1, column: text.indexOf('{"id":"idle"}') + 1 } });
  const running = new Desk(idle);
  assert.deepEqual(running.warnings(), [warning]);
  running.free();
  // A script that no step names is warned of by its file.
  const [unused] = warnings(DOCUMENT, { scripts: { "idle.rhai": "fn score(agent, conversation, desk) { 1 }" } });
  assert.deepEqual([unused.code, unused.path], ["unused", "idle.rhai"]);
  assert.throws(() => warnings("{"), (error) => error instanceof FrontdeskError && error.problems[0].severity === "error");
});
