// No panic, no trap, no leak, and a desk that works on, whatever is handed over.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

import * as whole from "frontdesk";
import * as preview from "frontdesk/preview";
import { initSync } from "../../dist/wasm/frontdesk.js";
import { corpus, fuzz } from "../fuzz.mjs";

const folder = new URL("../../../../core/tests/vectors/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".json")).map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")));
const seeds = corpus(files);
const COUNT = Number(process.env.FRONTDESK_FUZZ ?? 100_000);

for (const [name, entry] of [["frontdesk", whole], ["frontdesk/preview", preview]]) {
  test(`${name}: ${COUNT} inputs`, () => {
    const told = fuzz(entry, seeds, COUNT, 20261121);
    console.log(`${name}: ${JSON.stringify(told)}`);
    assert.deepEqual([told.traps, told.dead, told.others], [0, 0, []]);
    assert.ok(told.accepted > COUNT / 20 && told.problems > COUNT / 20 && told.desks > 100, "too little of it is either sound or unsound");
  });
}

test("what is freed is given back", () => {
  const memory = () => initSync({ module: new Uint8Array() }).memory.buffer.byteLength;
  const document = JSON.stringify({ version: 1, time_zone: "UTC", agents: Array.from({ length: 500 }, (_, index) => ({ id: `agent ${index}`, working_hours: [] })) });
  const round = () => {
    for (let times = 0; times < 50; times += 1) {
      const desk = new whole.Desk(document);
      desk.status("agent 1", "2026-11-20T09:00:00Z");
      desk.open("c", { inbox: "i", channel: "c", at: "2026-11-20T09:00:00Z" });
      assert.throws(() => desk.status("nobody", 0), whole.FrontdeskError);
      desk.free();
    }
  };
  round();
  const before = memory();
  for (let times = 0; times < 10; times += 1) round();
  assert.equal(memory(), before);
});

test("what is forgotten is collected", { skip: globalThis.gc ? false : "needs --expose-gc" }, async () => {
  const memory = () => initSync({ module: new Uint8Array() }).memory.buffer.byteLength;
  const document = JSON.stringify({ version: 1, time_zone: "UTC", agents: Array.from({ length: 2_000 }, (_, index) => ({ id: `agent ${index}` })) });
  const round = async () => {
    for (let times = 0; times < 40; times += 1) new whole.Desk(document);
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 20));
  };
  for (let times = 0; times < 3; times += 1) await round();
  const before = memory();
  for (let times = 0; times < 8; times += 1) await round();
  assert.ok(memory() <= before * 1.5, `${before} became ${memory()}`);
});
