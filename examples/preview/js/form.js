// The desk as a form: people, hours, absences, statuses, holidays, and calendars that are dropped on it.

import { readHolidays } from "../frontdesk/index.js";
import { el, find } from "./dom.js";
import { hours } from "./hours.js";
import { inWords } from "./now.js";
import { change, choose, command, state } from "./state.js";
import { DAY, clock, dateOf, day, wall } from "./time.js";

/** The message about the last calendar, and its place. */
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
  const open = new Set([...pane.querySelectorAll("details[open]")].map((it) => it.dataset.key));
  const parts = agent ? [who(agent), hours(agent, edit), absences(agent), status(agent), calendar(agent), holidays()] : [holidays()];
  pane.replaceChildren(el("form", { class: "form", onsubmit: (event) => event.preventDefault() }, people(agent), parts));
  for (const it of pane.querySelectorAll("details")) it.open = open.has(it.dataset.key);
  if (focused) pane.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function people(agent) {
  const list = state.document.agents ?? [];
  return el("fieldset", { class: "people-pick" },
    list.length > 0 ? el("label", {}, "Person", select("agent", list.map((it) => [it.id, it.name ?? it.id]), agent.id, (id) => { said = undefined; choose({ agent: id }); })) : el("p", { class: "empty" }, "Nobody works here yet."),
    el("button", { class: "button", type: "button", "data-key": "add-person", onclick: addPerson }, "Add person"),
    agent && el("button", { class: "button quiet", type: "button", "data-key": "remove-person", onclick: () => removePerson(agent.id) }, "Remove"));
}

/** Somebody new, who works when the others do. */
export function addPerson() {
  const taken = new Set((state.document.agents ?? []).map(({ id }) => id));
  let number = taken.size + 1;
  while (taken.has(`person-${number}`)) number += 1;
  const id = `person-${number}`;
  state.agent = id;
  said = undefined;
  change((document) => { document.agents = [...(document.agents ?? []), { id, name: `Person ${number}` }]; });
  const name = find("form").querySelector("[data-key=name]");
  name?.focus();
  name?.select();
}

/** Takes an agent out; where rules name it, the problems say so. */
function removePerson(id) {
  said = undefined;
  change((document) => { document.agents = document.agents.filter((agent) => agent.id !== id); });
}

function who(agent) {
  const others = state.document.agents.filter((it) => it.id !== agent.id);
  return el("fieldset", {}, el("legend", { class: "hidden" }, "The person"),
    el("div", { class: "two" },
      el("label", {}, "Name", el("input", { "data-key": "name", type: "text", maxlength: "80", value: agent.name ?? "", placeholder: agent.id, onchange: ({ target }) => edit((it) => set(it, "name", target.value.trim() || undefined)) })),
      el("label", {}, "Team", select("team", [["", "none"], ...(state.document.teams ?? []).map((it) => [it.id, it.name ?? it.id])], agent.team ?? "", (team) => edit((it) => set(it, "team", team || undefined)))),
      el("label", {}, "Time zone", el("input", { "data-key": "zone", type: "text", list: "zones", spellcheck: "false", value: agent.time_zone ?? "", placeholder: `${state.document.time_zone} (the desk’s)`, onchange: ({ target }) => edit((it) => set(it, "time_zone", target.value.trim() || undefined)) })),
      el("label", {}, "At most open at once", el("input", { "data-key": "capacity", type: "number", min: "0", max: "999", placeholder: "no limit", value: total(agent.capacity), onchange: ({ target }) => edit((it) => setTotal(it, target.value)) })),
      el("label", {}, "Substitute", select("substitute", [["", "nobody"], ...others.map((it) => [it.id, it.name ?? it.id])], agent.substitute ?? "", (substitute) => edit((it) => set(it, "substitute", substitute || undefined)))),
    ));
}

const total = (capacity) => String((typeof capacity === "object" ? capacity.total : capacity) ?? "");

/** Sets the total; other keys of the capacity stay. */
function setTotal(agent, text) {
  const value = text === "" ? undefined : Number(text);
  if (typeof agent.capacity !== "object") set(agent, "capacity", value);
  else set(agent.capacity, "total", value);
}

function set(object, key, value) {
  if (value === undefined) delete object[key];
  else object[key] = value;
}

function select(key, options, chosen, onchange) {
  const element = el("select", { "data-key": key, onchange: () => onchange(element.value) }, options.map(([value, text]) => el("option", { value }, text)));
  element.value = chosen;
  return element;
}

