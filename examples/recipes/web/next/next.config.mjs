import { fileURLToPath } from "node:url";

// Where the lock file is; an app that is alone in its folder needs nothing here.
export default { turbopack: { root: fileURLToPath(new URL("..", import.meta.url)) } };
