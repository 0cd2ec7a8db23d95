// The guide for JavaScript runs as it is printed, and prints what its comments say.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

import { ENTRIES } from "../../scripts/weigh.mjs";
import { INBOX, MODULE, SIZES } from "../guide.mjs";

/** What a module prints where the package is installed. */
function printed(t, module) {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-guide-"));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(fileURLToPath(new URL("../..", import.meta.url)), join(folder, "node_modules/frontdesk"));
  writeFileSync(join(folder, "guide.mjs"), module);
  return execFileSync(process.execPath, ["guide.mjs"], { cwd: folder, encoding: "utf8" }).trimEnd().split("\n");
}

test("the module prints what its comments say", (t) => {
  const wanted = [...MODULE.matchAll(/^\/\/ prints (.*)$/gm)].map(([, line]) => line);
  assert.ok(wanted.length > 10);
  assert.deepEqual(printed(t, MODULE), wanted);
});

test("the page on inboxes shows a view", (t) => {
  assert.deepEqual(printed(t, INBOX), ["[] undefined"]);
});

test("the sizes are those that entries may have", () => {
  const limits = new Map(ENTRIES.map(({ name, limit }) => [name.split(" ")[0], limit]));
  assert.equal(SIZES.length, 3);
  for (const [entry, size] of SIZES) assert.equal(size, limits.get(entry), entry);
});
