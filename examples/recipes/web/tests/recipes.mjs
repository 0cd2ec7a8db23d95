// What the tests of the recipes share: the desk, what is published of it, and Chromium.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Desk } from "frontdesk";
import { browser } from "../../../../bindings/wasm/tests/browser/site.mjs";

export { POLICY, open, site } from "../../../../bindings/wasm/tests/browser/site.mjs";

export const FOLDER = fileURLToPath(new URL("..", import.meta.url));
export const DESK = JSON.parse(readFileSync(new URL("../desk.json", import.meta.url), "utf8"));
export const AVAILABILITY = JSON.stringify(new Desk(DESK).publish({ inbox: "help", from: "2026-11-20T00:00:00Z", days: 28 }));

/** Friday, ten seconds before Bo's day in New York ends; Anna is on her way to the mountains. */
export const BEFORE = "2026-11-20T21:59:50Z";
/** Somewhere else than all of them, where clocks never change. */
export const ELSEWHERE = { timezoneId: "Asia/Kolkata", at: BEFORE };

/** Publishes the desk by the recipe, from the clock of this machine on, and returns the text. */
export function publish(path) {
  execFileSync(process.execPath, [join(FOLDER, "plain/publish.mjs"), join(FOLDER, "desk.json"), path]);
  return readFileSync(path, "utf8");
}

/** A browser for the rest of a test. */
export async function chromium(t) {
  const started = await browser();
  t.after(() => started.close());
  return started;
}

/** A port of this machine that nobody has. */
export function freePort() {
  const server = createServer();
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  }));
}
