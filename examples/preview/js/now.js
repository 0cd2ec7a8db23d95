// What holds at the time of the clock: the widget, and everyone's status.

import { el, find } from "./dom.js";
import { state } from "./state.js";
import { day, moment } from "./time.js";

export const REASONS = {
  working_hours: "working hours", always_on: "always on", set_available: "set available by hand", outside_working_hours: "outside working hours", holiday: "holiday",
  out_of_office: "out of office", set_away: "set away by hand", set_away_by_other: "set away by someone else", temporarily_away: "away for a while", deactivated: "deactivated",
};

export const channels = () => (state.document.inboxes ?? []).flatMap((inbox) => inbox.channels.map((channel) => ({ inbox: inbox.id, channel: channel.id })));
export const nameOf = (id) => state.document.agents?.find((agent) => agent.id === id)?.name ?? id;

/** Publishes what the page's visitors may know, and hands it to the widget, which gets nothing else. */
export function publish() {
  const widget = find("widget");
  const chosen = channels().find((it) => `${it.inbox}/${it.channel}` === state.channel);
  widget.clock = () => state.at;
  if (!chosen) {
    widget.published = null;
    find("published").textContent = "The desk has no channel.";
    return;
  }
  const from = Math.max(state.at - 86_400_000, Date.UTC(2000, 0));
  const published = state.desk.publish({ inbox: chosen.inbox, from, days: 29 });
  widget.setAttribute("channel", chosen.channel);
  widget.setAttribute("time-zone", state.zone);
  widget.published = published;
  const size = new TextEncoder().encode(JSON.stringify(published)).length;
  find("published").textContent = `Read from a published document of ${(size / 1000).toFixed(1)} KB: four weeks, no names, no reasons.`;
}

export function drawNow() {
  const widget = find("widget");
  widget.refresh();
  find("no-widget").hidden = widget.seen === null || widget.seen.state !== "hidden";
  const loads = new Map(state.desk.table(state.at).map((row) => [row.agent, row]));
  find("people").replaceChildren(...(state.document.agents ?? []).map((agent) => person(agent, loads.get(agent.id))));
}

function person(agent, row) {
  const { state: is, reason, until, note } = row ?? state.desk.status(agent.id, state.at);
  const zone = state.zone;
  const end = until ? ` until ${until - state.at > 6 * 86_400_000 ? day(until, zone) : moment(until, state.at, zone)}` : "";
  const holds = row?.holding ? `${row.holding} open` : "";
  return el("li", {}, el("i", { class: `dot ${is}` }), el("b", {}, agent.name ?? agent.id), el("span", { class: "load" }, holds),
    el("small", {}, `${is === "available" ? "Available" : "Away"}, ${REASONS[reason]}${note ? ` “${note}”` : ""}${end}`));
}
