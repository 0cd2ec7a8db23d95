// Next: the server says whether somebody is there, and the browser goes on from there.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import test, { before } from "node:test";
import { promisify } from "node:util";
import { BEFORE, ELSEWHERE, FOLDER, chromium, freePort, open } from "./recipes.mjs";

const cwd = join(FOLDER, "next");
const next = join(FOLDER, "node_modules/next/dist/bin/next");
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };

before(async () => {
  rmSync(join(cwd, ".next"), { recursive: true, force: true });
  await promisify(execFile)(process.execPath, [next, "build"], { cwd, env });
});

/** Starts the server, whose clock begins at an instant. */
async function started(t, at) {
  const port = await freePort();
  const clock = { ...env, RECIPES_AT: at, NODE_OPTIONS: `--import=${new URL("clock.mjs", import.meta.url)}` };
  const server = spawn(process.execPath, [next, "start", "--hostname", "127.0.0.1", "--port", String(port)], { cwd, env: clock, stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => server.kill());
  await new Promise((resolve, reject) => {
    server.stdout.on("data", (data) => { if (/Ready in/.test(data)) resolve(); });
    server.on("exit", (code) => reject(new Error(`next start ended with ${code}`)));
  });
  return `http://127.0.0.1:${port}`;
}

test("on the server: by its clock, at each request, without a name", async (t) => {
  const page = async (at) => (await fetch(await started(t, at))).text();
  const open = await page("2026-11-20T12:00:00Z");
  assert.match(open, /<h1>We are open<\/h1>/);
  assert.doesNotMatch(open, /anna|berg|skiing/i);
  assert.match(await page("2026-11-21T12:00:00Z"), /<h1>We are closed<\/h1>.*<time dateTime="2026-11-23T14:00:00.000Z">/s);
});

test("in the browser: it changes when the time comes", async (t) => {
  const { page, complaints } = await open(await chromium(t), await started(t, "2026-11-20T21:00:00Z"), ELSEWHERE);
  await page.getByRole("heading", { name: "We are open" }).waitFor();
  await page.locator("frontdesk-status[state=online]").waitFor();
  assert.ok(await page.getByRole("button", { name: "Chat" }).isEnabled());
  await page.clock.pauseAt(new Date(Date.parse(BEFORE) + 11_000));
  await page.locator("frontdesk-status[state=away]").waitFor();
  assert.ok(await page.getByRole("button", { name: "Chat" }).isDisabled());
  assert.deepEqual(complaints, []);
});
