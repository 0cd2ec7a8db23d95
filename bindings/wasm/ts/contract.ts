/** The contract: documents, commands and events as JSON. Written by bindings/generate from core/schema. */

/** A desk: who works there and when, where conversations arrive, and who gets them. */
export interface DeskDocument {
  /** Where an editor finds this schema; read over. */
  readonly "$schema"?: string;
  /** Agents; their order decides the last tie. */
  readonly agents?: readonly Agent[];
  /** Holidays. */
  readonly holidays?: readonly Holiday[];
  /** Inboxes. */
  readonly inboxes?: readonly Inbox[];
  /** Channel kinds beside the built-in ones. */
  readonly kinds?: readonly Id[];
  /** Settings. */
  readonly settings?: Settings;
  /** Statuses beside available and away. */
  readonly statuses?: readonly OwnStatus[];
  /** Filters of the table of agents, for everyone. */
  readonly table_filters?: readonly TableFilter[];
  /** Teams. */
  readonly teams?: readonly Team[];
  /** The zone of agents and inboxes without their own. */
  readonly time_zone: Zone;
  /** The version of the format, 1. */
  readonly version: 1;
  /** The hours of agents whose team, too, has none; they are always on when absent. */
  readonly working_hours?: readonly WeeklyHours[];
  readonly [key: `x-${string}`]: unknown;
}

/** Something to do, at an instant: what a desk is told. */
export type Command =
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The embedder's own data, which rules can use. */
    readonly attributes?: {
      readonly [key: string]: unknown;
    };
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The channel of this inbox by which it arrives. */
    readonly channel: Id;
    /** The person who writes or calls, if known. */
    readonly contact?: Contact;
    /** The id of the conversation, which no other has had. */
    readonly conversation: Id;
    /** The address of who forwarded it, if it was forwarded. */
    readonly forwarded_by?: Id;
    /** The address of the sender, by which the inbox filters spam. */
    readonly from?: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    /** The inbox in which it arrives. */
    readonly inbox: Id;
    /** `true` if the agent of `by` wrote first: it is in nobody's inbox until the contact answers. */
    readonly outbound?: boolean;
    /** The priority: higher goes first in the queue; 0 when absent. Within ±2^53. */
    readonly priority?: number;
    /** The required levels of skills, beside those that a step requires; none when absent. */
    readonly skills?: Skills;
    readonly type: "open";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** All attributes: the embedder's own data. */
    readonly attributes?: {
      readonly [key: string]: unknown;
    };
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The channel of this inbox. */
    readonly channel?: Id;
    /** The whole contact: the person who writes or calls. */
    readonly contact?: Contact;
    /** The conversation, not closed. */
    readonly conversation: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    /** The inbox of the conversation. */
    readonly inbox?: Id;
    /** The priority: higher goes first in the queue. Within ±2^53. */
    readonly priority?: number;
    /** All required levels of skills. */
    readonly skills?: Skills;
    readonly type: "update";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "close";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "reopen";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "release";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** For how long, from the command on. */
    readonly duration?: DurationText;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "snooze";
    /** Until when. */
    readonly until?: InstantText;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The agent who has the offer. */
    readonly agent: Id;
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "accept";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The agent who has the offer. */
    readonly agent: Id;
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "decline";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** `true` to route it among the members of the team, instead of leaving it to them. */
    readonly distribute?: boolean;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    /** `true` to assign it to the substitute while the agent is out of office and somebody stands in. */
    readonly or_substitute?: boolean;
    /** The agent or the team. */
    readonly to: Assignee;
    readonly type: "assign";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    /** The id of the message. */
    readonly message?: Id;
    readonly type: "reply";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** Who wrote it; an agent is named in `by`. */
    readonly from: MessageFrom;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    /** The id of the message. */
    readonly message?: Id;
    readonly type: "message";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "hand_over";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The channel of this inbox: another, or its own, whose rules then route it anew. */
    readonly channel: Id;
    /** The conversation, not closed. A snoozed one wakes. */
    readonly conversation: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    /** The inbox to which it goes. */
    readonly inbox: Id;
    readonly type: "transfer";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "mark_spam";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "not_spam";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation whose sender is blocked in its inbox, and which moves into the spam. */
    readonly conversation: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly inbox?: never;
    /** The sender: an address, or a domain such as `@example.net`. */
    readonly sender?: Id;
    readonly type: "block";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation whose sender is blocked in its inbox, and which moves into the spam. */
    readonly conversation?: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    /** The inbox in which the sender is blocked; all inboxes when absent. */
    readonly inbox?: Id;
    /** The sender: an address, or a domain such as `@example.net`. */
    readonly sender: Id;
    readonly type: "block";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    /** The inbox in which the sender was blocked; absent for a block in all inboxes. */
    readonly inbox?: Id;
    /** The sender: an address, or a domain such as `@example.net`. */
    readonly sender: Id;
    readonly type: "unblock";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "trash";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "restore";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    /** The id of the message. */
    readonly message: Id;
    readonly type: "hide";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    /** The id of the message. */
    readonly message: Id;
    readonly type: "unhide";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "forget";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The contact, whether the desk remembers it or not. */
    readonly contact: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "erase";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** For how long, from the command on. */
    readonly duration?: DurationText;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    /** A note for others, such as "Lunch". */
    readonly note?: string;
    /** The new status: available, away, or one of the document's statuses by its id. */
    readonly status: StatusName;
    readonly type: "set_status";
    /** Until when. */
    readonly until?: InstantText;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "set_working_hours";
    /** All weekly hours, in the agent's zone; an empty list means never. */
    readonly working_hours: readonly WeeklyHours[];
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** All date hours, in the agent's zone, each date once. */
    readonly date_hours: readonly DateHours[];
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "set_date_hours";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    /** All absences. */
    readonly out_of_office: readonly Absence[];
    readonly type: "set_out_of_office";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The id of the agent, new or known. */
    readonly agent: Id;
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The whole agent, as in a document. */
    readonly entry: Agent;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "put_agent";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The whole team, as in a document. */
    readonly entry: Team;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    /** The id of the team, new or known. */
    readonly team: Id;
    readonly type: "put_team";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The whole inbox with its channels, as in a document. */
    readonly entry: Inbox;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    /** The id of the inbox, new or known. */
    readonly inbox: Id;
    readonly type: "put_inbox";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The whole holiday, as in a document. */
    readonly entry: Holiday;
    /** The id of the holiday, new or known. */
    readonly holiday: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "put_holiday";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** A whole document, instead of parts. */
    readonly document?: NewDocument;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
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
    readonly type: "configure";
    /** The hours of agents whose team, too, has none; null takes them out, and these agents are then always on. */
    readonly working_hours?: HoursOrNone;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "remove_agent";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    /** The team. */
    readonly team: Id;
    readonly type: "remove_team";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    /** The inbox; none of its conversations may be open. */
    readonly inbox: Id;
    readonly type: "remove_inbox";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The holiday. */
    readonly holiday: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "remove_holiday";
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The instant of the command, no earlier than that of the last one. */
    readonly at: InstantText;
    /** The agent who acts; if absent, the embedding program, which may do anything. */
    readonly by?: Id;
    /** The embedder's id of the command, copied to its events. */
    readonly id?: Id;
    readonly type: "advance";
    readonly [key: `x-${string}`]: unknown;
  };

