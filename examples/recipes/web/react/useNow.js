import { useEffect, useState } from "react";

/** The time, anew every few seconds: a timer for the next change would sleep on while the machine does. */
export function useNow() {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
