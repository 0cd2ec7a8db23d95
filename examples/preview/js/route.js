// Test conversations: who got each, and why.

import { choices, el, find } from "./dom.js";
import { channels, nameOf } from "./now.js";
import { command, forget, state } from "./state.js";
import { clock, day } from "./time.js";

const WHY = {
  not_in_target: "not asked by this step", deactivated: "deactivated", no_seat: "has no seat", no_inbox_access: "has no access to the inbox", declined: "declined it", missing_skill: "lacks a skill",
  away: "away", ending_soon: "ends soon", at_capacity: "full", rejected_by_script: "rejected by the script",
};

let sent = 0;

export function startRouting() {
  find("route").addEventListener("submit", (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const [inbox, channel] = form.get("channel").split("/");
    const attributes = form.get("plan") ? { plan: form.get("plan") } : {};
    const owner = form.get("owner") || undefined;
    sent += 1;
    command({
      type: "open", conversation: `test ${sent}`, inbox, channel, priority: Number(form.get("priority")) || 0,
      contact: { id: `visitor ${sent}`, attributes, ...(owner && { owner, known: true }) },
    });
  });
  find("forget").addEventListener("click", forget);
}

export function drawRouting() {
  const form = find("route");
  choices(form.elements.channel, channels().map((it) => [`${it.inbox}/${it.channel}`, it.channel]));
  choices(form.elements.owner, [["", "nobody"], ...(state.document.agents ?? []).map((agent) => [agent.id, nameOf(agent.id)])]);
  const items = state.desk.conversations().reverse().map(item);
  find("decisions").replaceChildren(...(items.length ? items : [el("li", { class: "empty" }, "Nothing sent yet. It is decided at the time of the clock: try it at night, on Friday, or with everyone busy.")]));
}

const OUTCOMES = {
  queued: "Waiting in the queue", offered: "Offered to", assigned: "Went to", with_team: "Given to a team", with_bot: "With a bot", unassigned: "Left for someone to pick", voicemail: "Sent to voicemail", snoozed: "Asleep", closed: "Closed",
};

function item(conversation) {
  const id = conversation.conversation;
  const { state: is, agent } = conversation;
  const at = Date.parse(conversation.opened_at);
  const lines = state.desk.story(id, state.events, state.zone).map((line) => el("p", {}, line.text));
  const considered = state.events.findLast((event) => event.conversation === id && event.considered)?.considered ?? [];
  const act = (name, given) => el("button", { class: "button", type: "button", onclick: () => command({ conversation: id, ...given }) }, name);
  return el("li", {},
    el("div", { class: "head" }, el("span", { class: "who-got" }, `${OUTCOMES[is]}${agent ? ` ${nameOf(agent)}` : ""}`), el("time", { datetime: conversation.opened_at }, `${id} · ${conversation.channel} · ${day(at, state.zone)} ${clock(at, state.zone)}`)),
    lines,
    considered.length > 0 && el("details", {}, el("summary", {}, `Who was considered (${considered.length})`), el("table", {}, el("tbody", {}, considered.map(line)))),
    is !== "closed" && el("div", { class: "acts" },
      is === "offered" && [act("Accept", { type: "accept", agent }), act("Decline", { type: "decline", agent })],
      act("Close", { type: "close" })));
}

function line(it) {
  const out = it.reason ?? it.out;
  return el("tr", {}, el("td", {}, nameOf(it.agent)), el("td", {}, out ? `${WHY[out] ?? out}${detail(it)}` : `could take it${it.load === undefined ? "" : `, holds ${it.load}`}`));
}

function detail(it) {
  const status = it.status ?? it.away;
  const until = status?.until ? ` until ${day(Date.parse(status.until), state.zone)} ${clock(Date.parse(status.until), state.zone)}` : "";
  const full = it.limit === undefined ? "" : ` (${it.load ?? ""} of ${typeof it.limit === "object" ? it.limit.limit ?? "" : it.limit})`;
  return until + full;
}
