/** frontdesk/preview: who is available, small enough for a public page. */

import { AvailabilityDesk, type DeskOptions } from "./availability.js";
import type { DeskDocument } from "./contract.js";
import type { Glue, Source } from "./glue.js";
import type { Output } from "./instant.js";
import { moduleAtOnce, moduleOf } from "./module.js";
import load, * as module from "./wasm/preview.js";

const glue = module as unknown as Glue;
let memory: WebAssembly.Memory;
let loading: Promise<void> | undefined;

/** Loads the module; once, before anything else. In Node it is loaded already, and this does nothing. */
export async function init(source?: Source | Promise<Source>): Promise<void> {
  if (memory) return;
  // Whoever asks while it is on its way waits for the same.
  loading ??= moduleOf(source ?? new URL("./wasm/preview.packed.wasm", import.meta.url))
    .then(async (module) => { memory = (await load({ module_or_path: module })).memory; })
    .finally(() => { loading = undefined; });
  await loading;
}

/** Loads the module from its bytes, or from a module that was compiled elsewhere and handed to a worker. */
export function initSync(source: BufferSource | WebAssembly.Module): void {
  memory ??= module.initSync({ module: moduleAtOnce(source) }).memory;
}

/** A desk that is asked about availability. Its rules are carried unread; repeated absences have to be flattened before. */
export class Desk<O extends Output = "date"> extends AvailabilityDesk<O> {
  /** The desk that a document describes: an object, or JSON text, whose problems then have line and column. */
  constructor(document: DeskDocument | string, options?: DeskOptions<O>) {
    super(glue, () => memory, document, options);
  }
}

export interface Desk<O extends Output = "date"> extends Disposable {}

export type * from "./contract.js";
export type { Coverage, CoverageStep, DeskOptions, HoursOf, Period, Range, Scope, Status, Visitor, VisitorView } from "./availability.js";
export { FrontdeskError, type BindingCode, type Position, type Problem, type Severity } from "./error.js";
export type { Source } from "./glue.js";
export type { Duration, Instant, Out, Output, TemporalDuration, TemporalInstant } from "./instant.js";
export { seen, type Seen } from "./published.js";
export { Spans } from "./spans.js";
