// A site for the tests: the repository's files under a strict policy, and a browser that looks at them.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml" };

/** No eval, nothing inline, nothing from elsewhere. */
export const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:; worker-src 'self'; base-uri 'none'";

/** Serves a folder, mostly the repository, and some pages of the test's own, by path. */
export async function site(pages = {}, policy = POLICY, root = ROOT) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    try {
      const page = pages[path];
      const body = page === undefined ? await readFile(join(root, normalize(path))) : typeof page === "function" ? page() : page;
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/html; charset=utf-8", "content-security-policy": policy, "cache-control": "no-store" });
      response.end(body);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** Debian's Chromium, which asks nobody for anything. */
export function browser(more = []) {
  return chromium.launch({
    executablePath: process.env.FRONTDESK_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more],
  });
}

/** A page that notes everything a console or a policy complains of. */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Stockholm", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error.stack ?? error)));
  if (options.at) await page.clock.install({ time: new Date(options.at) });
  await page.goto(url);
  return { page, context, complaints };
}

/** The folder of pictures. */
export const PICTURES = process.env.FRONTDESK_PICTURES ?? join(ROOT, "target", "web-pictures");
