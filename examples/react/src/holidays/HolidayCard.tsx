import type { Holiday } from "frontdesk/preview";

import { AddButton } from "../fields/AddButton";
import { Field } from "../fields/Field";
import { Problems } from "../fields/Problems";
import { RemoveButton } from "../fields/RemoveButton";

interface HolidayCardProps {
  readonly path: string;
  readonly holiday: Holiday;
  readonly today: string;
  readonly then: string;
}

/** A holiday with its dates. */
export function HolidayCard({ path, holiday, today, then }: HolidayCardProps) {
  const name = holiday.name ?? holiday.id;
  const dates = `${path}.dates`;
  const add = `${dates}-add`;
  return (
    <fieldset className="entry">
      <legend>{name}</legend>
      <Field path={`${path}.name`} label="Name" isOptional />
      {holiday.dates.map((date, index) => (
        <div className="line" key={index}>
          <Field path={`${dates}[${index}]`} label={`Date ${index + 1}`} type="date" />
          <RemoveButton path={`${dates}[${index}]`} name={`${date || "the date"} from ${name}`} then={add} />
        </div>
      ))}
      <p className="note">{observers(holiday)}</p>
      <Problems path={path} />
      <div className="line">
        <AddButton id={add} list={dates} item={today} field="" label={`Add a date to ${name}`}>+ Add a date</AddButton>
        <RemoveButton path={path} name={name} then={then} />
      </div>
    </fieldset>
  );
}

function observers({ teams = [], inboxes = [] }: Holiday): string {
  const those = [...teams, ...inboxes];
  return those.length === 0 ? "For everybody" : `For ${those.join(", ")}`;
}
