// The core's vectors, byte for byte.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

import * as whole from "frontdesk";
import * as preview from "frontdesk/preview";
import { run } from "../vectors.mjs";

const folder = new URL("../../../../core/tests/vectors/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".json"));

/** The vectors in which a preview differs, as it has fewer features and questions: repeats, and the names of all questions. */
const OTHERWISE = new Set(["bad-documents.json", "documents.json", "unreadable.json"]);

let compared = 0;
for (const name of names) {
  const file = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  test(`frontdesk: ${name}`, () => {
    const { done, differ } = run(whole, file);
    assert.deepEqual(differ, []);
    assert.equal(done, file.steps.length);
    compared += done;
  });
  test(`frontdesk/preview: ${name}`, { skip: OTHERWISE.has(name) || JSON.stringify(file).includes('"repeat"') }, () => {
    assert.deepEqual(run(preview, file).differ, []);
  });
}

test("all were compared", () => assert.ok(compared > 300, `only ${compared} steps were compared`));
