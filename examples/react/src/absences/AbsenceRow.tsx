import type { Absence } from "frontdesk/preview";

import { Field } from "../fields/Field";
import { Problems } from "../fields/Problems";
import { RemoveButton } from "../fields/RemoveButton";

interface AbsenceRowProps {
  readonly path: string;
  readonly name: string;
  readonly absence: Absence;
  readonly then: string;
}

/** An absence of whole days, or from one time on the wall clock to another. */
export function AbsenceRow({ path, name, absence, then }: AbsenceRowProps) {
  return (
    <div className="absence" role="group" aria-label={name}>
      {absence.first_day !== undefined ? (
        <>
          <Field path={`${path}.first_day`} label="First day" type="date" />
          <Field path={`${path}.last_day`} label="Last day" type="date" />
        </>
      ) : (
        <>
          <Field path={`${path}.start`} label="From" type="datetime-local" />
          <Field path={`${path}.end`} label="Until" type="datetime-local" />
        </>
      )}
      <Field path={`${path}.note`} label="Note" isOptional />
      <RemoveButton path={path} name={name} then={then} />
      <Problems path={path} />
    </div>
  );
}
