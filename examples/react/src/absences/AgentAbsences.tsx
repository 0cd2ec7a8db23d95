import type { Agent } from "frontdesk/preview";

import { AddButton } from "../fields/AddButton";
import { AbsenceRow } from "./AbsenceRow";

interface AgentAbsencesProps {
  readonly path: string;
  readonly agent: Agent;
  readonly today: string;
}

/** The absences of an agent. */
export function AgentAbsences({ path, agent, today }: AgentAbsencesProps) {
  const name = agent.name ?? agent.id;
  const list = `${path}.out_of_office`;
  const add = `${list}-add`;
  return (
    <fieldset className="entry">
      <legend>{name}</legend>
      {(agent.out_of_office ?? []).map((absence, index) => (
        <AbsenceRow key={index} path={`${list}[${index}]`} name={`${name}, absence ${index + 1}`} absence={absence} then={add} />
      ))}
      <AddButton id={add} list={list} item={{ first_day: today, last_day: today }} field=".first_day" label={`Add an absence of ${name}`}>
        + Add an absence
      </AddButton>
    </fieldset>
  );
}
