// Fails when a package that the tools need has no permissive licence.
import { readFileSync } from "node:fs";

const PERMISSIVE = /^\(?(MIT|Apache-2\.0|ISC|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|CC0-1\.0|Unlicense)( OR .*)?\)?$/;
const { packages } = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
const wrong = Object.entries(packages).filter(([path, { license }]) => path && !PERMISSIVE.test(license ?? "none"));
wrong.forEach(([path, { license }]) => console.error(`${path}: ${license}`));
console.log(`${Object.keys(packages).length - 1} npm packages${wrong.length ? "" : ", all permissive"}`);
process.exit(wrong.length ? 1 : 0);
