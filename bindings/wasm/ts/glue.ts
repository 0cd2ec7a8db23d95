/** The modules that wasm-bindgen makes of the crate `frontdesk-wasm`, as far as every entry has it. */

import type { RawDesk } from "./raw.js";

/** A module. */
export interface Glue<Raw extends RawDesk = RawDesk> {
  readonly RawDesk: { new (document: string): Raw };
  reasons(): string;
  instant(text: string): number;
}

/** Where the bytes of the module are, or the module itself. */
export type Source = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;
