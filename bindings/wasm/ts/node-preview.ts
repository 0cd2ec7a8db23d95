/** frontdesk/preview in Node: loaded on import. */

import { readFileSync } from "node:fs";

import { loader } from "./loader-preview.js";

loader.initFrom(() => readFileSync(new URL("./wasm/preview.wasm", import.meta.url)));

export * from "./preview.js";
