import { within, type Day, type Span } from "../time/week";
import { dayWords, timeWords } from "../time/words";
import { Strip } from "./Strip";

const HOUR = 3_600_000;

interface DayRowProps {
  readonly day: Day;
  readonly spans: readonly Span[];
  readonly at: number;
  readonly zone: string;
}

/** A day of the week, drawn and in words. */
export function DayRow({ day, spans, at, zone }: DayRowProps) {
  const here = within(spans, day);
  const isToday = day.start <= at && at < day.end;
  const hours = (day.end - day.start) / HOUR;
  return (
    <li className="day" aria-current={isToday ? "date" : undefined}>
      <b>{dayWords(day.date)}</b>
      <Strip spans={here} start={day.start} end={day.end} at={at} />
      <span className="words">{openWords(here, day, zone)}{hours !== 24 && <em> {hours} h, as the clocks change</em>}</span>
    </li>
  );
}

/** Returns when somebody can be reached. */
function openWords(spans: readonly Span[], day: Day, zone: string): string {
  const end = (at: number) => (at === day.end ? "24:00" : timeWords(at, zone));
  const words = (state: string) => spans.filter((span) => span.state === state).map((span) => `${timeWords(span.start, zone)}–${end(span.end)}`).join(", ");
  const [online, away] = [words("online"), words("away")];
  return [online, away && `nobody ${away}`].filter(Boolean).join("; ") || "closed";
}
