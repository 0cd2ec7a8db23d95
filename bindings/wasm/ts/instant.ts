/** Instants and durations: reading and writing. */

import { problem } from "./error.js";
import type { Glue } from "./glue.js";

/** `Temporal.Instant`, if its types exist; otherwise the part of it that is used here. */
export type TemporalInstant = typeof globalThis extends { Temporal: { Instant: { readonly prototype: infer I } } }
  ? I
  : { readonly epochMilliseconds: number; readonly epochNanoseconds: bigint; toString(): string };

/** The part of `Temporal.Duration` that is used here: days and smaller units, as a month has no fixed length. */
export interface TemporalDuration {
  total(unit: "milliseconds"): number;
}

/**
 * An instant: a `Date`, milliseconds since 1970, RFC 3339 text with an offset, or a `Temporal.Instant` or
 * `Temporal.ZonedDateTime`, native or from a polyfill.
 */
export type Instant = Date | number | string | { readonly epochMilliseconds: number };

/** A duration: milliseconds, text such as `"1h30m"`, or a `Temporal.Duration`. */
export type Duration = number | string | TemporalDuration;

/** The form of instants in answers; `"temporal"` requires the language or a global polyfill to have it. */
export type Output = "date" | "temporal" | "epoch" | "iso";

/** An instant in an answer. */
export type Out<O extends Output> = O extends "date" ? Date : O extends "epoch" ? number : O extends "iso" ? string : TemporalInstant;

/** Creates an instant from milliseconds since 1970. */
export type Make<O extends Output> = (millis: number) => Out<O>;

const FIRST = 946_684_800_000;
const END = 7_258_118_400_000;

/** Returns the function that creates instants of a form. */
export function maker<O extends Output>(output: O): Make<O> {
  const all = makers();
  if (Object.hasOwn(all, output)) return all[output] as Make<O>;
  const names = Object.keys(all).join(", ");
  throw problem("invalid_value", `${JSON.stringify(output)} is none of ${names}`, { path: "$.options.instants" });
}

function makers(): { [O in Output]: Make<O> } {
  return {
    date: (millis) => new Date(millis),
    epoch: (millis) => millis,
    iso: (millis) => new Date(millis).toISOString(),
    temporal: temporal(),
  };
}

function temporal(): Make<"temporal"> {
  type Global = { Temporal?: { Instant: { fromEpochMilliseconds(millis: number): TemporalInstant } } };
  const Instant = (globalThis as unknown as Global).Temporal?.Instant;
  return (millis) => {
    if (!Instant) throw problem("unsupported_feature", "Temporal is not there: ask for instants as \"date\", \"epoch\" or \"iso\"");
    return Instant.fromEpochMilliseconds(millis);
  };
}

/** Returns an instant in whole milliseconds since 1970; the module reads text. */
export function millis(at: Instant, key: string, glue: Glue): number {
  if (typeof at === "string") return glue.instant(at);
  const given = typeof at === "number" ? at : at instanceof Date ? at.getTime() : (at as { epochMilliseconds?: unknown } | null)?.epochMilliseconds;
  if (typeof given !== "number" || Number.isNaN(given)) {
    throw problem("invalid_time", "this is not an instant", {
      path: `$.${key}`, hint: "give a Date, milliseconds since 1970, or text such as 2026-11-20T09:00:00Z",
    });
  }
  if (!(given >= FIRST && given <= END)) {
    throw problem("out_of_range", "the instant lies outside 2000-01-01 up to 2200-01-01", { path: `$.${key}` });
  }
  return Math.floor(given);
}

/** Returns an instant as text; text is returned unchanged, and read with the rest of the command. */
export function text(at: Instant, key: string, glue: Glue): string {
  return typeof at === "string" ? at : new Date(millis(at, key, glue)).toISOString();
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Returns a duration as text, without milliseconds if it is whole seconds. */
export function durationText(time: Duration, key: string): string {
  if (typeof time === "string") return time;
  if (typeof time === "object" && typeof time?.total === "function") return durationText(total(time, key), key);
  if (typeof time !== "number" || !Number.isSafeInteger(time) || time < 0) {
    throw noDuration(key);
  }
  return time % 1_000 === 0 ? `${time / 1_000}s` : `${Math.floor(time / 1_000)}s${time % 1_000}ms`;
}

function total(time: TemporalDuration, key: string): number {
  try {
    return time.total("milliseconds");
  } catch {
    // The duration has weeks, months or years.
    throw noDuration(key);
  }
}

function noDuration(key: string): Error {
  return problem("invalid_duration", "this is not a duration", {
    path: `$.${key}`, hint: "give whole milliseconds, text such as \"1h30m\", or a Temporal.Duration of days and less",
  });
}

/** Returns a duration that frontdesk wrote in milliseconds. */
export function durationMillis(written: string): number {
  let sum = 0;
  for (const [, count, unit] of written.matchAll(/(\d+)(ms|[smhd])/g)) sum += Number(count) * UNITS[unit!]!;
  return sum;
}
