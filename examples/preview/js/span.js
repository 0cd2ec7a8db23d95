// The weeks that are shown, and where in them something is.

import { state } from "./state.js";
import { DAY, changes, clockOf, dayOf, instant, monday, offset } from "./time.js";

let last;

/** The weeks around the clock: they stay while it is in them. */
export function shown() {
  const { at, weeks, zone } = state;
  if (!last || last.zone !== zone || last.weeks !== weeks || at < last.start || at >= last.end) last = made(monday(at, zone), weeks, zone);
  return last;
}

function made(first, weeks, zone) {
  const days = Array.from({ length: 7 * weeks + 1 }, (_, day) => instant(first + day * DAY, zone));
  const [start, end] = [days[0], days.at(-1)];
  const [base, own] = [offset(start, zone), changes(start, end, zone)];
  const others = new Map([[zone, own]]);
  /** Returns the local time, without asking a calendar for it. */
  const wall = (at) => own.reduce((sum, change) => (at >= change.at ? sum + change.by : sum), at + base);
  return {
    zone, weeks, days, start, end, range: { start, end }, changes: own,
    /** The changes of another zone. */
    changesOf: (other) => others.get(other) ?? (others.set(other, changes(start, end, other)), others.get(other)),
    /** "Fri 20 Nov 14:00–16:00" */
    label(from, to) {
      const [a, b] = [wall(from), wall(to)];
      return `${dayOf(a)} ${clockOf(a)}–${dayOf(a) === dayOf(b) || b - a <= DAY ? "" : `${dayOf(b)} `}${clockOf(b)}`;
    },
    day: (at) => dayOf(wall(at)),
    /** The position of an instant in the span, in percent for CSS, and in minutes. */
    percent: (at) => `${(((at - start) / (end - start)) * 100).toFixed(4)}%`,
    minutes: (at) => Math.round((at - start) / 60_000),
    at: (share) => start + share * (end - start),
  };
}

/** Minutes from left to right, and one line of all the height: a drawing is as wide as its place is. */
export const box = ({ start, end }) => `0 -1 ${(end - start) / 60_000} 2`;
