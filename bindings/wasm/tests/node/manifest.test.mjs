// The Custom Elements Manifest says what the component has: no more, and no less.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { FrontdeskStatus } from "../../dist/status.js";

const read = (name) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
const source = read("ts/status.ts");
const [{ declarations: [element], exports }] = JSON.parse(read("custom-elements.json")).modules;
const names = (list) => list.map(({ name }) => name).sort();
const found = (pattern) => [...new Set([...source.matchAll(pattern)].map(([, name]) => name))].sort();

test("its attributes are those it observes, and the state, which it sets", () => {
  assert.deepEqual(names(element.attributes), [...FrontdeskStatus.observedAttributes, "state"].sort());
  assert.deepEqual(found(/\bthis\.setAttribute\("([^"]+)"/g), ["state"]);
});

test("its properties and methods are those of the class", () => {
  const callbacks = ["constructor", "connectedCallback", "disconnectedCallback", "attributeChangedCallback"];
  const own = Object.entries(Object.getOwnPropertyDescriptors(FrontdeskStatus.prototype)).filter(([name]) => !callbacks.includes(name));
  const fields = own.filter(([, { get }]) => get).map(([name, { set }]) => [name, !set]);
  const members = element.members.filter((it) => !it.static);
  assert.deepEqual(members.filter(({ kind }) => kind === "field").map(({ name, readonly }) => [name, readonly === true]).sort(), fields.sort());
  assert.deepEqual(names(members.filter(({ kind }) => kind === "method")), own.filter(([, { value }]) => value).map(([name]) => name).sort());
  const fixed = Object.getOwnPropertyNames(FrontdeskStatus).filter((name) => !["length", "name", "prototype", "observedAttributes"].includes(name));
  assert.deepEqual(names(element.members.filter((it) => it.static)), fixed.sort());
});

test("its events, parts, slots and CSS properties are those that the source names", () => {
  assert.deepEqual(names(element.events), found(/new CustomEvent\("([^"]+)"/g));
  assert.deepEqual(names(element.cssParts), [...found(/\.part\.add\("([^"]+)"\)/g), ...found(/\? \["([a-z-]+)", /g)].sort());
  assert.deepEqual([element.slots.length, [...source.matchAll(/createElement\("slot"\)/g)].length], [1, 1]);
  assert.deepEqual(names(element.cssProperties), found(/var\((--frontdesk-[a-z]+)/g));
});

test("each default of a CSS property is in the style sheet", () => {
  const dense = (text) => text.replace(/\s/g, "");
  const style = dense(source);
  for (const { name, default: value } of element.cssProperties) assert.ok(style.includes(`var(${name},${dense(value)})`), name);
});

test("it names what the module defines and exports, at the place that the package names", () => {
  assert.deepEqual(names(exports), ["FrontdeskStatus", "frontdesk-status"]);
  assert.match(source, new RegExp(`define\\("${element.tagName}", ${element.name}\\)`));
  const { customElements, files, exports: { "./status": status } } = JSON.parse(read("package.json"));
  assert.deepEqual([customElements, status.default], ["custom-elements.json", `./${exports[0].declaration.module}`]);
  assert.ok(files.includes(customElements));
});
