// Content security policies: what is needed is what the README says is needed, and no more.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { Desk } from "frontdesk/preview";
import { browser, open, site } from "./site.mjs";

const DIST = "/bindings/wasm/dist";
const DOCUMENT = {
  version: 1, time_zone: "Europe/Stockholm", agents: [{ id: "anna" }],
  inboxes: [{ id: "main", channels: [{ id: "chat", kind: "chat", rules: [{ id: "r", steps: [{ assign_to: "everyone" }] }] }] }],
};
const STRICT = "default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const page = (script, body = "") => `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,"><script type="module" src="${script}"></script>${body}</html>`;
const SCRIPT = (entry) => `import { Desk, init } from "${DIST}/${entry}.js";
try {
  await init();
  document.title = new Desk(${JSON.stringify(DOCUMENT)}).status("anna", Date.UTC(2026, 10, 20)).state;
} catch (error) {
  document.title = \`failed: \${error}\`;
}`;

/** Asked from outside: under such a policy a test cannot wait within the page. */
async function until(page, title) {
  for (let tries = 0; tries < 100 && !title.test(await page.title()); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.match(await page.title(), title);
}

let chromium;
before(async () => { chromium = await browser(); });
after(() => chromium.close());

async function visited(pages, policy, run) {
  const web = await site(pages, `${STRICT}; ${policy}`);
  const { page, context, complaints } = await open(chromium, web.url);
  try {
    await run(page, complaints);
  } finally {
    await context.close();
    await web.close();
  }
}

for (const entry of ["index", "preview"]) {
  test(`${entry}: 'wasm-unsafe-eval' is enough, and needed`, async () => {
    const pages = { "/": page("/main.js"), "/main.js": SCRIPT(entry) };
    await visited(pages, "script-src 'self' 'wasm-unsafe-eval'", async (page, complaints) => {
      await until(page, /^available$/);
      assert.deepEqual(complaints, []);
    });
    await visited(pages, "script-src 'self'", async (page) => {
      await until(page, /^failed: FrontdeskError: .* does not allow WebAssembly; add 'wasm-unsafe-eval' to its script-src/);
    });
  });
}

test("the component needs no module, no inline style, and nothing else", async () => {
  const published = new Desk(DOCUMENT).publish({ inbox: "main", from: Date.now() - 3_600_000, days: 7 });
  const pages = { "/": page(`${DIST}/status.js`, '<frontdesk-status src="/published.json"></frontdesk-status>'), "/published.json": JSON.stringify(published) };
  await visited(pages, "script-src 'self'", async (page, complaints) => {
    await page.locator("frontdesk-status[state=online]").waitFor();
    assert.equal(await page.locator("frontdesk-status").evaluate((it) => getComputedStyle(it.shadowRoot.querySelector("div")).display), "inline-flex");
    assert.deepEqual(complaints, []);
  });
});
