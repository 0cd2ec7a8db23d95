// The package as it is installed: not a link, which some bundlers follow and others refuse.
import { cpSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const FOLDER = fileURLToPath(new URL(".", import.meta.url));
const PACKAGE = join(FOLDER, "../..");

/** Installs it, and gives a folder for bundles, empty. */
export function installed(name) {
  const place = join(FOLDER, "node_modules/frontdesk");
  rmSync(place, { recursive: true, force: true });
  for (const part of ["package.json", "dist"]) cpSync(join(PACKAGE, part), join(place, part), { recursive: true });
  const out = join(FOLDER, "out", name);
  rmSync(out, { recursive: true, force: true });
  return out;
}

/** The output of every app below: the state of an agent, by each entry. */
export const WANTED = "available always_on, available always_on";

/** A port of this machine that nobody has. */
export function freePort() {
  const server = createServer();
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  }));
}
