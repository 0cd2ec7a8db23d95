// The package and the command line give the same bytes, on random documents and commands. FRONTDESK_CLI is the binary.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";

import { Desk, FrontdeskError } from "frontdesk";
import { corpus, mutated, random } from "../fuzz.mjs";

const cli = process.env.FRONTDESK_CLI;
const vectors = new URL("../../../../core/tests/vectors/", import.meta.url);
const files = readdirSync(vectors).filter((name) => name.endsWith(".json")).map((name) => JSON.parse(readFileSync(new URL(name, vectors), "utf8")));
const ROUNDS = Number(process.env.FRONTDESK_ROUNDS ?? 150);

test("Node and the command line agree", { skip: cli ? false : "FRONTDESK_CLI names no binary" }, () => {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-"));
  const [deskFile, commandFile] = ["desk.json", "commands.jsonl"].map((name) => join(folder, name));
  // An id may begin with a dash, so that it stands behind an equals sign.
  const run = (...words) => spawnSync(cli, words, { encoding: "utf8" });
  const seeds = corpus(files);
  const dice = random(7);
  let [sound, events, answers, refused] = [0, 0, 0, 0];
  for (let round = 0; round < ROUNDS; round += 1) {
    const text = JSON.stringify(mutated(dice.pick(seeds.documents), dice, 2), null, dice.below(3)) ?? "null";
    writeFileSync(deskFile, text);
    let desk;
    try {
      desk = new Desk(text);
    } catch (error) {
      assert.ok(error instanceof FrontdeskError);
      const said = run("check", deskFile);
      assert.equal(said.status, 1);
      assert.equal(said.stderr.trim().split("\n").length, error.problems.length, said.stderr);
      refused += 1;
      continue;
    }
    sound += 1;
    const at = new Date(Date.UTC(2026, 10, 16 + dice.below(14), dice.below(24), dice.below(60)));
    const { agents = [], inboxes = [] } = desk.document();
    const said = run("status", deskFile, "--at", at.toISOString(), "--json");
    const lines = agents.map(({ id }) => JSON.stringify({ agent: id, ...desk.status(id, at) }) + "\n");
    assert.equal(said.stdout, lines.join(""));
    answers += lines.length;
    const end = new Date(at.getTime() + dice.below(60) * 86_400_000);
    for (const { id } of agents.slice(0, 2)) {
      const shown = run("schedule", deskFile, `--agent=${id}`, "--start", at.toISOString(), "--end", end.toISOString(), "--json");
      assert.equal(shown.stdout, [...desk.schedule(id, { start: at, end })].map((it) => JSON.stringify(it) + "\n").join(""));
      answers += 1;
    }
    for (const { id, channels } of inboxes.slice(0, 2)) {
      const published = run("publish", deskFile, `--inbox=${id}`, "--from", at.toISOString(), "--days", "20");
      assert.equal(published.stdout, JSON.stringify(desk.publish({ inbox: id, from: at, days: 20 })) + "\n");
      for (const { id: channel } of channels) {
        const seen = run("visitor", deskFile, `--inbox=${id}`, `--channel=${channel}`, "--at", at.toISOString(), "--json");
        assert.equal(seen.stdout, desk.askJson(JSON.stringify({ ask: "visitor", inbox: id, channel, at })) + "\n");
        answers += 2;
      }
    }
    const commands = [];
    for (let turn = 0; turn < 25; turn += 1) {
      const command = JSON.stringify({ ...mutated(dice.pick(seeds.commands), dice, 3), at: new Date(at.getTime() + turn * 60_000) });
      try {
        desk.copy().handleJson(command);
        commands.push(command);
      } catch (error) {
        assert.ok(error instanceof FrontdeskError);
      }
    }
    const told = commands.flatMap((command) => {
      try {
        return JSON.parse(desk.handleJson(command));
      } catch {
        return [];
      }
    });
    writeFileSync(commandFile, commands.join("\n"));
    const replayed = run("replay", deskFile, commandFile, "--json");
    if (replayed.status === 0) assert.equal(replayed.stdout, told.map((event) => JSON.stringify(event) + "\n").join(""));
    events += told.length;
  }
  rmSync(folder, { recursive: true });
  console.log(`${sound} sound documents, ${refused} unsound, ${answers} answers and ${events} events are the same bytes`);
  assert.ok(sound > ROUNDS / 10 && events > ROUNDS && execFileSync(cli, ["--version"]).length > 0);
});
