// The page that is one file, as it opens by a double click; and the page as it is served.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { browser, open } from "./site.mjs";

const PAGE = fileURLToPath(new URL("../../dist/page.html", import.meta.url));
const EXAMPLE = fileURLToPath(new URL("../../../../examples/preview/", import.meta.url));

/** What a person does first: looks at who is there, moves the clock, and sends a conversation. */
async function works(chromium, url) {
  const requests = [];
  const { page, context, complaints } = await open(chromium, "about:blank", { timezoneId: "Australia/Lord_Howe" });
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(url);
  await page.locator("html[data-ready=yes]").waitFor();
  assert.equal(await page.locator("#rows > .row").count(), 6);
  assert.match(await page.locator("#people li").first().innerText(), /Available, working hours until 12:00/);
  await page.getByRole("button", { name: "Next clock change" }).click();
  assert.equal(await page.locator(".jump").innerText(), "+60 min");
  await page.getByRole("button", { name: "Send now" }).click();
  assert.match(await page.locator("#decisions > li").first().innerText(), /^(Waiting in the queue|Went to)/);
  await page.getByLabel("decides in").selectOption({ label: "chat: everyone" });
  assert.match(await page.locator("#script-health").innerText(), /It is sound, and decides/);
  assert.match(await page.locator("frontdesk-status").evaluate((it) => it.shadowRoot.textContent), /Closed · opens/);
  assert.deepEqual(complaints, []);
  await context.close();
  return requests;
}

test("the page is one file, and opens from a disk without a server", async () => {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk page "));
  copyFileSync(PAGE, join(folder, "a page.html"));
  const chromium = await browser();
  const requests = await works(chromium, pathToFileURL(join(folder, "a page.html")).href);
  assert.deepEqual(requests.filter((url) => !url.startsWith("data:")).length, 1, String(requests));
  await chromium.close();
  rmSync(folder, { recursive: true });
});

test("one command serves the page", async () => {
  const server = spawn("bash", [join(EXAMPLE, "run"), "0"], { stdio: ["ignore", "pipe", "inherit"], detached: true });
  const url = await new Promise((resolve, reject) => {
    let said = "";
    server.stdout.on("data", (data) => {
      said += data;
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
      if (found) resolve(found[0]);
    });
    server.on("exit", () => reject(new Error(said)));
  });
  const chromium = await browser();
  await works(chromium, url);
  for (const path of ["../../Cargo.toml", "%2e%2e/%2e%2e/Cargo.toml", "run", "serve.mjs", "none.js"]) {
    assert.equal((await fetch(url + path)).status, 404, path);
  }
  await chromium.close();
  process.kill(-server.pid);
});
