/** Problems as an error. */

import type { ProblemCode, Severity } from "./contract.js";

export type { Severity };

/** What is wrong with an input: a stable code, a sentence, and where to look. */
export interface Problem {
  /** The kind of problem; never renamed. */
  readonly code: ProblemCode;
  /** Whether it stands in the way: an error, which is thrown, or a warning, which is handed over. */
  readonly severity: Severity;
  /** One sentence in plain English. */
  readonly message: string;
  /** Where in the document or command, as a JSON path such as `$.agents[0].team`. */
  readonly path?: string;
  /** Line and column in the text, both from 1. */
  readonly position?: Position;
  /** What may help, such as the nearest known name. */
  readonly hint?: string;
}

/** Line and column, both from 1; the column counts characters. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What only JavaScript can do wrong: use a desk after `free`, or before `init`, or give `init` something else; and what should never happen. */
export type BindingCode = "freed" | "not_ready" | "not_allowed" | "wrong_module" | "trapped";

/** What every operation fails with. Code, path, position and hint are those of the first problem; `problems` has all. */
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

/** A problem that is found on this side. */
export function problem(code: ProblemCode | BindingCode, message: string, more: Partial<Problem> = {}): FrontdeskError {
  return new FrontdeskError({ ...more, code, message });
}

/** What was thrown by the module, as an error: problems come as their JSON text. */
export function asError(thrown: unknown): unknown {
  if (typeof thrown === "string") {
    const problems = JSON.parse(thrown) as Problem[];
    return new FrontdeskError(problems[0]!, problems);
  }
  if (thrown instanceof WebAssembly.RuntimeError) {
    const told = "frontdesk failed in a way it never should; please report it with the cause";
    return new FrontdeskError({ code: "trapped", message: told }, undefined, thrown);
  }
  return thrown;
}
