// The weeks of every agent. A row is one drawing in minutes: it is as wide as its place, and hundreds are drawn in a moment.

import { el, find, mark, say, svg } from "./dom.js";
import { REASONS } from "./now.js";
import { box } from "./span.js";
import { setClock, state } from "./state.js";
import { changeName, instant, known, offset, offsetName, wall } from "./time.js";
import { follow } from "./tip.js";

/** The styles of the reasons that are drawn; others are left empty. */
const KINDS = {
  working_hours: "available", always_on: "available", set_available: "hand", out_of_office: "absent", holiday: "holiday",
  set_away: "away", set_away_by_other: "away", temporarily_away: "away", deactivated: "gone",
};
/** The most absences that a row tells of; the pointer tells of all. */
const MOST_REASONS = 5;
const HOUR = 3_600_000;

/** The number of rows from which they are laid out only when they come into view. */
const MANY = 40;

const rows = new Map();

export function drawGrid(span, pick) {
  const agents = state.document.agents ?? [];
  for (const id of rows.keys()) if (!agents.some((agent) => agent.id === id)) rows.delete(id);
  const body = find("rows");
  const seen = inView(body);
  const list = agents.map(({ id }) => rows.get(id) ?? made(id, pick));
  if (list.length !== body.children.length || list.some((row, place) => body.children[place] !== row)) body.replaceChildren(...list);
  body.classList.toggle("many", agents.length > MANY);
  const fills = agents.map((agent, place) => () => fill(list[place], agent, span));
  const isSeen = (place) => agents.length <= MANY || (place >= seen.first && place <= seen.last);
  fills.filter((_, place) => isSeen(place)).forEach((it) => it());
  later(fills.filter((_, place) => !isSeen(place)));
  find("nobody").hidden = agents.length > 0;
  find("days").replaceChildren(...headings(span));
  find("hours-axis").hidden = span.weeks > 1;
  find("hours-of-days").replaceChildren(...(span.weeks > 1 ? [] : hourMarks(span)));
  find("lines").replaceChildren(
    ...span.days.slice(1, -1).filter((_, place) => span.weeks <= 2 || place % 7 === 6).map((at) => el("i", { class: "line", style: { left: span.percent(at) } })),
    ...span.changes.map(({ at }) => el("i", { class: "line change", style: { left: span.percent(at) } })),
    el("i", { class: "line now" }),
  );
  say(find("changes"), span.changes.map((change) => `${changeName(change, span.zone)}.`).join(" "));
}

/** Returns the visible rows, and some around them. */
function inView(body) {
  const [height, { scrollTop, clientHeight }] = [body.firstElementChild?.offsetHeight || 44, find("scroller")];
  return { first: Math.floor(scrollTop / height) - 4, last: Math.ceil((scrollTop + clientHeight) / height) + 4 };
}

let waiting = [];
const idle = globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 1));

/** Draws the rows that are not visible yet when the browser is idle. */
function later(fills) {
  waiting = fills;
  find("rows").toggleAttribute("data-waiting", fills.length > 0);
  if (fills.length) idle(() => goOn(fills), { timeout: 100 });
}

function goOn(fills) {
  if (fills !== waiting) return;
  const until = performance.now() + 8;
  while (fills.length && performance.now() < until) fills.shift()();
  later(fills);
}

/** Draws all that waits; for who scrolls there before. */
const hurry = () => { for (const fill of waiting.splice(0)) fill(); };

/** A heading for each day, or for each week; changes of the clocks between them. */
function headings(span) {
  const step = span.weeks > 2 ? 7 : 1;
  const today = span.day(state.at);
  const names = [];
  for (let place = 0; place + step < span.days.length; place += step) {
    const [start, end] = [span.days[place], span.days[place + step]];
    const [weekday, date, month] = span.day(start).split(" ");
    const text = step > 1 ? [el("b", {}, `${date} ${month}`)] : [el("b", {}, weekday), ` ${date}`, span.weeks === 1 && el("span", { class: "month" }, ` ${month}`)];
    const now = step === 1 && span.day(start) === today ? "today" : "";
    names.push(el("span", { class: now, style: { left: span.percent(start), width: `calc(${span.percent(end)} - ${span.percent(start)})` } }, text));
  }
  const jumps = span.changes.map((change) => el("span", { class: "jump", style: { left: span.percent(change.at) }, title: changeName(change, span.zone) }, `${change.by > 0 ? "+" : "−"}${Math.abs(change.by) / 60_000} min`));
  return [...names, ...jumps];
}

