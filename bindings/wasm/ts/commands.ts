/** A method for each command. Written by bindings/generate from core/schema. */

import { AvailabilityDesk } from "./availability.js";
import type { Absence, Agent, Assignee, Contact, DateHours, DeskEvent, Holiday, HoursOrNone, Id, Inbox, MessageFrom, NewDocument, OwnStatus, Settings, Skills, StatusName, TableFilter, Team, WeeklyHours, Zone } from "./contract.js";
import type { Duration, Instant, Output } from "./instant.js";
import type { RawMachine } from "./raw.js";

/** The keys that every command may have. */
export interface Common {
  /** When it happens. */
  readonly at: Instant;
  /** The embedder's id of the command, for retries. */
  readonly id?: string;
  /** The agent who acts; absent, it is the embedding program itself. */
  readonly by?: string;
}

/** Until when someone is away, or a conversation sleeps. */
export type Until = { readonly duration?: Duration; readonly until?: undefined } | { readonly until?: Instant; readonly duration?: undefined };

/** The commands of a desk. */
export abstract class Commands<O extends Output> extends AvailabilityDesk<O, RawMachine> {
  /** Carries a command out: its keys, and those that its caller gives besides. @internal */
  protected abstract command(type: string, keys: object, more: object): DeskEvent[];

  /** Opens a conversation. */
  open(conversation: Id, more: Common & {
    /** The channel of this inbox by which it arrives. */
    readonly channel: Id;
    /** The inbox in which it arrives. */
    readonly inbox: Id;
    /** The embedder's own data, which rules can use. */
    readonly attributes?: {
      readonly [key: string]: unknown;
    };
    /** The person who writes or calls, if known. */
    readonly contact?: Contact;
    /** The address of who forwarded it, if it was forwarded. */
    readonly forwarded_by?: Id;
    /** The address of the sender, by which the inbox filters spam. */
    readonly from?: Id;
    /** `true` if the agent of `by` wrote first: it is in nobody's inbox until the contact answers. */
    readonly outbound?: boolean;
    /** The priority: higher goes first in the queue; 0 when absent. Within ±2^53. */
    readonly priority?: number;
    /** The required levels of skills, beside those that a step requires; none when absent. */
    readonly skills?: Skills;
  }): DeskEvent[] {
    return this.command("open", { conversation }, more);
  }

  /** Replaces data of a conversation. */
  update(conversation: Id, more: Common & {
    /** All attributes: the embedder's own data. */
    readonly attributes?: {
      readonly [key: string]: unknown;
    };
    /** The channel of this inbox. */
    readonly channel?: Id;
    /** The whole contact: the person who writes or calls. */
    readonly contact?: Contact;
    /** The inbox of the conversation. */
    readonly inbox?: Id;
    /** The priority: higher goes first in the queue. Within ±2^53. */
    readonly priority?: number;
    /** All required levels of skills. */
    readonly skills?: Skills;
  }): DeskEvent[] {
    return this.command("update", { conversation }, more);
  }

  /** Closes a conversation. */
  close(conversation: Id, more: Common): DeskEvent[] {
    return this.command("close", { conversation }, more);
  }

  /** Reopens a closed or snoozed conversation. */
  reopen(conversation: Id, more: Common): DeskEvent[] {
    return this.command("reopen", { conversation }, more);
  }

  /** Releases a conversation from the agent who holds it. */
  release(conversation: Id, more: Common): DeskEvent[] {
    return this.command("release", { conversation }, more);
  }

  /** Snoozes a conversation. */
  snooze(conversation: Id, more: Common & Until): DeskEvent[] {
    return this.command("snooze", { conversation }, more);
  }

  /** Accepts an offer. */
  accept(conversation: Id, more: Common & {
    /** The agent who has the offer. */
    readonly agent: Id;
  }): DeskEvent[] {
    return this.command("accept", { conversation }, more);
  }

