// The built page, served under a strict policy, and a visit to it in Chromium.
import { fileURLToPath } from "node:url";
import { after, before } from "node:test";
import { POLICY, browser, open, site } from "../../../bindings/wasm/tests/browser/site.mjs";

const DIST = fileURLToPath(new URL("../dist", import.meta.url));

/** Serves the page for the tests of a file, and returns the function that visits it: at an instant, from somewhere else in the world. */
export function served() {
  let web;
  let chromium;
  before(async () => {
    web = await site({}, POLICY, DIST);
    chromium = await browser();
  });
  after(async () => {
    await chromium.close();
    await web.close();
  });
  return async (at, options = {}) => {
    const visited = await open(chromium, "about:blank", { timezoneId: "Asia/Kolkata", acceptDownloads: true, ...options });
    await visited.page.addInitScript(() => {
      globalThis.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.shift += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await visited.page.goto(`${web.url}/index.html${at ? `?at=${at}` : ""}`);
    await visited.page.getByRole("heading", { name: "Hours and absences" }).waitFor();
    return visited;
  };
}
