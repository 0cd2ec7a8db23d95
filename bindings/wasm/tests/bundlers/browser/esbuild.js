// esbuild does not look into `new URL`: its file loader copies what is imported, and gives its address.
import { init } from "frontdesk";
import module from "frontdesk/frontdesk.wasm";
import { init as initPreview } from "frontdesk/preview";
import previewModule from "frontdesk/preview.wasm";

await Promise.all([init(module), initPreview(previewModule)]);
await import("./main.js");
