// Where the module may come from, and that a packed one becomes what it was made of.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const DIST = new URL("../../dist/", import.meta.url);
const file = (name) => readFileSync(new URL(`wasm/${name}`, DIST));
const { moduleAtOnce, moduleOf } = await import(new URL("module.js", DIST));
const names = (module) => WebAssembly.Module.exports(module).map(({ name }) => name);

for (const [entry, name] of [["index", "frontdesk"], ["preview", "preview"]]) {
  const [packed, real] = [file(`${name}.packed.wasm`), file(`${name}_bg.wasm`)];
  const wanted = names(new WebAssembly.Module(real));

  test(`${name}: what is packed unpacks to the module, byte for byte`, async () => {
    const { instance } = await WebAssembly.instantiate(packed);
    const { memory, unpack, length } = instance.exports;
    assert.deepEqual(Buffer.from(memory.buffer, unpack(), length()), real);
    assert.deepEqual(WebAssembly.Module.imports(await WebAssembly.compile(packed)), []);
  });

  test(`${name}: init takes it from anywhere, packed or not`, async () => {
    const response = (bytes) => new Response(bytes, { headers: { "Content-Type": "application/wasm" } });
    const padded = (bytes) => Buffer.concat([Buffer.alloc(7), bytes]).subarray(7);
    for (const bytes of [packed, real]) {
      const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
      for (const source of [bytes, copy, padded(bytes), WebAssembly.compile(bytes), response(bytes), Promise.resolve(response(bytes))]) {
        assert.deepEqual(names(await moduleOf(source)), wanted);
      }
      for (const source of [bytes, copy, new WebAssembly.Module(bytes)]) assert.deepEqual(names(moduleAtOnce(source)), wanted);
    }
  });

  test(`${name}: what is no module is refused`, async () => {
    const { init } = await import(new URL(`${entry}.js`, DIST));
    await assert.rejects(init(new Response("nothing", { status: 404 })), /could not be loaded: 404/);
    await assert.rejects(init(packed.subarray(0, 1000)), WebAssembly.CompileError);
    await assert.rejects(init(packed.subarray(0, packed.length - 1)), WebAssembly.CompileError);
    await assert.rejects(init(Buffer.from("<!doctype html>")), WebAssembly.CompileError);
  });

  test(`${name}: it is loaded once, however many ask for it, also after a failure`, async (t) => {
    const { init, Desk } = await import(new URL(`${entry}.js`, DIST));
    const answers = [new Response("nothing", { status: 500 }), new Response(packed)];
    const fetched = t.mock.method(globalThis, "fetch", async () => answers.shift());
    await Promise.all([1, 2].map(() => assert.rejects(init("https://example.org/a.wasm"), /could not be loaded: 500/)));
    await Promise.all([init("https://example.org/a.wasm"), init("https://example.org/a.wasm")]);
    await init("https://example.org/a.wasm");
    assert.equal(fetched.mock.callCount(), 2);
    assert.equal(new Desk({ version: 1, time_zone: "UTC", agents: [{ id: "anna" }] }).status("anna", 1_800_000_000_000).reason, "always_on");
  });
}
