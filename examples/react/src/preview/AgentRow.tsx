import type { Agent, Desk, Reason } from "frontdesk/preview";
import { useMemo } from "react";

import type { Day } from "../time/week";
import { whenWords } from "../time/words";
import { Strip } from "./Strip";

const REASONS: Record<Reason, string> = {
  working_hours: "Available", always_on: "Always available", set_available: "Available by hand", outside_working_hours: "Away, outside working hours",
  holiday: "Away, holiday", out_of_office: "Away, out of office", set_away: "Set away", set_away_by_other: "Set away by somebody else",
  temporarily_away: "Away for a while", deactivated: "Deactivated",
};

interface AgentRowProps {
  readonly desk: Desk<"epoch">;
  readonly agent: Agent;
  readonly at: number;
  readonly zone: string;
  readonly week: readonly Day[];
}

/** An agent: whether they are available, why, until when, and in the week. */
export function AgentRow({ desk, agent, at, zone, week }: AgentRowProps) {
  const { state, reason, until, note } = desk.status(agent.id, at);
  const [start, end] = [week[0]!.start, week[6]!.end];
  const periods = useMemo(() => desk.schedule(agent.id, { start, end }).toArray(), [desk, agent.id, start, end]);
  return (
    <li className={`agent ${state}`}>
      <b>{agent.name ?? agent.id}</b>
      <span className="why">{REASONS[reason]}{note && ` (${note})`}{until !== null && ` until ${whenWords(until, at, zone)}`}</span>
      <Strip spans={periods} start={start} end={end} at={at} />
    </li>
  );
}
