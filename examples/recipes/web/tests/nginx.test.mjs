// nginx, as Debian packages it, with the recipe's configuration: types, encodings, caches, and each file fetched once.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import test, { before } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { build } from "vite";
import { FOLDER, chromium, freePort, open, publish } from "./recipes.mjs";

const NGINX = "/usr/sbin/nginx";
const BROTLI = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";
const WORK = join(FOLDER, "out/nginx");
const SITE = join(WORK, "site");
const skip = existsSync(NGINX) && existsSync(BROTLI) ? false : "Debian's packages nginx and libnginx-mod-http-brotli-static are not installed";

before(async () => {
  rmSync(WORK, { recursive: true, force: true });
  await build({ root: join(FOLDER, "react"), configFile: join(FOLDER, "nginx/vite.config.js"), logLevel: "warn", build: { outDir: SITE, emptyOutDir: true } });
  publish(join(SITE, "availability.json"));
});

/** The configuration around the recipe's, which is that of Debian, with all files in a folder of the test. */
const MAIN = `
${process.getuid() === 0 ? "user root;" : ""}
pid nginx.pid;
error_log error.log;
daemon off;
load_module ${BROTLI};
events { }
http {
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    log_format asked "$uri $status";
    access_log access.log asked;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    include help.conf;
}`;

/** Starts nginx for a folder of files, with more lines in the recipe's server. */
async function served(t, root, more = "") {
  const folder = `${root}-nginx`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const port = await freePort();
  const recipe = readFileSync(join(FOLDER, "nginx/help.conf"), "utf8");
  const here = recipe.replace("listen 80;", `listen 127.0.0.1:${port};`).replace("root /var/www/help;", `root ${root};${more}`);
  assert.notEqual(here, recipe);
  writeFileSync(join(folder, "help.conf"), here);
  writeFileSync(join(folder, "nginx.conf"), MAIN);
  const server = spawn(NGINX, ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", "error.log"], { stdio: ["ignore", "inherit", "inherit"] });
  t.after(() => server.kill("SIGQUIT"));
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 200 && !(await fetch(url).catch(() => null)); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  const asked = () => readFileSync(join(folder, "access.log"), "utf8").split("\n");
  return { url, asked };
}

/** Asks as a browser that reads these encodings, and returns the answer as it is sent. */
function asks(url, encodings) {
  return new Promise((resolve, reject) => {
    get(url, { headers: { "accept-encoding": encodings } }, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) });
    }).on("error", reject);
  });
}

const moduleOf = (root) => `assets/${readdirSync(join(root, "assets")).find((name) => name.endsWith(".wasm"))}`;

test("the module has its type, is compressed already, and is kept", { skip }, async (t) => {
  const { url } = await served(t, SITE);
  const module = moduleOf(SITE);
  const bytes = readFileSync(join(SITE, module));
  for (const [encodings, encoding, read, most] of [["gzip, deflate, br", "br", brotliDecompressSync, 0.4], ["gzip", "gzip", gunzipSync, 0.5], ["identity", undefined, (body) => body, 1]]) {
    const { status, headers, body } = await asks(`${url}/${module}`, encodings);
    assert.deepEqual([status, headers["content-type"], headers["content-encoding"]], [200, "application/wasm", encoding]);
    assert.equal(headers["cache-control"], "public, max-age=31536000, immutable");
    assert.equal(headers.vary, "Accept-Encoding");
    assert.ok(body.length <= most * bytes.length, `${body.length} of ${bytes.length} bytes`);
    assert.ok(read(body).equals(bytes));
  }
});

test("what has no hash in its name is asked for anew, and all has the policy", { skip }, async (t) => {
  const { url } = await served(t, SITE);
  for (const [path, type] of [["/", "text/html"], ["/availability.json", "application/json"]]) {
    const { headers } = await asks(url + path, "br");
    assert.equal(headers["cache-control"], "no-cache");
    assert.match(headers["content-security-policy"], /script-src 'self' 'wasm-unsafe-eval'/);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.match(headers["content-type"], new RegExp(`^${type}`));
    const again = await fetch(url + path, { headers: { "if-none-match": headers.etag, "cache-control": "no-cache" } });
    assert.equal(again.status, 304);
  }
});

/** Opens the page by the clock of this machine: one that is set has no timing of resources. Returns by what the module was fetched. */
async function visited(t, url, module) {
  const { page, complaints } = await open(await chromium(t), url);
  await page.getByText(/Bo Lind: (available|away)/).waitFor();
  await page.locator("frontdesk-status:is([state=online], [state=away])").waitFor();
  const by = await page.evaluate((name) => performance.getEntriesByName(name).map(({ initiatorType }) => initiatorType), `${url}/${module}`);
  return { by, complaints };
}

test("the page works under the policy, and fetches the module once, before it runs", { skip }, async (t) => {
  const { url, asked } = await served(t, SITE);
  const module = moduleOf(SITE);
  const { by, complaints } = await visited(t, url, module);
  assert.deepEqual(by, ["link"]);
  assert.deepEqual(asked().filter((line) => line.includes(module)), [`/${module} 200`]);
  assert.deepEqual(complaints, []);
});

test("a header does the same as the link of the page", { skip }, async (t) => {
  const root = join(WORK, "header");
  cpSync(SITE, root, { recursive: true });
  const html = readFileSync(join(root, "index.html"), "utf8");
  writeFileSync(join(root, "index.html"), html.replace(/<link rel="preload"[^>]*>/, ""));
  const module = moduleOf(root);
  const { url, asked } = await served(t, root, `add_header Link "</${module}>; rel=preload; as=fetch; crossorigin";`);
  const { by, complaints } = await visited(t, url, module);
  assert.deepEqual(by, ["link"]);
  assert.equal(asked().filter((line) => line.includes(module)).length, 1);
  assert.deepEqual(complaints, []);
});

test("without crossorigin, what was fetched ahead is not used", { skip }, async (t) => {
  const root = join(WORK, "twice");
  cpSync(SITE, root, { recursive: true });
  const html = readFileSync(join(root, "index.html"), "utf8");
  writeFileSync(join(root, "index.html"), html.replace(/(<link rel="preload"[^>]*?) crossorigin/, "$1"));
  const { url } = await served(t, root);
  const { by, complaints } = await visited(t, url, moduleOf(root));
  assert.deepEqual(by, ["link", "fetch"]);
  assert.match(complaints.join(), /is not used because the request credentials mode does not match/);
});
