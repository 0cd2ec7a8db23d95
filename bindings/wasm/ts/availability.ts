/** Questions about availability: the common part of `frontdesk/preview` and `frontdesk`. */

import type { PublishedAvailability, Reason, State, Shown, VisitorState } from "./contract.js";
import { asError, problem } from "./error.js";
import { optionsOf, textOf, type Shape } from "./given.js";
import type { Glue } from "./glue.js";
import { type Duration, type Instant, type Make, type Out, type Output, durationMillis, durationText, maker, millis, text } from "./instant.js";
import type { RawDesk } from "./raw.js";
import { Spans } from "./spans.js";

/** Options of a desk. */
export interface DeskOptions<O extends Output> {
  /** The form of instants in answers: `"date"` (the default), `"temporal"`, `"epoch"` (milliseconds since 1970) or `"iso"`. */
  readonly instants?: O;
}

/** The status of an agent. `since` and `until` are null if there is no bound, or none is known. */
export interface Status<I = Date> {
  state: State;
  reason: Reason;
  since: I | null;
  until: I | null;
  /** The status of the document that was set, if it was one of these. */
  status?: string;
  /** The agent who set it. */
  by?: string;
  /** The note of the status or absence. */
  note?: string;
}

/** A period of a schedule. */
export interface Period<I = Date> {
  start: I;
  end: I;
  state: State;
  reason: Reason;
}

/** A span with the same number of available agents. */
export interface Coverage<I = Date> {
  start: I;
  end: I;
  available: number;
}

/** A step of a range: the number of available agents at its start, and the lowest number at any time in it. */
export interface CoverageStep<I = Date> extends Coverage<I> {
  least: number;
}

/** A span with the same available agents, in document order. */
export interface Staffed<I = Date> extends Coverage<I> {
  agents: string[];
}

/** A step of a range: the available agents at its start, and their lowest number at any time in it. */
export interface StaffedStep<I = Date> extends Staffed<I> {
  least: number;
}

/** The view of a visitor of a channel. */
export interface VisitorView<I = Date> {
  state: VisitorState;
  message?: string;
  reply_time?: string;
  /** The language of these texts, if the document gives them by language. */
  language?: string;
  until: I | null;
  opens_at?: I;
  shows?: Shown;
}

/** A range of time; the end is not included. */
export interface Range {
  readonly start: Instant;
  readonly end: Instant;
}

/** The agents of a question: all, those of a team (with its extra members), or those with access to an inbox. */
export type Scope =
  | { readonly team?: undefined; readonly inbox?: undefined }
  | { readonly team: string; readonly extra?: boolean; readonly inbox?: undefined }
  | { readonly inbox: string; readonly team?: undefined };

/** The schedule of working time: an agent's, a team's (at least one agent works), or the office hours of a channel. */
export type HoursOf =
  | { readonly agent: string; readonly team?: undefined; readonly inbox?: undefined }
  | { readonly team: string; readonly agent?: undefined; readonly inbox?: undefined }
  | { readonly inbox: string; readonly channel: string; readonly agent?: undefined; readonly team?: undefined };

/** Working days: the same time on the wall clock, so many dates with hours later or earlier; or the end of their hours. */
export interface WorkingDays {
  /** The number of dates that have hours. */
  readonly working_days: number;
  /** `true` for the end of the hours of the date. */
  readonly end_of_day?: boolean;
}

/** The visitor of a channel, as far as known. */
export interface Visitor {
  /** The id of the visitor, used to choose the agents shown, and to find the one who last held a conversation of theirs. */
  readonly id?: string;
  /** The agent who looks after them. */
  readonly owner?: string;
  /** `true` if the visitor was recognised: without `owner`, nobody looks after them. */
  readonly known?: boolean;
}

const RANGE: Shape = { start: "any", end: "any" };
const SCOPE: Shape = { team: "text", extra: "boolean", inbox: "text" };
const WORKING_DAYS: Shape = { working_days: "any", end_of_day: "boolean" };
const HOURS_OF: Shape = { agent: "text", team: "text", inbox: "text", channel: "text" };

