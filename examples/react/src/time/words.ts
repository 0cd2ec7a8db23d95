/** Instants and dates in words, in the language of the page. */

import { wallAt } from "./zone";

const LANGUAGE = "en-GB";
const DAY = 86_400_000;

const dayFormat = new Intl.DateTimeFormat(LANGUAGE, { timeZone: "UTC", weekday: "short", day: "numeric", month: "short" });
const weekdayFormat = new Intl.DateTimeFormat(LANGUAGE, { timeZone: "UTC", weekday: "short" });

/** Returns a date as `Sun 29 Mar`. */
export const dayWords = (date: string): string => dayFormat.format(Date.parse(date)).replace(",", "");

/** Returns the time of an instant, such as `09:00`. */
export const timeWords = (at: number, zone: string): string => wallAt(at, zone).slice(11);

/** Returns when something is, as somebody says it at `now`: `17:00`, `Mon 09:00`, `Mon 6 Apr 09:00`. */
export function whenWords(at: number, now: number, zone: string): string {
  const [date, today] = [wallAt(at, zone).slice(0, 10), wallAt(now, zone).slice(0, 10)];
  const days = (Date.parse(date) - Date.parse(today)) / DAY;
  const day = days === 0 ? "" : days > 0 && days < 7 ? `${weekdayFormat.format(Date.parse(date))} ` : `${dayWords(date)} `;
  return day + timeWords(at, zone);
}

/** Returns a date with its time and the offset of the zone: `Sun 29 Mar 2026, 03:00 GMT+2`. */
export function fullWords(at: number, zone: string): string {
  const offset = new Intl.DateTimeFormat(LANGUAGE, { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(at);
  const wall = wallAt(at, zone);
  return `${dayWords(wall.slice(0, 10))} ${wall.slice(0, 4)}, ${wall.slice(11)} ${offset.find(({ type }) => type === "timeZoneName")?.value}`;
}
