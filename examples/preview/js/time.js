// Dates on the wall of a zone. What the zone does, the browser knows; what a desk says of it, only the desk.

const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const formats = new Map();

/** A format of a zone, made once. */
export function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return formats.get(key);
}

/** Returns true if the browser supports a zone; a desk may support more. */
export function known(zone) {
  try {
    return Boolean(format(zone, { hour: "numeric" }));
  } catch {
    return false;
  }
}

/** Returns the local time, as if it were UTC. */
export const wall = (at, zone) => at + offset(at, zone);

/** Returns the offset of the local time from UTC. */
export function offset(at, zone) {
  const { base, jumps } = yearOf(new Date(at).getUTCFullYear(), zone);
  return jumps.reduce((sum, jump) => (at >= jump.at ? sum + jump.by : sum), base);
}

const years = new Map();

/** Returns the changes of a zone's clocks in a year. The calendar is asked once a week, not once a minute. */
function yearOf(year, zone) {
  const key = `${zone} ${year}`;
  if (years.has(key)) return years.get(key);
  const [start, end] = [Date.UTC(year, 0), Date.UTC(year + 1, 0)];
  const base = asked(start, zone);
  const jumps = [];
  let before = base;
  for (let at = start; at < end; at += WEEK) {
    let [low, high] = [at, Math.min(at + WEEK, end)];
    const after = asked(high, zone);
    if (before !== after) {
      while (high - low > 1000) {
        const middle = low + Math.floor((high - low) / 2000) * 1000;
        if (asked(middle, zone) === before) low = middle;
        else high = middle;
      }
      jumps.push({ at: high, by: after - before });
    }
    before = after;
  }
  years.set(key, { base, jumps });
  return years.get(key);
}

function asked(at, zone) {
  const parts = format(zone, { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23" }).formatToParts(at);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - at;
}

/** The instant at which the wall shows a time: the first, where it does so twice. */
export function instant(shown, zone) {
  const guesses = [shown - offset(shown - DAY, zone), shown - offset(shown + DAY, zone)];
  return guesses.filter((at) => wall(at, zone) === shown).sort((a, b) => a - b)[0] ?? Math.max(...guesses);
}

/** Returns the local time at the start of the Monday before. */
export function monday(at, zone) {
  const midnight = Math.floor(wall(at, zone) / DAY) * DAY;
  return midnight - ((new Date(midnight).getUTCDay() + 6) % 7) * DAY;
}

/** The instants in a range at which the clocks of a zone change. */
export function changes(start, end, zone) {
  const [first, last] = [start, end].map((at) => new Date(at).getUTCFullYear());
  const all = Array.from({ length: last - first + 1 }, (_, place) => yearOf(first + place, zone).jumps).flat();
  return all.filter(({ at }) => at > start && at < end);
}

/** "UTC+5:30" */
export function offsetName(at, zone) {
  const minutes = Math.round(offset(at, zone) / 60_000);
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? "−" : "+"}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}

/** "28 March 02:00: the clocks go forward by 60 minutes" */
export function changeName({ at, by }, zone) {
  return `${day(at, zone)}, ${clock(at - 1, zone, true)}: the clocks of ${zone} go ${by > 0 ? "forward" : "back"} by ${Math.abs(by) / 60_000} minutes`;
}

const two = (number) => String(number).padStart(2, "0");
/** Formats a local time: "09:00"; "Fri 20 Nov"; "2026-11-20". */
export const clockOf = (shown) => `${two(Math.floor(shown / HOUR) % 24)}:${two(Math.floor(shown / 60_000) % 60)}`;
export function dayOf(shown) {
  const date = new Date(shown);
  return `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}
export const dateOf = (shown) => new Date(shown).toISOString().slice(0, 10);

/** A time of day; that before a change of the clocks is the minute that never came. */
export const clock = (at, zone, up = false) => clockOf(wall(at, zone) + (up ? 1000 : 0));
export const day = (at, zone) => dayOf(wall(at, zone));
/** Formats a moment as briefly as possible beside another one. */
export const moment = (at, now, zone) => (day(at, zone) === day(now, zone) ? clock(at, zone) : `${day(at, zone)} ${clock(at, zone)}`);
