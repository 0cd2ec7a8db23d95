/** The desk as a machine: commands in, events out. */

import { Held, jsonText, type DeskOptions, type Status } from "./availability.js";
import { bytesOf, type AbsenceOptions, type Away, type Calendar, type CalendarReading, type HoursReading } from "./calendar.js";
import { Commands } from "./commands.js";
import type { Command, DeskDocument, DeskEvent, State, Whereabouts } from "./contract.js";
import { problem } from "./error.js";
import { objectOf, optionsOf, textOf, type Shape } from "./given.js";
import type { Glue } from "./glue.js";
import type { Problem } from "./error.js";
import { durationText, type Duration, type Instant, type Out, type Output } from "./instant.js";
import type { RawMachine } from "./raw.js";
import type { AgentRow, ConversationView, StepConsidered, StoryLine } from "./views.js";

/** A command as it is read, its instants and durations in any form that is accepted here. */
export type AnyCommand = Command extends infer C ? (C extends { at: string } ? Loose<C> : never) : never;

type Loose<C> = { [K in keyof C]: K extends "at" | "until" ? Instant : K extends "duration" ? Duration : C[K] };

/** Routing scripts in Rhai: their texts by the names of their files, such as `vip_first.rhai`. */
export type Scripts = Readonly<Record<string, string>>;

/** How a command is proposed. */
export interface ProposeOptions {
  /** Note in every decision who was considered. */
  readonly explain?: boolean;
}

/** Which agents a table has. */
export interface Filter {
  readonly state?: State;
  readonly team?: string;
  readonly inbox?: string;
  readonly skill?: string;
}

/** Which conversations are listed. */
export interface ConversationFilter {
  /** Where they are: one of these. */
  readonly state?: Whereabouts | readonly Whereabouts[];
  readonly inbox?: string;
  /** Of the inbox, or of any where none is named. */
  readonly channel?: string;
  /** Who holds them, or has the offer. */
  readonly agent?: string;
  /** The id of who writes or calls. */
  readonly contact?: string;
}

/** An agent in a table. */
export type Row<I> = Omit<AgentRow, keyof Status> & Status<I>;

type Keys = Record<string, unknown>;

const CONVERSATIONS: Shape = { state: "any", inbox: "text", channel: "text", agent: "text", contact: "text" };
const PROPOSE: Shape = { explain: "boolean" };
const FILTER: Shape = { state: "text", team: "text", inbox: "text", skill: "text" };

/** A desk: who works there, what they hold, and what waits. It has no clock: every command brings its instant. */
export abstract class MachineDesk<O extends Output> extends Commands<O> {
  /** @internal */
  constructor(glue: Glue<RawMachine>, memory: () => WebAssembly.Memory, document: unknown, options?: DeskOptions<O>) {
    super(glue, memory, document, options);
  }