/** Something that happened to a desk. Applying the events, in order, rebuilds it. */
export type DeskEvent =
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    readonly type: "started";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The agent. */
    readonly agent: Id;
    /** The note of the status or absence. */
    readonly note?: string;
    /** The reason. */
    readonly reason: Reason;
    /** The instant at which the conversations that the agent now holds are unassigned and routed again, unless the agent replies or returns before; absent if the agent keeps them, or holds none. */
    readonly requeue_at?: InstantText;
    /** The status that was set; absent if the schedule changed it. */
    readonly set?: Setting;
    /** The state: available or away. */
    readonly state: State;
    /** The status of the document that the agent has; absent if it is none of these. */
    readonly status?: Id;
    readonly type: "status_changed";
    /** The end of the status, as far as is known. */
    readonly until: InstantText | null;
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The agent. */
    readonly agent: Id;
    /** The reason for the notice. */
    readonly notice: NoticeKind;
    readonly type: "notice";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The embedder's own data. */
    readonly attributes?: {
      readonly [key: string]: unknown;
    };
    /** The channel it arrived by. */
    readonly channel: Id;
    /** The person who writes or calls. */
    readonly contact?: ContactOfEvent;
    /** The conversation. */
    readonly conversation: Id;
    /** The address of who forwarded it, if it was forwarded. */
    readonly forwarded_by?: Id;
    /** The address of the sender, such as that of a mail. */
    readonly from?: Id;
    /** The inbox it arrived in. */
    readonly inbox: Id;
    /** The priority in the queue; higher goes first. */
    readonly priority?: number;
    /** The required levels of skills. */
    readonly skills?: Skills;
    readonly type: "opened";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The instant at which the conversation that a bot has is closed by itself, unless the contact writes before; absent if it is not. */
    readonly closes_at?: InstantText;
    /** The conversation. */
    readonly conversation: Id;
    /** Who wrote it; an agent is named in `by`. */
    readonly from: MessageFrom;
    /** The id of the message, if it was told. */
    readonly message?: Id;
    readonly type: "message_noted";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The conversation. */
    readonly conversation: Id;
    readonly type: "sent";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The agent who held it. */
    readonly agent?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The address or domain that is blocked, or the role that the address names; absent if it was marked by hand, and if the address was erased. Only an address is personal. */
    readonly matched?: Id;
    /** The reason. */
    readonly reason: FilteredBecause;
    readonly type: "filtered";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The conversation. */
    readonly conversation: Id;
    readonly type: "unfiltered";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The agent who held it. */
    readonly agent?: Id;
    /** The conversation. */
    readonly conversation: Id;
    readonly type: "trashed";
    /** The instant at which it is forgotten; absent if it is not. */
    readonly until?: InstantText;
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The conversation. */
    readonly conversation: Id;
    readonly type: "restored";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The conversation. */
    readonly conversation: Id;
    /** The message. */
    readonly message: Id;
    readonly type: "hidden";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The conversation. */
    readonly conversation: Id;
    /** The message. */
    readonly message: Id;
    readonly type: "unhidden";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The inbox in which the sender is blocked; absent for all. */
    readonly inbox?: Id;
    /** The address, or the domain such as `@example.net`, as addresses are compared. */
    readonly sender: Id;
    readonly type: "blocked";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The inbox in which the sender was blocked; absent for all. */
    readonly inbox?: Id;
    /** The address, or the domain. */
    readonly sender: Id;
    readonly type: "unblocked";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The embedder's own data. */
    readonly attributes?: {
      readonly [key: string]: unknown;
    };
    /** The channel it arrived by. */
    readonly channel: Id;
    /** The person who writes or calls. */
    readonly contact?: ContactOfEvent;
    /** The conversation. */
    readonly conversation: Id;
    /** The address of who forwarded it, if it was forwarded. */
    readonly forwarded_by?: Id;
    /** The address of the sender, such as that of a mail. */
    readonly from?: Id;
    /** `true` if it keeps its rule, its step and the wait there, or stays unassigned. Absent if it is routed from the start, and if it is not routed: held, with a team or a bot, snoozed, or gone to voicemail. */
    readonly goes_on?: boolean;
    /** The inbox it arrived in. */
    readonly inbox: Id;
    /** The priority in the queue; higher goes first. */
    readonly priority?: number;
    /** The required levels of skills. */
    readonly skills?: Skills;
    readonly type: "updated";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The agent. */
    readonly agent: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The rule; absent if it was distributed among the members of a team. */
    readonly rule?: Id;
    /** The step, from 1; absent without a rule. */
    readonly step?: number;
    /** The strategy: a built-in one, `script:NAME`, or `strategy:NAME` for one of the embedder. */
    readonly strategy?: Id;
    /** The agent out of office for whom this one stands in; absent if the step itself names the agent. */
    readonly substitute_for?: Id;
    /** The team among whose members it is distributed; absent if a rule routes it. */
    readonly team?: Id;
    readonly type: "offered";
    /** The end of the offer. */
    readonly until: InstantText | null;
    /** The instant at which the next step is added, of a step that waits in office hours; null if none is in sight. Absent for other steps, and if the conversation had reached the step before. */
    readonly wait_until?: InstantText | null;
    /** The running weights of `weighted_round_robin` after its choice, of each agent it chose among; absent for other strategies. */
    readonly weights?: {
      readonly [key: string]: number;
    };
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The agent. */
    readonly agent?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The reason, if no rule decided. */
    readonly reason?: AssignedBecause;
    /** The rule; absent if it was distributed among the members of a team. */
    readonly rule?: Id;
    /** The step, from 1; absent without a rule. */
    readonly step?: number;
    /** The strategy: a built-in one, `script:NAME`, or `strategy:NAME` for one of the embedder. */
    readonly strategy?: Id;
    /** The agent out of office for whom this one stands in; absent if the step, or who assigned it, named the agent. */
    readonly substitute_for?: Id;
    /** The team: to which it was assigned, or, if an agent has it, among whose members it was distributed. */
    readonly team?: Id;
    readonly type: "assigned";
    /** The running weights of `weighted_round_robin` after its choice, of each agent it chose among; absent for other strategies. */
    readonly weights?: {
      readonly [key: string]: number;
    };
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The agent who held it. */
    readonly agent?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The reason. */
    readonly reason: UnassignedBecause;
    /** The rule that left it unassigned. */
    readonly rule?: Id;
    readonly type: "unassigned";
    /** The limit of the channel that was reached; absent if it was none. */
    readonly waiting_limit?: ReachedLimit;
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The agent. */
    readonly agent: Id;
    /** The conversation. */
    readonly conversation: Id;
    readonly type: "kept";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The conversation. */
    readonly conversation: Id;
    /** The first step that may take it; absent for the first of all. */
    readonly from_step?: number;
    /** The rule that routes it; for the members of a team, the one whose last strategy chooses among them. */
    readonly rule?: Id;
    /** The step it has reached, from 1; absent if it waits for the members of a team. */
    readonly step?: number;
    /** The team for whose members it waits; absent if it waits for those whom its rule names. */
    readonly team?: Id;
    readonly type: "queued";
    /** The instant at which the next step is added; null if none is in sight, as in a channel without any more office hours. Absent after all steps. */
    readonly until?: InstantText | null;
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The conversation. */
    readonly conversation: Id;
    /** The rule that routes it. */
    readonly rule: Id;
    /** The step it has reached, from 1. */
    readonly step: number;
    readonly type: "step_entered";
    /** The instant at which the next step is added; null if none is in sight. Absent if there is none to wait for. */
    readonly until?: InstantText | null;
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The agent who had the offer. */
    readonly agent: Id;
    /** The conversation. */
    readonly conversation: Id;
    readonly type: "offer_expired";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The agent who had the offer. */
    readonly agent: Id;
    /** The conversation. */
    readonly conversation: Id;
    readonly type: "offer_declined";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The agent who had the offer. */
    readonly agent: Id;
    /** The conversation. */
    readonly conversation: Id;
    readonly type: "offer_withdrawn";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The conversation. */
    readonly conversation: Id;
    /** The rule that sent it there; absent outside office hours. */
    readonly rule?: Id;
    readonly type: "sent_to_voicemail";
    /** The message. */
    readonly voicemail: Id;
    /** The limit of the channel that was reached; absent if it was none. */
    readonly waiting_limit?: ReachedLimit;
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The owner. */
    readonly agent: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The rule that asked for it; absent outside office hours. */
    readonly rule?: Id;
    readonly type: "owner_notified";
    /** The limit of the channel that was reached; absent if it was none. */
    readonly waiting_limit?: ReachedLimit;
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The bot. */
    readonly bot: Id;
    /** The instant at which it is closed by itself, unless the contact writes before; absent if it is not. */
    readonly closes_at?: InstantText;
    /** The conversation. */
    readonly conversation: Id;
    /** The rule that assigned the bot; absent outside office hours. */
    readonly rule?: Id;
    /** The step, from 1; absent after all steps. */
    readonly step?: number;
    readonly type: "handed_to_bot";
    /** The limit of the channel that was reached; absent if it was none. */
    readonly waiting_limit?: ReachedLimit;
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The agent who held it. */
    readonly agent?: Id;
    /** The conversation. */
    readonly conversation: Id;
    /** The reason, if nobody closed it. */
    readonly reason?: ClosedBecause;
    readonly type: "closed";
    /** The end of the wrap-up; absent without one. */
    readonly until?: InstantText;
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The agent who wrapped it up. */
    readonly agent: Id;
    /** The conversation. */
    readonly conversation: Id;
    readonly type: "wrap_up_ended";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The conversation. */
    readonly conversation: Id;
    readonly type: "forgotten";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The contact. */
    readonly contact: Id;
    readonly type: "erased";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The conversation. */
    readonly conversation: Id;
    readonly type: "reopened";
    /** `true` if a snooze reached its end, so that the conversation keeps its place in the queue. */
    readonly woke?: boolean;
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The agent who held it. */
    readonly agent?: Id;
    /** The conversation. */
    readonly conversation: Id;
    readonly type: "snoozed";
    /** The end of the snooze; absent if it lasts until the conversation is reopened. */
    readonly until?: InstantText;
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The agent of the entry. */
    readonly agent?: Id;
    /** The type of the command that changed them. */
    readonly change: ChangeType;
    /** The new entry, or the new list of hours or absences; of a `configure`, the parts of the document that differ, each as it is from now on. Absent if the entry was removed. */
    readonly entry?: unknown;
    /** The holiday of the entry. */
    readonly holiday?: Id;
    /** The team or the inbox of the entry. */
    readonly inbox?: Id;
    /** The team or the inbox of the entry. */
    readonly team?: Id;
    readonly type: "desk_changed";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The instant at which it is asked again; absent if it is not. */
    readonly again_at?: InstantText;
    /** The conversation. */
    readonly conversation: Id;
    /** The priority from now on, higher goes first; absent if it has that of its own, its channel, its rule and its steps. */
    readonly priority?: number;
    /** The rule that routes it. */
    readonly rule: Id;
    /** The script; absent if it was a strategy. */
    readonly script?: Id;
    /** The strategy of the embedder, if it was one. */
    readonly strategy?: Id;
    readonly type: "prioritized";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The calls that led to the failure, outermost first, each with its place: `helper (line 3, column 5)`. */
    readonly calls?: readonly string[];
    /** The code: `script_error`, `over_budget`, `invalid_result`, `unknown_script`, or one of the script's or strategy's own. */
    readonly code: Id;
    /** The character in the line, from 1. */
    readonly column?: number;
    /** The conversation that was routed. */
    readonly conversation: Id;
    /** The file of the failing code. */
    readonly file?: Id;
    /** The hook that failed, or `when`. */
    readonly hook: Id;
    /** The line, from 1. */
    readonly line?: number;
    /** A description of the failure, in a sentence. */
    readonly message: string;
    /** The fallback of the step. */
    readonly on_error?: Id;
    /** The rule. */
    readonly rule: Id;
    /** The script; absent for a condition and for a strategy of the embedder. */
    readonly script?: Id;
    /** A hash of the text of the script, which distinguishes its versions. */
    readonly script_version?: Id;
    /** The step, from 1; absent for calls before the steps. */
    readonly step?: number;
    /** The strategy of the embedder, if it is one that failed. */
    readonly strategy?: Id;
    readonly type: "script_failed";
  }
  | {
    /** The instant of the event; for one that fell due, the instant at which it did. */
    readonly at: InstantText;
    /** The agent whose command caused it, the queue after the command included. Events that fell due before the command have none, but a `status_changed` that fell due names the agent who set the status that holds from then on. */
    readonly by?: Id;
    /** The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the members of the team; if nobody can take the conversation, those whom any step names that it has reached. */
    readonly considered?: readonly Considered[];
    /** The id of the command that caused it, if it had one. */
    readonly id?: Id;
    /** The number of the desk's other agents, where those considered are listed. */
    readonly not_in_target?: number;
    /** The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes. */
    readonly seq: number;
    /** The log of the script that decided, if the command asked for it. */
    readonly trace?: readonly string[];
    /** The version of the format, 1. */
    readonly version: 1;
    /** The agent that the command named. */
    readonly agent?: Id;
    /** The code of the reason. */
    readonly code: ProblemCode;
    /** The conversation that the command named. */
    readonly conversation?: Id;
    /** The reason in a sentence. */
    readonly message: string;
    readonly type: "refused";
    /** The instant at which the command would be possible, if waiting helps; of a leap that is too long, the instant to advance to. */
    readonly until?: InstantText;
  };

