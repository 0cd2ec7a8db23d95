import { useEffect, useState } from "react";

const MINUTE = 60_000;

/** The instant that the preview is about. */
export interface Clock {
  readonly at: number;
  /** Whether it is that of the clock, and goes on with it. */
  readonly isLive: boolean;
  /** Stops at an instant. */
  choose(at: number): void;
  /** Follows the clock again. */
  follow(): void;
}

/** Follows the clock by the minute, or stands still at an instant that was chosen. */
export function useClock(given: number | null): Clock {
  const [chosen, setChosen] = useState(given);
  const [now, setNow] = useState(thisMinute);
  const isLive = chosen === null;
  useEffect(() => {
    if (!isLive) return;
    // Asked each second, it is right soon after the machine slept; the page is drawn when the minute is another.
    const timer = setInterval(() => setNow(thisMinute()), 1_000);
    return () => clearInterval(timer);
  }, [isLive]);
  const follow = () => {
    setNow(thisMinute());
    setChosen(null);
  };
  return { at: chosen ?? now, isLive, choose: setChosen, follow };
}

const thisMinute = () => Math.floor(Date.now() / MINUTE) * MINUTE;
