/** Where the module comes from. It may be packed: then it unpacks itself (`build/src/pack.rs`). */

import type { Source } from "./glue.js";

/** What a packed module exports. */
interface Unpacker {
  readonly memory: WebAssembly.Memory;
  unpack(): number;
  length(): number;
}

/** What can be instantiated, of wherever it is. */
export async function moduleOf(source: Source | Promise<Source>): Promise<WebAssembly.Module> {
  const module = await compiled(await source);
  return isPacked(module) ? WebAssembly.compile(unpacked(await WebAssembly.instantiate(module))) : module;
}

/** What can be instantiated, at once. */
export function moduleAtOnce(source: BufferSource | WebAssembly.Module): WebAssembly.Module {
  const module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
  return isPacked(module) ? new WebAssembly.Module(unpacked(new WebAssembly.Instance(module))) : module;
}

async function compiled(source: Source): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source);
  const response = source instanceof Response ? source : await fetch(source);
  if (!response.ok) throw new TypeError(`the module of frontdesk could not be loaded: ${response.status} for ${response.url}`);
  return WebAssembly.compile(await response.arrayBuffer());
}

function isPacked(module: WebAssembly.Module): boolean {
  return WebAssembly.Module.exports(module).some(({ name }) => name === "unpack");
}

function unpacked({ exports }: WebAssembly.Instance): Uint8Array<ArrayBuffer> {
  const { memory, unpack, length } = exports as unknown as Unpacker;
  return new Uint8Array(memory.buffer as ArrayBuffer, unpack(), length());
}
