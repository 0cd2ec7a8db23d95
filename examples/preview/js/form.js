// The desk as a form: the hours of an agent, absences, statuses, and calendars that are dropped on it.

import { el, find } from "./dom.js";
import { REASONS } from "./now.js";
import { change, choose, command, state } from "./state.js";
import { clock, day, wall } from "./time.js";

const DAYS = { mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu", fri: "Fri", sat: "Sat", sun: "Sun" };
let said;

const current = () => state.document.agents?.find((agent) => agent.id === state.agent) ?? state.document.agents?.[0];

/** Changes the agent that is edited. */
function edit(how) {
  const { id } = current();
  said = undefined;
  change((document) => how(document.agents.find((agent) => agent.id === id), document));
}

export function drawForm() {
  const agent = current();
  const pane = find("form");
  const focused = pane.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  if (!agent) return pane.replaceChildren(el("p", { class: "empty" }, "The desk has nobody yet. Add an agent in the JSON."));
  pane.replaceChildren(el("form", { class: "form", onsubmit: (event) => event.preventDefault() }, who(agent), hours(agent), absences(agent), status(agent), calendar(agent)));
  if (focused) pane.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function who(agent) {
  const zones = [...new Set([agent.time_zone, state.document.time_zone, state.zone, ...Intl.supportedValuesOf("timeZone")].filter(Boolean))];
  return el("fieldset", {},
    el("div", { class: "two" },
      el("label", {}, "Person", select("agent", state.document.agents.map((it) => [it.id, it.name ?? it.id]), agent.id, (id) => { said = undefined; choose({ agent: id }); })),
      el("label", {}, "Team", select("team", [["", "none"], ...(state.document.teams ?? []).map((it) => [it.id, it.name ?? it.id])], agent.team ?? "", (team) => edit((it) => set(it, "team", team || undefined)))),
      el("label", {}, "Time zone", select("zone", [["", `the desk’s (${state.document.time_zone})`], ...zones], agent.time_zone ?? "", (zone) => edit((it) => set(it, "time_zone", zone || undefined)))),
      el("label", {}, "At most open at once", el("input", { "data-key": "capacity", type: "number", min: "0", max: "999", placeholder: "no limit", value: total(agent.capacity), onchange: ({ target }) => edit((it) => set(it, "capacity", target.value === "" ? undefined : Number(target.value))) })),
    ));
}

const total = (capacity) => String((typeof capacity === "object" ? capacity.total : capacity) ?? "");

function set(object, key, value) {
  if (value === undefined) delete object[key];
  else object[key] = value;
}

function select(key, options, chosen, onchange) {
  const select = el("select", { "data-key": key, onchange: () => onchange(select.value) }, options.map((option) => (Array.isArray(option) ? el("option", { value: option[0] }, option[1]) : el("option", { value: option }, option))));
  select.value = chosen;
  return select;
}

/** The hours that hold: one's own, the team's, or the desk's. */
function weekly(agent) {
  const team = state.document.teams?.find((it) => it.id === agent.team);
  return agent.working_hours ?? team?.working_hours ?? state.document.working_hours;
}

/** Each day with its intervals; what is more than a plain week is kept, and edited as JSON. */
function hours(agent) {
  const all = weekly(agent) ?? [{ days: Object.keys(DAYS), start: "00:00", end: "24:00" }];
  const special = all.some((it) => it.every || it.first_day || it.last_day);
  const of = (name) => all.filter((it) => it.days.includes(name)).sort((a, b) => a.start.localeCompare(b.start));
  const write = (name, intervals) => edit((it) => {
    const rest = all.map((entry) => ({ ...entry, days: entry.days.filter((other) => other !== name) })).filter((entry) => entry.days.length > 0);
    it.working_hours = merged([...rest, ...intervals.map(({ start, end }) => ({ days: [name], start, end }))]);
  });
  const rows = Object.entries(DAYS).flatMap(([name, text]) => {
    const intervals = of(name);
    const shown = intervals.length ? intervals : [undefined];
    return shown.map((interval, index) => {
      const time = (key) => el("input", {
        type: "time", "data-key": `${name}${index}${key}`, "aria-label": `${text}, ${key}`, value: interval?.[key].replace("24:00", "00:00") ?? "", disabled: !interval,
        onchange: ({ target }) => target.value && write(name, intervals.map((it, place) => (place === index ? { ...it, [key]: key === "end" && target.value === "00:00" ? "24:00" : target.value } : it))),
      });
      const box = index > 0 ? el("span") : el("label", {}, el("input", { type: "checkbox", "data-key": name, checked: Boolean(interval), onchange: ({ target }) => write(name, target.checked ? [{ start: "09:00", end: "17:00" }] : []) }), text);
      const button = interval && (index === intervals.length - 1
        ? el("button", { class: "icon", type: "button", "aria-label": `Add hours on ${text}`, onclick: () => write(name, [...intervals, { start: later(interval.end, 1), end: later(interval.end, 3) }]) }, "+")
        : el("button", { class: "icon", type: "button", "aria-label": `Remove hours on ${text}`, onclick: () => write(name, intervals.filter((_, place) => place !== index)) }, "×"));
      return el("div", {}, box, time("start"), el("span", { class: "more" }, interval && interval.end <= interval.start && interval.end !== "24:00" ? "↷" : "–"), time("end"), button || el("span"));
    });
  });
  const own = agent.working_hours ? "" : " (the team’s or the desk’s; a change makes them their own)";
  return el("fieldset", {}, el("legend", {}, `Weekly hours${own}`), special ? el("p", { class: "note" }, "These hours change over the year: edit them as JSON.") : el("div", { class: "hours" }, rows));
}

const later = (time, hours) => `${String((Number(time.slice(0, 2)) + hours) % 24).padStart(2, "0")}${time.slice(2)}`;

/** Days with the same times are one entry. */
function merged(entries) {
  const same = new Map();
  for (const { days, start, end } of entries) {
    const found = same.get(`${start} ${end}`);
    if (found) found.days.push(...days);
    else same.set(`${start} ${end}`, { days: [...days], start, end });
  }
  const order = Object.keys(DAYS);
  return [...same.values()].map((it) => ({ ...it, days: order.filter((name) => it.days.includes(name)) }));
}

function absences(agent) {
  const list = (agent.out_of_office ?? []).map((it, index) => el("li", {},
    el("span", {}, it.first_day ? `${it.first_day}${it.last_day === it.first_day ? "" : ` – ${it.last_day}`}` : `${it.start.replace("T", " ")} – ${it.end.slice(0, 10) === it.start.slice(0, 10) ? it.end.slice(11) : it.end.replace("T", " ")}`, it.repeat ? ", repeated" : "", it.note ? ` · ${it.note}` : ""),
    el("button", { class: "icon", type: "button", "aria-label": "Remove this absence", onclick: () => edit((entry) => { entry.out_of_office.splice(index, 1); }) }, "×")));
  const today = new Date(wall(state.at, state.zone)).toISOString().slice(0, 10);
  const first = el("input", { type: "date", "data-key": "first", value: today });
  const last = el("input", { type: "date", "data-key": "last", value: today });
  const note = el("input", { type: "text", "data-key": "note", placeholder: "Note", maxlength: "60" });
  const add = () => edit((entry) => {
    const days = { first_day: first.value, last_day: last.value < first.value ? first.value : last.value };
    entry.out_of_office = [...(entry.out_of_office ?? []), { ...days, ...(note.value && { note: note.value }) }];
  });
  return el("fieldset", {}, el("legend", {}, "Absences"), list.length > 0 && el("ul", { class: "absences" }, list),
    el("div", { class: "two" }, el("label", {}, "First day", first), el("label", {}, "Last day", last), el("label", {}, "Note", note),
      el("button", { class: "button", type: "button", "data-key": "add", onclick: add }, "Add absence")));
}

function status(agent) {
  const away = (name, more) => el("button", { class: "button", type: "button", "data-key": `away ${name}`, onclick: () => command({ type: "set_status", agent: agent.id, status: "away", ...more }) }, name);
  return el("fieldset", {}, el("legend", { id: "now-of-agent" }, nowOf(agent)),
    el("div", { class: "buttons" }, away("Away 15 min", { duration: "15m" }), away("1 hour", { duration: "1h" }), away("4 hours", { duration: "4h" }), away("Until set otherwise", {}),
      el("button", { class: "button", type: "button", "data-key": "available", onclick: () => command({ type: "set_status", agent: agent.id, status: "available" }) }, "Available")));
}

function nowOf(agent) {
  const { state: is, reason, until } = state.desk.status(agent.id, state.at);
  return `Now: ${is}, ${REASONS[reason]}${until ? ` until ${day(until, state.zone)} ${clock(until, state.zone)}` : ""}`;
}

/** What of the form goes with the clock. */
export function tickForm() {
  const agent = current();
  if (agent) find("now-of-agent").textContent = nowOf(agent);
}

function calendar(agent) {
  const input = el("input", { type: "file", accept: ".ics,text/calendar,.json,application/json", "data-key": "ics", onchange: () => input.files[0] && read(agent, input.files[0]) });
  const zone = el("label", {
    class: "drop", ondragover: (event) => { event.preventDefault(); zone.classList.add("over"); }, ondragleave: () => zone.classList.remove("over"),
    ondrop: (event) => { event.preventDefault(); zone.classList.remove("over"); if (event.dataTransfer.files[0]) void read(agent, event.dataTransfer.files[0]); },
  }, input, `Drop a calendar (.ics) for ${agent.name ?? agent.id} here, or choose a file`);
  return el("fieldset", {}, el("legend", {}, "From a calendar"), zone, el("p", { class: `said${said?.bad ? " bad" : ""}`, role: "status", hidden: !said }, said?.text ?? ""));
}

/** Takes the absences of a calendar over into the document, and says what became of its events. */
export async function read(agent, file) {
  const reading = state.desk.readAbsences(agent.id, new Uint8Array(await file.arrayBuffer()));
  const { added, updated, removed, unchanged, out_of_office } = reading.changes;
  const counts = [[added.length, "added"], [updated.length, "changed"], [removed.length, "removed"], [unchanged, "unchanged"], [reading.skipped.length, "passed over"]];
  const told = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`).join(", ") || "nothing in it";
  edit((entry) => { entry.out_of_office = out_of_office; });
  const problem = reading.problems[0];
  said = { text: `${file.name}: ${told}${problem ? `. ${problem.message}` : ""}`, bad: Boolean(problem) };
  drawForm();
}
