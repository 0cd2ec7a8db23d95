// Dates on the wall of a zone. What the zone does, the browser knows; what a desk says of it, only the desk.

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const formats = new Map();

/** A format of a zone, made once. */
export function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return formats.get(key);
}

/** What the wall shows, as if it were UTC. */
export function wall(at, zone) {
  const parts = format(zone, { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23" }).formatToParts(at);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
}

/** How far the wall is ahead of UTC. */
export const offset = (at, zone) => wall(at, zone) - Math.floor(at / 1000) * 1000;

/** The instant at which the wall shows a time: the first, where it does so twice. */
export function instant(shown, zone) {
  const guesses = [shown - offset(shown - DAY, zone), shown - offset(shown + DAY, zone)];
  return guesses.filter((at) => wall(at, zone) === shown).sort((a, b) => a - b)[0] ?? Math.max(...guesses);
}

/** The seven days of a week around an instant, Monday first, as instants; and the end of it. */
export function week(at, zone) {
  const midnight = Math.floor(wall(at, zone) / DAY) * DAY;
  const monday = midnight - ((new Date(midnight).getUTCDay() + 6) % 7) * DAY;
  return Array.from({ length: 8 }, (_, day) => instant(monday + day * DAY, zone));
}

/** The instants in a range at which the clocks of a zone change. */
export function changes(start, end, zone) {
  const found = [];
  for (let at = start; at < end; at += 6 * HOUR) {
    let [low, high] = [at, Math.min(at + 6 * HOUR, end)];
    if (offset(low, zone) === offset(high, zone)) continue;
    while (high - low > 1000) {
      const middle = low + Math.floor((high - low) / 2000) * 1000;
      if (offset(middle, zone) === offset(low, zone)) low = middle;
      else high = middle;
    }
    found.push({ at: high, by: offset(high, zone) - offset(high - 1000, zone) });
  }
  return found;
}

/** "UTC+5:30" */
export function offsetName(at, zone) {
  const minutes = Math.round(offset(at, zone) / 60_000);
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? "−" : "+"}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}

export const clock = (at, zone) => format(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
export const day = (at, zone) => format(zone, { weekday: "short", day: "numeric", month: "short" }).format(at);
/** A moment as short as it can be told from another one. */
export const moment = (at, now, zone) => (day(at, zone) === day(now, zone) ? clock(at, zone) : `${day(at, zone)} ${clock(at, zone)}`);
