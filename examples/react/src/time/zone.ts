/** The wall clock of a zone. frontdesk reads instants; people read and write wall clocks. */

const DAY = 86_400_000;
const MINUTE = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns the wall clock of a zone at an instant, such as `2026-03-29T03:00`. */
export function wallAt(at: number, zone: string): string {
  return formatOf(zone).format(at).replace(" ", "T");
}

/** Returns the instant of a wall clock. One that is skipped is read by the offset before it, one that comes twice is the first. */
export function instantOf(wall: string, zone: string): number {
  const read = Date.parse(`${wall}Z`);
  const [before, after] = [read - DAY, read + DAY].map((near) => read - offsetAt(near, zone)) as [number, number];
  return wallAt(before, zone) !== wall && wallAt(after, zone) === wall ? after : before;
}

/** Returns the date that is some days after another. */
export function dateAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}

/** Returns the zone if this browser knows it, which may have older data than frontdesk; otherwise UTC. */
export function shownZone(zone: string): string {
  try {
    formatOf(zone);
    return zone;
  } catch {
    return "UTC";
  }
}

function offsetAt(at: number, zone: string): number {
  return Date.parse(`${wallAt(at, zone)}Z`) - Math.floor(at / MINUTE) * MINUTE;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const format = formats.get(zone) ?? isoLike(zone);
  formats.set(zone, format);
  return format;
}

// Swedish writes dates as ISO 8601 does.
const isoLike = (timeZone: string) => new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
