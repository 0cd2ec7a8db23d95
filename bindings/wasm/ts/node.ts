/** frontdesk in Node: loaded on import. */

import { readFileSync } from "node:fs";

import { loader } from "./loader.js";

loader.initFrom(() => readFileSync(new URL("./wasm/frontdesk.wasm", import.meta.url)));

export * from "./index.js";
