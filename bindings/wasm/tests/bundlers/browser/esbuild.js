// esbuild ignores `new URL`: its file loader copies imported files, and returns their addresses.
import { init } from "frontdesk";
import module from "frontdesk/frontdesk.wasm";
import { init as initPreview } from "frontdesk/preview";
import previewModule from "frontdesk/preview.wasm";

await Promise.all([init(module), initPreview(previewModule)]);
await import("./main.js");
