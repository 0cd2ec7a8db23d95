import type { WeeklyHours } from "frontdesk/preview";

import { Field } from "../fields/Field";
import { Problems } from "../fields/Problems";
import { RemoveButton } from "../fields/RemoveButton";

interface IntervalRowProps {
  readonly path: string;
  readonly name: string;
  readonly entry: WeeklyHours;
  readonly then: string;
}

/** One interval of a day. Its times are text, because an end may be 24:00, which no time field of a browser has. */
export function IntervalRow({ path, name, entry, then }: IntervalRowProps) {
  const time = { maxLength: 5, size: 5, autoComplete: "off", placeholder: "09:00" } as const;
  return (
    <div className="interval" role="group" aria-label={name}>
      <Field path={`${path}.start`} label="From" {...time} />
      <span aria-hidden="true">–</span>
      <Field path={`${path}.end`} label="To" {...time} />
      <RemoveButton path={path} name={`${name}: ${entry.start} to ${entry.end}`} then={then} />
      {entry.every !== undefined && entry.every > 1 && <p className="note">every {entry.every} weeks</p>}
      <Problems path={path} />
    </div>
  );
}
