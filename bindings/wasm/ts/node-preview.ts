/** frontdesk/preview in Node: loaded when it is imported. */

import { readFileSync } from "node:fs";

import { initSync } from "./preview.js";

initSync(readFileSync(new URL("./wasm/preview_bg.wasm", import.meta.url)));

export * from "./preview.js";
