// The measurements, as a table in Markdown.

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

/** 0.123 µs, 12.3 µs, 1.2 ms */
export function time(micros) {
  if (micros >= 1000) return `${(micros / 1000).toFixed(1)} ms`;
  return `${micros.toFixed(micros < 10 ? 3 : 1)} µs`;
}

export class Table {
  #rows = [];

  /** Times in microseconds; a goal is the most it may take, and how many times faster it is to be. */
  add(what, ours, { rival, theirs, most, faster, note = "" } = {}) {
    const ratio = theirs === undefined ? undefined : theirs / ours;
    const goals = [most && `≤ ${time(most).replace(/\.?0+ /, " ")}`, faster && `≥ ${faster}×`].filter(Boolean);
    const held = (!most || ours <= most) && (!faster || ratio >= faster);
    this.#rows.push([what, time(ours), rival ? `${rival} ${time(theirs)}` : "", ratio ? `${ratio.toFixed(ratio < 20 ? 1 : 0)}×` : "", [goals.length && `${goals.join(", ")}: ${held ? "held" : "MISSED"}`, note].filter(Boolean).join("; ")]);
  }

  print() {
    const head = ["what", "frontdesk", "beside", "ratio", "goal"];
    const widths = head.map((name, column) => Math.max(name.length, ...this.#rows.map((row) => [...row[column]].length)));
    const line = (row) => `| ${row.map((text, column) => text + " ".repeat(widths[column] - [...text].length)).join(" | ")} |`;
    console.log([line(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...this.#rows.map(line)].join("\n"));
  }
}
