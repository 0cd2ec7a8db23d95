import { useEditing } from "../desk/EditingContext";
import { AgentAbsences } from "./AgentAbsences";

/** When agents are out of office. */
export function AbsencesSection({ today }: { today: string }) {
  const { document } = useEditing();
  return (
    <section className="card" aria-labelledby="absences-title">
      <h2 id="absences-title">Absences</h2>
      {(document.agents ?? []).map((agent, index) => <AgentAbsences key={agent.id} path={`$.agents[${index}]`} agent={agent} today={today} />)}
    </section>
  );
}
