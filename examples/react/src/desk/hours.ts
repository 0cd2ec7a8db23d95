/** Weekly hours, by day while they are edited and together when they are saved. */

import type { Channel, DeskDocument, Inbox, Weekday, WeeklyHours } from "frontdesk/preview";

export const WEEKDAYS: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** The hours of those who are given some for the first time. */
export const OFFICE: readonly WeeklyHours[] = WEEKDAYS.slice(0, 5).map((day) => ({ days: [day], start: "09:00", end: "17:00" }));

/** Returns the document with one entry for each day that has office hours, so that each row of the page is one entry. */
export function apart(document: DeskDocument): DeskDocument {
  return withOfficeHours(document, (hours) => hours.flatMap((entry) => entry.days.map((day) => ({ ...entry, days: [day] }))));
}

/** Returns the document with equal office hours of several days as one entry. */
export function together(document: DeskDocument): DeskDocument {
  return withOfficeHours(document, (hours) => {
    const entries = new Map<string, WeeklyHours>();
    for (const { days, ...rest } of hours) {
      const key = JSON.stringify(rest);
      const all = [...(entries.get(key)?.days ?? []), ...days];
      entries.set(key, { days: WEEKDAYS.filter((day) => all.includes(day)), ...rest });
    }
    return [...entries.values()];
  });
}

type Change = (hours: readonly WeeklyHours[]) => readonly WeeklyHours[];

function withOfficeHours(document: DeskDocument, change: Change): DeskDocument {
  const changed = <T extends Inbox | Channel>(of: T): T => (of.office_hours ? { ...of, office_hours: change(of.office_hours) } : of);
  if (!document.inboxes) return document;
  const inboxes = document.inboxes.map((inbox) => ({ ...changed(inbox), ...(inbox.channels && { channels: inbox.channels.map(changed) }) }));
  return { ...document, inboxes };
}
