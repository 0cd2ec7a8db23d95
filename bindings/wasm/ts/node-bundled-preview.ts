/** frontdesk/preview in a bundle for Node: the bundle contains the module, as its file would not be beside it. */

import { gunzipSync } from "node:zlib";

import { loader } from "./loader-preview.js";
import module from "./wasm/preview.inline.js";

loader.initFrom(() => gunzipSync(Buffer.from(module, "base64")));

export * from "./preview.js";
