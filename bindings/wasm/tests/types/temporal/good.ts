// With the types of Temporal, those come out; anything of it goes in.
import { Desk, readCalendar, readHolidays, type Away, type DeskDocument } from "frontdesk";

declare const document: DeskDocument;
const desk = new Desk(document, { instants: "temporal" });
const next: Temporal.Instant | null = desk.nextChange("anna", Temporal.Now.zonedDateTimeISO());
export const time: Temporal.PlainTime | undefined = desk.status("anna", Temporal.Now.instant()).until?.toZonedDateTimeISO("UTC").toPlainTime();
desk.setStatus("anna", "away", { at: next!, duration: Temporal.Duration.from({ minutes: 15 }) });
// @ts-expect-error a time of day is not an instant
desk.status("anna", Temporal.Now.plainTimeISO());

const away: Away = { shown_as: "busy", categories: ["Vacation"] };
desk.readAbsences("anna", new Uint8Array(), { away, name: "private" });
export const names: (string | undefined)[] = readHolidays("", { last_day: Temporal.PlainDate.from("2027-12-31"), summaries: ["*"] }).dates.map((it) => it.name);
export const absences = readCalendar("", { time_zone: "UTC", away }).absences;
// @ts-expect-error a zone is needed where there is no desk
readCalendar("", {});
