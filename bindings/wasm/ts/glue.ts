/** The modules that wasm-bindgen generates from the crate `frontdesk-wasm`, as far as all entries share it. */

import type { RawDesk } from "./raw.js";

/** A module. */
export interface Glue<Raw extends RawDesk = RawDesk> {
  readonly RawDesk: { new (document: string): Raw };
  reasons(): string;
  instant(text: string): number;
}

/** The address of the module, its bytes, or the module itself. */
export type Source = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;
