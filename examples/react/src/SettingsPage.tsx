import type { DeskDocument } from "frontdesk/preview";
import { useState } from "react";
import { flushSync } from "react-dom";

import { AbsencesSection } from "./absences/AbsencesSection";
import { ChannelPicker } from "./ChannelPicker";
import { channelsOf, zoneOf } from "./channels";
import { EditingContext } from "./desk/EditingContext";
import { useDesk } from "./desk/useDesk";
import { fieldOf } from "./fields/fieldOf";
import { HolidaysSection } from "./holidays/HolidaysSection";
import { HoursSection } from "./hours/HoursSection";
import { Preview } from "./preview/Preview";
import { SaveBar } from "./SaveBar";
import { useClock } from "./time/useClock";
import { shownZone, wallAt } from "./time/zone";
import { useWarning } from "./useWarning";

interface SettingsPageProps {
  /** The document that is edited. */
  readonly given: DeskDocument;
  /** Takes the document to where it is kept. */
  readonly onSave: (document: DeskDocument) => void;
  /** The instant of the preview; null to follow the clock. */
  readonly at: number | null;
}

/** The hours and absences of a desk, and a preview of what they mean. */
export function SettingsPage({ given, onSave, at }: SettingsPageProps) {
  const editing = useDesk(given);
  const clock = useClock(at);
  useWarning(editing.isChanged);
  const channels = channelsOf(editing.document);
  const [chosen, choose] = useState(channels[0]?.path);
  const place = channels.find(({ path }) => path === chosen) ?? channels[0];
  if (!place) return <p role="alert">The desk has no channel yet.</p>;
  const today = wallAt(clock.at, shownZone(zoneOf(editing.document, place.inbox))).slice(0, 10);
  const show = (path: string) => {
    const other = channels.find((channel) => path.startsWith(`${channel.path}.`));
    flushSync(() => choose(other?.path ?? place.path));
    fieldOf(path)?.focus();
  };
  return (
    <EditingContext value={editing}>
      <header className="top">
        <h1 id="title" tabIndex={-1}>Hours and absences</h1>
        <SaveBar onSave={onSave} onShow={show} />
      </header>
      <main>
        <div className="chooser">
          <ChannelPicker channels={channels} chosen={place} onChoose={choose} />
          <a className="jump" href="#preview-title">See the preview</a>
        </div>
        <div className="columns">
          <div className="column">
            <HoursSection place={place} />
            <HolidaysSection today={today} />
            <AbsencesSection today={today} />
          </div>
          <Preview inbox={place.inbox.id} channel={place.channel.id} clock={clock} />
        </div>
      </main>
    </EditingContext>
  );
}
