import type { Holiday } from "frontdesk/preview";

import { useEditing } from "../desk/EditingContext";
import { AddButton } from "../fields/AddButton";
import { HolidayCard } from "./HolidayCard";

const LIST = "$.holidays";
const ADD = "holidays-add";

/** The dates on which weekly hours do not hold. */
export function HolidaysSection({ today }: { today: string }) {
  const { document } = useEditing();
  const holidays = document.holidays ?? [];
  return (
    <section className="card" aria-labelledby="holidays-title">
      <h2 id="holidays-title">Holidays</h2>
      {holidays.map((holiday, index) => <HolidayCard key={holiday.id} path={`${LIST}[${index}]`} holiday={holiday} today={today} then={ADD} />)}
      <AddButton id={ADD} list={LIST} item={begun(holidays, today)} field=".name" label="Add a holiday">+ Add a holiday</AddButton>
    </section>
  );
}

/** A holiday for everybody, with an id that no other has. */
function begun(holidays: readonly Holiday[], today: string): Holiday {
  let number = holidays.length + 1;
  while (holidays.some(({ id }) => id === `holiday-${number}`)) number += 1;
  return { id: `holiday-${number}`, dates: [today] };
}
