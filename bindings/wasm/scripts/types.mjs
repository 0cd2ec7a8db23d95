// The types: generated ones are up to date; what has to compile does, under the strictest settings, and what must not does not.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The declarations that the examples use. */
const GIVEN = `import { Desk, firstTurn, readHolidays, type DeskDocument, type DeskEvent, type Turn } from "frontdesk";
declare const desk: Desk, document: DeskDocument, allEvents: DeskEvent[], advance: () => void;
declare const agent: string, team: string, inbox: string, channel: string, language: string, at: Date, start: Date, end: Date, from: Date, days: number, icsText: string, icsTextOrBytes: Uint8Array;
`;

const folder = fileURLToPath(new URL("..", import.meta.url));
const run = (...args) => execFileSync(process.execPath, args, { cwd: folder, stdio: "inherit" });
execFileSync("python3", ["../generate", "--check", "bindings/wasm"], { cwd: folder, stdio: "inherit" });
// The TypeScript of the README and of the guide has to compile as well.
const pages = ["README.md", "../../docs/guides/javascript.md"].map((page) => readFileSync(`${folder}${page}`, "utf8"));
const blocks = pages.flatMap((page) => [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)]);
const shown = blocks.map(([, block], number) => `export function block${number}(): void {\n${block}}\n`);
writeFileSync(`${folder}tests/types/readme.generated.ts`, `${GIVEN}${shown.join("")}`);
const manifest = readFileSync(`${folder}custom-elements.json`, "utf8");
writeFileSync(`${folder}tests/types/manifest.generated.ts`, `import type { Package } from "custom-elements-manifest";\nexport const manifest: Package = ${manifest}`);
const compile = (...args) => run("node_modules/typescript/bin/tsc", "--project", ...args);
for (const project of ["tests/types", "tests/types/temporal"]) compile(project);
for (const standard of ["ES2020", "ES2022", "ESNext"]) compile("tests/types/everywhere", "--target", standard, "--lib", `${standard},DOM`);
console.log("types: up to date; what has to compile does, and what must not does not");
