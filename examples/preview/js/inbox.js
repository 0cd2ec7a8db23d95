// The inbox: views with their counts, page by page, as the program or an agent sees them, with what may be done.

import { choices, el, find, say } from "./dom.js";
import { nameOf, teamOf } from "./now.js";
import { command, onChange, state } from "./state.js";
import { clock, day } from "./time.js";

const VIEWS = {
  unassigned: "Unassigned", mine: "Mine", all_open: "All open", chat: "Chat", bots: "Bots", email: "E-mail", messenger: "Messenger", forms: "Forms", calls: "Calls", all_closed: "All closed", sent: "Sent", spam: "Spam", trash: "Trash",
};
/** The views that stand there without conversations, too. */
const ALWAYS = ["unassigned", "mine", "all_open", "all_closed"];
const STATES = {
  queued: "in the queue", offered: "offered", assigned: "assigned", with_team: "with a team", with_bot: "with a bot", unassigned: "unassigned", voicemail: "voicemail", snoozed: "snoozed", closed: "closed", sent: "sent", spam: "spam", trash: "trash",
};
/** What is offered for a conversation in a state, if `may` allows it. */
const ACTS = {
  assigned: ["reply", "release", "snooze", "close", "mark_spam", "trash"], snoozed: ["reopen", "close", "trash"], closed: ["reopen", "trash"], sent: ["trash"], spam: ["not_spam", "trash"], trash: ["restore", "forget"],
};
const OPEN = ["reply", "snooze", "close", "mark_spam", "trash"];
const NAMES = {
  reply: "Reply", release: "Release", snooze: "Snooze", close: "Close", mark_spam: "Spam", trash: "Trash", reopen: "Reopen", not_spam: "Not spam", restore: "Restore", forget: "Delete for good",
};
const PAGE = 8;

const chosen = { view: "unassigned", sort: "newest", by: "" };
/** The cursors of the pages before the one shown, the first without one. */
let turned = [undefined];

export function startInbox() {
  find("inbox-by").addEventListener("change", ({ target }) => turn({ by: target.value }));
  find("inbox-sort").addEventListener("change", ({ target }) => turn({ sort: target.value }));
  find("inbox-back").addEventListener("click", () => { turned.pop(); drawInbox(); });
}

/** Begins another view at its first page. */
function turn(change) {
  Object.assign(chosen, change);
  turned = [undefined];
  drawInbox();
}

onChange((what) => { if (what !== "clock" && what !== "choice") turned = [undefined]; });

export function drawInbox() {
  const agents = state.document.agents ?? [];
  choices(find("inbox-by"), [["", "the program: everything"], ...agents.map((agent) => [agent.id, nameOf(agent.id)])], chosen.by);
  if (!agents.some((agent) => agent.id === chosen.by)) chosen.by = "";
  const who = chosen.by ? { by: chosen.by } : {};
  const counts = state.desk.viewCounts(who);
  if (counts[chosen.view] === undefined) chosen.view = "unassigned";
  find("inbox-views").replaceChildren(...Object.entries(counts).filter(([view, count]) => count > 0 || ALWAYS.includes(view) || view === chosen.view).map(tab));
  const page = state.desk.view({ view: chosen.view, sort: chosen.sort, limit: PAGE, ...who, ...(turned.at(-1) && { after: turned.at(-1) }) });
  find("inbox-rows").replaceChildren(...page.conversations.map(row));
  find("inbox-table").hidden = page.conversations.length === 0;
  find("inbox-none").hidden = page.conversations.length > 0;
  say(find("inbox-none"), `Nothing is ${chosen.sort === "queue" ? "waiting " : ""}in this view${chosen.by ? ` of ${nameOf(chosen.by)}` : ""}.`);
  find("inbox-back").disabled = turned.length === 1;
  find("inbox-more").disabled = page.next === undefined;
  find("inbox-more").onclick = () => { turned.push(page.next); drawInbox(); };
  find("inbox-pages").hidden = turned.length === 1 && page.next === undefined;
}

function tab([view, count]) {
  const on = view === chosen.view;
  return el("li", {}, el("button", { class: "button", type: "button", "aria-pressed": String(on), onclick: () => turn({ view }) }, `${VIEWS[view]} `, el("b", {}, String(count))));
}

function row(it) {
  const when = (at) => `${day(Date.parse(at), state.zone)} ${clock(Date.parse(at), state.zone)}`;
  const whose = it.offered_to ? it.offered_to.map(nameOf).join(", ") : it.agent ? nameOf(it.agent) : it.team ? `team ${teamOf(it.team)}` : it.bot ?? (it.last_agent ? `last ${nameOf(it.last_agent)}` : "nobody");
  return el("tr", {},
    el("th", { scope: "row" }, it.conversation), el("td", {}, STATES[it.state]), el("td", {}, whose), el("td", {}, it.channel),
    el("td", {}, el("time", { datetime: it.last_message_at }, when(it.last_message_at))),
    el("td", { class: "acts" }, (ACTS[it.state] ?? OPEN).filter((type) => type !== "reply" || chosen.by).map((type) => button(type, it))));
}

/** A button of a command, which cannot be pressed where the desk would refuse it; then it says why. */
function button(type, { conversation }) {
  const given = { type, conversation, ...(chosen.by && { by: chosen.by }) };
  const may = state.desk.may({ ...given, at: Math.max(state.at, state.desk.now ?? 0) });
  const closes = may.reply_window?.person;
  const why = may.allowed ? closes && `The reply window closes ${day(closes, state.zone)} ${clock(closes, state.zone)}` : may.message;
  return el("button", { class: "button", type: "button", disabled: !may.allowed, title: why, onclick: () => act(given) }, NAMES[type]);
}

function act(given) {
  const problem = command(given);
  find("inbox-problem").hidden = !problem;
  say(find("inbox-problem"), problem?.message ?? "");
}
