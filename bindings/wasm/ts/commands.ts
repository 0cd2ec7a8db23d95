/** A method for each command. Written by bindings/generate from core/schema. */

import { AvailabilityDesk } from "./availability.js";
import type { Absence, Agent, Assignee, Contact, DateHours, DeskEvent, Id, Inbox, Skills, State, Team, WeeklyHours } from "./contract.js";
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

  /** A conversation arrives. */
  open(conversation: Id, more: Common & {
    /** The channel of that inbox it arrives by. */
    readonly channel: Id;
    /** The inbox it arrives in. */
    readonly inbox: Id;
    /** The embedder's own data, which rules may look at. */
    readonly attributes?: {
      readonly [key: string]: unknown;
    };
    /** Who writes or calls, where that is known. */
    readonly contact?: Contact;
    /** Higher goes first in the queue, below zero last; 0 when absent. Within ±2^53. */
    readonly priority?: number;
    /** The levels it asks of whoever takes it, beside those a step asks; none when absent. */
    readonly skills?: Skills;
  }): DeskEvent[] {
    return this.command("open", { conversation }, more);
  }

  /** Something about a conversation is replaced. */
  update(conversation: Id, more: Common & {
    /** The embedder's own data: all of it. */
    readonly attributes?: {
      readonly [key: string]: unknown;
    };
    /** The channel of that inbox. */
    readonly channel?: Id;
    /** Who writes or calls: the whole contact. */
    readonly contact?: Contact;
    /** The inbox it is in. */
    readonly inbox?: Id;
    /** Higher goes first in the queue. Within ±2^53. */
    readonly priority?: number;
    /** The levels it asks: all of them. */
    readonly skills?: Skills;
  }): DeskEvent[] {
    return this.command("update", { conversation }, more);
  }

  /** A conversation is done. */
  close(conversation: Id, more: Common): DeskEvent[] {
    return this.command("close", { conversation }, more);
  }

  /** A closed or snoozed conversation is open again. */
  reopen(conversation: Id, more: Common): DeskEvent[] {
    return this.command("reopen", { conversation }, more);
  }

  /** Who holds it lets go of it. */
  release(conversation: Id, more: Common): DeskEvent[] {
    return this.command("release", { conversation }, more);
  }

  /** A conversation sleeps. */
  snooze(conversation: Id, more: Common & Until): DeskEvent[] {
    return this.command("snooze", { conversation }, more);
  }

  /** An agent takes what was offered. */
  accept(conversation: Id, more: Common & {
    /** Who has the offer. */
    readonly agent: Id;
  }): DeskEvent[] {
    return this.command("accept", { conversation }, more);
  }

  /** An agent does not take what was offered. */
  decline(conversation: Id, more: Common & {
    /** Who has the offer. */
    readonly agent: Id;
  }): DeskEvent[] {
    return this.command("decline", { conversation }, more);
  }

  /** A conversation is given to someone by hand. */
  assign(conversation: Id, more: Common & {
    /** To whom. */
    readonly to: Assignee;
  }): DeskEvent[] {
    return this.command("assign", { conversation }, more);
  }

  /** The actor, the `by` of the command, answers a conversation. */
  reply(conversation: Id, more: Common & {
    /** The agent who acts. */
    readonly by: Id;
  }): DeskEvent[] {
    return this.command("reply", { conversation }, more);
  }

  /** A bot gives a conversation to the people. */
  handOver(conversation: Id, more: Common): DeskEvent[] {
    return this.command("hand_over", { conversation }, more);
  }

  /** A status is set. */
  setStatus(agent: Id, status: State, more: Common & Until & {
    /** What to tell about it. */
    readonly note?: string;
  }): DeskEvent[] {
    return this.command("set_status", { agent, status }, more);
  }

  /** The weekly hours of an agent are replaced. */
  setWorkingHours(agent: Id, working_hours: readonly WeeklyHours[], more: Common): DeskEvent[] {
    return this.command("set_working_hours", { agent, working_hours }, more);
  }

  /** The date hours of an agent are replaced. */
  setDateHours(agent: Id, date_hours: readonly DateHours[], more: Common): DeskEvent[] {
    return this.command("set_date_hours", { agent, date_hours }, more);
  }

  /** The absences of an agent are replaced. */
  setOutOfOffice(agent: Id, out_of_office: readonly Absence[], more: Common): DeskEvent[] {
    return this.command("set_out_of_office", { agent, out_of_office }, more);
  }

  /** An agent is added or replaced. */
  putAgent(entry: Agent, more: Common): DeskEvent[] {
    return this.command("put_agent", { agent: idOf(entry), entry }, more);
  }

  /** A team is added or replaced. */
  putTeam(entry: Team, more: Common): DeskEvent[] {
    return this.command("put_team", { team: idOf(entry), entry }, more);
  }

  /** An inbox is added or replaced. */
  putInbox(entry: Inbox, more: Common): DeskEvent[] {
    return this.command("put_inbox", { inbox: idOf(entry), entry }, more);
  }

  /** An agent is removed. */
  removeAgent(agent: Id, more: Common): DeskEvent[] {
    return this.command("remove_agent", { agent }, more);
  }

  /** A team is removed. */
  removeTeam(team: Id, more: Common): DeskEvent[] {
    return this.command("remove_team", { team }, more);
  }

  /** An inbox is removed. */
  removeInbox(inbox: Id, more: Common): DeskEvent[] {
    return this.command("remove_inbox", { inbox }, more);
  }
}

/** The id of an entry; the reader reports a value that is not an entry. */
function idOf(entry: unknown): unknown {
  return (entry as { id?: unknown } | null | undefined)?.id ?? "";
}