/** What the visitors of an inbox see over a time, for a public page. */
export interface PublishedAvailability {
  /** The channels of the inbox, in document order. */
  readonly channels: readonly PublishedChannel[];
  /** The end of the span, UTC. */
  readonly end: InstantText;
  /** The inbox. */
  readonly inbox: Id;
  /** The start of the span, UTC. */
  readonly start: InstantText;
  /** The version of the format. */
  readonly version: 1;
}

/** A time out of office: from one moment on the wall clock up to another, or whole days; once, or repeated. */
export type Absence =
  | {
    /** Further dates or moments at which it starts. */
    readonly also?: readonly (CivilDate | CivilDateTime)[];
    /** The first moment after it. */
    readonly end: CivilDateTime;
    /** Dates or moments at which it does not repeat. */
    readonly except?: readonly (CivilDate | CivilDateTime)[];
    readonly first_day?: never;
    readonly last_day?: never;
    /** What to tell about it. */
    readonly note?: string;
    /** How it repeats: a rule of RFC 5545. */
    readonly repeat?: string;
    /** Which version of it this is, in that calendar. */
    readonly sequence?: number;
    /** Its first moment. */
    readonly start: CivilDateTime;
    /** The zone of its times; the agent's when absent. */
    readonly time_zone?: Zone;
    /** Its id in the calendar it comes from. */
    readonly uid?: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** Further dates or moments at which it starts. */
    readonly also?: readonly (CivilDate | CivilDateTime)[];
    readonly end?: never;
    /** Dates or moments at which it does not repeat. */
    readonly except?: readonly (CivilDate | CivilDateTime)[];
    /** The first day off. */
    readonly first_day: CivilDate;
    /** The last day off. */
    readonly last_day: CivilDate;
    /** What to tell about it. */
    readonly note?: string;
    /** How it repeats: a rule of RFC 5545. */
    readonly repeat?: string;
    /** Which version of it this is, in that calendar. */
    readonly sequence?: number;
    readonly start?: never;
    /** The zone of its times; the agent's when absent. */
    readonly time_zone?: Zone;
    /** Its id in the calendar it comes from. */
    readonly uid?: string;
    readonly [key: `x-${string}`]: unknown;
  };

/** The agents who may work in an inbox. */
export type Access =
  | "everyone"
  | {
    /** Agents who may work in it, too. */
    readonly agents?: readonly Id[];
    /** The teams, whose main and extra members may work in it. */
    readonly teams?: readonly Id[];
    readonly [key: `x-${string}`]: unknown;
  };

/** Addresses and domains, such as `@example.net`. */
export type AddressList = readonly Id[];

