/** frontdesk/preview: availability, small enough for a public page. */

import { AvailabilityDesk, type DeskOptions } from "./availability.js";
import type { DeskDocument } from "./contract.js";
import type { WhereDisposable } from "./disposable.js";
import { optionsOf } from "./given.js";
import type { Glue, Source } from "./glue.js";
import type { Output } from "./instant.js";
import { loader } from "./loader-preview.js";
import * as module from "./wasm/preview.js";

const glue = module as unknown as Glue;

/** Loads the module; call it once, before anything else. In Node the module is loaded already, and this does nothing. */
export async function init(source?: Source | Promise<Source>): Promise<void> {
  await loader.init(source);
}

/** Loads the module from its bytes, or from a compiled module, for example in a worker. */
export function initSync(source: BufferSource | WebAssembly.Module): void {
  loader.initSync(source);
}

/**
 * A desk for questions about availability. It keeps rules without reading them; absences that repeat have to be flattened
 * first.
 */
export class Desk<O extends Output = "date"> extends AvailabilityDesk<O> {
  /** Creates the desk that a document describes: an object, or JSON text, whose problems have line and column. */
  constructor(document: DeskDocument | string, options?: DeskOptions<O>) {
    super(glue, loader.memory, document, optionsOf(options, { instants: "text" }, "$.options"));
  }
}

export interface Desk<O extends Output = "date"> extends WhereDisposable {}

export type * from "./contract.js";
export type { Coverage, CoverageStep, DeskOptions, HoursOf, Period, Range, Scope, Staffed, StaffedStep, Status, Visitor, VisitorView, WorkingDays } from "./availability.js";
export { FrontdeskError, type BindingCode, type Position, type Problem, type Severity } from "./error.js";
export type { Source } from "./glue.js";
export type { Duration, Instant, Out, Output, TemporalDuration, TemporalInstant } from "./instant.js";
export { problemOf, seen, type Seen } from "./published.js";
export { Spans } from "./spans.js";
