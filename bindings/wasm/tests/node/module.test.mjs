// The sources of the module, and its compilation.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const DIST = new URL("../../dist/", import.meta.url);
const file = (name) => readFileSync(new URL(`wasm/${name}`, DIST));
const { moduleAtOnce, moduleOf } = await import(new URL("module.js", DIST));
const served = (body) => new Response(body, { headers: { "Content-Type": "application/wasm" } });
const names = (module) => WebAssembly.Module.exports(module).map(({ name }) => name);

for (const [entry, name] of [["index", "frontdesk"], ["preview", "preview"]]) {
  const bytes = file(`${name}.wasm`);
  const wanted = names(new WebAssembly.Module(bytes));

  test(`${name}: init takes it from anywhere`, async (t) => {
    t.mock.method(console, "warn", () => {});
    const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const padded = Buffer.concat([Buffer.alloc(7), bytes]).subarray(7);
    for (const source of [bytes, copy, padded, WebAssembly.compile(bytes), served(bytes), Promise.resolve(served(bytes)), new Response(bytes)]) {
      assert.deepEqual(names(await moduleOf(source)), wanted);
    }
    for (const source of [bytes, copy, new WebAssembly.Module(bytes)]) assert.deepEqual(names(moduleAtOnce(source)), wanted);
  });

  test(`${name}: it is compiled while it arrives, where the server says what it is; elsewhere a warning says what to do`, async (t) => {
    const streaming = t.mock.method(WebAssembly, "compileStreaming");
    const warn = t.mock.method(console, "warn", () => {});
    await moduleOf(served(bytes));
    assert.deepEqual([streaming.mock.callCount(), warn.mock.callCount()], [1, 0]);
    for (const [type, told] of [["text/plain", /served as text\/plain, .*: serve it as application\/wasm/], [undefined, /served as no type, /]]) {
      await moduleOf(new Response(bytes, type ? { headers: { "Content-Type": type } } : {}));
      assert.match(warn.mock.calls.at(-1).arguments[0], told);
    }
    assert.equal(streaming.mock.callCount(), 1);
    // A connection that breaks off is no wrong module.
    const broken = () => new ReadableStream({ start: (it) => it.enqueue(bytes.subarray(0, 1000)), pull: (it) => it.error(new TypeError("terminated")) });
    for (const response of [served(broken()), new Response(broken())]) await assert.rejects(moduleOf(response), { code: "not_ready" });
  });

  test(`${name}: what is no module is refused`, async () => {
    const { init, initSync } = await import(new URL(`${entry}.js`, DIST));
    await assert.rejects(init(new Response("nothing", { status: 404 })), /could not be loaded: 404/);
    const wrong = (code, cause) => (error) => error.name === "FrontdeskError" && error.code === code && error.hint !== undefined && (!cause || error.cause instanceof cause);
    await assert.rejects(init(bytes.subarray(0, 1000)), wrong("wrong_module", WebAssembly.CompileError));
    await assert.rejects(init(bytes.subarray(0, bytes.length - 1)), wrong("wrong_module", WebAssembly.CompileError));
    await assert.rejects(init(Buffer.from("<!doctype html>")), wrong("wrong_module", WebAssembly.CompileError));
    await assert.rejects(init("http://127.0.0.1:9/no.wasm"), wrong("not_ready"));
    for (const source of [5, {}, null, [], true]) if (source !== null) await assert.rejects(init(source), { code: "wrong_type" });
    for (const source of ["text", 5, null, undefined, {}]) assert.throws(() => initSync(source), { code: "wrong_type" });
    // A valid module that is another one: nothing of it is kept.
    const other = Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]);
    await assert.rejects(init(other), wrong("wrong_module"));
    await assert.rejects(init(Promise.resolve(new WebAssembly.Module(other))), wrong("wrong_module"));
    assert.throws(() => initSync(other), wrong("wrong_module"));
    assert.throws(() => initSync(other.subarray(0, 5)), wrong("wrong_module", WebAssembly.CompileError));
    if (entry === "index") await assert.rejects(init(file("preview.wasm")), wrong("wrong_module"));
  });

  test(`${name}: before it is loaded, everything says what to do`, async () => {
    const all = await import(new URL(`${entry}.js`, DIST));
    const document = { version: 1, time_zone: "UTC" };
    for (const use of [
      () => new all.Desk(document), () => new all.Desk(document, { instants: "epoch" }),
      ...(entry === "preview" ? [] : [
        () => new all.Desk(document, { scripts: {} }), () => all.Desk.restore("{}"), () => all.Desk.rebuild([]), () => all.check(document), () => all.firstTurn(document),
        () => all.readHolidays(""), () => all.readCalendar("", { time_zone: "UTC" }),
      ]),
    ]) assert.throws(use, { name: "FrontdeskError", code: "not_ready", hint: "call `await init()` first" }, String(use));
  });

  test(`${name}: it is loaded once, however many ask for it, also after a failure`, async (t) => {
    const { init, Desk } = await import(new URL(`${entry}.js`, DIST));
    const answers = [new Response("nothing", { status: 500 }), served(bytes)];
    const fetched = t.mock.method(globalThis, "fetch", async () => answers.shift());
    await Promise.all([1, 2].map(() => assert.rejects(init("https://example.org/a.wasm"), /could not be loaded: 500/)));
    await Promise.all([init("https://example.org/a.wasm"), init("https://example.org/a.wasm")]);
    await init("https://example.org/a.wasm");
    assert.equal(fetched.mock.callCount(), 2);
    await init("https://example.org/b.wasm");
    assert.equal(fetched.mock.callCount(), 2);
    assert.equal(new Desk({ version: 1, time_zone: "UTC", agents: [{ id: "anna" }] }).status("anna", 1_800_000_000_000).reason, "always_on");
  });
}