/** A person who answers conversations. */
export interface Agent {
  /** `false` for a deactivated agent, who keeps conversations but gets no more. */
  readonly active?: boolean;
  /** The embedder's own data. */
  readonly attributes?: AgentAttributes;
  /** The most they hold at a time; no limit when absent. */
  readonly capacity?: Capacity;
  /** Dates with hours of their own. */
  readonly date_hours?: readonly DateHours[];
  /** Further teams they help out in. */
  readonly extra_teams?: readonly Id[];
  /** Its id. */
  readonly id: Id;
  /** The display name. */
  readonly name?: string;
  /** Absences: at most 100 start on a date, and at most 1,000 repeat. */
  readonly out_of_office?: readonly Absence[];
  /** Rights to change other agents and the desk. */
  readonly permissions?: readonly Permission[];
  /** Their seat, a name of the embedder's. */
  readonly seat?: Id;
  /** Skills with their levels. */
  readonly skills?: Skills;
  /** The agent who stands in for them while they are out of office, wherever a rule names them by id, or as the owner or last agent of a contact. Of absent ones, theirs in turn: at most ten. */
  readonly substitute?: Id;
  /** Their main team. */
  readonly team?: Id;
  /** The zone of their hours; the desk's when absent. */
  readonly time_zone?: Zone;
  /** Dates on which their hours, dates and holidays are read in another zone. */
  readonly travel?: readonly Travel[];
  /** Their weekly hours; their main team's, else the desk's, when absent. */
  readonly working_hours?: readonly WeeklyHours[];
  readonly [key: `x-${string}`]: unknown;
}

/** The embedder's own data; weight is that of weighted_round_robin. */
export interface AgentAttributes {
  /** The share of conversations that `weighted_round_robin` gives. */
  readonly weight?: number;
  readonly [key: string]: unknown;
}

/** How much an agent takes at a time, in units of channel weight; a bare number is the total. */
export type Capacity =
  | number
  | {
    /** Kinds that are taken only with nothing else. */
    readonly alone?: readonly Id[];
    /** The limits on the conversations that routing gives in a time. */
    readonly pace?: readonly Pace[];
    /** The most of an inbox. */
    readonly per_inbox?: {
      readonly [key: string]: number;
    };
    /** The most of a channel kind. */
    readonly per_kind?: {
      readonly [key: string]: number;
    };
    /** The most of all kinds together. */
    readonly total?: number;
    readonly [key: `x-${string}`]: unknown;
  };

/** A way into an inbox, such as a chat widget or a phone number. */
export interface Channel {
  /** The time for which an offer is open; conversations are assigned without an offer when absent. */
  readonly accept_within?: DurationText;
  /** The outcome for conversations that arrive outside office hours; they are routed as usual when absent. */
  readonly after_hours?: Otherwise;
  /** `true` if a conversation that a bot has is closed once the contact has not written for `bot_inactivity`. */
  readonly close_idle_bots?: boolean;
  /** Its id, unique in the inbox. */
  readonly id: Id;
  /** Its kind: `email`, `chat`, `form`, `call`, `messenger` or one of the document's `kinds`. */
  readonly kind: Id;
  /** The display name. */
  readonly name?: string;
  /** The time after which an agent who declined a conversation, or missed its offer, may be offered it again; only when the agent next turns available, when absent. */
  readonly offer_again_after?: DurationText;
  /** The number of agents to whom a conversation is offered at once, 1 when absent. */
  readonly offers_at_once?: number;
  /** Its office hours; the inbox's when absent. */
  readonly office_hours?: readonly WeeklyHours[];
  /** `false` if the sender of forwarded mail is who forwarded it, instead of who wrote it first. */
  readonly original_sender?: boolean;
  /** The priority that it adds to that of its conversations. */
  readonly priority?: number;
  /** `true` if a message of the contact reopens a closed conversation; when absent, it does in `email` and `messenger`. */
  readonly reopen_on_message?: boolean;
  /** The time after the contact's last message in which replies may be sent; without a limit when absent. */
  readonly reply_window?: ReplyWindow;
  /** The rules that choose agents for conversations; without rules all conversations stay unassigned. */
  readonly rules?: readonly Rule[];
  /** The settings for visitors. */
  readonly visitor?: VisitorSettings;
  /** The limit on those who wait; none when absent. */
  readonly waiting_limit?: WaitingLimit;
  /** The part of an agent's capacity that one conversation takes. */
  readonly weight?: number;
  /** The time for which an agent stays busy after closing a conversation. */
  readonly wrap_up?: DurationText;
  readonly [key: `x-${string}`]: unknown;
}

/** The strategy or script by which a step chooses among eligible agents. */
export type Chooser = Strategy | ScriptCall;

/** A date of the calendar. */
export type CivilDate = string;

/** The hours of one date, which replace its weekly hours. */
export interface DateHours {
  /** The date, in the zone of the agent. */
  readonly date: CivilDate;
  /** The hours of the date; an empty list means away. */
  readonly hours: readonly Interval[];
  readonly [key: `x-${string}`]: unknown;
}

/** A date and time on the wall clock, without an offset; 24:00 is 00:00 of the next day. */
export type CivilDateTime = string;

/** A length of time in days (of 24 hours), hours, minutes, seconds and milliseconds, each at most once, in this order; at most 200 years. */
export type DurationText = string;

/** The seats that have each feature. An absent feature is available with every seat, and without one. */
export interface Entitlements {
  /** Getting conversations by routing. */
  readonly auto_assign?: readonly Id[];
  /** Hiding messages. */
  readonly hidden_messages?: readonly Id[];
  /** Entering absences. */
  readonly out_of_office?: readonly Id[];
  /** Changing rules, and getting conversations by them. */
  readonly routing_rules?: readonly Id[];
  /** Setting oneself away for a while. */
  readonly temporarily_away?: readonly Id[];
  readonly [key: `x-${string}`]: unknown;
}

/** The agents or the name shown to a visitor. */
export type Faces =
  | "contact_owner"
  | {
    readonly agents?: never;
    readonly contact_owner?: false;
    /** A given name, such as the company's. */
    readonly name: string;
    /** The setting for visitors without an owner. */
    readonly otherwise?: Faces;
    readonly teams?: never;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    readonly agents?: never;
    readonly contact_owner: true;
    readonly name?: never;
    /** The setting for visitors without an owner. */
    readonly otherwise?: Faces;
    readonly teams?: never;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** Agents who may be shown. */
    readonly agents: readonly Id[];
    readonly contact_owner?: false;
    readonly name?: never;
    /** The setting for visitors without an owner. */
    readonly otherwise?: Faces;
    /** Teams whose main members may be shown. */
    readonly teams?: readonly Id[];
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** Agents who may be shown. */
    readonly agents?: readonly Id[];
    readonly contact_owner?: false;
    readonly name?: never;
    /** The setting for visitors without an owner. */
    readonly otherwise?: Faces;
    /** Teams whose main members may be shown. */
    readonly teams: readonly Id[];
    readonly [key: `x-${string}`]: unknown;
  };

/** A filter of agents: an agent has to match all fields that are set. The default matches all. */
export interface Filter {
  /** The inbox that the agent has access to. */
  readonly inbox?: Id;
  /** The skill that the agent has, at any level. */
  readonly skill?: Id;
  /** The state of the agent. */
  readonly state?: State;
  /** The team of which the agent is a main or extra member. */
  readonly team?: Id;
  readonly [key: `x-${string}`]: unknown;
}

/** Dates on which some people are away and some offices closed. */
export interface Holiday {
  /** The dates, in the zone of the agent or inbox that observes them. */
  readonly dates: readonly CivilDate[];
  /** Its id. */
  readonly id: Id;
  /** The inboxes whose office hours observe it. */
  readonly inboxes?: readonly Id[];
  /** The display name. */
  readonly name?: string;
  /** The teams whose main and extra members observe it. */
  readonly teams?: readonly Id[];
  readonly [key: `x-${string}`]: unknown;
}

/** An id of the embedder's: text that is not empty, at most 256 characters, none of them a control character. */
export type Id = string;

