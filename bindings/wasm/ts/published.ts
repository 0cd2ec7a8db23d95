/** Published availability, read without zones, rules or a module. */

import type { PublishedAvailability, VisitorState } from "./contract.js";

/** What a visitor sees; instants are milliseconds since 1970. */
export interface Seen {
  readonly state: VisitorState;
  readonly message: string | undefined;
  readonly replyTime: string | undefined;
  /** When the state changes next; null for none in sight. */
  readonly until: number | null;
  /** When someone is there next; null while someone is, and where that is not in sight. */
  readonly opensAt: number | null;
}

/** A change more than a year ahead is not in sight. */
const SIGHT = 366 * 86_400_000;

/**
 * What a visitor of a channel sees at an instant (milliseconds since 1970); null outside of what was published, and for a
 * channel that was not. Without a channel it is the first one.
 */
export function seen(published: PublishedAvailability, channel: string | undefined, at: number): Seen | null {
  if (published?.version !== 1) return null;
  const found = published.channels.find((it) => channel === undefined || it.channel === channel);
  if (!found || at < Date.parse(published.start) || at >= Date.parse(published.end)) return null;
  const ahead = found.changes.filter((it) => Date.parse(it.at) > at);
  const now = found.changes[found.changes.length - ahead.length - 1];
  if (!now) return null;
  const when = (change: { at: string } | undefined) => {
    const time = change ? Date.parse(change.at) : Infinity;
    return time <= at + SIGHT ? time : null;
  };
  const told = now.state === "hidden" ? undefined : found[now.state];
  const opens = now.state === "online" ? undefined : ahead.find((it) => it.state === "online");
  return { state: now.state, message: told?.message, replyTime: told?.reply_time, until: when(ahead[0]), opensAt: when(opens) };
}
