import react from "@vitejs/plugin-react";
import { compressed } from "./compressed.js";
import { preload } from "./preload.js";

export default { plugins: [react(), preload(), compressed()] };