/** A shared inbox. */
export interface Inbox {
  /** The agents who may work in it. */
  readonly access?: Access;
  /** The channels by which conversations arrive. */
  readonly channels?: readonly Channel[];
  /** The senders whose conversations are filtered as spam; none when absent. */
  readonly filters?: SenderFilters;
  /** Its id. */
  readonly id: Id;
  /** The display name. */
  readonly name?: string;
  /** Its office hours; always open when absent. */
  readonly office_hours?: readonly WeeklyHours[];
  /** The zone of its office hours; the desk's when absent. */
  readonly time_zone?: Zone;
  readonly [key: `x-${string}`]: unknown;
}

/** The texts for a state other than online. */
export interface Instead {
  /** `true` to hide the channel. */
  readonly hide?: boolean;
  /** The text to show. */
  readonly message?: LocalizedText;
  /** The time until an answer, in the embedder's words. */
  readonly reply_time?: LocalizedText;
  readonly [key: `x-${string}`]: unknown;
}

/** A span between two times of day; an end that is not after the start lies on the next day. */
export interface Interval {
  /** The end. */
  readonly end: TimeOfDay;
  /** The start, at most `23:59`. */
  readonly start: StartOfDay;
  readonly [key: `x-${string}`]: unknown;
}

/** A text for visitors: one for all, or one a language, the first for whoever speaks none of them. */
export type LocalizedText =
  | string
  | {
    readonly [key: string]: string;
  };

/** What must hold of the arriving conversation: every entry, by what it looks at. */
export interface Match {
  readonly [key: `attributes.${string}`]: Test;
  readonly [key: `contact.attributes.${string}`]: Test;
  readonly "inbox"?: TestOfId;
  readonly "channel"?: TestOfId;
  readonly "kind"?: TestOfId;
  readonly "contact.owner"?: TestOfId;
  readonly "priority"?: TestOfNumber;
  readonly [key: `skills.${string}`]: TestOfNumber;
  readonly "contact.known"?: TestOfFlag;
  readonly "hours"?: 
    | readonly WeeklyHours[]
    | {
      /** The hours. */
      readonly hours: readonly WeeklyHours[];
      /** The zone of the hours; the inbox's when absent. */
      readonly time_zone?: Zone;
      readonly [key: `x-${string}`]: unknown;
    };
  readonly [key: `x-${string}`]: unknown;
}

/** The outcome for the open conversations of an agent who sets their own status to away. */
export type OnAway = "keep" | "requeue";

/** What holds when the script of a step fails: the step finds nobody, or a strategy chooses. */
export type OnError = "skip_step" | "least_busy" | "most_capacity" | "round_robin" | "weighted_round_robin" | "longest_idle" | "best_skill" | "fewest_skills" | "in_order" | "random";

/** The outcome for the open conversations of an agent whose working hours end, or who goes out of office. */
export type OnLeaving =
  | "keep"
  | "requeue"
  | {
    /** The time after which they are given back. */
    readonly requeue_after: DurationText;
    readonly [key: `x-${string}`]: unknown;
  };

/** The outcome for the conversations of a removed agent. */
export type OnRemoved = "route" | "unassign";

/** The outcome if no step finds an agent. */
export type Otherwise =
  | "queue"
  | "unassigned"
  | "notify_owner"
  | {
    /** The message that the contact hears, by the embedder's name. */
    readonly voicemail: Id;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The name of the bot. */
    readonly bot: Id;
    readonly [key: `x-${string}`]: unknown;
  };

/** A status that an agent can be set to beside available and away: one of these under a name of its own. */
export interface OwnStatus {
  /** Its id, which is neither `available` nor `away`. */
  readonly id: Id;
  /** The channel kinds for which an agent who has it is available; all when absent. */
  readonly kinds?: readonly Id[];
  /** The display name. */
  readonly name?: string;
  /** The state of an agent who has it. */
  readonly state: State;
  readonly [key: `x-${string}`]: unknown;
}

/** The most conversations that routing gives an agent in a time, or on a day. */
export interface Pace {
  /** The number of conversations. */
  readonly at_most: number;
  /** The time in which they are counted. */
  readonly per: PacePer;
  readonly [key: `x-${string}`]: unknown;
}

/** The time in which a pace counts. */
export type PacePer = "day" | DurationText;

/** A right to change other agents or the desk. */
export type Permission = "manage_availability" | "account_access" | "super_admin";

/** The priority that a rule adds to its conversations as they wait. */
export interface RaisePriority {
  /** The most that is added in all; no limit when absent. */
  readonly at_most?: number;
  /** The priority that is added each time. */
  readonly by: number;
  /** The time after which the priority is raised, again and again, counted from the place in the queue. */
  readonly every: DurationText;
  readonly [key: `x-${string}`]: unknown;
}

/** The windows for replies, counted from the contact's last message. */
export type ReplyWindow =
  | {
    /** The time in which anything may be sent; without a limit when absent. */
    readonly automated: DurationText;
    /** The time in which a person may write, no shorter; without a limit when absent. */
    readonly person?: DurationText;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The time in which anything may be sent; without a limit when absent. */
    readonly automated?: DurationText;
    /** The time in which a person may write, no shorter; without a limit when absent. */
    readonly person: DurationText;
    readonly [key: `x-${string}`]: unknown;
  };

/** Whether addresses that name a role are filtered, or which local parts are beside the usual ones. */
export type RoleAddresses = boolean | readonly Id[];

/** A rule of a channel. The first rule whose conditions hold is used. */
export interface Rule {
  /** Its id, unique in the channel. */
  readonly id: Id;
  /** The conditions on the conversation, all of which have to hold. */
  readonly match?: Match;
  /** The outcome if no step finds an agent; that of the desk's settings when absent, or else `queue`. */
  readonly otherwise?: Otherwise;
  /** The priority that it adds to that of a conversation. */
  readonly priority?: number;
  /** The priority that it adds as a conversation waits. */
  readonly raise_priority?: RaisePriority;
  /** The steps, in order. */
  readonly steps: readonly Step[];
  /** A further condition: a script expression over `conversation`, `contact`, `channel`, `inbox` and `now`. */
  readonly when?: string;
  readonly [key: `x-${string}`]: unknown;
}

/** A script with its parameters, as a step names it. */
export interface ScriptCall {
  /** The parameters; absent ones have their defaults. */
  readonly params?: {
    readonly [key: string]: unknown;
  };
  /** The name of the script. */
  readonly script: Id;
  readonly [key: `x-${string}`]: unknown;
}

/** The senders whose conversations are filtered as spam. */
export interface SenderFilters {
  /** The addresses and domains that are let in all the same. */
  readonly allow?: AddressList;
  /** The addresses and domains (`@example.net`) that are filtered. */
  readonly block?: AddressList;
  /** `true` to filter addresses that name a role instead of a person, such as `noreply@`; a list names more of these. */
  readonly role_addresses?: RoleAddresses;
  readonly [key: `x-${string}`]: unknown;
}

/** Settings of a whole desk; absent ones are off. */
export interface Settings {
  /** `true` if an away status without an end also ends when the schedule next becomes available. */
  readonly away_ends_at_shift_start?: boolean;
  /** The time after the contact's last message in which agents may not close a conversation that a bot has; 30 minutes when absent. */
  readonly bot_inactivity?: DurationText;
  /** The seats that have each feature. */
  readonly entitlements?: Entitlements;
  /** The time after which a closed conversation is forgotten; absent if it is remembered for good. */
  readonly forget_closed_after?: DurationText;
  /** The time after which a conversation in the trash is forgotten; 30 days when absent. */
  readonly forget_trash_after?: DurationText;
  /** The time before the end of an agent's availability in which the agent gets no new conversations. */
  readonly last_assignment_before_end?: DurationText;
  /** The number of consecutive expired offers after which an agent is set away. */
  readonly missed_offers_before_away?: number;
  /** The outcome for the open conversations of an agent who goes out of office. */
  readonly on_absence?: OnLeaving;
  /** The outcome for the open conversations of an agent who sets their own status to away. */
  readonly on_away?: OnAway;
  /** The outcome for the conversations of a removed agent. */
  readonly on_removed?: OnRemoved;
  /** The outcome for the open conversations of an agent whose working hours end, or for whom a holiday begins. */
  readonly on_shift_end?: OnLeaving;
  /** The outcome of rules that have none of their own, if no step finds an agent; absent if it is `queue`. */
  readonly otherwise?: Otherwise;
  /** `true` if that holds for an away status that agents set themselves. */
  readonly own_away_ends_at_shift_start?: boolean;
  /** `true` if routing gives conversations only to agents with a seat. */
  readonly requires_seat?: boolean;
  /** The seed of all random choices. */
  readonly seed?: number;
  readonly [key: `x-${string}`]: unknown;
}