/** The hours of each day, by the wall: 6, 12 and 18; each where it is, also on a day on which the clocks change. */
function hourMarks(span) {
  return span.days.slice(0, -1).flatMap((start) => [6, 12, 18].map((hour) => {
    const at = instant(wall(start, span.zone) + hour * HOUR, span.zone);
    return el("span", { class: hour === 12 ? "noon" : "", style: { left: span.percent(at) } }, String(hour).padStart(2, "0"));
  }));
}

function made(id, pick) {
  const parts = { dot: el("i", { class: "dot" }), name: el("b"), more: el("small") };
  for (const kind of [...new Set(Object.values(KINDS)), "shift"]) parts[kind] = svg("path", { class: kind });
  parts.who = el("button", { class: "who", type: "button", onclick: () => pick(id) }, parts.dot, el("span", {}, parts.name, parts.more));
  parts.drawing = svg("svg", { preserveAspectRatio: "none", "aria-hidden": "true" }, parts.gone, parts.available, parts.hand, parts.absent, parts.holiday, parts.away, parts.shift);
  parts.track = el("div", { class: "track", role: "img" }, parts.drawing);
  const row = el("div", { class: "row", "data-agent": id }, parts.who, parts.track);
  row.parts = parts;
  rows.set(id, row);
  return row;
}

function fill(row, agent, span) {
  const { parts } = row;
  const name = agent.name ?? agent.id;
  const lives = state.desk.zoneOf(agent.id);
  const zone = known(lives) ? lives : span.zone;
  const schedule = state.desk.schedule(agent.id, span.range);
  const drawn = { available: "", hand: "", absent: "", holiday: "", away: "", gone: "", shift: "" };
  const reasons = [];
  let there = 0;
  for (let place = 0; place < schedule.length; place += 1) {
    const { start, end, reason } = schedule.at(place);
    const kind = KINDS[reason];
    if (!kind) continue;
    const [from, to] = [span.minutes(start), span.minutes(end)];
    drawn[kind] += `M${from} 0H${to}`;
    if (kind === "available" || kind === "hand") there += end - start;
    else if (reasons.length < MOST_REASONS) reasons.push(`${REASONS[reason]} ${span.label(start, end)}`);
  }
  const own = zone === span.zone ? [] : span.changesOf(zone);
  drawn.shift = own.map(({ at }) => `M${span.minutes(at)}-1V1`).join("");
  for (const [kind, path] of Object.entries(drawn)) mark(parts[kind], "d", path);
  mark(parts.drawing, "viewBox", box(span));
  const notes = [`${Math.round(there / 360_000) / 10} h available`, ...reasons, ...own.map((change) => changeName(change, zone))];
  mark(parts.track, "aria-label", `${name}: ${notes.join("; ")}`);
  say(parts.name, name);
  say(parts.more, [teamName(agent.team), offset(state.at, zone) === offset(state.at, span.zone) ? "" : offsetName(state.at, zone)].filter(Boolean).join(" · "));
  mark(parts.who, "title", `Edit ${name}`);
  return row;
}

const teamName = (id) => state.document.teams?.find((team) => team.id === id)?.name ?? id;

/** Marks the agents who are available now. */
export function drawDots() {
  for (const [id, { parts }] of rows) {
    const there = `dot ${state.desk.status(id, state.at).state}`;
    if (parts.dot.className !== there) parts.dot.className = there;
  }
}

/** Describes the place under the pointer; a click moves the clock there. */
export function startGrid(shown) {
  find("scroller").addEventListener("scroll", hurry, { passive: true });
  const place = (event) => {
    const track = event.target.closest(".track");
    const id = event.target.closest("[data-agent]")?.dataset.agent;
    if (!track || !id) return undefined;
    const edge = track.getBoundingClientRect();
    return { id, at: shown().at((event.clientX - edge.left) / edge.width) };
  };
  follow(find("rows"), (event) => {
    const found = place(event);
    if (!found) return undefined;
    const { since, until, reason } = state.desk.status(found.id, found.at);
    const span = shown();
    return `${REASONS[reason]}, ${span.label(Math.max(since ?? span.start, span.start), Math.min(until ?? span.end, span.end))}`;
  });
  find("rows").addEventListener("click", (event) => {
    const found = place(event);
    if (found) setClock(Math.round(found.at / 900_000) * 900_000);
  });
}
