/** The module of `frontdesk/preview`. */

import { Loader } from "./module.js";
import * as module from "./wasm/preview.js";

const NEEDED = ["memory", "rawdesk_new", "rawdesk_ask"];

export const loader = new Loader(module, NEEDED, () => new URL("./wasm/preview.wasm", import.meta.url));
