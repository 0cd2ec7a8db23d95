// One run, side by side. Each pair is first held to the same answers.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import { Desk } from "frontdesk";
import { Engine } from "json-rules-engine";

const OpeningHours = createRequire(import.meta.url)("opening_hours");

/** The median of several rounds, in microseconds for one. */
function measure(count, once) {
  const rounds = [];
  for (let round = 0; round < 7; round += 1) {
    const start = performance.now();
    for (let turn = 0; turn < count; turn += 1) once(turn);
    rounds.push(((performance.now() - start) * 1000) / count);
  }
  return rounds.sort((a, b) => a - b)[3];
}

const row = (what, ours, theirs, goal) => console.log(`${what.padEnd(52)} ${ours.padStart(12)} ${theirs.padStart(26)}   ${goal}`);
const micros = (time) => `${time.toFixed(time < 10 ? 3 : 1)} µs`;

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"];

async function status() {
  // Both read the wall clock of the machine's zone, which is UTC here: opening_hours.js knows no other.
  const desk = new Desk({ version: 1, time_zone: "UTC", agents: [{ id: "anna", working_hours: [{ days: WEEKDAYS, start: "09:00", end: "12:00" }, { days: WEEKDAYS, start: "13:00", end: "17:00" }] }] });
  const rival = new OpeningHours("Mo-Fr 09:00-12:00,13:00-17:00", null);
  const start = Date.UTC(2026, 10, 16);
  const dates = Array.from({ length: 10_000 }, (_, step) => new Date(start + step * 61_000));
  for (const date of dates) {
    assert.equal(desk.status("anna", date).state === "available", rival.getState(date));
    assert.equal(+desk.nextChange("anna", date), +rival.getNextChange(date));
  }
  const ours = measure(200_000, (turn) => desk.status("anna", dates[turn % 10_000]));
  const theirs = measure(20_000, (turn) => rival.getState(dates[turn % 10_000]));
  const both = measure(20_000, (turn) => (rival.getState(dates[turn % 10_000]), rival.getNextChange(dates[turn % 10_000])));
  row("a status, with reason, since and until", micros(ours), `opening_hours.js ${micros(theirs)}`, `${(theirs / ours).toFixed(1)}× (≤ 0.4 µs, ≥ 8×; with its next change ${micros(both)}, ${(both / ours).toFixed(1)}×)`);
}

/** 20 rules over what arrives, of which the last fits; 100 agents. json-rules-engine decides the rule and no more. */
async function decision() {
  const rules = Array.from({ length: 20 }, (_, index) => ({ id: `rule ${index}`, match: { "contact.attributes.plan": [`plan ${index}`], priority: { at_least: 0 } }, steps: [{ assign_to: { teams: ["support"] }, strategy: "least_busy" }] }));
  const document = {
    version: 1, time_zone: "UTC", teams: [{ id: "support" }], agents: Array.from({ length: 100 }, (_, index) => ({ id: `agent ${index}`, team: "support" })),
    inboxes: [{ id: "main", channels: [{ id: "chat", kind: "chat", rules }] }],
  };
  const engine = new Engine(rules.map((rule, index) => ({
    conditions: { all: [{ fact: "plan", operator: "in", value: [`plan ${index}`] }, { fact: "priority", operator: "greaterThanInclusive", value: 0 }] }, event: { type: rule.id }, priority: 20 - index,
  })));
  const plan = "plan 19";
  const at = Date.UTC(2026, 10, 20, 9);
  let desk = new Desk(document);
  let number = 0;
  const ours = measure(10_000, () => {
    const conversation = `c${(number += 1)}`;
    desk.open(conversation, { inbox: "main", channel: "chat", at, contact: { attributes: { plan } } });
  });
  desk = new Desk(document);
  const [, assigned] = desk.open("c", { inbox: "main", channel: "chat", at, contact: { attributes: { plan } } });
  const { events } = await engine.run({ plan, priority: 0 });
  assert.deepEqual([assigned.type, assigned.rule], ["assigned", events[0].type]);
  const rounds = [];
  for (let round = 0; round < 7; round += 1) {
    const start = performance.now();
    for (let turn = 0; turn < 500; turn += 1) await engine.run({ plan, priority: 0 });
    rounds.push(((performance.now() - start) * 1000) / 500);
  }
  const theirs = rounds.sort((a, b) => a - b)[3];
  row("a decision, 20 rules and 100 agents (theirs: no agents)", micros(ours), `json-rules-engine ${micros(theirs)}`, `${(theirs / ours).toFixed(0)}× (≥ 50×)`);
}

/** In a process of its own: from the module's bytes to the first answer. */
function first() {
  const script = `
    import { readFileSync } from "node:fs";
    const folder = process.argv[1];
    for (const name of ["index", "preview"]) {
      const bytes = readFileSync(folder + "/wasm/" + (name === "index" ? "frontdesk" : "preview") + "_bg.wasm");
      const { Desk, init } = await import(folder + "/" + name + ".js");
      const start = performance.now();
      await init(bytes);
      new Desk({ version: 1, time_zone: "Asia/Kolkata", agents: [{ id: "anna", working_hours: [{ days: ["fri"], start: "09:00", end: "17:00" }] }] }).status("anna", Date.UTC(2026, 10, 20));
      console.log((performance.now() - start).toFixed(1));
    }`;
  const dist = fileURLToPath(new URL("./node_modules/frontdesk/dist", import.meta.url));
  const [whole, preview] = execFileSync(process.execPath, ["--input-type=module", "--eval", script, dist], { encoding: "utf8" }).trim().split("\n");
  row("the first answer after the module arrived", `${whole} ms`, `preview ${preview} ms`, "(≤ 50 ms)");
}

/** What a page of 200 agents and 8 weeks asks to be drawn anew. */
function redraw() {
  const zones = ["Europe/Stockholm", "America/Vancouver", "Asia/Kolkata", "Australia/Lord_Howe"];
  const agents = Array.from({ length: 200 }, (_, index) => ({
    id: `agent ${index}`, team: index % 2 ? "a" : "b", time_zone: zones[index % 4], working_hours: [{ days: WEEKDAYS, start: "09:00", end: "12:00" }, { days: WEEKDAYS, start: "13:00", end: "17:00" }],
    out_of_office: [{ start: "2026-11-20T14:00", end: "2026-11-20T15:00", repeat: "FREQ=WEEKLY" }],
  }));
  const desk = new Desk({ version: 1, time_zone: "UTC", teams: [{ id: "a" }, { id: "b" }], agents });
  const start = Date.UTC(2026, 10, 2);
  const range = { start, end: start + 56 * 86_400_000 };
  let pieces = 0;
  const draw = () => {
    pieces = 0;
    for (const { id } of agents) for (const period of desk.schedule(id, range)) pieces += period.end > period.start;
    for (const team of [{}, { team: "a" }, { team: "b" }]) pieces += desk.coverageSteps(range, "1h", team).length;
  };
  const cold = performance.now();
  draw();
  const took = performance.now() - cold;
  row(`200 agents, 8 weeks, coverage of 2 teams: ${pieces} pieces`, `${(measure(10, draw) / 1000).toFixed(1)} ms`, `at first ${took.toFixed(1)} ms`, "(≤ 50 ms)");
}

await status();
await decision();
first();
redraw();
