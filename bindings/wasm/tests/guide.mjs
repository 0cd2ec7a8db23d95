// The guide for JavaScript, `docs/guides/javascript.md`, as its tests read it.
import { readFileSync } from "node:fs";

const PAGE = readFileSync(new URL("../../../docs/guides/javascript.md", import.meta.url), "utf8");

const blocks = [...PAGE.matchAll(/(?:^`(?<file>[\w.-]+)`\n\n)?^```(?<language>\w+)\n(?<code>[\s\S]*?)^```$/gm)].map(({ groups }) => groups);

/** The module of the first parts: the blocks that are no file. */
export const MODULE = blocks.filter(({ language, file }) => language === "js" && !file).map(({ code }) => code).join("\n");

/** The files that it names, by path. */
export const FILES = Object.fromEntries(blocks.filter(({ file }) => file).map(({ file, code }) => [`/${file}`, code]));

/** The rows of the table of entries: each with the size that a page loads. */
export const SIZES = [...PAGE.matchAll(/^\| `(frontdesk[\w/]*)` \|.*\| (\d+) KB/gm)].map(([, entry, size]) => [entry, Number(size)]);