const row = (text, label, onclick) => el("li", {}, el("span", {}, text), el("button", { class: "icon", type: "button", "aria-label": label, onclick }, "×"));

function absences(agent) {
  const list = (agent.out_of_office ?? []).map((it, index) => row(absence(it), `Remove this absence: ${absence(it)}`, () => edit((entry) => {
    entry.out_of_office.splice(index, 1);
    if (entry.out_of_office.length === 0) delete entry.out_of_office;
  })));
  const today = dateOf(wall(state.at, state.zone));
  const [first, last] = ["first", "last"].map((key) => el("input", { type: "date", "data-key": key, value: today }));
  const [from, to] = [["from", "09:00"], ["to", "12:00"]].map(([key, value]) => el("input", { type: "time", "data-key": key, value, "aria-label": key === "from" ? "From" : "To" }));
  const times = el("div", { class: "two", hidden: true }, el("label", {}, "From", from), el("label", {}, "To", to));
  const whole = el("input", { type: "checkbox", "data-key": "whole", checked: true, onchange: () => { times.hidden = whole.checked; } });
  const note = el("input", { type: "text", "data-key": "note", placeholder: "Note", maxlength: "60" });
  const add = () => edit((entry) => {
    const end = last.value < first.value ? first.value : last.value;
    const time = whole.checked ? { first_day: first.value, last_day: end } : { start: `${first.value}T${from.value}`, end: `${end}T${to.value}` };
    entry.out_of_office = [...(entry.out_of_office ?? []), { ...time, ...(note.value && { note: note.value }) }];
  });
  return el("fieldset", {}, el("legend", {}, "Absences"), list.length > 0 && el("ul", { class: "absences" }, list),
    el("div", { class: "two" }, el("label", {}, "First day", first), el("label", {}, "Last day", last)),
    el("label", { class: "check" }, whole, "Whole days"), times,
    el("div", { class: "two" }, el("label", {}, "Note", note), el("button", { class: "button", type: "button", "data-key": "add", onclick: add }, "Add absence")));
}

function absence(it) {
  const note = [it.repeat && "repeated", it.note].filter(Boolean).map((text) => ` · ${text}`).join("");
  if (it.first_day) return `${it.first_day}${it.last_day === it.first_day ? "" : ` – ${it.last_day}`}${note}`;
  return `${it.start.replace("T", " ")} – ${it.end.slice(0, 10) === it.start.slice(0, 10) ? it.end.slice(11) : it.end.replace("T", " ")}${note}`;
}

function status(agent) {
  const note = el("input", { type: "text", "data-key": "away-note", placeholder: "Why, if you like", maxlength: "60" });
  const until = el("input", { type: "datetime-local", "data-key": "away-until", value: new Date(wall(state.at, state.zone) + 7_200_000).toISOString().slice(0, 16) });
  const away = (more) => command({ type: "set_status", agent: agent.id, status: "away", ...(note.value && { note: note.value }), ...more });
  const button = (name, more) => el("button", { class: "button", type: "button", "data-key": `away ${name}`, onclick: () => away(more) }, name);
  const wallToInstant = () => new Date(Date.parse(`${until.value}:00Z`) - (wall(state.at, state.zone) - state.at)).toISOString();
  const own = ({ id, name }) => el("button", { class: "button", type: "button", "data-key": `status ${id}`, onclick: () => command({ type: "set_status", agent: agent.id, status: id }) }, name ?? id);
  return el("fieldset", {}, el("legend", { id: "now-of-agent" }, nowOf(agent)),
    el("div", { class: "buttons" }, button("Away 15 min", { duration: "15m" }), button("1 hour", { duration: "1h" }), button("4 hours", { duration: "4h" }), button("Until set otherwise", {}),
      el("button", { class: "button", type: "button", "data-key": "available", onclick: () => command({ type: "set_status", agent: agent.id, status: "available" }) }, "Available"),
      (state.document.statuses ?? []).map(own)),
    el("details", { "data-key": "away-more" }, el("summary", {}, "Until a time, or with a note"),
      el("div", { class: "two" }, el("label", {}, "Note", note), el("span")),
      el("div", { class: "two" }, el("label", {}, `Until (${state.zone})`, until), el("button", { class: "button", type: "button", "data-key": "away until", onclick: () => until.value && away({ until: wallToInstant() }) }, "Away until then"))));
}