type Answer = Record<string, unknown>;

/** A desk for questions about availability. */
export abstract class AvailabilityDesk<O extends Output, Raw extends RawDesk = RawDesk> {
  readonly #glue: Glue<Raw>;
  readonly #memory: () => WebAssembly.Memory;
  readonly #numbers = new Map<string, number>();
  readonly #reasons: readonly Reason[];
  protected readonly options: DeskOptions<O>;
  protected readonly make: Make<O>;
  #raw: Raw | undefined;
  #answer = new Float64Array(0);

  /** @internal */
  constructor(glue: Glue<Raw>, memory: () => WebAssembly.Memory, document: unknown, options: DeskOptions<O> = {}) {
    this.#glue = glue;
    this.#memory = memory;
    memory();
    this.options = options;
    this.make = maker<O>(options.instants ?? ("date" as O));
    this.make(0);
    this.#reasons = glue.reasons().split("\n") as Reason[];
    this.#raw = document instanceof Held ? (document.raw as Raw) : this.call(() => new glue.RawDesk(jsonText(document)));
  }

  /** @internal The desk in the module; throws after `free`. */
  protected get raw(): Raw {
    if (!this.#raw) throw problem("freed", "this desk was freed");
    return this.#raw;
  }

  /** @internal */
  protected call<T>(operation: () => T): T {
    try {
      return operation();
    } catch (thrown) {
      throw asError(thrown);
    }
  }

  /** @internal */
  protected millis(at: Instant, key = "at"): number {
    return this.call(() => millis(at, key, this.#glue));
  }

  /** @internal */
  protected text(at: Instant, key = "at"): string {
    return this.call(() => text(at, key, this.#glue));
  }

  /** Frees the memory of the desk at once. It cannot be used afterwards. A forgotten desk is garbage-collected. */
  free(): void {
    this.#raw?.free();
    this.#raw = undefined;
  }

  /** Returns the availability of an agent at an instant. */
  status(agent: string, at: Instant): Status<Out<O>> {
    const number = this.#numbers.get(agent) ?? this.#numberOf(agent);
    if (number === undefined || typeof at === "string") return this.#statusInText(agent, at);
    const raw = this.raw;
    const given = typeof at === "number" ? at : at instanceof Date ? at.getTime() : this.millis(at);
    if (!raw.status(number, given)) return this.#statusInText(agent, at);
    // The memory has grown, so the old view is detached.
    const answer = this.#answer.length > 0 ? this.#answer : this.#look(raw);
    const reason = answer[0]!, since = answer[1]!, until = answer[2]!;
    return {
      state: reason < AVAILABLE_REASONS ? "available" : "away",
      reason: this.#reasons[reason]!,
      since: since === since ? this.make(since) : null,
      until: until === until ? this.make(until) : null,
    };
  }

  #look(raw: Raw): Float64Array {
    this.#answer = new Float64Array(this.#memory().buffer, raw.answer(), 3);
    return this.#answer;
  }

  #numberOf(agent: string): number | undefined {
    if (typeof agent !== "string") return undefined;
    const number = this.call(() => this.raw.number(agent));
    if (number !== undefined) this.#numbers.set(agent, number);
    return number;
  }

  #statusInText(agent: string, at: Instant): Status<Out<O>> {
    const status = this.answer("status", { agent, at: this.text(at) }) as unknown as Status<string>;
    return { ...status, since: this.instant(status.since), until: this.instant(status.until) };
  }

  /** Returns the next instant at which the state or reason of an agent changes. */
  nextChange(agent: string, at: Instant): Out<O> | null {
    return this.instant(this.answer("next_change", { agent, at: this.text(at) }));
  }

  /** Returns the first instant from `at` on at which an agent is available. */
  nextAvailable(agent: string, at: Instant): Out<O> | null {
    return this.instant(this.answer("next_available", { agent, at: this.text(at) }));
  }

  /** Returns the periods of an agent over a range, which they cover without gaps. */
  schedule(agent: string, range: Range): Spans<Period<Out<O>>> {
    const [start, end] = this.range(range);
    const numbers = this.call(() => this.raw.schedule(textOf(agent, "$.agent"), start, end));
    return new Spans(numbers, (start, end, reason) => ({
      start: this.make(start), end: this.make(end),
      state: reason < AVAILABLE_REASONS ? "available" : "away", reason: this.#reasons[reason]!,
    }));
  }

  /** Returns the zone of an agent. */
  zoneOf(agent: string): string {
    return this.answer("zone_of", { agent }) as unknown as string;
  }

  /** Returns the ids of the agents available at an instant, in document order. */
  available(at: Instant, scope: Scope = {}): string[] {
    return this.answer("available", { at: this.text(at), ...optionsOf(scope, SCOPE) }) as unknown as string[];
  }

  /** Returns the number of available agents over a range, in exact spans that cover it. */
  coverage(range: Range, scope: Scope = {}): Spans<Coverage<Out<O>>> {
    const [start, end] = this.range(range);
    const [kind, id] = scopeOf(scope);
    const numbers = this.call(() => this.raw.coverage(kind, id, start, end));
    return new Spans(numbers, (start, end, available) => ({ start: this.make(start), end: this.make(end), available }));
  }

  /** Returns the number of available agents over a range, in steps of a length. */
  coverageSteps(range: Range, step: Duration, scope: Scope = {}): CoverageStep<Out<O>>[] {
    const asked = { ...this.#texts(range), step: durationText(step, "step"), ...optionsOf(scope, SCOPE) };
    const steps = this.answer("coverage_steps", asked) as unknown as CoverageStep<string>[];
    return steps.map((it) => ({ ...it, start: this.instant(it.start)!, end: this.instant(it.end)! }));
  }

  /** Returns the available agents over a range, in exact spans that cover it; a new span begins whenever one of them changes. */
  staffing(range: Range, scope: Scope = {}): Staffed<Out<O>>[] {
    const asked = { ...this.#texts(range), ...optionsOf(scope, SCOPE), who: true };
    return this.#rows(this.answer("coverage", asked) as unknown as Staffed<string>[]);
  }

  /** Returns the available agents at the start of each step of a range. */
  staffingSteps(range: Range, step: Duration, scope: Scope = {}): StaffedStep<Out<O>>[] {
    const asked = { ...this.#texts(range), step: durationText(step, "step"), ...optionsOf(scope, SCOPE), who: true };
    return this.#rows(this.answer("coverage_steps", asked) as unknown as StaffedStep<string>[]);
  }

  #rows<T extends { start: string; end: string }>(rows: T[]): (Omit<T, "start" | "end"> & { start: Out<O>; end: Out<O> })[] {
    return rows.map((it) => ({ ...it, start: this.instant(it.start)!, end: this.instant(it.end)! }));
  }

  /** Returns the number of available main members over a range, by team. */
  coverageByTeam(range: Range): Map<string, Spans<Coverage<Out<O>>>> {
    const teams = this.raw.teams().split("\n").filter(Boolean);
    return new Map(teams.map((team) => [team, this.coverage(range, { team })]));
  }

  /** Returns the working time between two instants, in milliseconds. */
  workingTime(range: Range, of: HoursOf): number {
    const asked = { ...this.#texts(range), ...optionsOf(of, HOURS_OF) };
    return durationMillis(this.answer("working_time", asked) as unknown as string);
  }

  /** Returns the instant at which this much working time has passed since `at`. */
  after(at: Instant, time: Duration | WorkingDays, of: HoursOf): Out<O> | null {
    return this.instant(this.answer("after", { at: this.text(at), time: amountOf(time), ...optionsOf(of, HOURS_OF) }));
  }

  /** Returns the latest instant from which this much working time passes until `at`. */
  before(at: Instant, time: Duration | WorkingDays, of: HoursOf): Out<O> | null {
    return this.instant(this.answer("before", { at: this.text(at), time: amountOf(time), ...optionsOf(of, HOURS_OF) }));
  }

  /**
   * Returns the view of a visitor of a channel at an instant. Texts by language are those of the first `language` that
   * exists, if need be without its last parts (`sv-FI`, then `sv`); if there is none, the first text.
   */
  visitor(asked: { readonly inbox: string; readonly channel: string; readonly at: Instant; readonly visitor?: Visitor; readonly language?: string | readonly string[] }): VisitorView<Out<O>> {
    const given = optionsOf(asked, { inbox: "text", channel: "text", at: "any", visitor: "object", language: "any" });
    const view = this.answer("visitor", { ...given, at: this.text(given.at) }) as unknown as VisitorView<string>;
    const { opens_at, until, ...rest } = view;
    return { ...rest, until: this.instant(until), ...(opens_at === undefined ? {} : { opens_at: this.instant(opens_at)! }) };
  }

  /** Returns the availability of an inbox for a public page, from an instant on, over up to 366 days. */
  publish(asked: { readonly inbox: string; readonly from: Instant; readonly days: number }): PublishedAvailability {
    const given = optionsOf(asked, { inbox: "text", from: "any", days: "any" });
    return this.answer("publish", { ...given, from: this.text(given.from, "from") }) as unknown as PublishedAvailability;
  }

  /** Answers any question of the contract; instants in the answer are text. */
  ask(question: { readonly ask: string; readonly [key: string]: unknown }): unknown {
    return JSON.parse(this.askJson(jsonText(question)));
  }

  /** Answers any question of the contract; both are JSON text. */
  askJson(question: string): string {
    return this.call(() => this.raw.ask(textOf(question, "$")));
  }

  /** @internal */
  protected answer(ask: string, keys: Answer): Answer {
    return JSON.parse(this.askJson(jsonText({ ask, ...keys }))) as Answer;
  }

  /** @internal Reads an instant of an answer. */
  protected instant(written: unknown): Out<O> | null {
    return typeof written === "string" ? this.make(Date.parse(written)) : null;
  }

  /** @internal */
  protected range(range: Range): [number, number] {
    const { start, end } = optionsOf(range, RANGE);
    return [this.millis(start, "start"), this.millis(end, "end")];
  }

  #texts(range: Range): { start: string; end: string } {
    const { start, end } = optionsOf(range, RANGE);
    return { start: this.text(start, "start"), end: this.text(end, "end") };
  }
}

/** The number of reasons of `available`, which come first. */
const AVAILABLE_REASONS = 3;

/** A desk that exists already. @internal */
export class Held {
  constructor(readonly raw: RawDesk) {}
}

/** Returns a scope as the module takes it: its kind, and its id. */
function scopeOf(scope: Scope): [kind: number, id: string] {
  const { team, inbox, extra } = optionsOf(scope, SCOPE) as { team?: string; inbox?: string; extra?: boolean };
  if (team !== undefined && inbox !== undefined) throw problem("conflict", "ask either for a \"team\" or for an \"inbox\"");
  if (team === undefined && extra) throw problem("conflict", "\"extra\" belongs to a \"team\"");
  if (inbox !== undefined) return [3, inbox];
  return team === undefined ? [0, ""] : [extra ? 2 : 1, team];
}

/** Returns a value as JSON text; text is returned unchanged. */
export function jsonText(value: unknown): string {
  if (typeof value === "string") return value;
  try {
    return JSON.stringify(value) ?? "null";
  } catch (cause) {
    throw problem("invalid_json", `this cannot be written as JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

// With `using`, a desk is freed at the end of its block.
const dispose = (Symbol as { readonly dispose?: symbol }).dispose;
if (dispose) {
  Object.defineProperty(AvailabilityDesk.prototype, dispose, { value(this: { free(): void }) { this.free(); }, configurable: true, writable: true });
}

/** Returns an amount of working time as a question has it. */
function amountOf(time: Duration | WorkingDays): string | WorkingDays {
  const isDays = typeof time === "object" && time !== null && "working_days" in time;
  return isDays ? (optionsOf(time as WorkingDays, WORKING_DAYS, "$.time")) : durationText(time as Duration, "time");
}
