// Test conversations: who got each, and why.

import { choices, el, find, say } from "./dom.js";
import { channels, nameOf, teamOf, withNames } from "./now.js";
import { command, forget, state } from "./state.js";
import { clock, day } from "./time.js";

const WHY = {
  not_in_target: "not asked by this step", deactivated: "deactivated", no_seat: "has no seat", no_inbox_access: "has no access to the inbox", declined: "declined it", missing_skill: "lacks a skill",
  away: "away", ending_soon: "ends soon", at_capacity: "full", rejected_by_script: "rejected by the script", zero_weight: "has no weight in the rotation",
  already_offered: "has the offer already", not_taking_kind: "takes none of this kind now", at_pace: "was given enough for now",
};
/** The number of conversations shown, the latest first; the others still count as load. */
const SHOWN = 20;

let sent = 0;

export function startRouting() {
  find("route").addEventListener("submit", (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const [inbox, channel] = form.get("channel").split("/");
    const attributes = form.get("plan") ? { plan: form.get("plan") } : {};
    const owner = form.get("owner") || undefined;
    const skill = form.get("skill") || undefined;
    sent += 1;
    act({
      type: "open", conversation: `test ${sent}`, inbox, channel, priority: Number(form.get("priority")) || 0,
      contact: { id: `visitor ${sent}`, attributes, ...(owner && { owner, known: true }) }, ...(skill && { skills: { [skill]: 1 } }),
    });
  });
  find("forget").addEventListener("click", forget);
}

/** Runs a command, and shows its problem, if any. */
function act(given) {
  const problem = command(given);
  find("route-problem").hidden = !problem;
  say(find("route-problem"), problem?.message ?? "");
}

export function drawRouting() {
  const form = find("route");
  const all = channels();
  const agents = state.document.agents ?? [];
  choices(form.elements.channel, all.map((it) => [`${it.inbox}/${it.channel}`, it.channel]));
  choices(form.elements.owner, [["", "nobody"], ...agents.map((agent) => [agent.id, nameOf(agent.id)])]);
  choices(form.elements.skill, [["", "none"], ...new Set(agents.flatMap((agent) => Object.keys(agent.skills ?? {})))]);
  form.elements.send.disabled = all.length === 0;
  const conversations = state.desk.conversations().reverse();
  const items = conversations.slice(0, SHOWN).map(item);
  if (conversations.length > SHOWN) items.push(el("li", { class: "empty" }, `${conversations.length - SHOWN} earlier ones are not shown.`));
  const hint = all.length ? "Nothing sent yet. It is decided at the time of the clock: try it at night, on Friday, or with everyone busy." : "The desk has no channel yet. Add an inbox with a channel in the JSON, or pick another desk.";
  find("decisions").replaceChildren(...(items.length ? items : [el("li", { class: "empty" }, hint)]));
}

const OUTCOMES = {
  queued: "Waiting in the queue", offered: "Offered to", assigned: "Went to", with_team: "Given to a team", with_bot: "With a bot", unassigned: "Left for someone to pick", voicemail: "Sent to voicemail", snoozed: "Asleep", closed: "Closed", sent: "Sent", spam: "In the spam", trash: "In the trash",
};

function item(conversation) {
  const id = conversation.conversation;
  const { state: is, agent, team } = conversation;
  const offered = conversation.offered_to ?? (is === "offered" ? [agent] : []);
  const got = is === "offered" ? offered.map(nameOf).join(" and ") : is === "queued" && team ? `for the team ${teamOf(team)}` : agent ? nameOf(agent) : "";
  const at = Date.parse(conversation.opened_at);
  const lines = state.desk.story(id, state.events, state.zone).map((line) => el("p", {}, withNames(line.text)));
  const { considered = [], not_in_target: others = 0 } = state.events.findLast((event) => event.conversation === id && event.considered) ?? {};
  const button = (name, given) => el("button", { class: "button", type: "button", onclick: () => act({ conversation: id, ...given }) }, name);
  return el("li", { class: is },
    el("div", { class: "head" }, el("span", { class: "who-got" }, `${OUTCOMES[is]} ${got}`), el("time", { datetime: conversation.opened_at }, `${id} · ${conversation.channel} · ${day(at, state.zone)} ${clock(at, state.zone)}`)),
    lines,
    considered.length + others > 0 && el("details", {}, el("summary", {}, `Who was considered (${considered.length})`), el("table", {}, el("tbody", {}, considered.map(line), outside(others)))),
    !["closed", "sent", "spam", "trash"].includes(is) && el("div", { class: "acts" },
      offered.flatMap((to) => {
        const whose = offered.length > 1 ? `: ${nameOf(to)}` : "";
        return [button(`Accept${whose}`, { type: "accept", agent: to }), button(`Decline${whose}`, { type: "decline", agent: to })];
      }),
      (state.document.teams ?? []).length > 0 && handOut(id),
      button("Close", { type: "close" })));
}

/** Hands a conversation out among the members of a team. */
function handOut(id) {
  const teams = state.document.teams.map((team) => el("option", { value: team.id }, team.name ?? team.id));
  return el("select", {
    "aria-label": "Hand out in a team", onchange: ({ target }) => act({ type: "assign", conversation: id, to: { team: target.value }, distribute: true }),
  }, el("option", { value: "" }, "Hand out in…"), teams);
}

function line(it) {
  const could = [
    it.substitute_for && `for ${nameOf(it.substitute_for)}`, `holds ${it.load}`, it.score !== undefined && `scored ${typeof it.score === "string" ? short(it.score) : JSON.stringify(it.score)}`,
    it.extra_skills !== undefined && `${it.extra_skills} more skills than asked`,
  ].filter(Boolean).join(", ");
  const took = it.reason ? `${Object.hasOwn(WHY, it.reason) ? WHY[it.reason] : it.reason}${detail(it)}` : `could take it, ${could}`;
  return el("tr", { class: it.reason ? "" : "could" }, el("th", { scope: "row" }, nameOf(it.agent)), el("td", {}, took));
}

/** The agents whom no step that was tried names. */
function outside(count) {
  return count > 0 && el("tr", {}, el("th", { scope: "row" }, count === 1 ? "1 agent" : `${count} agents`), el("td", {}, WHY.not_in_target));
}

/** A score is an instant where the strategy goes by time. */
const short = (score) => (Number.isNaN(Date.parse(score)) ? score : `${day(Date.parse(score), state.zone)} ${clock(Date.parse(score), state.zone)}`);

function detail(it) {
  const when = (at) => `${day(Date.parse(at), state.zone)} ${clock(Date.parse(at), state.zone)}`;
  switch (it.reason) {
    case "at_capacity": return it.inbox ? ` (holds ${it.inbox_load} of ${it.limit} from ${it.inbox})` : it.limit === undefined ? " (alone with what it holds)" : ` (holds ${it.kind_load ?? it.load} of ${it.limit}${it.kind ? ` of ${it.kind}` : ""})`;
    case "missing_skill": return ` (${it.skill}: has ${it.level || "none"}, asked ${it.asked})`;
    case "at_pace": return ` (${it.at_most} each ${it.per})${it.until ? ` until ${when(it.until)}` : ""}`;
    case "ending_soon": return ` (${when(it.ends)})`;
    case "rejected_by_script": return it.because ? ` (${it.because})` : "";
    default: return it.status?.until ? ` until ${when(it.status.until)}` : "";
  }
}