  /** Declines an offer. */
  decline(conversation: Id, more: Common & {
    /** The agent who has the offer. */
    readonly agent: Id;
  }): DeskEvent[] {
    return this.command("decline", { conversation }, more);
  }

  /** Assigns a conversation by hand. */
  assign(conversation: Id, more: Common & {
    /** The agent or the team. */
    readonly to: Assignee;
    /** `true` to route it among the members of the team, instead of leaving it to them. */
    readonly distribute?: boolean;
    /** `true` to assign it to the substitute while the agent is out of office and somebody stands in. */
    readonly or_substitute?: boolean;
  }): DeskEvent[] {
    return this.command("assign", { conversation }, more);
  }

  /** Replies to a conversation, as the agent of `by`: a message that also takes what nobody holds. */
  reply(conversation: Id, more: Common & {
    /** The agent who acts. */
    readonly by: Id;
    /** The id of the message. */
    readonly message?: Id;
  }): DeskEvent[] {
    return this.command("reply", { conversation }, more);
  }

  /** Tells of a message: who wrote it. The text stays with the embedder. */
  message(conversation: Id, more: Common & {
    /** Who wrote it; an agent is named in `by`. */
    readonly from: MessageFrom;
    /** The id of the message. */
    readonly message?: Id;
  }): DeskEvent[] {
    return this.command("message", { conversation }, more);
  }

  /** Hands a conversation over from a bot to the agents. */
  handOver(conversation: Id, more: Common): DeskEvent[] {
    return this.command("hand_over", { conversation }, more);
  }

  /** Moves a conversation to a channel, takes it from whoever has it, and routes it there, in its place in the queue. */
  transfer(conversation: Id, more: Common & {
    /** The channel of this inbox: another, or its own, whose rules then route it anew. */
    readonly channel: Id;
    /** The inbox to which it goes. */
    readonly inbox: Id;
  }): DeskEvent[] {
    return this.command("transfer", { conversation }, more);
  }

  /** Moves a conversation into the spam: this one only. */
  markSpam(conversation: Id, more: Common): DeskEvent[] {
    return this.command("mark_spam", { conversation }, more);
  }

  /** Takes a conversation out of the spam, and routes it. */
  notSpam(conversation: Id, more: Common): DeskEvent[] {
    return this.command("not_spam", { conversation }, more);
  }

  /** Blocks a sender: what the sender opens from now on is spam. */
  block(more: Common & {
    /** The conversation whose sender is blocked in its inbox, and which moves into the spam. */
    readonly conversation?: Id;
    /** The inbox in which the sender is blocked; all inboxes when absent. */
    readonly inbox?: Id;
    /** The sender: an address, or a domain such as `@example.net`. */
    readonly sender?: Id;
  }): DeskEvent[] {
    return this.command("block", {}, more);
  }

  /** Ends the block of a sender, for what the sender opens from now on. */
  unblock(more: Common & {
    /** The sender: an address, or a domain such as `@example.net`. */
    readonly sender: Id;
    /** The inbox in which the sender was blocked; absent for a block in all inboxes. */
    readonly inbox?: Id;
  }): DeskEvent[] {
    return this.command("unblock", {}, more);
  }

  /** Moves a conversation into the trash, where it is forgotten after `forget_trash_after`. */
  trash(conversation: Id, more: Common): DeskEvent[] {
    return this.command("trash", { conversation }, more);
  }

  /** Takes a conversation out of the trash, as it was; an open one is routed. */
  restore(conversation: Id, more: Common): DeskEvent[] {
    return this.command("restore", { conversation }, more);
  }

  /** Hides a message. */
  hide(conversation: Id, more: Common & {
    /** The id of the message. */
    readonly message: Id;
  }): DeskEvent[] {
    return this.command("hide", { conversation }, more);
  }

  /** Shows a hidden message again. */
  unhide(conversation: Id, more: Common & {
    /** The id of the message. */
    readonly message: Id;
  }): DeskEvent[] {
    return this.command("unhide", { conversation }, more);
  }

