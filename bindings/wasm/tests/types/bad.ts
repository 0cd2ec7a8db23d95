// Code that must not compile: each line below one of the comments is an error, or the comment is.
import { Desk, type DeskDocument, type DeskEvent } from "frontdesk";
import * as preview from "frontdesk/preview";

declare const desk: Desk;
declare const small: preview.Desk;
declare const event: DeskEvent;

// @ts-expect-error a version is missing
export const unversioned: DeskDocument = { time_zone: "UTC" };
// @ts-expect-error a key that there is not
export const misspelled: DeskDocument = { version: 1, time_zone: "UTC", agent: [] };
// @ts-expect-error a day that there is not
export const days: DeskDocument = { version: 1, time_zone: "UTC", working_hours: [{ days: ["monday"], start: "09:00", end: "17:00" }] };
// @ts-expect-error an absence of both forms
export const absence: DeskDocument = { version: 1, time_zone: "UTC", agents: [{ id: "a", out_of_office: [{ start: "2026-12-27T08:00", first_day: "2026-12-27" }] }] };
// @ts-expect-error a strategy that there is not
export const strategy: DeskDocument = { version: 1, time_zone: "UTC", inboxes: [{ id: "i", channels: [{ id: "c", kind: "chat", rules: [{ id: "r", steps: [{ assign_to: "everyone", strategy: "laziest" }] }] }] }] };
// @ts-expect-error no instant
desk.status("anna");
// @ts-expect-error no text
desk.status(5, new Date());
// @ts-expect-error scripts are texts
new Desk("{}", { scripts: { "mine.rhai": 5 } });
// @ts-expect-error a boolean is not an instant
desk.status("anna", true);
// @ts-expect-error dates come out unless something else is asked for
export const until: number = desk.status("anna", 0).until!;
// @ts-expect-error a form that there is not
new Desk("{}", { instants: "moment" });
// @ts-expect-error a number is not a status
desk.setStatus("anna", 5, { at: 0 });
// @ts-expect-error both ends
desk.snooze("c", { at: 0, duration: "1h", until: 0 });
// @ts-expect-error a reply is someone's
desk.reply("c", { at: 0 });
// @ts-expect-error a command without its instant
desk.close("c", {});
// @ts-expect-error a command that there is not
desk.handle({ type: "shut", conversation: "c", at: 0 });
// @ts-expect-error a key of another command
desk.handle({ type: "close", conversation: "c", at: 0, to: { agent: "anna" } });
// @ts-expect-error a team or an inbox
desk.available(0, { team: "t", inbox: "i" });
// @ts-expect-error a misspelt scope
desk.coverage({ start: 0, end: 1 }, { teams: "t" });
// @ts-expect-error a text by language is a text
export const reply: DeskDocument = { version: 1, time_zone: "UTC", inboxes: [{ id: "i", channels: [{ id: "c", kind: "chat", visitor: { reply_time: { en: 5 } } }] }] };
// @ts-expect-error a channel is one of an inbox
desk.workingTime({ start: 0, end: 1 }, { inbox: "i" });
// @ts-expect-error a reason that there is not
export const reason: boolean = desk.status("anna", 0).reason === "lunch";
// @ts-expect-error an event that there is not
export const type: boolean = event.type === "exploded";
// @ts-expect-error answers about a conversation are those of the whole
small.open("c", { inbox: "i", channel: "c", at: 0 });
// @ts-expect-error what is within is nobody's business
desk.raw;
// @ts-expect-error what is published has no agents
small.publish({ inbox: "i", from: 0, days: 1 }).agents;
