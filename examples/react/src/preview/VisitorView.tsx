import "frontdesk/react";
import type { Desk, PublishedAvailability, VisitorState } from "frontdesk/preview";
import { useMemo } from "react";

import type { Day, Span } from "../time/week";
import { whenWords } from "../time/words";
import { DayRow } from "./DayRow";

const STATES: Record<VisitorState, string> = { online: "Open", away: "Open, but nobody is there", closed: "Closed", hidden: "Hidden" };

interface VisitorViewProps {
  readonly desk: Desk<"epoch">;
  readonly inbox: string;
  readonly channel: string;
  readonly at: number;
  readonly zone: string;
  readonly week: readonly Day[];
}

/** A channel as its visitors see it: now, until when, and over the week. */
export function VisitorView({ desk, inbox, channel, at, zone, week }: VisitorViewProps) {
  const { state, until, opens_at } = desk.visitor({ inbox, channel, at });
  const from = week[0]!.start;
  // A week in which the clocks change is an hour longer than seven days.
  const published = useMemo(() => desk.publish({ inbox, from, days: 8 }), [desk, inbox, from]);
  const clock = useMemo(() => () => at, [at]);
  const spans = useMemo(() => spansOf(published, channel), [published, channel]);
  const untilWords = until === null ? "" : ` until ${whenWords(until, at, zone)}`;
  const opensWords = opens_at === undefined || opens_at === until ? "" : `; somebody is there ${whenWords(opens_at, at, zone)}`;
  return (
    <section className="card" aria-labelledby="visitor-title">
      <h3 id="visitor-title">Visitors</h3>
      <p className={`state ${state}`} role="status">{STATES[state]}{untilWords}{opensWords}</p>
      <div className="reads">
        <span className="note">They read</span>
        {/* React sets one property after the other: an element that is new for each channel and week never has some of one and some of another. */}
        <frontdesk-status key={`${inbox} ${channel} ${from}`} published={published} channel={channel} clock={clock} time-zone={zone} lang="en" />
      </div>
      <ol className="week" aria-label="The week">
        {week.map((day) => <DayRow key={day.date} day={day} spans={spans} at={at} zone={zone} />)}
      </ol>
    </section>
  );
}

function spansOf({ channels, end }: PublishedAvailability, channel: string): Span[] {
  const changes = channels.find((it) => it.channel === channel)?.changes ?? [];
  return changes.map((change, index) => ({ start: Date.parse(change.at), end: Date.parse(changes[index + 1]?.at ?? end), state: change.state }));
}