/** Skills with their levels, from 1 to 5. */
export interface Skills {
  readonly [key: string]: number;
}

/** When a step is passed at once, although it has a wait. */
export type SkipIf = "nobody_available";

/** A time on the wall clock, at most 23:59. */
export type StartOfDay = string;

/** The state of an agent. */
export type State = "available" | "away";

/** An attempt to find an agent. */
export interface Step {
  /** The agents to consider. */
  readonly assign_to: Target;
  /** The fallback if the script fails. */
  readonly on_error?: OnError;
  /** `true` if only available agents are eligible. */
  readonly only_available?: boolean;
  /** The priority that it adds to that of a conversation which has reached it. */
  readonly priority?: number;
  /** The skills of the conversation that this step and those after it do not require. */
  readonly relax_skills?: readonly Id[];
  /** The required levels of skills, beside those that the conversation requires. */
  readonly skills?: Skills;
  /** When the step is passed at once, although it has a wait. */
  readonly skip_if?: SkipIf;
  /** The strategy or script that chooses among the eligible ones. */
  readonly strategy?: Chooser;
  /** The tie-break of the strategy. */
  readonly tie?: Tie;
  /** The time to wait before the next step is added. */
  readonly wait?: Wait;
  readonly [key: `x-${string}`]: unknown;
}

/** A built-in strategy that chooses among eligible agents. All are deterministic. */
export type Strategy = "least_busy" | "most_capacity" | "round_robin" | "weighted_round_robin" | "longest_idle" | "best_skill" | "fewest_skills" | "in_order" | "random";

/** A filter of the table of agents that the document saves, for everyone. It goes with its team or its inbox when that is removed: without it, the filter would show agents whom it is to hide. */
export interface TableFilter {
  /** The agents that it shows. */
  readonly filter: Filter;
  /** Its id. */
  readonly id: Id;
  /** The display name. */
  readonly name?: string;
  readonly [key: `x-${string}`]: unknown;
}

/** The agents that a step considers. */
export type Target =
  | "everyone"
  | "contact_owner"
  | "last_agent"
  | {
    /** The agents. */
    readonly agents: readonly Id[];
    /** `true` if extra members are considered, too. */
    readonly extra?: boolean;
    /** The teams, whose main members are considered. */
    readonly teams?: readonly Id[];
    /** The conditions on the agents, all of which have to hold. */
    readonly where?: Where;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The agents. */
    readonly agents?: readonly Id[];
    /** `true` if extra members are considered, too. */
    readonly extra?: boolean;
    /** The teams, whose main members are considered. */
    readonly teams: readonly Id[];
    /** The conditions on the agents, all of which have to hold. */
    readonly where?: Where;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The name of the bot. */
    readonly bot: Id;
    readonly [key: `x-${string}`]: unknown;
  };

/** A team. */
export interface Team {
  /** Its id. */
  readonly id: Id;
  /** The display name. */
  readonly name?: string;
  /** The hours of main members without their own; the desk's when absent. */
  readonly working_hours?: readonly WeeklyHours[];
  readonly [key: `x-${string}`]: unknown;
}

/** What is asked of a value: a literal it is equal to, a list of which it is one, or an object of which every entry holds. */
export type Test =
  | string | number | boolean
  | readonly unknown[]
  | {
    /** A number that is not smaller. */
    readonly at_least: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not?: Test;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not?: Test;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not: Test;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not?: Test;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not?: Test;
    /** Text that starts with this text. */
    readonly starts_with: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists: boolean;
    /** A test that does not hold. */
    readonly not?: Test;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  };

/** What is asked of a value: a literal it is equal to, a list of which it is one, or an object of which every entry holds. */
export type TestOfFlag =
  | boolean
  | readonly boolean[]
  | {
    /** A number that is not smaller. */
    readonly at_least: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not?: TestOfFlag;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not?: TestOfFlag;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not: TestOfFlag;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not?: TestOfFlag;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not?: TestOfFlag;
    /** Text that starts with this text. */
    readonly starts_with: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists: boolean;
    /** A test that does not hold. */
    readonly not?: TestOfFlag;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  };

/** What is asked of a value: a literal it is equal to, a list of which it is one, or an object of which every entry holds. */
export type TestOfId =
  | Id
  | readonly Id[]
  | {
    /** A number that is not smaller. */
    readonly at_least: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not?: TestOfId;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not?: TestOfId;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not: TestOfId;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not?: TestOfId;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not?: TestOfId;
    /** Text that starts with this text. */
    readonly starts_with: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists: boolean;
    /** A test that does not hold. */
    readonly not?: TestOfId;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  };

/** What is asked of a value: a literal it is equal to, a list of which it is one, or an object of which every entry holds. */
export type TestOfNumber =
  | number
  | readonly number[]
  | {
    /** A number that is not smaller. */
    readonly at_least: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not?: TestOfNumber;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not?: TestOfNumber;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not: TestOfNumber;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not?: TestOfNumber;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists?: boolean;
    /** A test that does not hold. */
    readonly not?: TestOfNumber;
    /** Text that starts with this text. */
    readonly starts_with: string;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** A number that is not smaller. */
    readonly at_least?: number;
    /** A number that is not greater. */
    readonly at_most?: number;
    /** Text that contains this text, or a list that contains this element. */
    readonly contains?: unknown;
    /** `true` if the value has to be present, `false` if it has to be absent. */
    readonly exists: boolean;
    /** A test that does not hold. */
    readonly not?: TestOfNumber;
    /** Text that starts with this text. */
    readonly starts_with?: string;
    readonly [key: `x-${string}`]: unknown;
  };

/** The tie-break of a strategy. */
export type Tie = "least_recently_assigned" | "most_recently_assigned" | "fewest_skills";

/** A time on the wall clock; 24:00 is the midnight that ends the day. */
export type TimeOfDay = string;

/** Dates on which an agent's hours, dates and holidays are read in another zone. */
export interface Travel {
  /** The first date. */
  readonly first_day: CivilDate;
  /** The last date. */
  readonly last_day: CivilDate;
  /** The zone of the dates. */
  readonly time_zone: Zone;
  readonly [key: `x-${string}`]: unknown;
}

/** The rule that decides if a channel is online. */
export type VisitorAvailability = "team_status" | "office_hours" | "always";

/** The settings of a channel for its visitors. */
export interface VisitorSettings {
  /** The rule that decides if the channel is online. */
  readonly availability?: VisitorAvailability;
  /** The usual time until an answer, in the embedder's words; shown only while the channel is online. */
  readonly reply_time?: LocalizedText;
  /** The agents or the name shown to visitors. */
  readonly shows?: Faces;
  /** The texts while the channel is away. */
  readonly when_away?: Instead;
  /** The texts outside office hours. */
  readonly when_closed?: Instead;
  readonly [key: `x-${string}`]: unknown;
}

/** The time that a conversation waits at a step before the next one is added. */
export type Wait =
  | DurationText
  | {
    /** The length of time that the channel is open. */
    readonly office_hours: DurationText;
    readonly [key: `x-${string}`]: unknown;
  };

