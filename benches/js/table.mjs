// The measurements, as rows of the table that `benches/run` prints.

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const ROUNDS = 150;

/** The best of many short rounds of each, taken in turn, in microseconds for one: what else runs on the machine only makes
 *  a round slower, of either. Each is `[count, once]`; what has to be waited for is waited for. */
export async function measure(...all) {
  const best = all.map(() => Infinity);
  let used = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [place, [count, once]] of all.entries()) {
      const start = performance.now();
      for (let turn = round * count; turn < (round + 1) * count; turn += 1) {
        const given = once(turn);
        used += (given instanceof Promise ? await given : given) ? 1 : 0;
      }
      best[place] = Math.min(best[place], ((performance.now() - start) * 1000) / count);
    }
  }
  // The result is used, so that the call is not optimised away.
  if (used < 0) throw new Error("nothing was measured");
  return best;
}

export { median };

const digits = (number) => number.toFixed(number < 10 ? 2 : number < 100 ? 1 : 0);

/** 123 ns, 12.3 µs, 1.20 ms */
export function time(micros) {
  if (micros < 1) return `${digits(micros * 1000)} ns`;
  return micros < 1000 ? `${digits(micros)} µs` : `${digits(micros / 1000)} ms`;
}

const kilobytes = (bytes) => `${digits(bytes / 1000)} KB`;
const times = (ratio) => `${digits(ratio)} ×`;

const HEAD = "| work | size | measured | goal | | allocations | peak |\n|---|---|---|---|---|---|---|";

export class Table {
  #rows = [];

  #row(work, measured, goal = "", met = undefined) {
    const verdict = met === undefined ? "" : met ? "met" : "missed";
    this.#rows.push(`| ${work} | JavaScript | ${measured} | ${goal} | ${verdict} | | |`);
  }

  /** Times in microseconds; a goal is the most it may take, and how many times faster than the rival it is to be. */
  add(what, ours, { rival, theirs, most, faster, note } = {}) {
    this.#row(what, note ? `${time(ours)}; ${note}` : time(ours), most && `≤ ${time(most)}`, most && ours <= most);
    if (rival) {
      this.#row(`${rival}: ${what}`, time(theirs));
      this.#row(`${rival} beside it`, times(theirs / ours), faster && `≥ ${times(faster)}`, faster && theirs / ours >= faster);
    }
  }

  /** What a page loads, in bytes, with the most that it is to be. */
  addSize(what, bytes, most) {
    this.#row(what, kilobytes(bytes), `≤ ${kilobytes(most)}`, bytes <= most);
  }

  print() {
    console.log([HEAD, ...this.#rows].join("\n"));
  }
}
