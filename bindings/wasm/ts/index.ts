/** Availability and routing for helpdesks: who is available, who gets this conversation, and why. */

import { Held, jsonText, type DeskOptions } from "./availability.js";
import { bytesOf, type AbsencesReading, type Calendar, type CalendarOptions, type HolidayOptions, type HolidaysReading } from "./calendar.js";
import type { DeskDocument } from "./contract.js";
import { awayText, MachineDesk, scriptsText, type Scripts } from "./desk.js";
import { bounded, type Timed } from "./deadline.js";
import type { WhereDisposable } from "./disposable.js";
import { asError, problem, type Problem } from "./error.js";
import { optionsOf, textOf } from "./given.js";
import type { Glue, Source } from "./glue.js";
import type { Output } from "./instant.js";
import { loader } from "./loader.js";
import { answerOf } from "./module.js";
import type { RawMachine } from "./raw.js";
import type { FirstTurn, Turn } from "./views.js";
import * as module from "./wasm/frontdesk.js";

const glue = module as unknown as Glue<RawMachine>;

/** Loads the module; call it once, before anything else. In Node the module is loaded already, and this does nothing. */
export async function init(source?: Source | Promise<Source>): Promise<void> {
  await loader.init(source);
}

/** Loads the module from its bytes, or from a compiled module, for example in a worker. */
export function initSync(source: BufferSource | WebAssembly.Module): void {
  loader.initSync(source);
}

/** A desk: its agents, the conversations they hold, and the queue. */
export class Desk<O extends Output = "date"> extends MachineDesk<O> {
  /** Creates the desk that a document describes: an object, or JSON text, whose problems have line and column. */
  constructor(document: DeskDocument | string, options: DeskOptions<O> & { readonly scripts?: Scripts } = {}) {
    const { scripts, ...rest } = optionsOf(options, { instants: "text", scripts: "object" }, "$.options");
    super(glue, loader.memory, scripts && !(document instanceof Held) ? scripted(document, scripts) : document, rest as DeskOptions<O>);
  }

  /** Restores the desk of a snapshot. */
  static restore<O extends Output = "date">(snapshot: string, options: DeskOptions<O> & { readonly scripts?: Scripts } = {}): Desk<O> {
    const desk = new Desk<O>(held(() => module.RawDesk.restore(textOf(snapshot, "$"))), options);
    if (options.scripts) desk.setScripts(options.scripts);
    return desk;
  }

  /** Rebuilds a desk from all its turns in order; the first holds its document. */
  static rebuild<O extends Output = "date">(turns: Iterable<Turn | string>, options: DeskOptions<O> & { readonly scripts?: Scripts } = {}): Desk<O> {
    const texts = Array.from(listOf(turns), jsonText);
    const desk = new Desk<O>(held(() => module.RawDesk.rebuild(texts)), options);
    if (options.scripts) desk.setScripts(options.scripts);
    return desk;
  }
}

export interface Desk<O extends Output = "date"> extends WhereDisposable {}

function listOf<T>(given: Iterable<T>): Iterable<T> {
  if (typeof given === "object" && given !== null && Symbol.iterator in given) return given;
  throw problem("wrong_type", "the turns of a desk are a list", { path: "$.turns" });
}

function scripted(document: DeskDocument | string, scripts: Scripts): string {
  return held(() => module.RawDesk.with_scripts(jsonText(document), scriptsText(scripts)));
}

/** Wraps a desk made by the module for the constructors. */
function held(make: () => unknown): string {
  loader.memory();
  try {
    return new Held(make() as RawMachine) as unknown as string;
  } catch (thrown) {
    throw asError(thrown);
  }
}

/**
 * Does something with desks that ends after a time: a command, a question, reading a document. When the time is up, whatever still
 * runs throws a `FrontdeskError` with the code `time_is_up`, and has not happened: the desk is as it was. Calls are synchronous,
 * so nothing else can stop one: an `AbortSignal` is heard by nobody while it runs. Without a deadline nothing is bounded.
 *
 * ```js
 * const events = withDeadline(200, () => desk.open("c1", { at, inbox: "main", channel: "chat" }));
 * ```
 */
export function withDeadline<T>(milliseconds: number, work: () => T): T {
  return bounded(module as unknown as Timed, milliseconds, work);
}

/** Reads a document and returns it in canonical form. */
export function check(document: DeskDocument | string): DeskDocument {
  return answerOf(loader, () => module.check(jsonText(document))) as DeskDocument;
}

/** Returns the first turn of the desk that a document describes, for a log of turns. */
export function firstTurn(document: DeskDocument | string): FirstTurn {
  return answerOf(loader, () => module.first_turn(jsonText(document))) as FirstTurn;
}

/**
 * Returns the warnings of a document: a rule that cannot be reached, a condition that is never met, a key without effect.
 * Each is a problem with the severity `warning`, from text with line and column; the path of a script's warning is its file.
 */
export function warnings(document: DeskDocument | string, options: { readonly scripts?: Scripts | undefined } = {}): Problem[] {
  const { scripts = {} } = optionsOf(options, { scripts: "object" }, "$.options");
  return answerOf(loader, () => module.warnings(jsonText(document), scriptsText(scripts), typeof document === "string")) as Problem[];
}

/** Reads a calendar of holidays, in any form that a calendar of absences may have: all its events of whole days. */
export function readHolidays(calendar: Calendar, wanted: HolidayOptions = {}): HolidaysReading {
  const { summaries, categories, first_day, last_day } = optionsOf(wanted, { summaries: "texts", categories: "texts", first_day: "any", last_day: "any" }, "$.options");
  const asked = jsonText({ summaries, categories, first_day, last_day });
  return answerOf(loader, () => module.read_holidays(bytesOf(calendar), asked)) as HolidaysReading;
}

/** Reads the absences of a calendar without a desk. With a desk, `desk.readAbsences` also returns the changes. */
export function readCalendar(calendar: Calendar, options: CalendarOptions): AbsencesReading {
  const { time_zone, away } = optionsOf(options, { time_zone: "text", away: "object" }, "$.options");
  const zone = textOf(time_zone, "$.options.time_zone");
  return answerOf(loader, () => module.read_calendar(bytesOf(calendar), zone, awayText(away))) as AbsencesReading;
}

export type * from "./contract.js";
export type { Coverage, CoverageStep, DeskOptions, HoursOf, Period, Range, Scope, Staffed, StaffedStep, Status, Visitor, VisitorView, WorkingDays } from "./availability.js";
export type * from "./views.js";
export type { AbsenceOptions, AbsencesReading, Away, Calendar, CalendarOptions, CalendarReading, DateLike, HolidayOptions, HolidaysReading, HoursReading, Reading, Skipped } from "./calendar.js";
export type { Common, Until } from "./commands.js";
export type { AnyCommand, ConversationFilter, PlaceInQueue, ProposeOptions, QueueFilter, Row, Scripts } from "./desk.js";
export { FrontdeskError, type BindingCode, type Position, type Problem, type Severity } from "./error.js";
export type { Source } from "./glue.js";
export type { Duration, Instant, Out, Output, TemporalDuration, TemporalInstant } from "./instant.js";
export { Spans } from "./spans.js";
