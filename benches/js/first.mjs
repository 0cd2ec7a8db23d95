// The time from the module's bytes to the first answer, each time in a new process, and in a new tab.
import { execFileSync } from "node:child_process";

import { median, time } from "./table.mjs";
import { tab } from "./tab.mjs";

const ENTRIES = [["frontdesk", "index"], ["frontdesk/preview", "preview"]];
const TIMES = 9;
const middle = (list) => `the median of ${TIMES} was ${time(median(list) * 1000)}`;

/** Runs in either. */
const run = async (entry, bytes) => {
  const { Desk, init } = await import(entry);
  const module = await bytes();
  const start = performance.now();
  await init(module);
  new Desk({ version: 1, time_zone: "Asia/Kolkata", agents: [{ id: "anna", working_hours: [{ days: ["fri"], start: "09:00", end: "17:00" }] }] }).status("anna", Date.UTC(2026, 10, 20));
  return performance.now() - start;
};

export async function first(table) {
  const dist = `${process.env.FRONTDESK_ROOT}/bindings/wasm/dist`;
  for (const [name, file] of ENTRIES) {
    const wasm = `/wasm/${file === "index" ? "frontdesk" : file}`;
    const script = `import { readFileSync } from "node:fs"; console.log(await (${run})("${dist}/${file}.js", () => readFileSync("${dist}${wasm}.wasm")));`;
    const inNode = Array.from({ length: TIMES }, () => Number(execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" })));
    table.add(`first answer after the module arrived, ${name}, Node`, Math.min(...inNode) * 1000, { most: 50_000, note: middle(inNode) });
    const inTabs = [];
    for (let times = 0; times < TIMES; times += 1) {
      inTabs.push(await tab("/bindings/wasm/dist/", async (page) => {
        // The start of Chromium does not count.
        await page.waitForTimeout(1000);
        return page.evaluate(`(${run})("/bindings/wasm/dist/${file}.js", async () => (await fetch("/bindings/wasm/dist${wasm}.wasm")).arrayBuffer())`);
      }));
    }
    table.add(`first answer after the module arrived, ${name}, Chromium`, Math.min(...inTabs) * 1000, { most: 50_000, note: middle(inTabs) });
  }
}
