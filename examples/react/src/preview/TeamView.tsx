import type { Agent, Desk } from "frontdesk/preview";

import type { Day } from "../time/week";
import { AgentRow } from "./AgentRow";

interface TeamViewProps {
  readonly desk: Desk<"epoch">;
  readonly agents: readonly Agent[];
  readonly at: number;
  readonly zone: string;
  readonly week: readonly Day[];
}

/** Everyone's state, and their week. */
export function TeamView({ desk, agents, at, zone, week }: TeamViewProps) {
  return (
    <section className="card" aria-labelledby="team-title">
      <h3 id="team-title">Agents <small>{desk.available(at).length} of {agents.length} available</small></h3>
      <ul className="team">
        {agents.map((agent) => <AgentRow key={agent.id} desk={desk} agent={agent} at={at} zone={zone} week={week} />)}
      </ul>
    </section>
  );
}
