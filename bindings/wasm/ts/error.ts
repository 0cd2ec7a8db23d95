/** Problems as an error. */

import type { ProblemCode, Severity } from "./contract.js";

export type { Severity };

/** A problem with an input: a stable code, a message, and the place. */
export interface Problem {
  /** The kind of problem; stable across versions. */
  readonly code: ProblemCode;
  /** The severity: an error, which is thrown, or a warning, which is returned. */
  readonly severity: Severity;
  /** One sentence in plain English. */
  readonly message: string;
  /** The place in the document or command, as a JSON path such as `$.agents[0].team`. */
  readonly path?: string;
  /** Line and column in the text, both from 1. */
  readonly position?: Position;
  /** A hint, such as the nearest known name. */
  readonly hint?: string;
}

/** Line and column, both from 1; the column counts characters. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Codes of the JavaScript binding: a desk is used after `free` or before `init`, `init` gets a wrong value, or the module
 * fails.
 */
export type BindingCode = "freed" | "not_ready" | "not_allowed" | "wrong_module" | "trapped";

/** The error of every operation. Code, path, position and hint are those of the first problem; `problems` has all. */
export class FrontdeskError extends Error {
  override readonly name = "FrontdeskError";
  readonly code: ProblemCode | BindingCode;
  readonly path: string | undefined;
  readonly position: Position | undefined;
  readonly hint: string | undefined;
  /** All problems of the input, in the order of the text. */
  readonly problems: readonly Problem[];

  constructor(problem: Omit<Problem, "code" | "severity"> & { code: ProblemCode | BindingCode }, problems?: readonly Problem[], cause?: unknown) {
    super(sentence(problem), cause === undefined ? undefined : { cause });
    this.code = problem.code;
    this.path = problem.path;
    this.position = problem.position;
    this.hint = problem.hint;
    this.problems = problems ?? [{ severity: "error", ...problem } as Problem];
  }
}

function sentence({ message, path, hint }: { message: string; path?: string; hint?: string }): string {
  return message + (path ? ` at ${path}` : "") + (hint ? `; ${hint}` : "");
}

/** Creates an error for a problem found in JavaScript. */
export function problem(code: ProblemCode | BindingCode, message: string, more: Partial<Problem> = {}): FrontdeskError {
  return new FrontdeskError({ ...more, code, message });
}

/** Converts a value thrown by the module to an error: problems come as JSON text. */
export function asError(thrown: unknown): unknown {
  if (typeof thrown === "string") {
    const problems = JSON.parse(thrown) as Problem[];
    return new FrontdeskError(problems[0]!, problems);
  }
  if (thrown instanceof WebAssembly.RuntimeError) {
    const message = "frontdesk failed in a way it never should; please report it with the cause";
    return new FrontdeskError({ code: "trapped", message }, undefined, thrown);
  }
  return thrown;
}
