// Both entries in Chromium, under a strict policy: the vectors, a worker, time to the first answer, and hostile input.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test, { after, before } from "node:test";
import { browser, open, site } from "./site.mjs";

const folder = new URL("../../../../core/tests/vectors/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".json")).map((name) => ({ name, ...JSON.parse(readFileSync(new URL(name, folder), "utf8")) }));
const DIST = "/bindings/wasm/dist";

const WORKER = `import { init, Desk } from "${DIST}/index.js";
onmessage = async ({ data }) => {
  await init();
  postMessage(new Desk(data.document).status(data.agent, data.at));
};`;
const PAGE = `<!doctype html><meta charset="utf-8"><title>empty</title><link rel="icon" href="data:,">`;

let web;
let chromium;
before(async () => {
  web = await site({ "/": PAGE, "/worker.js": WORKER, "/module": readFileSync(new URL("../../dist/wasm/preview.wasm", import.meta.url)) });
  chromium = await browser();
});
after(async () => {
  await chromium.close();
  await web.close();
});

for (const [entry, preview] of [["index.js", false], ["preview.js", true]]) {
  test(`${entry}: the vectors, byte for byte`, async () => {
    const { page, context, complaints } = await open(chromium, web.url, { timezoneId: "America/Vancouver" });
    const chosen = preview ? files.filter((file) => !/bad-documents|documents|unreadable/.test(file.name) && !JSON.stringify(file).includes('"repeat"')) : files;
    const outcome = await page.evaluate(async ({ url, runner, chosen }) => {
      const entry = await import(url);
      const { run } = await import(runner);
      await entry.init();
      return chosen.map((file) => ({ name: file.name, ...run(entry, file) }));
    }, { url: `${DIST}/${entry}`, runner: "/bindings/wasm/tests/vectors.mjs", chosen });
    for (const { name, differ } of outcome) assert.deepEqual(differ, [], name);
    assert.ok(outcome.reduce((sum, { done }) => sum + done, 0) > (preview ? 40 : 300));
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test(`${entry}: before init it says so; the first answer comes soon`, async () => {
    const { page, context, complaints } = await open(chromium, web.url);
    const told = await page.evaluate(async (url) => {
      const { Desk, init } = await import(url);
      const document = { version: 1, time_zone: "Asia/Kolkata", agents: [{ id: "anna" }] };
      let code;
      try {
        new Desk(document);
      } catch (error) {
        code = error.code;
      }
      const name = url.endsWith("preview.js") ? "preview" : "frontdesk";
      const bytes = await (await fetch(new URL(`wasm/${name}.wasm`, new URL(url, location.href)))).arrayBuffer();
      const start = performance.now();
      await init(bytes);
      const status = new Desk(document).status("anna", Date.UTC(2026, 10, 20));
      const first = performance.now() - start;
      await init();
      return { code, status, first };
    }, `${DIST}/${entry}`);
    console.log(`${entry}: the first answer ${told.first.toFixed(1)} ms after the module arrived`);
    assert.equal(told.code, "not_ready");
    assert.equal(told.status.reason, "always_on");
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test(`${entry}: hostile input traps nothing`, async () => {
    const { page, context, complaints } = await open(chromium, web.url);
    const told = await page.evaluate(async ({ url, files }) => {
      const entry = await import(url);
      const { corpus, fuzz } = await import("/bindings/wasm/tests/fuzz.mjs");
      await entry.init();
      return fuzz(entry, corpus(files), 10_000, 4711);
    }, { url: `${DIST}/${entry}`, files });
    assert.deepEqual([told.traps, told.dead, told.others], [0, 0, []]);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("it works in a worker", async () => {
  const { page, context, complaints } = await open(chromium, web.url);
  const status = await page.evaluate(() => new Promise((resolve, reject) => {
    const worker = new Worker("/worker.js", { type: "module" });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
    worker.postMessage({ document: { version: 1, time_zone: "UTC", agents: [{ id: "anna" }] }, agent: "anna", at: Date.UTC(2026, 10, 20) });
  }));
  assert.equal(status.state, "available");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("it is compiled while it arrives; where the server names another media type, the console says so", async () => {
  for (const [source, streamed, warned] of [[undefined, 1, []], ["/module", 0, [/served as text\/html; charset=utf-8, .* serve it as application\/wasm/]]]) {
    const { page, context, complaints } = await open(chromium, web.url);
    const told = await page.evaluate(async ({ url, source }) => {
      let count = 0;
      const { compileStreaming } = WebAssembly;
      WebAssembly.compileStreaming = (response) => { count += 1; return compileStreaming(response); };
      const { Desk, init } = await import(url);
      await init(source);
      return [count, new Desk({ version: 1, time_zone: "UTC", agents: [{ id: "anna" }] }).status("anna", Date.UTC(2026, 10, 20)).reason];
    }, { url: `${DIST}/preview.js`, source });
    assert.deepEqual(told, [streamed, "always_on"]);
    assert.equal(complaints.length, warned.length, String(complaints));
    warned.forEach((pattern, at) => assert.match(complaints[at], pattern));
    await context.close();
  }
});

test("a page without a bundler needs one file, and its module", async () => {
  const { page, context, complaints } = await open(chromium, web.url);
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const told = await page.evaluate(async (dist) => {
    const { Desk, init } = await import(`${dist}/frontdesk.min.js`);
    await init();
    const { reason } = new Desk({ version: 1, time_zone: "UTC", agents: [{ id: "anna" }] }).status("anna", Date.UTC(2026, 10, 20));
    const script = Object.assign(document.createElement("script"), { type: "module", src: `${dist}/frontdesk-status.min.js` });
    document.head.append(script);
    await customElements.whenDefined("frontdesk-status");
    return reason;
  }, DIST);
  assert.equal(told, "always_on");
  assert.deepEqual(asked, ["frontdesk.min.js", "wasm/frontdesk.wasm", "frontdesk-status.min.js"].map((name) => `${DIST}/${name}`));
  assert.deepEqual(complaints, []);
  await context.close();
});
