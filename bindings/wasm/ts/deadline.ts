/** How long something may take. */

/** A module that can be given a time at which it ends whatever it does; it gives the one before. */
export interface Timed {
  deadline(ends: number): number;
}

/** Does some work within a time; nested ones end no later than what they stand in. */
export function bounded<T>(module: Timed, milliseconds: number, work: () => T): T {
  const before = module.deadline(Infinity);
  module.deadline(Math.min(before, Date.now() + milliseconds));
  try {
    return work();
  } finally {
    module.deadline(before);
  }
}
