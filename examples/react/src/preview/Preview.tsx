import { useEditing } from "../desk/EditingContext";
import { zoneOf } from "../channels";
import type { Clock } from "../time/useClock";
import { weekOf } from "../time/week";
import { shownZone } from "../time/zone";
import { ClockControl } from "./ClockControl";
import { TeamView } from "./TeamView";
import { VisitorView } from "./VisitorView";

interface PreviewProps {
  readonly inbox: string;
  readonly channel: string;
  readonly clock: Clock;
}

/** What the hours mean at an instant and in its week: for visitors of a channel, and for each agent. */
export function Preview({ inbox, channel, clock }: PreviewProps) {
  const { sound } = useEditing();
  const there = sound?.document.inboxes?.find(({ id }) => id === inbox);
  if (!sound || !there) return <p className="card">There is nothing to preview before the problems are solved.</p>;
  const { desk, document } = sound;
  const zone = shownZone(zoneOf(document, there));
  const week = weekOf(clock.at, zone);
  return (
    <section className="preview" aria-labelledby="preview-title">
      <h2 id="preview-title">Preview</h2>
      <ClockControl clock={clock} zone={zone} next={desk.visitor({ inbox, channel, at: clock.at }).until} />
      <VisitorView desk={desk} inbox={inbox} channel={channel} at={clock.at} zone={zone} week={week} />
      <TeamView desk={desk} agents={document.agents ?? []} at={clock.at} zone={zone} week={week} />
    </section>
  );
}
