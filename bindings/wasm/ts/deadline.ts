/** Time limits of calls. */

/** A module with a deadline: sets the end of the time, and returns the previous one. */
export interface Timed {
  deadline(ends: number): number;
}

/** Runs work within a time limit; of nested limits, the earlier end counts. */
export function bounded<T>(module: Timed, milliseconds: number, work: () => T): T {
  const before = module.deadline(Infinity);
  module.deadline(Math.min(before, Date.now() + milliseconds));
  try {
    return work();
  } finally {
    module.deadline(before);
  }
}