  /** Carries a command out, given as an object or as JSON text; gives the events. */
  handle(command: AnyCommand | string): DeskEvent[] {
    return JSON.parse(this.handleJson(this.#written(command))) as DeskEvent[];
  }

  /** Carries a command out as `handle` does, and notes in every decision who was considered. */
  handleExplained(command: AnyCommand | string): DeskEvent[] {
    return JSON.parse(this.handleExplainedJson(this.#written(command))) as DeskEvent[];
  }

  /** Returns the events that a command would give now; the desk stays as it is. `apply` takes them. */
  propose(command: AnyCommand | string, options: ProposeOptions = {}): DeskEvent[] {
    const { explain } = optionsOf(options, PROPOSE, "$.options");
    const text = textOf(this.#written(command), "$");
    return JSON.parse(this.call(() => this.raw.propose(text, explain === true))) as DeskEvent[];
  }

  /** Text for text, as the contract has it. */
  handleJson(command: string): string {
    return this.call(() => this.raw.handle(textOf(command, "$")));
  }

  /** Text for text, as the contract has it. */
  handleExplainedJson(command: string): string {
    return this.call(() => this.raw.handle_explained(textOf(command, "$")));
  }

  #written(command: AnyCommand | string): string {
    if (typeof command !== "object" || command === null) return jsonText(command);
    const { at, until, duration } = command as { at?: Instant; until?: Instant; duration?: Duration };
    if (!needsWriting(at) && !needsWriting(until) && !needsWriting(duration)) return jsonText(command);
    const written: Keys = { ...command };
    if (needsWriting(at)) written["at"] = this.text(at!);
    if (needsWriting(until)) written["until"] = this.text(until!, "until");
    if (needsWriting(duration)) written["duration"] = this.call(() => durationText(duration!, "duration"));
    return jsonText(written);
  }

  /** @internal */
  protected override command(type: string, keys: object, more: object = {}): DeskEvent[] {
    const named: Keys = { type, ...keys };
    const twice = Object.keys(objectOf(more, "$")).find((key) => Object.hasOwn(named, key));
    if (twice) throw problem("conflict", `${JSON.stringify(twice)} is said by the method already`, { path: `$.${twice}`, hint: "leave it out, or use handle" });
    return this.handle({ ...named, ...more } as unknown as AnyCommand);
  }

  /**
   * Lets time pass: all that falls due up to and including the instant. Where that is more than 100,000 events, it stops at the
   * last whole instant within them, and `isDue` says so: advance again.
   */
  advance(at: Instant): DeskEvent[] {
    return JSON.parse(this.call(() => this.raw.advance(this.millis(at)))) as DeskEvent[];
  }

  /**
   * Gives the desk another set of routing scripts, their texts by the names of their files; it counts from the next question on.
   * Where they have problems, the desk keeps the scripts it had.
   */
  setScripts(scripts: Scripts): void {
    this.call(() => this.raw.set_scripts(scriptsText(scripts)));
  }

  /** Whether something has fallen due by an instant that is still to be applied, as where an `advance` to it stopped. */
  isDue(at: Instant): boolean {
    return this.answer("is_due", { at: this.text(at) }) as unknown as boolean;
  }

  /** The next instant at which something falls due. */
  get nextWakeup(): Out<O> | null {
    return this.instant(this.answer("next_wakeup", {}));
  }

  /** The instant of the last event. */
  get now(): Out<O> | null {
    return this.instant(this.answer("now", {}));
  }

  /** Applies an event that this desk gave before: the document and its events, in order, make the desk again. */
  apply(event: DeskEvent | string): void {
    this.call(() => this.raw.apply(jsonText(event)));
  }

  /**
   * Throws where the events that were applied end within those of a command; `Desk.rebuild` asks it. The next command routes
   * what is on its way all the same.
   */
  checkComplete(): void {
    this.call(() => this.raw.check_complete());
  }

  /** The whole desk as text, to be stored. */
  snapshot(): string {
    return this.askJson('{"ask":"snapshot"}');
  }

  /** A desk in the same state, which goes its own way. */
  copy(): this {
    type Class = new (document: unknown, options?: DeskOptions<O>) => this;
    return new (this.constructor as Class)(new Held(this.call(() => this.raw.copy())), this.options);
  }

  /** The ids of those waiting, first to be served first. */
  queue(): string[] {
    return this.answer("queue", {}) as unknown as string[];
  }

  /** A conversation as it is now; null where there is none of that id. */
  conversation(conversation: string): ConversationView | null {
    return this.answer("conversation", { conversation }) as unknown as ConversationView | null;
  }

  /** The conversations that pass a filter, in the order of opening; all of them without one. */
  conversations(filter: ConversationFilter = {}): ConversationView[] {
    const asked = { filter: optionsOf(filter, CONVERSATIONS, "$.filter") };
    return this.answer("conversations", asked) as unknown as ConversationView[];
  }

  /** A row for each agent: status, load, how many they hold. */
  table(at: Instant, filter: Filter = {}): Row<Out<O>>[] {
    const asked = { at: this.text(at), filter: optionsOf(filter, FILTER, "$.filter") };
    const rows = this.answer("table", asked) as unknown as Row<string>[];
    return rows.map((row) => ({ ...row, since: this.instant(row.since), until: this.instant(row.until) }));
  }

  /** How an agent is shown in a conversation: in those they hold as available. */
  shownIn(conversation: string, agent: string, at: Instant): State {
    return this.answer("shown_in", { conversation, agent, at: this.text(at) }) as unknown as State;
  }

  /** For every step that may take a conversation: who is considered, and why the others are not. */
  why(conversation: string): StepConsidered[] {
    return this.answer("why", { conversation }) as unknown as StepConsidered[];
  }

  /** The events of a conversation in plain sentences; best of `handleExplained`, all of them in their order. */
  story(conversation: string, events: readonly DeskEvent[], timeZone?: string): StoryLine[] {
    const zone = timeZone === undefined ? {} : { time_zone: timeZone };
    return this.answer("story", { conversation, events, ...zone }) as unknown as StoryLine[];
  }

  /** The document as it is now. */
  document(): DeskDocument {
    return this.answer("document", {}) as unknown as DeskDocument;
  }

  /** What the document as it is now says but cannot mean, and what its scripts say: see the function `warnings`. */
  warnings(): Problem[] {
    return this.answer("warnings", {}) as unknown as Problem[];
  }

  /** The document as it is now, with single absences instead of repeated ones: what `frontdesk/preview` reads. */
  flatten(range: { readonly start: Instant; readonly end: Instant }): DeskDocument {
    const [start, end] = this.range(range);
    return JSON.parse(this.call(() => this.raw.flatten(start, end))) as DeskDocument;
  }

  /**
   * Reads the absences of an agent from a calendar: iCalendar, or the JSON of Google or Microsoft. What it would change is
   * told, and nothing is changed: `setOutOfOffice(agent, reading.changes.out_of_office, { at })` does.
   */
  readAbsences(agent: string, calendar: Calendar, options: AbsenceOptions = {}): CalendarReading {
    const { name, away } = optionsOf(options, { name: "text", away: "object" }, "$.options");
    const id = textOf(agent, "$.agent");
    return JSON.parse(this.call(() => this.raw.read_calendar(id, bytesOf(calendar), name, awayText(away)))) as CalendarReading;
  }

  /** Reads the working hours of an agent from a calendar of availability (RFC 7953). */
  readHours(agent: string, calendar: Calendar): HoursReading {
    return JSON.parse(this.call(() => this.raw.read_hours(textOf(agent, "$.agent"), bytesOf(calendar)))) as HoursReading;
  }

  /** The absences of an agent as iCalendar, written at an instant. */
  writeAbsences(agent: string, at: Instant): string {
    return this.call(() => this.raw.write_calendar(textOf(agent, "$.agent"), this.millis(at)));
  }

  /** The working hours of an agent as iCalendar (RFC 7953), written at an instant. */
  writeHours(agent: string, at: Instant): string {
    return this.call(() => this.raw.write_hours(textOf(agent, "$.agent"), this.millis(at)));
  }

  /** When an agent is free and busy over a range, as iCalendar, written at an instant. */
  writeFreeBusy(agent: string, range: { readonly start: Instant; readonly end: Instant }, at: Instant): string {
    const [start, end] = this.range(range);
    return this.call(() => this.raw.write_free_busy(textOf(agent, "$.agent"), start, end, this.millis(at)));
  }
}

/** The JSON text of scripts: a list of file names and texts. */
export function scriptsText(scripts: Scripts): string {
  const entries = Object.entries(objectOf(scripts, "$.scripts"));
  return jsonText(entries.map(([file, text]) => [file, textOf(text, `$.scripts[${JSON.stringify(file)}]`)]));
}

/** The JSON text of what counts as being away. */
export function awayText(away: Away | undefined): string | undefined {
  if (away === undefined) return undefined;
  const { shown_as, categories, summaries, emails } = optionsOf(away, { shown_as: "any", categories: "texts", summaries: "texts", emails: "texts" }, "$.options.away");
  return jsonText({ shown_as, categories, summaries, emails });
}

/** Whether it is not a text yet; what is not an instant at all is told by the reader. */
function needsWriting(at: unknown): boolean {
  return typeof at === "number" || (typeof at === "object" && at !== null);
}
