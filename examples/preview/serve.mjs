// Serves the page, and the package that was built beside it: `node serve.mjs [PORT]`. Files of this folder, and no others.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".wasm": "application/wasm" };
const port = Number(process.argv[2] ?? 8_080);

const server = createServer(async (request, response) => {
  try {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    const type = TYPES[extname(file)];
    if (!type) throw new Error("no file of the page");
    const body = await readFile(file);
    response.writeHead(200, { "content-type": type, "cache-control": "no-cache" }).end(body);
  } catch {
    response.writeHead(404, { "content-type": "text/plain" }).end("There is no such file.\n");
  }
});

// Where the port is taken, the next one is not.
server.on("error", (error) => {
  if (error.code !== "EADDRINUSE") throw error;
  server.listen(0, "127.0.0.1");
});
server.on("listening", () => console.log(`The page is at http://127.0.0.1:${server.address().port}/ (stop with Ctrl+C)`));
server.listen(port, "127.0.0.1");
