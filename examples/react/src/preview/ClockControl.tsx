import type { Clock } from "../time/useClock";
import { fullWords } from "../time/words";
import { instantOf, wallAt } from "../time/zone";

const HOUR = 3_600_000;

interface ClockControlProps {
  readonly clock: Clock;
  readonly zone: string;
  /** The next change for visitors, null if there is none. */
  readonly next: number | null;
}

/** Chooses the instant of the preview, on the wall clock of the channel. */
export function ClockControl({ clock, zone, next }: ClockControlProps) {
  const choose = (wall: string) => {
    const at = instantOf(wall, zone);
    if (!Number.isNaN(at)) clock.choose(at);
  };
  return (
    <div className="card clock" role="group" aria-label="Instant of the preview">
      <p className="instant">{fullWords(clock.at, zone)} <small>{zone}{clock.isLive && " · now"}</small></p>
      <label className="field">
        Date and time
        <input type="datetime-local" value={wallAt(clock.at, zone)} onChange={({ target }) => choose(target.value)} />
      </label>
      <div className="moves">
        <button type="button" className="button" onClick={() => clock.choose(clock.at - HOUR)}>− 1 h</button>
        <button type="button" className="button" onClick={() => clock.choose(clock.at + HOUR)}>+ 1 h</button>
        <button type="button" className="button" disabled={next === null} onClick={() => next !== null && clock.choose(next)}>Next change</button>
        <button type="button" className="button" aria-pressed={clock.isLive} onClick={clock.follow}>Now</button>
      </div>
    </div>
  );
}
