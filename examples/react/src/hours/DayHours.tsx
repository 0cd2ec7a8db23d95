import type { Weekday, WeeklyHours } from "frontdesk/preview";

import { useEditing } from "../desk/EditingContext";
import { listAt } from "../desk/path";
import { AddButton } from "../fields/AddButton";
import { IntervalRow } from "./IntervalRow";

const NAMES: Record<Weekday, string> = {
  mon: "Monday", tue: "Tuesday", wed: "Wednesday", thu: "Thursday", fri: "Friday", sat: "Saturday", sun: "Sunday",
};

/** The intervals of a day of the week. */
export function DayHours({ day, list }: { day: Weekday; list: string }) {
  const { document } = useEditing();
  const entries = listAt<WeeklyHours>(document, list).map((entry, index) => ({ entry, index })).filter(({ entry }) => entry.days[0] === day);
  const name = NAMES[day];
  const add = `${list}-add-${day}`;
  const item = entries.length === 0 ? { days: [day], start: "09:00", end: "17:00" } : { days: [day], start: "18:00", end: "20:00" };
  return (
    <li>
      <fieldset>
        <legend>{name}</legend>
        {entries.length === 0 && <p className="note">Closed</p>}
        {entries.map(({ entry, index }, place) => (
          <IntervalRow key={index} path={`${list}[${index}]`} name={`${name}, ${place + 1}`} entry={entry} then={add} />
        ))}
        <AddButton id={add} list={list} item={item} field=".start" label={`Add hours on ${name}`}>+ Add</AddButton>
      </fieldset>
    </li>
  );
}
