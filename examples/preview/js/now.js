// The state at the time of the clock: the widget, and everyone's status.

import { el, find, say } from "./dom.js";
import { state } from "./state.js";
import { day, moment } from "./time.js";

export const REASONS = {
  working_hours: "working hours", always_on: "always on", set_available: "set available by hand", outside_working_hours: "outside working hours", holiday: "holiday",
  out_of_office: "out of office", set_away: "set away by hand", set_away_by_other: "set away by someone else", temporarily_away: "away for a while", deactivated: "deactivated",
};

export const channels = () => (state.document.inboxes ?? []).flatMap((inbox) => inbox.channels.map((channel) => ({ inbox: inbox.id, channel: channel.id })));
export const nameOf = (id) => state.document.agents?.find((agent) => agent.id === id)?.name ?? id;
export const teamOf = (id) => state.document.teams?.find((team) => team.id === id)?.name ?? id;
/** The name of one of the document's own statuses. */
const statusOf = (id) => state.document.statuses?.find((status) => status.id === id)?.name ?? id;
/** A status in words, without its end. */
export const inWords = ({ state: is, reason, status }) => (status ? statusOf(status) : `${is === "available" ? "Available" : "Away"}, ${REASONS[reason]}`);

/** A sentence of the desk's with the names of agents beside their ids. */
export function withNames(text) {
  const names = new Map((state.document.agents ?? []).filter(({ id, name }) => name && name !== id).map(({ id, name }) => [id, name]));
  if (names.size === 0) return text;
  const ids = [...names.keys()].sort((a, b) => b.length - a.length).map((id) => id.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  const word = new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${ids.join("|")})(?![\\p{L}\\p{N}_-])`, "gu");
  // The name is added only if the sentence does not have it.
  return text.replace(word, (id) => (text.includes(names.get(id)) ? id : `${names.get(id)} (${id})`));
}

const DAY = 86_400_000;
const clock = () => state.at;
let last = {};

/** Publishes what the page's visitors may know, and hands it to the widget, which gets nothing else; anew when that is needed. */
export function publish() {
  const widget = find("widget");
  const chosen = channels().find((it) => `${it.inbox}/${it.channel}` === state.channel);
  const fits = chosen && last.desk === state.desk && last.inbox === chosen.inbox && last.from <= state.at && state.at < last.from + 22 * DAY;
  // Outdated data is removed first, because the widget would report it as a problem.
  if (!fits) widget.published = null;
  if (widget.clock !== clock) widget.clock = clock;
  if (!chosen) {
    last = {};
    say(find("published"), "");
    return;
  }
  widget.setAttribute("channel", chosen.channel);
  widget.setAttribute("time-zone", state.zone);
  if (fits) return;
  const from = state.at - DAY;
  last = { desk: state.desk, inbox: chosen.inbox, from };
  widget.published = state.desk.publish({ inbox: chosen.inbox, from, days: 29 });
  const size = new TextEncoder().encode(JSON.stringify(widget.published)).length;
  say(find("published"), `The widget reads a published document of ${(size / 1000).toFixed(1)} KB: four weeks, no names, no reasons.`);
}

export function drawNow() {
  const widget = find("widget");
  widget.refresh();
  const seen = widget.seen;
  find("no-widget").hidden = seen !== null && seen.state !== "hidden";
  say(find("no-widget"), seen ? "Visitors see nothing: the channel is hidden now." : "The desk has no channel that visitors could see.");
  const rows = state.desk.table(state.at);
  const list = find("people");
  while (list.children.length > rows.length) list.lastElementChild.remove();
  while (list.children.length < rows.length) list.append(el("li", {}, el("i"), el("b"), el("span", { class: "load" }), el("small")));
  rows.forEach((row, place) => person(list.children[place], row));
  list.classList.toggle("many", rows.length > 40);
  const there = rows.filter((row) => row.state === "available").length;
  say(find("how-many"), rows.length ? `${there} of ${rows.length} available` : "nobody yet");
}

function person(item, row) {
  const { agent, name, state: is, until, note, holding } = row;
  const [dot, who, load, why] = item.children;
  const { at, zone } = state;
  const end = until ? ` until ${until - at > 6 * DAY ? day(until, zone) : moment(until, at, zone)}` : "";
  dot.className = `dot ${is}`;
  say(who, name ?? agent);
  say(load, holding ? `${holding} open` : "");
  say(why, `${inWords(row)}${note ? ` “${note}”` : ""}${end}`);
}
