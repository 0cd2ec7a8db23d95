/** Answers about conversations, as JSON: instants are text. */

import type { Capacity, Considered, Contact, DeskEvent, Id, InstantText, Skills, StatusAsTold, Whereabouts } from "./contract.js";

/** What may be said of a conversation. */
export interface Details {
  /** Who writes or calls. */
  readonly contact: Contact;
  /** Higher goes first; 0 when absent. */
  readonly priority: number;
  /** The levels it asks. */
  readonly skills: Skills;
  /** The embedder's own data. */
  readonly attributes: { readonly [key: string]: unknown };
}

/** An agent in a table. */
export interface AgentRow extends StatusAsTold {
  readonly agent: Id;
  readonly name?: string;
  readonly team?: Id;
  /** What they hold, weighed. */
  readonly load: number;
  /** How many conversations they hold. */
  readonly holding: number;
  readonly capacity?: Capacity;
}

/** A conversation as it is now. */
export interface ConversationView extends Partial<Details> {
  readonly conversation: Id;
  /** Where it is. */
  readonly state: Whereabouts;
  /** Who holds it, or is offered it. */
  readonly agent?: Id;
  readonly opened_at: InstantText;
  readonly inbox: Id;
  readonly channel: Id;
  readonly [key: string]: unknown;
}

/** Who is considered at a step. */
export interface StepConsidered {
  readonly rule: Id;
  readonly step: number;
  readonly strategy: Extract<DeskEvent, { type: "assigned" }>["strategy"];
  readonly considered: readonly Considered[];
}

/** A line of a story. */
export interface StoryLine {
  readonly at: InstantText;
  /** The date, as it is told. */
  readonly day: string;
  /** The time of day, as it is told. */
  readonly clock: string;
  readonly text: string;
}
