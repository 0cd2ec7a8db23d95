// What the page is about: a desk document, the commands given to it, and a clock. Everything shown follows from these.

import { Desk, FrontdeskError, warnings } from "../frontdesk/index.js";
import { SCRIPTS } from "./samples.js";
import { DAY, instant, wall } from "./time.js";

const listeners = [];
/** A desk knows the years 2000 to 2199; what is shown of them begins and ends in between. */
const [FIRST, LAST] = [Date.UTC(2000, 0, 20), Date.UTC(2198, 0)];

export const state = {
  /** The document as text, as it was typed. */
  text: "",
  /** The last sound document, and its desk with all commands carried out. */
  document: null,
  desk: null,
  problems: [],
  /** What the document says but cannot mean; it stands in nobody's way. */
  warnings: [],
  /** The document and its desk as they were opened, beside which a change is seen. */
  opened: null,
  /** The routing script as it was typed, the last sound one, and what is wrong. */
  script: Object.values(SCRIPTS)[0],
  soundScript: Object.values(SCRIPTS)[0],
  scriptProblems: [],
  commands: [],
  events: [],
  at: 0,
  /** How many weeks are shown, and in which zone. */
  weeks: 1,
  zone: "UTC",
  agent: undefined,
  channel: undefined,
};

/** Calls back whenever something changed; it is told what. */
export const onChange = (listener) => listeners.push(listener);
const tell = (what) => listeners.forEach((listener) => listener(what));

/** Takes a document in as text. While it has problems, the last sound one is shown on. */
export function setText(text) {
  state.text = text;
  try {
    const desk = made(text, state.soundScript);
    state.desk?.free();
    state.desk = desk;
    state.document = JSON.parse(text);
    state.problems = [];
    state.warnings = warnings(text);
    replay();
  } catch (error) {
    if (!(error instanceof FrontdeskError)) throw error;
    state.problems = error.problems;
    state.warnings = [];
  }
  tell("document");
}

const made = (text, script) => new Desk(text, { scripts: { "mine.rhai": script }, instants: "epoch" });

/** Takes a script in. While it has problems, the last sound one decides. */
export function setScript(script) {
  state.script = script;
  try {
    const desk = made(pretty(state.document), script);
    state.desk?.free();
    state.desk = desk;
    state.soundScript = script;
    state.scriptProblems = [];
    replay();
  } catch (error) {
    if (!(error instanceof FrontdeskError)) throw error;
    state.scriptProblems = error.problems;
  }
  tell("script");
}

/** From here on, changes are told beside what holds now. */
export function begin() {
  state.opened?.desk.free();
  state.opened = { document: state.document, desk: made(state.text, state.soundScript) };
}

/** Changes the document by hand of a form. */
export function change(edit) {
  const document = structuredClone(state.document);
  edit(document);
  setText(pretty(document));
}

/** JSON as people write it: what fits on a line is on one. */
export function pretty(value, indent = "") {
  const short = JSON.stringify(value, null, 1).replace(/\n\s*/g, " ").replace(/\[ /g, "[").replace(/ \]/g, "]").replace(/\{ /g, "{").replace(/ \}/g, "}");
  if (short.length + indent.length < 92 || value === null || typeof value !== "object") return short;
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((item) => inner + pretty(item, inner)).join(",\n")}\n${indent}]`;
  return `{\n${Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${pretty(item, inner)}`).join(",\n")}\n${indent}}`;
}

/** Sets the clock. The desk's own time is that of its commands; questions may be about any instant. */
export function setClock(at) {
  state.at = Math.round(Math.min(Math.max(at, FIRST), LAST));
  tell("clock");
}

/** Moves the clock by whole days: the wall shows the same time of day, whatever the clocks did in between. */
export const moveDays = (days) => setClock(instant(wall(state.at, state.zone) + days * DAY, state.zone));

export function choose(part) {
  Object.assign(state, part);
  tell("choice");
}

/** Gives the desk a command at the time of the clock; commands are kept in the order of their instants. */
export function command(given) {
  const next = { ...given, at: new Date(state.at).toISOString() };
  const place = state.commands.findLastIndex((it) => it.at <= next.at) + 1;
  state.commands = state.commands.toSpliced(place, 0, next);
  const problem = renew();
  if (problem) state.commands = state.commands.filter((it) => it !== next);
  if (problem) renew();
  tell("commands");
  return problem;
}

export function forget() {
  state.commands = [];
  renew();
  tell("commands");
}

function renew() {
  if (state.problems.length) return null;
  state.desk?.free();
  state.desk = made(state.text, state.soundScript);
  return replay();
}

/** Carries all commands out anew; one that a changed document no longer allows is left out. */
function replay() {
  let problem = null;
  state.events = [];
  for (const given of state.commands) {
    try {
      state.events.push(...state.desk.handleExplained(given));
    } catch (error) {
      if (!(error instanceof FrontdeskError)) throw error;
      problem = error;
    }
  }
  return problem;
}
