/** Checks arguments before use: a misspelt key or a wrong type is a problem, not a different question. */

import { problem } from "./error.js";

/** The keys of an object of options, each with the type of its value. */
export type Shape = Readonly<Record<string, Kind>>;
type Kind = "text" | "boolean" | "texts" | "object" | "any";

const KINDS: { readonly [K in Kind]: readonly [name: string, fits: (value: unknown) => boolean] } = {
  text: ["text", isText],
  boolean: ["true or false", (value) => typeof value === "boolean"],
  texts: ["a list of texts", (value) => Array.isArray(value) && value.every(isText)],
  object: ["an object", isObject],
  any: ["anything", () => true],
};

/** Returns an argument that has to be an object, whatever its keys. */
export function objectOf<T extends object>(given: T, path: string): T {
  if (isObject(given)) return given;
  throw wrongType("an object", given, path);
}

/** Returns an argument that has to be an object of options; empty if absent. Keys with the value undefined count as absent. */
export function optionsOf<T extends object>(given: T | undefined, shape: Shape, path = "$"): T {
  if (given === undefined) return {} as T;
  objectOf(given, path);
  for (const [key, value] of Object.entries(given)) {
    const place = `${path}.${key}`;
    if (!Object.hasOwn(shape, key)) throw unknownKey(key, Object.keys(shape), place);
    const [wanted, fits] = KINDS[shape[key]!];
    if (value !== undefined && !fits(value)) throw wrongType(wanted, value, place);
  }
  return given;
}

/** Returns an argument that has to be a string. */
export function textOf(given: unknown, path: string): string {
  if (isText(given)) return given;
  throw wrongType("text", given, path);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrongType(wanted: string, found: unknown, path: string): Error {
  return problem("wrong_type", `expected ${wanted}, found ${kindOf(found)}`, { path });
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  const names: Partial<Record<string, string>> = { string: "text", number: "a number", boolean: "a boolean", object: "an object", function: "a function", undefined: "nothing" };
  return names[typeof value] ?? `a ${typeof value}`;
}

function unknownKey(key: string, known: readonly string[], path: string): Error {
  const near = nearest(key, known);
  return problem("unknown_key", `there is no key ${JSON.stringify(key.slice(0, 60))} here`, { path, hint: near ? `did you mean ${near}?` : `there are ${known.join(", ")}` });
}

/** Returns the name with the smallest edit distance, if that is at most a third of its letters. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const near = known.map((it) => ({ it, steps: distance(name.toLowerCase(), it.toLowerCase()) })).sort((a, b) => a.steps - b.steps)[0];
  return near && near.steps <= Math.max(1, Math.floor(near.it.length / 3)) ? near.it : undefined;
}

/** Returns the edit distance; a number larger than any name if the lengths alone differ too much. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (a[i] === b[j] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