/** The most that wait in a channel, the longest that one waits, and the outcome for a conversation beyond that. */
export type WaitingLimit =
  | {
    /** The number of others that may wait when a conversation arrives or is reopened, and would wait. */
    readonly at_most: number;
    /** The time for which a conversation waits, counted from its place in the queue. */
    readonly longest?: DurationText;
    /** The outcome for a conversation beyond the limit; it is not `queue`. */
    readonly otherwise: Otherwise;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The number of others that may wait when a conversation arrives or is reopened, and would wait. */
    readonly at_most?: number;
    /** The time for which a conversation waits, counted from its place in the queue. */
    readonly longest: DurationText;
    /** The outcome for a conversation beyond the limit; it is not `queue`. */
    readonly otherwise: Otherwise;
    readonly [key: `x-${string}`]: unknown;
  };

/** A day of the week, written `mon` to `sun`. */
export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

/** Hours that repeat weekly on some weekdays, by the wall clock. */
export interface WeeklyHours {
  /** The weekdays on which the interval starts. */
  readonly days: readonly Weekday[];
  /** The end. */
  readonly end: TimeOfDay;
  /** The number of weeks from one to the next, counted from the week of `first_day`; every week when absent. */
  readonly every?: number;
  /** The first date on which it may start. */
  readonly first_day?: CivilDate;
  /** The last date on which it may start. */
  readonly last_day?: CivilDate;
  /** The start, at most `23:59`. */
  readonly start: StartOfDay;
  readonly [key: `x-${string}`]: unknown;
}

/** What must hold of an agent: every entry, by what it looks at. */
export interface Where {
  readonly [key: `attributes.${string}`]: Test;
  readonly [key: `skills.${string}`]: TestOfNumber;
  readonly "team"?: TestOfId;
  readonly [key: `x-${string}`]: unknown;
}

/** A time zone by its IANA name. */
export type Zone = string;

/** To whom a conversation is given by hand. */
export type Assignee =
  | {
    /** The agent. */
    readonly agent: Id;
    readonly [key: `x-${string}`]: unknown;
  }
  | {
    /** The team. */
    readonly team: Id;
    readonly [key: `x-${string}`]: unknown;
  };

/** The person who writes or calls. */
export interface Contact {
  /** The embedder's own data. */
  readonly attributes?: {
    readonly [key: string]: unknown;
  };
  /** The embedder's id of the person. Conversations with the same id are of one contact. */
  readonly id?: Id;
  /** `true` if the embedder recognised the person. */
  readonly known?: boolean;
  /** The agent who looks after them. */
  readonly owner?: Id;
  readonly [key: `x-${string}`]: unknown;
}

/** The description of a desk: valid, and with all references resolved. */
export interface Document {
  /** Agents; their order decides the last tie. */
  readonly agents?: readonly Agent[];
  /** Holidays. */
  readonly holidays?: readonly Holiday[];
  /** Inboxes. */
  readonly inboxes?: readonly Inbox[];
  /** Channel kinds beside the built-in ones. */
  readonly kinds?: readonly Id[];
  /** Settings. */
  readonly settings?: Settings;
  /** Statuses beside available and away. */
  readonly statuses?: readonly OwnStatus[];
  /** Filters of the table of agents, for everyone. */
  readonly table_filters?: readonly TableFilter[];
  /** Teams. */
  readonly teams?: readonly Team[];
  /** The zone of agents and inboxes without their own. */
  readonly time_zone: Zone;
  /** The version of the format, 1. */
  readonly version: 1;
  /** The hours of agents whose team, too, has none; they are always on when absent. */
  readonly working_hours?: readonly WeeklyHours[];
  readonly [key: `x-${string}`]: unknown;
}

/** Weekly hours, or null for none, which is always on. */
export type HoursOrNone = readonly WeeklyHours[] | null;

/** An instant, UTC, from 2000 up to 2200, with three digits of the second. */
export type InstantText = string;

/** Who wrote a message. */
export type MessageFrom = "visitor" | "agent" | "bot" | "automated";

/** A whole document for a desk that runs. A list that it leaves out stays as the desk has it: a list of the desk, or of an agent, team, holiday, inbox or channel. Null takes a key out. */
export type NewDocument =
  | Document
  | {
    readonly [key: string]: unknown;
  };

/** The name of a status: available, away, or the id of one of the document's. */
export type StatusName = State | Id;

/** The reason for an assignment without a rule. */
export type AssignedBecause = "by_hand" | "replied" | "held_before";

/** The commands that change the document. */
export type ChangeType = "set_working_hours" | "set_date_hours" | "set_out_of_office" | "put_agent" | "put_team" | "put_inbox" | "put_holiday" | "configure" | "remove_agent" | "remove_team" | "remove_inbox" | "remove_holiday";

/** The reason why a conversation was closed that nobody closed. */
export type ClosedBecause = "bot_idle";

/** The kind of a problem, warning or refusal. */
export type ProblemCode = "invalid_json" | "invalid_calendar" | "unknown_key" | "duplicate_key" | "missing_key" | "wrong_type" | "invalid_value" | "conflict" | "duplicate_id" | "unknown_reference" | "unknown_script" | "invalid_script" | "unknown_hook" | "unknown_parameter" | "unknown_zone" | "invalid_time" | "missing_offset" | "invalid_duration" | "invalid_recurrence" | "too_many_occurrences" | "out_of_range" | "unsupported_version" | "unsupported_feature" | "unknown_agent" | "unknown_team" | "unknown_inbox" | "unknown_holiday" | "unknown_channel" | "unknown_status" | "unknown_filter" | "unknown_conversation" | "conversation_exists" | "time_goes_back" | "not_permitted" | "no_inbox_access" | "deactivated" | "conversation_closed" | "conversation_open" | "not_offered" | "not_with_bot" | "not_held" | "bot_active" | "window_closed" | "not_answered" | "in_spam" | "not_in_spam" | "in_trash" | "not_in_trash" | "unknown_sender" | "sender_allowed" | "not_blocked" | "not_hidden" | "in_use" | "actor_required" | "id_mismatch" | "time_is_up" | "leap_too_long" | "in_the_past" | "unknown_desk" | "desk_exists" | "retry_transaction" | "clock_ahead" | "damaged_log" | "compacted" | "database_failed" | "internal_error" | "never_matches" | "never_reached" | "nobody_there" | "never_open" | "no_effect" | "unknown_member" | "not_a_condition" | "unused" | "unlikely_recurrence";

