/** The classes that wasm-bindgen generates from the crate `frontdesk-wasm`. Written by bindings/generate from its source. */

/** A desk in each module. */
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

/** A desk in the whole module. */
export interface RawMachine extends RawDesk {
  read_calendar(agent: string, calendar: Uint8Array, name?: string, away?: string): string;
  read_hours(agent: string, calendar: Uint8Array): string;
  write_calendar(agent: string, at: number): string;
  write_hours(agent: string, at: number): string;
  write_free_busy(agent: string, start: number, end: number, at: number): string;
  copy(): RawMachine;
  handle(command: string): string;
  handle_explained(command: string): string;
  propose(command: string, explain: boolean): string;
  may(command: string): string;
  advance(at: number): string;
  apply(event: string): void;
  apply_turn(turn: string): void;
  check_complete(): void;
  flatten(start: number, end: number): string;
  set_scripts(sources: string): void;
}
