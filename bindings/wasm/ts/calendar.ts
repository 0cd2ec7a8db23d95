/** Calendars: what they are given as, and what is read of them. */

import type { Absence, CivilDate, DateHours, WeeklyHours } from "./contract.js";
import { problem, type Problem } from "./error.js";

/** A calendar: iCalendar, or the JSON of Google or Microsoft; its text or its bytes. */
export type Calendar = string | Uint8Array;

/** What counts as being away: an event shown as away enough, of one of the categories, or whose summary fits a pattern. */
export interface Away {
  /** The least that an event must be shown as; `"out_of_office"` when absent, and nothing counts by that alone when null. */
  readonly shown_as?: "free" | "working_elsewhere" | "tentative" | "busy" | "out_of_office" | null;
  /** Categories of which one is enough, in capitals or not. */
  readonly categories?: readonly string[];
  /** Patterns of which one must fit the whole summary; `*` stands for anything. `["out of office*"]` when absent. */
  readonly summaries?: readonly string[];
  /** The e-mail addresses of the one whose calendar it is: what they declined does not count. */
  readonly emails?: readonly string[];
}

/** How a calendar of absences is read. */
export interface AbsenceOptions {
  /** The name of the calendar, where an agent has several: only what came from it is replaced. */
  readonly name?: string;
  /** What counts as being away. */
  readonly away?: Away;
}

/** How a calendar is read where no desk is at hand. */
export interface CalendarOptions {
  /** The zone in which times without a zone are. */
  readonly time_zone: string;
  /** What counts as being away. */
  readonly away?: Away;
}

/** A date: text such as `2026-12-24`, or a `Temporal.PlainDate`. */
export type DateLike = CivilDate | { readonly daysInMonth: number; toJSON(): string };

/** Which holidays are wanted. */
export interface HolidayOptions {
  /** Only those whose summary fits one of these patterns, where there are any; `*` stands for anything. */
  readonly summaries?: readonly string[];
  /** Only those with one of these categories, where there are any. */
  readonly categories?: readonly string[];
  /** The first date that is wanted. */
  readonly first_day?: DateLike;
  /** The last date that is wanted; needed where a holiday repeats without end. */
  readonly last_day?: DateLike;
}

/** An event of a calendar that was understood and does not count. */
export interface Skipped {
  readonly uid?: string;
  readonly summary?: string;
  readonly why: "cancelled" | "transparent" | "declined" | "not_away" | "no_time" | "not_whole_days" | "no_instances" | "superseded" | "no_event";
}

/** What is told of every calendar. */
export interface Reading {
  /** What was not understood, each with its line, and the property or the JSON path. */
  readonly problems: readonly Problem[];
  /** What was read though it is odd, or says less than it seems to: warnings, each with its place as the problems. */
  readonly notes: readonly Problem[];
  /** Whether all of the calendar was read. */
  readonly complete: boolean;
}

/** What a calendar says of absences, and what it would change. */
export interface CalendarReading extends Reading {
  readonly changes: {
    readonly added: readonly Absence[];
    readonly updated: readonly { readonly before: readonly Absence[]; readonly after: readonly Absence[] }[];
    readonly removed: readonly Absence[];
    readonly kept: readonly { readonly uid: string; readonly why: string }[];
    readonly unchanged: number;
    /** All absences as they would be. */
    readonly out_of_office: readonly Absence[];
  };
  readonly skipped: readonly Skipped[];
}

/** What a calendar says of absences. */
export interface AbsencesReading extends Reading {
  /** What the calendar is called. */
  readonly name?: string;
  /** The absences, in the order of the calendar. */
  readonly absences: readonly Absence[];
  readonly skipped: readonly Skipped[];
  /** The ids of events that were left out for a problem. */
  readonly unread: readonly string[];
}

/** What a calendar of availability says of working hours. */
export interface HoursReading extends Reading {
  readonly working_hours?: readonly WeeklyHours[];
  readonly date_hours: readonly DateHours[];
}

/** What a calendar of holidays says. */
export interface HolidaysReading extends Reading {
  /** What the calendar is called. */
  readonly name?: string;
  /** The dates, in order, each once; the `dates` of a holiday take `dates.map(({ date }) => date)`. */
  readonly dates: readonly { readonly date: CivilDate; readonly name?: string }[];
  readonly skipped: readonly Skipped[];
}

/** The bytes of a calendar. */
export function bytesOf(calendar: Calendar): Uint8Array {
  if (typeof calendar === "string") return new TextEncoder().encode(calendar);
  if (calendar instanceof Uint8Array) return calendar;
  throw problem("wrong_type", "a calendar is text or bytes");
}