/** An agent considered in a decision on a conversation: its standing, or the first check that it failed. */
export type Considered =
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
    readonly reason: "not_in_target";
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
    readonly reason: "deactivated";
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
    readonly reason: "no_seat";
    /** The seat of the agent. */
    readonly seat?: Id;
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
    readonly reason: "no_inbox_access";
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
    readonly reason: "declined";
    /** The instant from which the agent may be offered it again in any case. */
    readonly until?: InstantText;
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
    readonly reason: "already_offered";
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
    /** The required level. */
    readonly asked: number;
    /** The level of the agent, 0 without the skill. */
    readonly level: number;
    readonly reason: "missing_skill";
    /** The skill. */
    readonly skill: Id;
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
    readonly reason: "away";
    /** The status of the agent, with its reason and end. */
    readonly status: StatusJson;
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
    /** The kind. */
    readonly kind: Id;
    readonly reason: "not_taking_kind";
    /** The status of the agent, with its name and end. */
    readonly status: StatusJson;
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
    /** The end of the availability. */
    readonly ends: InstantText;
    readonly reason: "ending_soon";
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
    readonly reason: "at_capacity";
    /** The kind. */
    readonly kind: Id;
    /** The weight of the kind that the agent held. */
    readonly kind_load: number;
    /** The largest weight of the kind that the agent takes. */
    readonly limit: number;
    /** The weight of this conversation, if it is not 1. */
    readonly weight?: number;
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
    readonly reason: "at_capacity";
    /** The inbox. */
    readonly inbox: Id;
    /** The weight of what the agent held from the inbox. */
    readonly inbox_load: number;
    /** The largest weight that the agent takes from the inbox. */
    readonly limit: number;
    /** The weight of this conversation, if it is not 1. */
    readonly weight?: number;
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
    readonly reason: "at_capacity";
    /** The largest total weight that the agent takes. */
    readonly limit: number;
    /** The weight of this conversation, if it is not 1. */
    readonly weight?: number;
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
    readonly reason: "at_capacity";
    /** The kind. */
    readonly alone: Id;
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
    /** The number of conversations. */
    readonly at_most: number;
    /** The time in which they are counted. */
    readonly per: PacePer;
    readonly reason: "at_pace";
    /** The instant at which the pace leaves room again; absent while open offers take all of it. */
    readonly until?: InstantText;
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
    readonly reason: "zero_weight";
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
    /** The reason, if the script gave one. */
    readonly because?: string;
    readonly reason: "rejected_by_script";
    /** The script; absent if it was a strategy. */
    readonly script?: Id;
    /** The strategy of the embedder, if it was one. */
    readonly strategy?: Id;
  }
  | {
    /** The agent. */
    readonly agent: Id;
    /** The number of skills that the agent has beyond the required ones, where these break ties. */
    readonly extra_skills?: number;
    /** The instant at which the agent was last assigned or offered a conversation. */
    readonly last_assigned?: InstantText;
    /** The total weight of what the agent held. */
    readonly load: number;
    /** The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight, the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the score that a script gave. */
    readonly score?: unknown;
    /** The agent out of office for whom this one stands in; absent for an agent whom the step itself names. */
    readonly substitute_for?: Id;
  };

/** The person who writes or calls. */
export interface ContactOfEvent {
  /** The embedder's own data. */
  readonly attributes?: {
    readonly [key: string]: unknown;
  };
  /** The embedder's id of the person. Conversations with the same id are of one contact. */
  readonly id?: Id;
  /** `true` if the embedder recognised the person. */
  readonly known?: boolean;
  /** The agent who looks after them. */
  readonly owner?: Id;
}

/** The reason why a conversation is in the spam. */
export type FilteredBecause = "blocked_sender" | "role_address" | "by_hand";

/** The reason for a notice. */
export type NoticeKind = "set_away_by_other" | "missed_offers";

/** The part of a waiting limit that a conversation reached. */
export type ReachedLimit = "at_most" | "longest";

/** The reason why an agent is available or away. */
export type Reason = "working_hours" | "always_on" | "set_available" | "outside_working_hours" | "holiday" | "out_of_office" | "set_away" | "set_away_by_other" | "temporarily_away" | "deactivated";

/** A status set by hand, or by the desk after missed offers. */
export interface Setting {
  /** `true` if the desk set it, because offers were missed. */
  readonly missed_offers?: boolean;
  /** The reason that applies to a deactivated agent after activation; absent if the schedule applies. */
  readonly reason?: Reason;
  /** The status: available, away, or one of the document's by its id. */
  readonly status: StatusName;
  /** The end of an away for a while; of a deactivated agent, the end of the status that was set. */
  readonly until?: InstantText;
}

/** The availability of an agent at an instant.  `since` and `until` bound the longest span around the instant in which state, reason and status stay the same, as far as is known now; `None` if there is no bound, or none between 2000 and 2200. */
export interface StatusJson {
  /** The agent who set it, if it was set by hand. */
  readonly by?: Id;
  /** The note of the absence or the status. */
  readonly note?: string;
  /** The reason. */
  readonly reason: Reason;
  /** The start of the status, UTC. */
  readonly since: InstantText | null;
  /** The state: available or away. */
  readonly state: State;
  /** The status of the document that was set, if it was one of these. */
  readonly status?: Id;
  /** The end of the status, UTC. */
  readonly until: InstantText | null;
}

/** The reason why a conversation is unassigned. */
export type UnassignedBecause = "no_rule" | "otherwise" | "waiting_limit" | "released" | "distributed" | "agent_away" | "shift_ended" | "out_of_office" | "removed" | "no_inbox_access" | "transferred";

/** The view of a channel's visitors. */
export interface PublishedChannel {
  /** The texts while no agent is there. */
  readonly away?: VisitorTexts;
  /** The state at the start, and each change of it. */
  readonly changes: readonly VisitorChange[];
  /** The channel. */
  readonly channel: Id;
  /** The texts outside office hours. */
  readonly closed?: VisitorTexts;
  /** The texts while an agent is there. */
  readonly online?: VisitorTexts;
}

/** An instant from which visitors see a state. */
export interface VisitorChange {
  /** The instant, UTC. */
  readonly at: InstantText;
  /** The state from this instant on. */
  readonly state: VisitorState;
}

/** The state of a channel for its visitors. */
export type VisitorState = "online" | "away" | "closed" | "hidden";

/** The texts that visitors see in a state. */
export interface VisitorTexts {
  /** The message: one text, or one per language. */
  readonly message?: LocalizedText;
  /** The time until an answer, in the embedder's words: one text, or one per language. */
  readonly reply_time?: LocalizedText;
}

/** A language tag of RFC 5646, such as `sv` or `pt-BR`. Upper and lower case are the same.  ``` use frontdesk::Language;  assert_eq!(Language::parse("pt-BR"), Language::parse("pt-br")); assert_eq!(Language::parse("Swedish, please").unwrap_err().message, "\"Swedish, please\" is not a language tag"); ``` */
export type Language = string;

/** The agents or the name shown to a visitor. */
export type Shown =
  | {
    readonly agents: readonly Id[];
  }
  | {
    readonly name: string;
  };

/** The types of commands. */
export type CommandType = "open" | "update" | "close" | "reopen" | "release" | "snooze" | "accept" | "decline" | "assign" | "reply" | "message" | "hand_over" | "transfer" | "mark_spam" | "not_spam" | "block" | "unblock" | "trash" | "restore" | "hide" | "unhide" | "forget" | "erase" | "set_status" | "set_working_hours" | "set_date_hours" | "set_out_of_office" | "put_agent" | "put_team" | "put_inbox" | "put_holiday" | "configure" | "remove_agent" | "remove_team" | "remove_inbox" | "remove_holiday" | "advance";

/** The types of events. */
export type EventType = "started" | "status_changed" | "notice" | "opened" | "message_noted" | "sent" | "filtered" | "unfiltered" | "trashed" | "restored" | "hidden" | "unhidden" | "blocked" | "unblocked" | "updated" | "offered" | "assigned" | "unassigned" | "kept" | "queued" | "step_entered" | "offer_expired" | "offer_declined" | "offer_withdrawn" | "sent_to_voicemail" | "owner_notified" | "handed_to_bot" | "closed" | "wrap_up_ended" | "forgotten" | "erased" | "reopened" | "snoozed" | "desk_changed" | "prioritized" | "script_failed" | "refused";

/** The first check that an agent failed, in the order in which they are asked. */
export type IneligibleReason = "not_in_target" | "deactivated" | "no_seat" | "no_inbox_access" | "declined" | "already_offered" | "missing_skill" | "away" | "not_taking_kind" | "ending_soon" | "at_capacity" | "at_pace" | "zero_weight" | "rejected_by_script";

/** The severity of a problem: an error stands in the way, a warning does not. */
export type Severity = "error" | "warning";

/** A standard view of the conversations that somebody sees. */
export type View = "unassigned" | "mine" | "all_open" | "chat" | "bots" | "email" | "messenger" | "forms" | "calls" | "all_closed" | "sent" | "spam" | "trash";

/** The order of a view. */
export type ViewSort = "oldest" | "newest" | "last_message_newest" | "last_message_oldest" | "queue";

/** The place of a conversation: in the queue, with someone, or out of the way. */
export type Whereabouts = "queued" | "offered" | "assigned" | "with_team" | "with_bot" | "unassigned" | "voicemail" | "snoozed" | "closed" | "sent" | "spam" | "trash";
