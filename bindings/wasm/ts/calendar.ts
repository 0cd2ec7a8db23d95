/** Calendars: their input forms, and the results of reading them. */

import type { Absence, CivilDate, DateHours, WeeklyHours } from "./contract.js";
import { problem, type Problem } from "./error.js";

/** A calendar: iCalendar, or the JSON of Google or Microsoft; its text or its bytes. */
export type Calendar = string | Uint8Array;

/** Decides which events count as being away: by how they are shown, by category, or by a pattern of the summary. */
export interface Away {
  /**
   * The least that an event has to be shown as; `"out_of_office"` if absent. If null, no event counts by the way it is
   * shown.
   */
  readonly shown_as?: "free" | "working_elsewhere" | "tentative" | "busy" | "out_of_office" | null;
  /** Categories, one of which is enough; upper and lower case are the same. */
  readonly categories?: readonly string[];
  /** Patterns, one of which has to match the whole summary; `*` stands for any text. `["out of office*"]` if absent. */
  readonly summaries?: readonly string[];
  /** The e-mail addresses of the owner of the calendar: events that the owner declined do not count. */
  readonly emails?: readonly string[];
}

/** Options for reading a calendar of absences. */
export interface AbsenceOptions {
  /** The name of the calendar, if an agent has several: only absences from this one are replaced. */
  readonly name?: string;
  /** Decides which events count as being away. */
  readonly away?: Away;
}

/** Options for reading a calendar without a desk. */
export interface CalendarOptions {
  /** The zone for times without one. */
  readonly time_zone: string;
  /** Decides which events count as being away. */
  readonly away?: Away;
}

/** A date: text such as `2026-12-24`, or a `Temporal.PlainDate`. */
export type DateLike = CivilDate | { readonly daysInMonth: number; toJSON(): string };

/** Options for reading holidays. */
export interface HolidayOptions {
  /** Patterns, one of which the summary has to match; `*` stands for any text. If absent, all match. */
  readonly summaries?: readonly string[];
  /** Categories, one of which the event must have. If absent, all match. */
  readonly categories?: readonly string[];
  /** The first date to return. */
  readonly first_day?: DateLike;
  /** The last date to return; required if a holiday repeats without end. */
  readonly last_day?: DateLike;
}

/** An event that was understood, but does not count. */
export interface Skipped {
  readonly uid?: string;
  readonly summary?: string;
  readonly why: "cancelled" | "transparent" | "declined" | "not_away" | "no_time" | "not_whole_days" | "no_instances" | "superseded" | "no_event";
}

/** The common results of reading any calendar. */
export interface Reading {
  /** The parts that were not understood, each with its line and property, or its JSON path. */
  readonly problems: readonly Problem[];
  /** Warnings about parts that were read, but are odd or say less than they seem to; placed as the problems are. */
  readonly notes: readonly Problem[];
  /** `true` if the whole calendar was read. */
  readonly complete: boolean;
}

/** The absences of a calendar, and the changes they make. */
export interface CalendarReading extends Reading {
  readonly changes: {
    readonly added: readonly Absence[];
    readonly updated: readonly { readonly before: readonly Absence[]; readonly after: readonly Absence[] }[];
    readonly removed: readonly Absence[];
    readonly kept: readonly { readonly uid: string; readonly why: string }[];
    readonly unchanged: number;
    /** All absences after the changes. */
    readonly out_of_office: readonly Absence[];
  };
  readonly skipped: readonly Skipped[];
}

/** The absences of a calendar. */
export interface AbsencesReading extends Reading {
  /** The name of the calendar. */
  readonly name?: string;
  /** The absences, in the order of the calendar. */
  readonly absences: readonly Absence[];
  readonly skipped: readonly Skipped[];
  /** The ids of events that were left out because of a problem. */
  readonly unread: readonly string[];
}

/** The working hours of a `VAVAILABILITY`. */
export interface HoursReading extends Reading {
  readonly working_hours?: readonly WeeklyHours[];
  readonly date_hours: readonly DateHours[];
}

/** The holidays of a calendar. */
export interface HolidaysReading extends Reading {
  /** The name of the calendar. */
  readonly name?: string;
  /** The dates in order, without duplicates; use `dates.map(({ date }) => date)` as the `dates` of a holiday. */
  readonly dates: readonly { readonly date: CivilDate; readonly name?: string }[];
  readonly skipped: readonly Skipped[];
}

/** Returns the bytes of a calendar. */
export function bytesOf(calendar: Calendar): Uint8Array {
  if (typeof calendar === "string") return new TextEncoder().encode(calendar);
  if (calendar instanceof Uint8Array) return calendar;
  throw problem("wrong_type", "a calendar is text or bytes");
}
