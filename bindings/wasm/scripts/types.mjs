// The types: generated ones are up to date; what has to compile does, under the strictest settings, and what must not does not.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("..", import.meta.url));
const run = (...args) => execFileSync(process.execPath, args, { cwd: folder, stdio: "inherit" });
run("scripts/contract.mjs", "--check");
for (const project of ["tests/types", "tests/types/temporal"]) run("node_modules/typescript/bin/tsc", "--project", project);
console.log("types: up to date; what has to compile does, and what must not does not");