  /** Forgets a conversation that is closed, or in the trash or spam, at once, as the settings do later: its id is then unknown. */
  forget(conversation: Id, more: Common): DeskEvent[] {
    return this.command("forget", { conversation }, more);
  }

  /** Takes the data of a contact out of the desk: the attributes in all conversations that are remembered. The ids stay. */
  erase(contact: Id, more: Common): DeskEvent[] {
    return this.command("erase", { contact }, more);
  }

  /** Sets the status of an agent. */
  setStatus(agent: Id, status: StatusName, more: Common & Until & {
    /** A note for others, such as "Lunch". */
    readonly note?: string;
  }): DeskEvent[] {
    return this.command("set_status", { agent, status }, more);
  }

  /** Replaces the weekly hours of an agent. */
  setWorkingHours(agent: Id, working_hours: readonly WeeklyHours[], more: Common): DeskEvent[] {
    return this.command("set_working_hours", { agent, working_hours }, more);
  }

  /** Replaces the date hours of an agent. */
  setDateHours(agent: Id, date_hours: readonly DateHours[], more: Common): DeskEvent[] {
    return this.command("set_date_hours", { agent, date_hours }, more);
  }

  /** Replaces the absences of an agent. */
  setOutOfOffice(agent: Id, out_of_office: readonly Absence[], more: Common): DeskEvent[] {
    return this.command("set_out_of_office", { agent, out_of_office }, more);
  }

  /** Adds or replaces an agent. */
  putAgent(entry: Agent, more: Common): DeskEvent[] {
    return this.command("put_agent", { agent: idOf(entry), entry }, more);
  }

  /** Adds or replaces a team. */
  putTeam(entry: Team, more: Common): DeskEvent[] {
    return this.command("put_team", { team: idOf(entry), entry }, more);
  }

  /** Adds or replaces an inbox. */
  putInbox(entry: Inbox, more: Common): DeskEvent[] {
    return this.command("put_inbox", { inbox: idOf(entry), entry }, more);
  }

  /** Adds or replaces a holiday. */
  putHoliday(entry: Holiday, more: Common): DeskEvent[] {
    return this.command("put_holiday", { holiday: idOf(entry), entry }, more);
  }

  /** Replaces parts of the document, or takes over what differs in a whole one. People keep what they hold, as far as they may hold it. */
  configure(more: Common & {
    /** A whole document, instead of parts. */
    readonly document?: NewDocument;
    /** Channel kinds beside the built-in ones: all of them. */
    readonly kinds?: readonly Id[];
    /** The settings: all of them. */
    readonly settings?: Settings;
    /** Statuses beside available and away: all of them. */
    readonly statuses?: readonly OwnStatus[];
    /** Filters of the table of agents, for everyone: all of them. */
    readonly table_filters?: readonly TableFilter[];
    /** The zone of agents and inboxes without their own. */
    readonly time_zone?: Zone;
    /** The hours of agents whose team, too, has none; null takes them out, and these agents are then always on. */
    readonly working_hours?: HoursOrNone;
  }): DeskEvent[] {
    return this.command("configure", {}, more);
  }

  /** Removes an agent. */
  removeAgent(agent: Id, more: Common): DeskEvent[] {
    return this.command("remove_agent", { agent }, more);
  }

  /** Removes a team. */
  removeTeam(team: Id, more: Common): DeskEvent[] {
    return this.command("remove_team", { team }, more);
  }

  /** Removes an inbox. */
  removeInbox(inbox: Id, more: Common): DeskEvent[] {
    return this.command("remove_inbox", { inbox }, more);
  }

  /** Removes a holiday. */
  removeHoliday(holiday: Id, more: Common): DeskEvent[] {
    return this.command("remove_holiday", { holiday }, more);
  }
}

/** The id of an entry; the reader reports a value that is not an entry. */
function idOf(entry: unknown): unknown {
  return (entry as { id?: unknown } | null | undefined)?.id ?? "";
}
