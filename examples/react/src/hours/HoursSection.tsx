import { useEditing } from "../desk/EditingContext";
import { OFFICE, WEEKDAYS } from "../desk/hours";
import { listAt, valueAt } from "../desk/path";
import { focusOn } from "../fields/focus";
import { Problems } from "../fields/Problems";
import { ZoneField } from "../fields/ZoneField";
import type { ChannelPlace } from "../channels";
import { DayHours } from "./DayHours";

/** The hours of a channel: its own, or those that it shares with its inbox. */
export function HoursSection({ place }: { place: ChannelPlace }) {
  const { document, set } = useEditing();
  const own = `${place.path}.office_hours`;
  const shared = `${place.inboxPath}.office_hours`;
  const isOwn = valueAt(document, own) !== undefined;
  const hours = isOwn ? own : shared;
  const isOpenAlways = valueAt(document, hours) === undefined;
  const toggle = () => set(own, isOwn ? undefined : isOpenAlways ? OFFICE : listAt(document, shared));
  const begin = () => focusOn(`${hours}[0].start`, () => set(hours, OFFICE));
  return (
    <section className="card" aria-labelledby="hours-title">
      <h2 id="hours-title">Opening hours of {place.name}</h2>
      <ZoneField path={`${place.inboxPath}.time_zone`} placeholder={document.time_zone} />
      <label className="check"><input type="checkbox" checked={isOwn} onChange={toggle} /> Hours of its own</label>
      {!isOwn && <p className="note">These are the hours of the inbox, for all its channels without hours of their own.</p>}
      {isOpenAlways ? (
        <p className="empty">Always open. <button type="button" className="button" onClick={begin}>Set hours</button></p>
      ) : (
        <ul className="days">{WEEKDAYS.map((day) => <DayHours key={day} day={day} list={hours} />)}</ul>
      )}
      <Problems path={hours} />
    </section>
  );
}
