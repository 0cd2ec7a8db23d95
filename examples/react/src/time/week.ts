import { dateAfter, instantOf, wallAt } from "./zone";

/** A date in a zone: from its first instant up to that of the next one. */
export interface Day {
  readonly date: string;
  readonly start: number;
  readonly end: number;
}

/** A time in which something is the same. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly state: string;
}

/** Returns the days of the week of an instant, from Monday on. */
export function weekOf(at: number, zone: string): Day[] {
  const today = wallAt(at, zone).slice(0, 10);
  const monday = dateAfter(today, -((new Date(today).getUTCDay() + 6) % 7));
  const midnight = (day: number) => instantOf(`${dateAfter(monday, day)}T00:00`, zone);
  return Array.from({ length: 7 }, (_, day) => ({ date: dateAfter(monday, day), start: midnight(day), end: midnight(day + 1) }));
}

/** Returns the parts of spans that lie within a day. */
export function within(spans: readonly Span[], { start, end }: Day): Span[] {
  return spans
    .map((span) => ({ ...span, start: Math.max(span.start, start), end: Math.min(span.end, end) }))
    .filter((span) => span.start < span.end);
}
