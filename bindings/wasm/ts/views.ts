/** Answers about conversations, as JSON: instants are text. */

import type { Capacity, Command, Considered, Contact, DeskDocument, DeskEvent, Id, InstantText, ProblemCode, Skills, StatusJson, Whereabouts } from "./contract.js";

/** The details of a conversation. */
export interface Details {
  /** The person who writes or calls. */
  readonly contact: Contact;
  /** The priority; higher goes first, 0 if absent. */
  readonly priority: number;
  /** The required levels of skills. */
  readonly skills: Skills;
  /** The embedder's own data. */
  readonly attributes: { readonly [key: string]: unknown };
}

/** The first turn of a desk: its document. */
export interface FirstTurn {
  readonly version: 1;
  readonly turn: 1;
  readonly document: DeskDocument;
}

/** A command with all its events. */
export interface CommandTurn {
  readonly version: 1;
  /** The number, from 2 and without a gap; absent if the command was refused, or gave nothing: then there is nothing to store. */
  readonly turn?: number;
  /** The instant of the command. */
  readonly at: InstantText;
  readonly command: Command;
  readonly events: readonly DeskEvent[];
}

/** What is stored of a desk. */
export type Turn = FirstTurn | CommandTurn;

/** A row of a table. */
export interface AgentRow extends StatusJson {
  readonly agent: Id;
  readonly name?: string;
  readonly team?: Id;
  /** The weight of all that the agent holds. */
  readonly load: number;
  /** The number of conversations that the agent holds. */
  readonly holding: number;
  readonly capacity?: Capacity;
  /** The inboxes that the agent has access to, in document order; absent if there are none. */
  readonly inboxes?: readonly Id[];
}

/** The inboxes of an agent, in document order. */
export interface AgentInboxes {
  /** Those that the agent has access to. A deactivated agent may act in none of them. */
  readonly access: readonly Id[];
  /** Those that the agent sees: all of them with `account_access` or `super_admin`, else those of `access`. */
  readonly sees: readonly Id[];
}

/** The current state of a conversation. */
export interface ConversationView extends Partial<Details> {
  readonly conversation: Id;
  /** The state of the conversation. */
  readonly state: Whereabouts;
  /** The agent who holds it, or was offered it first. */
  readonly agent?: Id;
  /** The agent who last held it, also one who was removed since; absent while an agent holds it. */
  readonly last_agent?: Id;
  /** The agents who have its offer, the first offered first: several with `offers_at_once`. */
  readonly offered_to?: readonly Id[];
  /** The team to which it is given, or among whose members it is distributed. */
  readonly team?: Id;
  /** The bot that has it. */
  readonly bot?: Id;
  /** The reason why it is in the spam; absent elsewhere. */
  readonly filtered_because?: Extract<DeskEvent, { type: "filtered" }>["reason"];
  /** The entry of a list, as it is written, or the role for which it is in the spam. */
  readonly matched?: Id;
  readonly opened_at: InstantText;
  /** The instant of its last message, by anyone; the opening counts as one. */
  readonly last_message_at: InstantText;
  /** The hidden messages, in the order in which they were hidden. */
  readonly hidden_messages?: readonly Id[];
  readonly inbox: Id;
  readonly channel: Id;
  readonly [key: string]: unknown;
}

/** The agents considered at a step, or among the members of a team. */
export interface StepConsidered {
  /** The team in which it is distributed; absent if a rule routes it. */
  readonly team?: Id;
  readonly rule?: Id;
  /** The step, from 1. */
  readonly step?: number;
  readonly strategy: Extract<DeskEvent, { type: "assigned" }>["strategy"];
  /** The agents whom the step names, or the members of the team. */
  readonly considered: readonly Considered[];
  /** The number of the desk's other agents; absent if there are none. */
  readonly not_in_target?: number;
}

/** When the windows for replies close; one that is not after the command has closed already. */
export interface ReplyWindowEnds<I = InstantText> {
  /** For messages of a bot or a program; absent without a limit. */
  readonly automated?: I;
  /** For messages that a person writes; absent without a limit. */
  readonly person?: I;
}

/** Whether a command is allowed; if not, the refusal that it would get. */
export type May<I = InstantText> = (Allowed | Denied<I>) & {
  /** The substitute to whom an `assign` with `or_substitute` goes; absent if nobody stands in. */
  readonly agent?: Id;
  /** The agent out of office for whom `agent` stands in. */
  readonly substitute_for?: Id;
  /** When the windows for replies close, for a reply or a message in a channel that has some. */
  readonly reply_window?: ReplyWindowEnds<I>;
};

/** A command that is not refused. */
export interface Allowed {
  readonly allowed: true;
}

/** A command that would be refused. */
export interface Denied<I = InstantText> {
  readonly allowed: false;
  /** The code of the reason. */
  readonly code: ProblemCode;
  /** The reason in a sentence. */
  readonly message: string;
  /** When the command would be possible, if waiting helps; of a leap that is too long, the instant to advance to. */
  readonly until?: I;
}

/** A line of a story. */
export interface StoryLine {
  readonly at: InstantText;
  /** The date, formatted. */
  readonly day: string;
  /** The time of day, formatted. */
  readonly clock: string;
  readonly text: string;
}
