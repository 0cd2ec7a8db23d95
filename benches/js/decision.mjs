// A decision beside json-rules-engine: which of 20 rules fits, and who of 100 agents gets it. It knows nothing of agents, so
// whether one may take a conversation is a rule to it as well, asked for each; the least busy of them is found in JavaScript.
import assert from "node:assert/strict";

import { Desk } from "frontdesk";
import { Engine } from "json-rules-engine";
import { measure } from "./table.mjs";

const [RULES, AGENTS] = [20, 100];
const at = Date.UTC(2026, 10, 20, 9);
/** A rule and then its opposite, so that each two cost the same: the first, the last, the second, the last but one. */
const plan = (turn) => `plan ${turn % 2 ? RULES - 1 - ((turn >> 1) % RULES) : (turn >> 1) % RULES}`;

const document = {
  version: 1, time_zone: "UTC", teams: [{ id: "support" }, { id: "sales" }], working_hours: [{ days: ["mon", "tue", "wed", "thu", "fri"], start: "08:00", end: "18:00" }],
  agents: Array.from({ length: AGENTS }, (_, index) => ({ id: `agent ${index}`, team: index % 2 ? "sales" : "support", capacity: 100_000 })),
  inboxes: [{ id: "main", channels: [{
    id: "chat", kind: "chat",
    rules: Array.from({ length: RULES }, (_, index) => ({
      id: `rule ${index}`, match: { "contact.attributes.plan": [`plan ${index}`], priority: { at_least: 0 } }, steps: [{ assign_to: { teams: [index % 2 ? "sales" : "support"] }, strategy: "least_busy" }],
    })),
  }] }],
};

/** Ours: a conversation comes in, and what became of it comes out. */
function ours() {
  const desk = new Desk(document);
  let number = 0;
  return (turn) => desk.open(`c${(number += 1)}`, { inbox: "main", channel: "chat", at, contact: { attributes: { plan: plan(turn) } } }).at(-1);
}

/** Theirs, the rule: the first that fits counts, so it stops there. */
function theirRule() {
  const engine = new Engine(Array.from({ length: RULES }, (_, index) => ({
    conditions: { all: [{ fact: "plan", operator: "in", value: [`plan ${index}`] }, { fact: "priority", operator: "greaterThanInclusive", value: 0 }] },
    event: { type: `rule ${index}`, params: { team: index % 2 ? "sales" : "support" } }, priority: RULES - index,
  })));
  engine.on("success", () => engine.stop());
  return async (turn) => (await engine.run({ plan: plan(turn), priority: 0 })).events[0];
}

/** The whole decision by json-rules-engine, which gets the availability of agents as a fact. */
function theirs() {
  const rule = theirRule();
  const engine = new Engine([{
    conditions: { all: [
      { fact: "team", operator: "equal", value: { fact: "asked" } }, { fact: "available", operator: "equal", value: true }, { fact: "load", operator: "lessThan", value: { fact: "capacity" } },
    ] },
    event: { type: "eligible" },
  }]);
  const agents = document.agents.map(({ id, team, capacity }) => ({ id, team, capacity, available: true, load: 0, turn: 0 }));
  let turns = 0;
  return async (turn) => {
    const { type, params } = await rule(turn);
    let best;
    for (const agent of agents) {
      const { events } = await engine.run({ ...agent, asked: params.team });
      if (events.length && (!best || agent.load < best.load || (agent.load === best.load && agent.turn < best.turn))) best = agent;
    }
    best.load += 1;
    best.turn = turns += 1;
    return { rule: type, agent: best.id };
  };
}

export async function decision(table) {
  const [one, other] = [ours(), theirs()];
  for (let turn = 0; turn < 3 * AGENTS; turn += 1) {
    const [{ rule, agent }, decided] = [one(turn), await other(turn)];
    assert.deepEqual({ rule, agent }, decided);
  }
  const [took, whole, rule] = await measure([100, ours()], [2, theirs()], [25, theirRule()]);
  table.add(`a decision: which of ${RULES} rules, who of ${AGENTS} agents, and the desk remembers`, took, { rival: "json-rules-engine", theirs: whole, most: 8, faster: 50 });
  table.add("the same (theirs: the rule alone, no agents, nothing remembered)", took, { rival: "json-rules-engine", theirs: rule });
}
