// The week of every agent, and how many are there.

import { el, find } from "./dom.js";
import { state } from "./state.js";
import { changes, clock, day, moment, offset, offsetName, week } from "./time.js";

const STEP = 1_800_000;
const AWAY = { holiday: "holiday", out_of_office: "out of office", deactivated: "deactivated", set_away: "away, by hand", set_away_by_other: "away, by someone else", temporarily_away: "away for a while" };

/** The span that is shown. */
export function shown() {
  const days = week(state.at, state.zone);
  return { days, start: days[0], end: days[7] };
}

const percent = (at, { start, end }) => `${(((at - start) / (end - start)) * 100).toFixed(4)}%`;

/** Draws both; gives how long that took. */
export function draw(pick) {
  const began = performance.now();
  const span = shown();
  drawGrid(span, pick);
  drawHeat(span);
  mark();
  return performance.now() - began;
}

/** Moves the line of the clock. */
export function mark() {
  const span = shown();
  for (const line of document.querySelectorAll(".line.now")) line.style.setProperty("left", percent(state.at, span));
}

function drawGrid(span, pick) {
  const found = changes(span.start, span.end, state.zone);
  const today = day(state.at, state.zone);
  const names = span.days.slice(0, 7).map((start, index) => {
    const text = day(start, state.zone).replace(",", "");
    const [weekday, date] = text.split(/ (.*)/);
    return el("span", {
      class: day(start, state.zone) === today ? "today" : "", style: { left: percent(start, span), width: `calc(${percent(span.days[index + 1], span)} - ${percent(start, span)})` },
    }, innerWidth < 900 ? `${weekday} ${date.split(" ")[0]}` : text);
  });
  const rows = state.document.agents?.map((agent) => row(agent, span, pick)) ?? [];
  const lines = span.days.slice(1, 7).map((at) => el("i", { class: "line", style: { left: percent(at, span) } }));
  const jumps = found.flatMap(({ at, by }) => [
    el("i", { class: "line change", style: { left: percent(at, span) } }),
    el("span", { class: "jump", style: { left: percent(at, span) }, title: `The clocks change: ${by > 0 ? "an hour is not there" : "an hour comes twice"}` }, `${by > 0 ? "+" : "−"}${Math.abs(by) / 60_000} min`),
  ]);
  find("grid").replaceChildren(
    el("div", { class: "row days" }, el("span"), el("div", { class: "track" }, names)),
    ...rows,
    el("div", { class: "over", "aria-hidden": "true" }, lines, jumps, el("i", { class: "line now" })),
  );
}

function row(agent, span, pick) {
  const zone = state.desk.zoneOf(agent.id);
  const schedule = state.desk.schedule(agent.id, span);
  const bars = [];
  const told = [];
  for (let place = 0; place < schedule.length; place += 1) {
    const { start, end, state: is, reason } = schedule.at(place);
    if (is === "away" && !(reason in AWAY)) continue;
    const text = `${moment(start, span.start, state.zone)} – ${moment(end, start, state.zone)}: ${is === "available" ? "available" : AWAY[reason]}`;
    told.push(text);
    bars.push(el("i", { class: `bar ${reason}`, title: text, style: { left: percent(start, span), width: `calc(${percent(end, span)} - ${percent(start, span)})` } }));
  }
  const there = state.desk.status(agent.id, state.at).state;
  const far = offset(state.at, zone) === offset(state.at, state.zone) ? "" : `${offsetName(state.at, zone)}`;
  return el("div", { class: "row", "data-agent": agent.id },
    el("button", { class: "who", type: "button", onclick: () => pick(agent.id), title: `Edit ${agent.name ?? agent.id}` },
      el("i", { class: `dot ${there}` }), el("span", {}, el("b", {}, agent.name ?? agent.id), el("small", {}, [teamName(agent.team), far].filter(Boolean).join(" · ")))),
    el("div", { class: "track", role: "img", "aria-label": `${agent.name ?? agent.id}: ${told.slice(0, 12).join("; ") || "nothing this week"}` }, bars));
}

const teamName = (id) => state.document.teams?.find((team) => team.id === id)?.name ?? id;

function drawHeat(span) {
  const teams = (state.document.teams ?? []).map((team) => [team.name ?? team.id, { team: team.id, extra: true }]);
  const scopes = teams.length > 1 ? [["Everyone", {}], ...teams] : [["Everyone", {}]];
  const expected = hoursOfSomeone(span);
  const most = Math.max(1, ...state.desk.coverage(span).toArray().map((it) => it.available));
  const holes = [];
  const rows = scopes.map(([name, scope], index) => {
    const steps = state.desk.coverageSteps(span, STEP, scope);
    const cells = steps.map((step, place) => {
      const hole = step.least === 0 && expected[place];
      if (hole && index === 0) holes.push(step);
      const fill = step.least === 0 ? 0 : 0.18 + (0.82 * step.least) / most;
      const from = step.start.getTime();
      const begins = span.days.includes(from) && from !== span.start;
      return el("i", { class: `${hole ? (index === 0 ? "hole" : "gap") : ""}${begins ? " day" : ""}`, style: { "--fill": fill.toFixed(3) } });
    });
    return el("div", { class: "row" }, el("span", { class: "name" }, name), el("div", {
      class: "cells", role: "img", onpointermove: (event) => tip(event, steps), "aria-label": `${name}: from ${Math.min(...steps.map((it) => it.least))} to ${Math.max(...steps.map((it) => it.available))} available`,
    }, cells));
  });
  find("heat").replaceChildren(...rows, el("div", { class: "over", "aria-hidden": "true" }, el("i", { class: "line now" })));
  find("holes").textContent = sentence(holes, expected.some(Boolean));
}

/** What a pointer is over, told when it is there: hundreds of dates that nobody asks for take their time. */
function tip({ currentTarget, offsetX, target }, steps) {
  const place = target === currentTarget ? Math.floor((offsetX / currentTarget.clientWidth) * steps.length) : [...currentTarget.children].indexOf(target);
  const step = steps[place];
  if (step) currentTarget.title = `${day(step.start, state.zone)} ${clock(step.start, state.zone)}: ${step.least} available`;
}

/** For each step whether some channel is open by its office hours. */
function hoursOfSomeone(span) {
  const channels = (state.document.inboxes ?? []).flatMap((inbox) => inbox.channels.filter((channel) => channel.office_hours ?? inbox.office_hours).map((channel) => ({ inbox: inbox.id, channel: channel.id })));
  const steps = Math.ceil((span.end - span.start) / STEP);
  return Array.from({ length: steps }, (_, place) => {
    const start = span.start + place * STEP;
    return channels.some((of) => state.desk.workingTime({ start, end: Math.min(start + STEP, span.end) }, of) > 0);
  });
}

function sentence(holes, hasHours) {
  if (!hasHours) return "No channel has office hours, so nothing counts as a hole.";
  if (holes.length === 0) return "No holes: someone is there in all office hours.";
  const runs = [];
  for (const { start, end } of holes) {
    if (runs.length && runs.at(-1).end.getTime() === start.getTime()) runs.at(-1).end = end;
    else runs.push({ start, end });
  }
  const first = runs[0];
  const text = `${day(first.start, state.zone)} ${clock(first.start, state.zone)}–${clock(first.end, state.zone)}`;
  return `${holes.length / 2} h of office hours with nobody there: ${text}${runs.length > 1 ? ` and ${runs.length - 1} more` : ""}.`;
}
