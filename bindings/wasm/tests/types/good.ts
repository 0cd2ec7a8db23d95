// Code that has to compile, under the strictest settings.
import { Desk, FrontdeskError, Spans, check, firstTurn, init, initSync, warnings, type AnyCommand, type DeskDocument, type DeskEvent, type Instant, type Problem, type ProblemCode, type Reason, type Severity, type Turn, type VisitorView } from "frontdesk";
import address from "frontdesk/frontdesk.wasm";
import * as preview from "frontdesk/preview";
import { problemOf, seen } from "frontdesk/published";
import { FrontdeskStatus } from "frontdesk/status";

const document: DeskDocument = {
  version: 1, time_zone: "Europe/Stockholm", "x-source": { any: "thing" },
  agents: [{
    id: "anna", team: "support", capacity: { total: 5, per_kind: { chat: 3 }, alone: ["call"] }, skills: { "lang:sv": 5 }, attributes: { region: "emea", weight: 2 },
    working_hours: [{ days: ["mon", "fri"], start: "09:00", end: "17:00", every: 2, first_day: "2026-11-20" }],
    date_hours: [{ date: "2026-12-24", hours: [] }],
    out_of_office: [{ start: "2026-12-27T08:00", end: "2026-12-30T17:00", note: "Skiing" }, { first_day: "2027-02-01", last_day: "2027-02-05" }],
  }],
  teams: [{ id: "support" }],
  inboxes: [{ id: "main", access: { teams: ["support"] }, channels: [{
    id: "chat", kind: "chat",
    rules: [{
      id: "vip", match: { "attributes.plan": ["enterprise", "business"], priority: { at_least: 1 }, "skills.billing": { exists: true } },
      steps: [{ assign_to: "contact_owner", wait: "30s" }, { assign_to: { teams: ["support"], extra: true }, strategy: "longest_idle" }, { assign_to: "everyone", strategy: { script: "mine" } }],
      otherwise: { voicemail: "busy.mp3" },
    }],
    visitor: { reply_time: { en: "soon", sv: "snart" }, availability: "team_status", shows: { teams: ["support"] }, when_away: { message: "Away." }, when_closed: { hide: true } },
  }] }],
  settings: { requires_seat: true, on_away: "requeue", seed: 7 },
};

await init();
await init(new URL("https://example.org/frontdesk.wasm"));
initSync(new Uint8Array());

const desk = new Desk(document);
const status = desk.status("anna", new Date());
const until: Date | null = status.until;
const reason: Reason = status.reason;
const epoch: number | null = new Desk(document, { instants: "epoch" }).status("anna", 0).since;
const iso: string | null = new Desk("{}", { instants: "iso" }).nextChange("anna", "2026-11-20T09:00:00Z");
const temporal = new Desk(document, { instants: "temporal" }).nextWakeup?.epochMilliseconds;
const schedule: Spans<{ start: Date; end: Date }> = desk.schedule("anna", { start: 0, end: new Date() });
for (const period of schedule) period.start.getTime();
desk.visitor({ inbox: "main", channel: "chat", at: 0, language: "sv" }).language?.toUpperCase();
desk.visitor({ inbox: "main", channel: "chat", at: 0, language: ["sv", "en"] });
const [first] = desk.coverage({ start: 0, end: 1 }, { team: "support", extra: true });
first?.available.toFixed();

const events: DeskEvent[] = desk.open("c1", { inbox: "main", channel: "chat", at: Date.now(), contact: { id: "x", known: true }, priority: 2 });
for (const event of events) {
  switch (event.type) {
    case "assigned": event.agent?.toUpperCase(); break;
    case "refused": { const code: ProblemCode = event.code; void code; break; }
    case "status_changed": event.agent; break;
  }
}
const command: AnyCommand = { type: "set_status", agent: "anna", status: "away", at: new Date(), duration: 60_000 };
desk.handle(command);
const proposed = desk.propose(command, { explain: true });
proposed.events satisfies readonly DeskEvent[];
proposed.command.type satisfies string;
const may = desk.may(command);
if (may.allowed) may.reply_window?.person?.getTime();
else void [may.code satisfies ProblemCode, may.message.length, may.until?.getTime()];
const log: Turn[] = [firstTurn(document), proposed];
desk.apply(proposed);
const number: number = Desk.rebuild(log).turn + (log[1]!.turn ?? 0);
void number;
desk.setStatus("anna", "away", { at: 0, until: new Date() });
const typed: Instant = { epochMilliseconds: 5 };
desk.advance(typed);
new Desk(document, { scripts: { "mine.rhai": "" } }).setScripts({});
desk.setOutOfOffice("anna", desk.readAbsences("anna", "").changes.out_of_office, { at: 0 });

try {
  check("{}");
  const warned: readonly Problem[] = [...warnings("{}", { scripts: { "a.rhai": "" } }), ...warnings(document), ...desk.warnings()];
  const severity: Severity | undefined = warned[0]?.severity;
  severity satisfies "error" | "warning" | undefined;
} catch (error) {
  if (error instanceof FrontdeskError) void [error.code === "unknown_zone", error.position?.line, error.problems[0]?.path, error.hint];
}

{
  using kept = new preview.Desk(document);
  const published = kept.publish({ inbox: "main", from: new Date(), days: 28 });
  const told = seen(published, "chat", Date.now());
  if (told?.state === "away") void [told.opens_at?.toFixed(), told.reply_time, told.language];
  const element = new FrontdeskStatus();
  element.published = published;
  const why = problemOf({}, "chat", 0);
  if (why) void why.code;
  // One spelling for both answers, and the element is known by its name.
  const view: Omit<VisitorView<number>, "shows"> | null = told;
  const found: FrontdeskStatus | null = globalThis.document.querySelector("frontdesk-status");
  found?.load();
  void view;
}
void [until, reason, epoch, iso, temporal];

// A bundler that copies the module gives its address.
void init(address satisfies string);
