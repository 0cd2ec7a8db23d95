/** The desk as a machine: commands in, events out. */

import { Held, jsonText, type DeskOptions, type Status } from "./availability.js";
import { bytesOf, type AbsenceOptions, type Away, type Calendar, type CalendarReading, type HoursReading } from "./calendar.js";
import { Commands } from "./commands.js";
import type { Command, DeskDocument, DeskEvent, Filter, State, View, ViewSort, Whereabouts } from "./contract.js";
import { problem } from "./error.js";
import { objectOf, optionsOf, textOf, type Shape } from "./given.js";
import type { Glue } from "./glue.js";
import type { Problem } from "./error.js";
import { durationText, type Duration, type Instant, type Out, type Output } from "./instant.js";
import type { RawMachine } from "./raw.js";
import type { AgentInboxes, AgentRow, CommandTurn, ConversationView, May, StepConsidered, StoryLine, Turn } from "./views.js";

/** A command with instants and durations in any accepted form. */
export type AnyCommand = Command extends infer C ? (C extends { at: string } ? Loose<C> : never) : never;

type Loose<C> = { [K in keyof C]: K extends "at" | "until" ? Instant : K extends "duration" ? Duration : C[K] };

/** Routing scripts in Rhai: their texts by the names of their files, such as `vip_first.rhai`. */
export type Scripts = Readonly<Record<string, string>>;

/** Options for proposing a command. */
export interface ProposeOptions {
  /** Note in every decision who was considered. */
  readonly explain?: boolean;
}

/** A span of which either side may be open. */
export interface Between {
  readonly start?: Instant;
  readonly end?: Instant;
}

/** The filter of a list of conversations. */
export interface ConversationFilter {
  /** Only those in one of these states. */
  readonly state?: Whereabouts | readonly Whereabouts[];
  /** Only those in none of these states, such as `["spam", "trash"]`. */
  readonly hide?: readonly Whereabouts[];
  readonly inbox?: string;
  /** Only those in this channel; of any inbox if `inbox` is absent. */
  readonly channel?: string;
  /** Only those of channels of this kind. */
  readonly kind?: string;
  /**
   * Only those held by this agent, or offered to them; while nobody holds them, those that this agent last held, also one who was
   * deactivated or removed since.
   */
  readonly agent?: string;
  /** Only those given to this team, or distributed among its members. */
  readonly team?: string;
  /** Only those that this bot has. */
  readonly bot?: string;
  /** Only those of the contact with this id. */
  readonly contact?: string;
  /** Tests of their details, as in rules: `{"priority": {"at_least": 5}}`. */
  readonly match?: { readonly [path: string]: unknown };
  /** Only those opened in this span. */
  readonly opened?: Between;
  /** Only those whose last message was written in this span. */
  readonly last_message?: Between;
}

/** A request for a page of a view. */
export interface ViewRequest {
  /** Any conversation if absent. */
  readonly view?: View;
  /** The agent who looks, who is shown the inboxes that they see; the whole desk if absent. */
  readonly by?: string;
  /** What else has to match. */
  readonly filter?: ConversationFilter;
  /** The order; `"newest"` if absent. */
  readonly sort?: ViewSort;
  /** The most conversations on the page, up to 1,000; 50 if absent. */
  readonly limit?: number;
  /** The `next` of the page before. */
  readonly after?: string;
}

/** A page of a view. */
export interface ViewPage {
  readonly conversations: readonly ConversationView[];
  /** The cursor of the next page; absent on the last. */
  readonly next?: string;
  /** How many conversations were looked at, which is the cost of the filter. */
  readonly examined: number;
}

/** The number of conversations in each view; `mine` only where an agent looks. */
export type ViewCounts = { readonly [V in Exclude<View, "mine">]: number } & { readonly mine?: number };

/** The filter of the queue. */
export interface QueueFilter {
  readonly inbox?: string;
  /** Only those in this channel; of any inbox if `inbox` is absent. */
  readonly channel?: string;
  /** Only those that a main or extra member of this team may take. */
  readonly team?: string;
  /** Only those that this agent may take. */
  readonly agent?: string;
}

/** The place of a waiting conversation among those that it competes with. */
export interface PlaceInQueue {
  /** From 1: how many are served before it, and itself. */
  readonly place: number;
  /** How many they are, and itself. */
  readonly of: number;
}

/** A row of a table. */
export type Row<I> = Omit<AgentRow, keyof Status> & Status<I>;

type Keys = Record<string, unknown>;

