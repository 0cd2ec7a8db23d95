// A page without a build: the files of the package beside it.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { AVAILABILITY, DESK, ELSEWHERE, FOLDER, POLICY, chromium, open, publish, site } from "./recipes.mjs";

const read = (path) => readFileSync(join(FOLDER, path));
const FILES = ["frontdesk.min.js", "frontdesk-status.min.js", "wasm/frontdesk.wasm"];
const PAGES = {
  ...Object.fromEntries(FILES.map((file) => [`/frontdesk/${file}`, read(`node_modules/frontdesk/dist/${file}`)])),
  "/availability.json": AVAILABILITY, "/desk.json": JSON.stringify(DESK),
};

async function visited(t, path, policy = POLICY) {
  const web = await site(PAGES, policy, join(FOLDER, "plain"));
  t.after(web.close);
  return open(await chromium(t), `${web.url}/${path}`, ELSEWHERE);
}

test("a public page needs one file, no module, and no more than script-src 'self'", async (t) => {
  const { page, complaints } = await visited(t, "index.html", POLICY.replace(" 'wasm-unsafe-eval'", ""));
  await page.locator("frontdesk-status[state=online]").waitFor();
  assert.ok(await page.getByRole("button", { name: "Chat" }).isEnabled());
  await page.clock.runFor(15_000);
  await page.locator("frontdesk-status[state=away]").waitFor();
  assert.ok(await page.getByRole("button", { name: "Chat" }).isDisabled());
  assert.deepEqual(complaints, []);
});

test("what is published tells the state of each channel and no more", () => {
  mkdirSync(join(FOLDER, "out"), { recursive: true });
  const text = publish(join(FOLDER, "out/availability.json"));
  const { channels, start, end } = JSON.parse(text);
  assert.deepEqual(channels.map(({ channel }) => channel), ["chat"]);
  assert.ok(Date.parse(start) < Date.now() && Date.now() < Date.parse(end));
  assert.doesNotMatch(text, /anna|berg|skiing/i);
});

test("a page for the team needs one file and the module", async (t) => {
  const { page, complaints } = await visited(t, "team.html");
  await page.getByText("Bo Lind: available until Sat 03:30").waitFor();
  await page.clock.runFor(15_000);
  await page.getByText("Bo Lind: away until Mon 19:30").waitFor();
  assert.deepEqual(complaints, []);
});
