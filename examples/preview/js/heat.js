// The number of available agents, and the holes: office hours with nobody.

import { el, find, mark, say, svg } from "./dom.js";
import { open } from "./office.js";
import { box } from "./span.js";
import { setClock, state } from "./state.js";
import { follow } from "./tip.js";

const LEVELS = 8;
const HOUR = 3_600_000;
/** The most holes that are named. */
const NAMED = 6;

/** The drawn data, for the pointer. */
let drawn = [];

export function drawHeat(span) {
  const teams = (state.document.teams ?? []).map((team) => [team.name ?? team.id, { team: team.id, extra: true }]);
  const scopes = [["Everyone", {}], ...(teams.length > 1 ? teams : [])];
  const hours = open(state.document, span);
  const counts = scopes.map(([, scope]) => state.desk.coverage(span.range, scope).numbers);
  const most = Math.max(1, ...values(counts[0]));
  const heat = find("heat");
  while (heat.children.length > scopes.length) heat.lastElementChild.remove();
  while (heat.children.length < scopes.length) heat.append(made());
  drawn = scopes.map(([name], place) => ({ name, numbers: counts[place], holes: holes(counts[place], hours) }));
  drawn.forEach((it, place) => fill(heat.children[place], it, { span, most, whole: place === 0 }));
  say(find("most"), `${most} available`);
  find("heat-lines").replaceChildren(...span.changes.map(({ at }) => el("i", { class: "line change", style: { left: span.percent(at) } })), el("i", { class: "line now" }));
  tell(span, hours.length > 0);
}

const values = (numbers) => numbers.filter((_, place) => place % 2 === 1);

function made() {
  const parts = { name: el("span", { class: "name" }), levels: [], hole: svg("path", { class: "hole" }) };
  for (let level = 1; level <= LEVELS; level += 1) parts.levels.push(svg("path", { class: "level", "stroke-opacity": (0.12 + (0.88 * level) / LEVELS).toFixed(3) }));
  parts.drawing = svg("svg", { preserveAspectRatio: "none", "aria-hidden": "true" }, ...parts.levels, parts.hole);
  parts.cells = el("div", { class: "cells", role: "img" }, parts.drawing);
  const row = el("div", { class: "row" }, parts.name, parts.cells);
  row.parts = parts;
  return row;
}

function fill({ parts }, { name, numbers, holes }, { span, most, whole }) {
  const paths = new Array(LEVELS).fill("");
  let [least, peak] = [Infinity, 0];
  for (let place = 0; place + 2 < numbers.length; place += 2) {
    const count = numbers[place + 1];
    [least, peak] = [Math.min(least, count), Math.max(peak, count)];
    if (count === 0) continue;
    const [from, to] = [span.minutes(numbers[place]), span.minutes(numbers[place + 2])];
    paths[Math.min(LEVELS, Math.ceil((count / most) * LEVELS)) - 1] += `M${from} 0H${to}`;
  }
  parts.levels.forEach((path, level) => mark(path, "d", paths[level]));
  mark(parts.hole, "class", whole ? "hole" : "hole gap");
  mark(parts.hole, "d", holes.map(([from, to]) => `M${span.minutes(from)} 0H${span.minutes(to)}`).join(""));
  mark(parts.drawing, "viewBox", box(span));
  say(parts.name, name);
  mark(parts.cells, "aria-label", `${name}: from ${least === Infinity ? 0 : least} to ${peak} available${holes.length ? `; ${length(holes)} of office hours with nobody` : ""}`);
}

/** Returns the office hours with nobody available. */
function holes(numbers, hours) {
  const found = [];
  let next = 0;
  for (let place = 0; place + 2 < numbers.length; place += 2) {
    if (numbers[place + 1] > 0) continue;
    const [start, end] = [numbers[place], numbers[place + 2]];
    while (next < hours.length && hours[next][1] <= start) next += 1;
    for (let other = next; other < hours.length && hours[other][0] < end; other += 1) found.push([Math.max(start, hours[other][0]), Math.min(end, hours[other][1])]);
  }
  return found;
}

const length = (stretches) => `${Math.round((stretches.reduce((sum, [start, end]) => sum + end - start, 0) / HOUR) * 10) / 10} h`;

/** The coverage when the desk was opened, if it was different. */
function before(span, everyone) {
  const { opened } = state;
  if (!opened || opened.document === state.document) return "";
  const was = holes(opened.desk.coverage(span.range).numbers, open(opened.document, span));
  return length(was) === length(everyone.holes) ? "" : ` Before your changes: ${length(was)}.`;
}

/** The holes in words; a press on one moves the clock there. */
function tell(span, hasHours) {
  const [everyone, ...teams] = drawn;
  const now = !hasHours ? "No channel has office hours, so nothing counts as a hole."
    : everyone.holes.length === 0 ? "No holes: someone is there in all office hours."
      : `${length(everyone.holes)} of office hours with nobody there.`;
  say(find("holes"), now + before(span, everyone));
  const chip = (text, at, kind) => el("li", {}, el("button", { class: `chip ${kind}`, type: "button", onclick: () => setClock(at) }, text));
  const named = everyone.holes.slice(0, NAMED).map(([start, end]) => chip(`${span.label(start, end)} nobody`, start, "hole"));
  const rest = everyone.holes.length - NAMED;
  if (rest > 0) named.push(chip(`and ${rest} more`, everyone.holes[NAMED][0], "hole"));
  const gaps = teams.filter((it) => it.holes.length > 0).map((it) => {
    const next = it.holes.find(([start]) => start > state.at) ?? it.holes[0];
    return chip(`${it.name}: ${length(it.holes)} without anyone`, next[0], "gap");
  });
  find("hole-list").replaceChildren(...named, ...gaps);
}

/** Describes the place under the pointer; a click moves the clock there. */
export function startHeat(shown) {
  const place = (event) => {
    const cells = event.target.closest(".cells");
    if (!cells) return undefined;
    const edge = cells.getBoundingClientRect();
    return { row: [...find("heat").children].indexOf(cells.parentElement), at: shown().at((event.clientX - edge.left) / edge.width) };
  };
  follow(find("heat"), (event) => {
    const found = place(event);
    const it = found && drawn[found.row];
    if (!it) return undefined;
    const { numbers } = it;
    let index = 0;
    while (index + 4 < numbers.length && numbers[index + 2] <= found.at) index += 2;
    const missing = it.holes.some(([start, end]) => start <= found.at && found.at < end);
    return `${shown().label(numbers[index], numbers[index + 2])}: ${missing ? "nobody, in office hours" : `${numbers[index + 1]} available`}`;
  });
  find("heat").addEventListener("click", (event) => {
    const found = place(event);
    if (found) setClock(Math.round(found.at / 900_000) * 900_000);
  });
}