const CONVERSATIONS: Shape = { state: "any", hide: "any", inbox: "text", channel: "text", kind: "text", agent: "text", team: "text", bot: "text", contact: "text", match: "object", opened: "object", last_message: "object" };
const VIEW: Shape = { view: "text", by: "text", filter: "object", sort: "text", limit: "any", after: "text" };
const COUNTS: Shape = { by: "text", inbox: "text" };
const QUEUE: Shape = { inbox: "text", channel: "text", team: "text", agent: "text" };
const PROPOSE: Shape = { explain: "boolean" };
const FILTER: Shape = { state: "text", team: "text", inbox: "text", skill: "text" };

/** The keys of an answer to `may` that are instants. */
const INSTANTS = new Set(["until", "automated", "person"]);

/** A desk: its agents, the conversations they hold, and the queue. It has no clock: every command names its instant. */
export abstract class MachineDesk<O extends Output> extends Commands<O> {
  /** @internal */
  constructor(glue: Glue<RawMachine>, memory: () => WebAssembly.Memory, document: unknown, options?: DeskOptions<O>) {
    super(glue, memory, document, options);
  }

  /** Runs a command, given as an object or as JSON text; returns the events. */
  handle(command: AnyCommand | string): DeskEvent[] {
    return JSON.parse(this.handleJson(this.#written(command))) as DeskEvent[];
  }

  /** Runs a command as `handle` does, and records in every decision who was considered. */
  handleExplained(command: AnyCommand | string): DeskEvent[] {
    return JSON.parse(this.handleExplainedJson(this.#written(command))) as DeskEvent[];
  }

  /**
   * Returns the turn that a command would be now; the desk stays as it is. Store it, then `apply` it: so nothing is carried out
   * that is not stored. A turn without a number (`turn`) is not to be stored: the command was refused, or gave nothing.
   */
  propose(command: AnyCommand | string, options: ProposeOptions = {}): CommandTurn {
    const { explain } = optionsOf(options, PROPOSE, "$.options");
    const text = textOf(this.#written(command), "$");
    return JSON.parse(this.call(() => this.raw.propose(text, explain === true))) as CommandTurn;
  }

  /**
   * Returns whether a command is allowed now, and if not, the refusal that it would get; the desk stays as it is. For a reply or a
   * message also when the windows for replies close, and for an `assign` with `or_substitute` who takes it.
   */
  may(command: AnyCommand | string): May<Out<O>> {
    const text = textOf(this.#written(command), "$");
    return this.#inInstants(JSON.parse(this.call(() => this.raw.may(text))) as Keys) as unknown as May<Out<O>>;
  }

  /** Converts the instants of an answer to `may`; its keys keep their order. */
  #inInstants(keys: Keys): Keys {
    const converted = Object.entries(keys).map(([key, value]) => {
      if (key === "reply_window") return [key, this.#inInstants(value as Keys)];
      return [key, INSTANTS.has(key) ? this.instant(value) : value];
    });
    return Object.fromEntries(converted) as Keys;
  }

  /** Text for text, as the contract has it. */
  handleJson(command: string): string {
    return this.call(() => this.raw.handle(textOf(command, "$")));
  }

  /** Runs a command as `handleExplained` does; both are JSON text. */
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
   * Advances to an instant, and applies all events due up to and including it. If more than 100,000 are due, it stops after
   * the last complete instant, and `isDue` returns true: advance again.
   */
  advance(at: Instant): DeskEvent[] {
    return JSON.parse(this.call(() => this.raw.advance(this.millis(at)))) as DeskEvent[];
  }

  /**
   * Replaces the routing scripts of the desk, given by file name; they apply from the next question or command on. If they
   * have problems, the desk keeps the old ones.
   */
  setScripts(scripts: Scripts): void {
    this.call(() => this.raw.set_scripts(scriptsText(scripts)));
  }

  /** Returns true if an event is due by an instant and not applied yet, as after an `advance` that stopped early. */
  isDue(at: Instant): boolean {
    return this.answer("is_due", { at: this.text(at) }) as unknown as boolean;
  }

  /** The instant of the next due event. */
  get nextWakeup(): Out<O> | null {
    return this.instant(this.answer("next_wakeup", {}));
  }

  /** The instant of the last event. */
  get now(): Out<O> | null {
    return this.instant(this.answer("now", {}));
  }

  /** The number of the last turn; 0 while no log of turns has begun. */
  get turn(): number {
    return this.answer("turn", {}) as unknown as number;
  }

  /**
   * Applies a turn, whole or not at all: the next one, as an object or as JSON text. Nothing is decided again. The first turn
   * changes nothing: its document has to be that of the desk. Also applies one event of a log from before there were turns.
   */
  apply(logged: Turn | DeskEvent | string): void {
    const text = jsonText(logged);
    this.call(() => (isTurn(logged) ? this.raw.apply_turn(text) : this.raw.apply(text)));
  }

  /**
   * Throws if events that were applied one by one end within those of a command. The next command routes pending
   * conversations all the same.
   */
  checkComplete(): void {
    this.call(() => this.raw.check_complete());
  }

  /** Returns the whole desk as text, to be stored. */
  snapshot(): string {
    return this.askJson('{"ask":"snapshot"}');
  }

  /** Returns an independent copy of the desk. */
  copy(): this {
    type Class = new (document: unknown, options?: DeskOptions<O>) => this;
    return new (this.constructor as Class)(new Held(this.call(() => this.raw.copy())), this.options);
  }

  /**
   * Returns the ids of the waiting conversations in the order of the queue: all, or those of a channel, and those that an agent,
   * or a member of a team, may take by a step that they have reached, whatever they hold now.
   */
  queue(filter: QueueFilter = {}): string[] {
    return this.answer("queue", { ...optionsOf(filter, QUEUE) }) as unknown as string[];
  }

  /**
   * Returns the place of a conversation among those that it competes with, which are those that one of the agents who may take it
   * may take, too; null if it does not wait.
   */
  place(conversation: string): PlaceInQueue | null {
    return this.answer("place", { conversation }) as unknown as PlaceInQueue | null;
  }

  /** Returns the current state of a conversation; null if there is none of this id. */
  conversation(conversation: string): ConversationView | null {
    return this.answer("conversation", { conversation }) as unknown as ConversationView | null;
  }

  /** Returns the conversations that match a filter, in the order of opening; all of them without a filter. */
  conversations(filter: ConversationFilter = {}): ConversationView[] {
    return this.answer("conversations", { filter: this.#filter(filter) }) as unknown as ConversationView[];
  }

  /**
   * Returns a page of a standard view, or of all conversations. Its `next` asks for the page behind it, as `after`, while
   * conversations come and go: sorted by opening, nothing comes twice and nothing is left out that stays in the view. Sorted by
   * the last message, nothing comes twice but what gets a message in the very instant of the first page; what gets one later
   * stands on a new first page.
   */
  view(request: ViewRequest = {}): ViewPage {
    const { filter, ...asked } = optionsOf(request, VIEW, "$");
    return this.answer("view", { ...asked, filter: this.#filter(filter ?? {}) }) as unknown as ViewPage;
  }

  /** Returns how many conversations each standard view has: in an inbox, or in all that the agent sees. */
  viewCounts(options: { readonly by?: string; readonly inbox?: string } = {}): ViewCounts {
    return this.answer("view_counts", { ...optionsOf(options, COUNTS, "$") }) as unknown as ViewCounts;
  }

  #filter(filter: ConversationFilter): Keys {
    const { opened, last_message, ...rest } = optionsOf(filter, CONVERSATIONS, "$.filter");
    const written: Keys = { ...rest };
    if (opened) written["opened"] = this.#between(opened, "opened");
    if (last_message) written["last_message"] = this.#between(last_message, "last_message");
    return written;
  }

  #between(span: Between, key: string): Keys {
    const sides = optionsOf(span, { start: "any", end: "any" }, `$.filter.${key}`);
    return Object.fromEntries(Object.entries(sides).map(([side, at]) => [side, this.text(at as Instant, `filter.${key}.${side}`)]));
  }

  /**
   * Returns a row for each agent: status, load, number of conversations, and inboxes. The filter is an object, or the id of one of the
   * document's `table_filters`.
   */
  table(at: Instant, filter: Filter | string = {}): Row<Out<O>>[] {
    const asked = { at: this.text(at), filter: typeof filter === "string" ? filter : optionsOf(filter, FILTER, "$.filter") };
    const rows = this.answer("table", asked) as unknown as Row<string>[];
    return rows.map((row) => ({ ...row, since: this.instant(row.since), until: this.instant(row.until) }));
  }

  /**
   * Returns the inboxes that an agent has access to, and those that the agent sees. Agents may be told their own; those of others are
   * meant for agents with `manage_availability`, `account_access` or `super_admin`. A deactivated agent keeps both lists, and may act
   * in none of these inboxes.
   */
  inboxesOf(agent: string): AgentInboxes {
    return this.answer("inboxes_of", { agent }) as unknown as AgentInboxes;
  }

  /** Returns the state in which an agent is shown in a conversation: available in those they hold. */
  shownIn(conversation: string, agent: string, at: Instant): State {
    return this.answer("shown_in", { conversation, agent, at: this.text(at) }) as unknown as State;
  }

  /** Returns, for every step that may take a conversation, the agents whom it names, with the reasons against those who cannot take it, and the number of the others. */
  why(conversation: string): StepConsidered[] {
    return this.answer("why", { conversation }) as unknown as StepConsidered[];
  }

  /** Returns the story of a conversation in plain sentences. Pass all events in order, best those of `handleExplained`. */
  story(conversation: string, events: readonly DeskEvent[], timeZone?: string): StoryLine[] {
    const zone = timeZone === undefined ? {} : { time_zone: timeZone };
    return this.answer("story", { conversation, events, ...zone }) as unknown as StoryLine[];
  }

  /** Returns the current document. */
  document(): DeskDocument {
    return this.answer("document", {}) as unknown as DeskDocument;
  }

  /** Returns the warnings of the current document and its scripts: see the function `warnings`. */
  warnings(): Problem[] {
    return this.answer("warnings", {}) as unknown as Problem[];
  }

  /** Returns the current document with single absences in place of those that repeat, for `frontdesk/preview`. */
  flatten(range: { readonly start: Instant; readonly end: Instant }): DeskDocument {
    const [start, end] = this.range(range);
    return JSON.parse(this.call(() => this.raw.flatten(start, end))) as DeskDocument;
  }

  /**
   * Reads the absences of an agent from a calendar: iCalendar, or the JSON of Google or Microsoft. Returns the changes, but
   * does not make them: `setOutOfOffice(agent, reading.changes.out_of_office, { at })` does.
   */
  readAbsences(agent: string, calendar: Calendar, options: AbsenceOptions = {}): CalendarReading {
    const { name, away } = optionsOf(options, { name: "text", away: "object" }, "$.options");
    const id = textOf(agent, "$.agent");
    return JSON.parse(this.call(() => this.raw.read_calendar(id, bytesOf(calendar), name, awayText(away)))) as CalendarReading;
  }

  /** Reads the working hours of an agent from a `VAVAILABILITY` (RFC 7953). */
  readHours(agent: string, calendar: Calendar): HoursReading {
    return JSON.parse(this.call(() => this.raw.read_hours(textOf(agent, "$.agent"), bytesOf(calendar)))) as HoursReading;
  }

  /** Writes the absences of an agent as iCalendar; `at` is the instant of writing. */
  writeAbsences(agent: string, at: Instant): string {
    return this.call(() => this.raw.write_calendar(textOf(agent, "$.agent"), this.millis(at)));
  }

  /** Writes the working hours of an agent as iCalendar (RFC 7953); `at` is the instant of writing. */
  writeHours(agent: string, at: Instant): string {
    return this.call(() => this.raw.write_hours(textOf(agent, "$.agent"), this.millis(at)));
  }

  /** Writes the free/busy time of an agent over a range as iCalendar; `at` is the instant of writing. */
  writeFreeBusy(agent: string, range: { readonly start: Instant; readonly end: Instant }, at: Instant): string {
    const [start, end] = this.range(range);
    return this.call(() => this.raw.write_free_busy(textOf(agent, "$.agent"), start, end, this.millis(at)));
  }
}

/** Returns the JSON text of scripts: a list of file names and texts. */
export function scriptsText(scripts: Scripts): string {
  const entries = Object.entries(objectOf(scripts, "$.scripts"));
  return jsonText(entries.map(([file, text]) => [file, textOf(text, `$.scripts[${JSON.stringify(file)}]`)]));
}

/** Returns the JSON text of the options of being away. */
export function awayText(away: Away | undefined): string | undefined {
  if (away === undefined) return undefined;
  const { shown_as, categories, summaries, emails } = optionsOf(away, { shown_as: "any", categories: "texts", summaries: "texts", emails: "texts" }, "$.options.away");
  return jsonText({ shown_as, categories, summaries, emails });
}

/** Returns true if an instant has to be converted to text. Values that are not instants are left to the reader. */
function needsWriting(at: unknown): boolean {
  return typeof at === "number" || (typeof at === "object" && at !== null);
}

/** Returns true for a turn, and for text that is cut short: an event has a type. */
function isTurn(logged: unknown): boolean {
  if (typeof logged !== "string") return typeof logged === "object" && logged !== null && !Array.isArray(logged) && !("type" in logged);
  try {
    return isTurn(JSON.parse(logged));
  } catch {
    return true;
  }
}
