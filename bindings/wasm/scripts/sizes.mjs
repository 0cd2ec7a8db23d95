// Checks the size that a page has to load of each entry. It fails when an entry becomes larger than it may be.
import { readFileSync } from "node:fs";

import { ENTRIES, weigh } from "./weigh.mjs";

const kilo = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;

let failed = false;
for (const entry of ENTRIES) {
  const { raw, small } = weigh(entry);
  const fits = small <= entry.limit * 1000;
  failed ||= !fits;
  console.log(`${entry.name}: ${kilo(small)} brotli of ${kilo(raw)}, at most ${entry.limit} KB${fits ? "" : ": TOO LARGE"}`);
}
if (readFileSync(new URL("../dist/status.js", import.meta.url), "utf8").includes("wasm")) throw new Error("the component loads a module");
process.exit(failed ? 1 : 0);
