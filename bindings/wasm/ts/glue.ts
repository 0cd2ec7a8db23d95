/** What wasm-bindgen makes of the crate `frontdesk-wasm`, as far as every entry has it. */

/** A desk in the module. */
export interface RawDesk {
  free(): void;
  ask(question: string): string;
  teams(): string;
  number(agent: string): number | undefined;
  answer(): number;
  status(agent: number, at: number): boolean;
  schedule(agent: string, start: number, end: number): Float64Array;
  coverage(scope: number, id: string, start: number, end: number): Float64Array;
}

/** A module. */
export interface Glue<Raw extends RawDesk = RawDesk> {
  readonly RawDesk: { new (document: string): Raw };
  reasons(): string;
  instant(text: string): number;
}

/** Where the bytes of the module are, or the module itself. */
export type Source = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;
