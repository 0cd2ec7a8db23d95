// The page for a team lead with 200 people and 8 weeks: all of it anew, from the press of a button to the frame that shows it.

import { median, time } from "./table.mjs";
import { tab } from "./tab.mjs";

const TIMES = 25;

export async function redraw(table) {
  const redrawn = await tab("/examples/preview/index.html", async (page) => {
    await page.locator("html[data-ready=yes]").waitFor();
    await page.locator("#close").click();
    await page.locator("#sample").selectOption("Two hundred people");
    await page.locator("#weeks").selectOption("8");
    await page.locator("#rows:not([data-waiting])").waitFor();
    return page.evaluate(async (times) => {
      const { change, moveDays } = await import("/examples/preview/js/state.js");
      const shown = () => new Promise((done) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = done;
        port2.postMessage(0);
      }));
      /** The times until the page is drawn and laid out, and until the frame is there. */
      const drawn = async (act) => {
        await shown();
        await shown();
        const start = performance.now();
        act();
        document.body.getBoundingClientRect();
        const laid = performance.now() - start;
        await shown();
        const there = performance.now() - start;
        while (document.querySelector("#rows[data-waiting]")) await new Promise((done) => setTimeout(done));
        return [laid, there, performance.now() - start];
      };
      const [weeks, hours] = [[], []];
      for (let turn = 0; turn < times; turn += 1) {
        weeks.push(await drawn(() => moveDays(56)));
        hours.push(await drawn(() => change((document) => { document.agents[turn].working_hours = [{ days: ["mon", "wed"], start: "08:00", end: `${12 + (turn % 6)}:00` }]; })));
      }
      return { weeks, hours, rows: document.querySelectorAll("#rows > .row").length, columns: document.querySelectorAll("#days > span:not(.jump)").length };
    }, TIMES);
  });
  if (redrawn.rows !== 200 || redrawn.columns !== 8) throw new Error(`${redrawn.rows} rows of ${redrawn.columns} weeks were drawn`);
  const of = (list, part) => Math.min(...list.map((it) => it[part])) * 1000;
  const middle = (list, part) => `the median of ${TIMES} was ${time(median(list.map((it) => it[part])) * 1000)}`;
  table.add("a page of 200 agents and 8 weeks redraws, for 8 weeks it has not shown yet", of(redrawn.weeks, 1), { most: 50_000, note: middle(redrawn.weeks, 1) });
  table.add("of that, until it is laid out", of(redrawn.weeks, 0), { note: middle(redrawn.weeks, 0) });
  table.add("until the rows that are not to be seen are drawn, too", of(redrawn.weeks, 2), { note: middle(redrawn.weeks, 2) });
  table.add("the page after a change of hours: read, checked, compiled and drawn anew", of(redrawn.hours, 1), { note: middle(redrawn.hours, 1) });
}
