// The state of the page: a desk document, its commands, and a clock. Everything shown is derived from these.

import { Desk, FrontdeskError, warnings } from "../frontdesk/index.js";
import { history, keep } from "./history.js";
import { SCRIPTS } from "./samples.js";
import { DAY, instant, wall } from "./time.js";

const listeners = [];
/** The key of the script in a saved document; readers of documents ignore it. */
const SCRIPTS_KEY = "x-scripts";
const FILE = "mine.rhai";
const line = history();
/** The state in which the page was opened; it is not stored if unchanged. */
let opened = "";
/** True if the browser stores changes. */
export let isKept = true;
/** The limits of the shown time: a desk supports the years 2000 to 2199. */
const [FIRST, LAST] = [Date.UTC(2000, 0, 20), Date.UTC(2198, 0)];

export const state = {
  /** The document as text, as it was typed. */
  text: "",
  /** The last sound document, and its desk with all commands carried out. */
  document: null,
  desk: null,
  problems: [],
  /** The warnings of the document; it is valid all the same. */
  warnings: [],
  /** The document and its desk as they were opened, beside which a change is seen. */
  opened: null,
  /** The routing script as typed, the last valid one, and the problems. */
  script: Object.values(SCRIPTS)[0],
  soundScript: Object.values(SCRIPTS)[0],
  scriptProblems: [],
  commands: [],
  events: [],
  at: 0,
  /** The number of weeks shown, and their zone. */
  weeks: 1,
  zone: "UTC",
  agent: undefined,
  channel: undefined,
};

/** Calls back after each change, with its kind. */
export const onChange = (listener) => listeners.push(listener);
const tell = (what) => {
  if (what !== "clock" && what !== "choice") note();
  listeners.forEach((listener) => listener(what));
};

/** The parts of the state that can be undone, and that a reload would lose. */
const undoable = () => ({ text: state.text, script: state.script, commands: state.commands });

function note() {
  if (opened === "") return;
  line.note(undoable());
  // The text being typed may not be a valid desk: the last valid one is stored with it.
  isKept = keep({ ...undoable(), sound: pretty(state.document), at: state.at, zone: state.zone });
}

/** Returns true if leaving the page would lose changes. */
export const isChanged = () => opened !== "" && JSON.stringify(undoable()) !== opened;

export const canUndo = () => line.canUndo;
export const canRedo = () => line.canRedo;
export const undo = () => show(line.undo());
export const redo = () => show(line.redo());

function show(it) {
  if (!it) return;
  state.commands = it.commands;
  takeScript(it.script);
  setText(it.text);
  tell("script");
}

/** Takes a script in without deciding by it yet: the document that is taken in next does. */
function takeScript(script) {
  state.script = script;
  state.scriptProblems = [];
  try {
    new Desk({ version: 1, time_zone: "UTC" }, { scripts: { [FILE]: script } }).free();
    state.soundScript = script;
  } catch (error) {
    if (!(error instanceof FrontdeskError)) throw error;
    state.scriptProblems = error.problems;
  }
}

/** A document with the script that it names, as it is saved; and the two apart again. */
export function saved() {
  if (!namesScript(state.document) && state.script === Object.values(SCRIPTS)[0]) return state.text;
  try {
    return pretty({ ...JSON.parse(state.text), [SCRIPTS_KEY]: { [FILE]: state.script } });
  } catch {
    // Text that is not JSON is saved as typed.
    return state.text;
  }
}

/** Takes a saved document in, with its script. */
export function open(text, { commands = [], script } = {}) {
  const [document, own] = apart(text);
  state.commands = commands;
  takeScript(script ?? own ?? Object.values(SCRIPTS)[0]);
  setText(document);
  tell("script");
}

function apart(text) {
  try {
    const { [SCRIPTS_KEY]: scripts, ...document } = JSON.parse(text);
    const script = scripts?.[FILE];
    return typeof script === "string" ? [pretty(document), script] : [text, undefined];
  } catch {
    // The desk reports text that is not JSON.
    return [text, undefined];
  }
}

const namesScript = (document) => JSON.stringify(document ?? {}).includes('"script":"mine"');

/** Takes a document in as text. While it has problems, the last sound one is shown on. */
export function setText(text) {
  state.text = text;
  try {
    const desk = made(text, state.soundScript);
    state.desk?.free();
    state.desk = desk;
    state.document = JSON.parse(text);
    state.problems = [];
    state.warnings = warnings(text, { scripts: namesScript(state.document) ? { [FILE]: state.soundScript } : {} });
    replay();
  } catch (error) {
    if (!(error instanceof FrontdeskError)) throw error;
    state.problems = error.problems;
    state.warnings = [];
  }
  tell("document");
}

const made = (text, script) => new Desk(text, { scripts: { [FILE]: script }, instants: "epoch" });

/** Takes a script in. While it has problems, the last sound one decides. */
export function setScript(script) {
  state.script = script;
  if (!state.document) return;
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

/** Sets the state with which later changes are compared. */
export function begin() {
  state.opened?.desk.free();
  state.opened = { document: state.document, desk: made(state.text, state.soundScript) };
  opened = JSON.stringify(undoable());
  // Another desk is a step like any other: undone, the one before is back.
  if (!line.isBegun) line.begin(undoable());
}

/** Changes the document by hand of a form. */
export function change(edit) {
  const document = structuredClone(state.document);
  edit(document);
  setText(pretty(document));
}

/** JSON as people write it: what fits on a line is on one. */
export function pretty(value, indent = "") {
  const short = onOneLine(value);
  if (short.length + indent.length < 92 || value === null || typeof value !== "object") return short;
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((item) => inner + pretty(item, inner)).join(",\n")}\n${indent}]`;
  return `{\n${Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${pretty(item, inner)}`).join(",\n")}\n${indent}}`;
}

/** JSON with a blank after each comma and colon; what stands in texts is left alone. */
function onOneLine(value) {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${onOneLine(item)}`).join(", ")}}`;
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
