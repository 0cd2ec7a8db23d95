// The guide for JavaScript, `docs/guides/javascript.md`, as its tests read it, and the page on inboxes, `docs/topics/inbox.md`.
import { readFileSync } from "node:fs";

const read = (page) => readFileSync(new URL(`../../../docs/${page}.md`, import.meta.url), "utf8");
const blocksOf = (page) => [...page.matchAll(/(?:^`(?<file>[\w.-]+)`\n\n)?^```(?<language>\w+)\n(?<code>[\s\S]*?)^```$/gm)].map(({ groups }) => groups);

const PAGE = read("guides/javascript");
const blocks = blocksOf(PAGE);

/** The module of the first parts: the blocks that are no file. */
export const MODULE = blocks.filter(({ language, file }) => language === "js" && !file).map(({ code }) => code).join("\n");

/** The files that it names, by path. */
export const FILES = Object.fromEntries(blocks.filter(({ file }) => file).map(({ file, code }) => [`/${file}`, code]));

/** The rows of the table of entries: each with the size that a page loads. */
export const SIZES = [...PAGE.matchAll(/^\| `(frontdesk[\w/]*)` \|.*\| (\d+) KB/gm)].map(([, entry, size]) => [entry, Number(size)]);

const inbox = blocksOf(read("topics/inbox"));

/** The JavaScript of the page on inboxes, about its document. */
export const INBOX = `import { Desk } from "frontdesk";\nconst document = ${inbox.find(({ file }) => file === "desk.json").code};\n${inbox.find(({ language }) => language === "js").code}`;
