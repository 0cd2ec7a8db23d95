// `npm run dev`: the page as Vite serves it while it is written.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import test from "node:test";
import { createServer } from "vite";
import { browser, open } from "../../../bindings/wasm/tests/browser/site.mjs";

test("the server for development shows the page", async (t) => {
  const server = await createServer({ root: fileURLToPath(new URL("..", import.meta.url)), logLevel: "warn", server: { host: "127.0.0.1", port: 0 } });
  t.after(() => server.close());
  await server.listen();
  const chromium = await browser();
  t.after(() => chromium.close());
  const { page, complaints } = await open(chromium, `${server.resolvedUrls.local[0]}?at=2026-03-25T09:30:00Z`);
  await page.getByText("Open until 12:00").waitFor();
  assert.deepEqual(complaints, []);
});