function nowOf(agent) {
  const now = state.desk.status(agent.id, state.at);
  const { until } = now;
  return `Now: ${inWords(now)}${until ? ` until ${day(until, state.zone)} ${clock(until, state.zone)}` : ""}`;
}

/** Updates the parts of the form that depend on the clock. */
export function tickForm() {
  const agent = current();
  if (agent) find("now-of-agent").textContent = nowOf(agent);
}

/** A place where a file is dropped, or chosen. */
function drop(key, text, take) {
  const input = el("input", { type: "file", accept: ".ics,text/calendar,.json,application/json", "data-key": key, onchange: () => input.files[0] && take(input.files[0]) });
  const zone = el("label", {
    class: "drop", ondragover: (event) => { event.preventDefault(); zone.classList.add("over"); }, ondragleave: () => zone.classList.remove("over"),
    ondrop: (event) => { event.preventDefault(); zone.classList.remove("over"); if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]); },
  }, input, text);
  return [zone, el("p", { class: `said${said?.bad ? " bad" : ""}`, role: "status", hidden: said?.key !== key }, said?.key === key ? said.text : "")];
}

function calendar(agent) {
  return el("fieldset", {}, el("legend", {}, "From a calendar"), drop("ics", `Drop a calendar (.ics) for ${agent.name ?? agent.id} here, or choose a file`, (file) => void read(agent, file)));
}

/** Takes the absences of a calendar over into the document, and says what became of its events. */
export async function read(agent, file) {
  const reading = state.desk.readAbsences(agent.id, new Uint8Array(await file.arrayBuffer()));
  const { added, updated, removed, unchanged, out_of_office } = reading.changes;
  state.agent = agent.id;
  edit((entry) => set(entry, "out_of_office", out_of_office.length ? out_of_office : undefined));
  tell("ics", file, [[added.length, "added"], [updated.length, "changed"], [removed.length, "removed"], [unchanged, "unchanged"], [reading.skipped.length, "passed over"]], reading);
}

function tell(key, file, counts, { problems: [problem], skipped }) {
  const told = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`).join(", ") || "nothing in it";
  const why = skipped.length ? ` (${[...new Set(skipped.map((it) => it.why.replaceAll("_", " ")))].join(", ")})` : "";
  const where = problem?.position ? `line ${problem.position.line}: ` : "";
  said = { key, text: `${file.name}: ${told}${why}${problem ? `. ${where}${problem.message}` : ""}`, bad: Boolean(problem) };
  drawForm();
}

/** The holidays of the whole desk; those of a team or an inbox are edited as JSON. */
function holidays() {
  const own = (document) => document.holidays?.find((it) => it.dates && !it.teams && !it.inboxes);
  const dates = own(state.document)?.dates ?? [];
  const put = (next) => {
    said = undefined;
    change((document) => {
      const entry = own(document);
      const sorted = [...new Set(next)].sort();
      if (entry) entry.dates = sorted;
      else document.holidays = [...(document.holidays ?? []), { id: "holidays", dates: sorted }];
    });
  };
  const input = el("input", { type: "date", "data-key": "holiday", value: dateOf(wall(state.at, state.zone) + DAY) });
  const take = async (file) => {
    const today = wall(state.at, state.zone);
    const reading = readHolidays(new Uint8Array(await file.arrayBuffer()), { first_day: dateOf(today), last_day: dateOf(today + 730 * DAY) });
    const fresh = reading.dates.filter(({ date }) => !dates.includes(date));
    if (fresh.length) put([...dates, ...fresh.map(({ date }) => date)]);
    tell("holidays", file, [[fresh.length, "added"], [reading.dates.length - fresh.length, "known"], [reading.skipped.length, "passed over"]], reading);
  };
  return el("details", { class: "fold", "data-key": "holidays" }, el("summary", {}, `Holidays of the desk (${dates.length})`),
    dates.length > 0 && el("ul", { class: "absences" }, dates.map((date) => row(date, `Remove this holiday: ${date}`, () => put(dates.filter((it) => it !== date))))),
    el("div", { class: "two" }, el("label", {}, "Date", input), el("button", { class: "button", type: "button", "data-key": "add-holiday", onclick: () => input.value && put([...dates, input.value]) }, "Add holiday")),
    drop("holidays", "Drop a calendar of holidays (.ics) here, or choose a file", (file) => void take(file)));
}
