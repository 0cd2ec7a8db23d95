/** frontdesk in a bundle for Node, where its file would not be beside it: the module is in the bundle. */

import { gunzipSync } from "node:zlib";

import { loader } from "./loader.js";
import module from "./wasm/frontdesk.inline.js";

loader.initFrom(() => gunzipSync(Buffer.from(module, "base64")));

export * from "./index.js";
