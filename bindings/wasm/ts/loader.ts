/** The module of `frontdesk`. */

import { Loader } from "./module.js";
import * as module from "./wasm/frontdesk.js";

const NEEDED = ["memory", "rawdesk_new", "rawdesk_handle", "read_holidays"];

export const loader = new Loader(module, NEEDED, () => new URL("./wasm/frontdesk.wasm", import.meta.url));
