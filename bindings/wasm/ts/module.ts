/** Loading the module, once. */

import { asError, FrontdeskError, problem } from "./error.js";
import type { Source } from "./glue.js";

/** The functions of the JavaScript that wasm-bindgen generates. */
interface Starter {
  readonly default: (from: { module_or_path: WebAssembly.Module }) => Promise<{ readonly memory: WebAssembly.Memory }>;
  readonly initSync: (from: { module: WebAssembly.Module }) => { readonly memory: WebAssembly.Memory };
}

const INIT_FIRST = "call `await init()` first";
const MISSING = "its file is not there: leave the package frontdesk out of the bundle, or resolve it under the condition `module`";

/** Loads the module of an entry once. */
export class Loader {
  readonly #starter: Starter;
  readonly #needed: readonly string[];
  readonly #usual: () => URL;
  #memory: WebAssembly.Memory | undefined;
  #loading: { readonly source: unknown; readonly done: Promise<void> } | undefined;
  #hint = INIT_FIRST;

  /** Takes the starting functions, the exports by which the right module is recognised, and its default address. */
  constructor(starter: Starter, needed: readonly string[], usual: () => URL) {
    this.#starter = starter;
    this.#needed = needed;
    this.#usual = usual;
  }

  /** Returns the memory of the module; throws before it is loaded. */
  readonly memory = (): WebAssembly.Memory => {
    if (!this.#memory) throw problem("not_ready", "frontdesk is not loaded yet", { hint: this.#hint });
    return this.#memory;
  };

  /** Loads the module, from its default address if there is no source. */
  async init(source?: Source | Promise<Source>): Promise<void> {
    while (!this.#memory) {
      const other = this.#loading;
      // A call for the same source waits for the one in progress; a call for another waits to see if it is still needed.
      if (other && (source === undefined || source === other.source)) return other.done;
      if (other) await other.done.catch(() => undefined);
      else await this.#start(source);
    }
  }

  #start(source: Source | Promise<Source> | undefined): Promise<void> {
    const done = this.#load(source ?? this.#usual()).finally(() => { this.#loading = undefined; });
    this.#loading = { source, done };
    return done;
  }

  async #load(source: Source | Promise<Source>): Promise<void> {
    const module = this.#right(await moduleOf(source));
    this.#memory = (await this.#starter.default({ module_or_path: module }).catch(wrongModule)).memory;
  }

  /** Loads the module from its bytes, or from a compiled module. */
  initSync(source: BufferSource | WebAssembly.Module): void {
    if (this.#memory) return;
    const module = this.#right(moduleAtOnce(source));
    try {
      this.#memory = this.#starter.initSync({ module }).memory;
    } catch (cause) {
      wrongModule(cause);
    }
  }

  /** Loads the module at once; if it cannot be read, the first use throws the reason. */
  initFrom(read: () => BufferSource): void {
    try {
      this.initSync(read());
    } catch (cause) {
      this.#hint = `${MISSING} (${cause instanceof Error ? cause.message : String(cause)})`;
    }
  }

  /** Checks the module before it is started: the starting functions keep any module, even a wrong one. */
  #right(module: WebAssembly.Module): WebAssembly.Module {
    const names = new Set(WebAssembly.Module.exports(module).map(({ name }) => name));
    const missing = this.#needed.find((name) => !names.has(name));
    return missing === undefined ? module : wrongModule(new TypeError(`the module exports no ${missing}`));
  }
}

function wrongModule(cause: unknown): never {
  // Each browser has its own message for this.
  if (/content security policy|\bCSP\b/i.test(String(cause))) {
    throw new FrontdeskError({ code: "not_allowed", message: "the page's Content-Security-Policy does not allow WebAssembly", hint: "add 'wasm-unsafe-eval' to its script-src" }, undefined, cause);
  }
  throw new FrontdeskError({ code: "wrong_module", message: "this is not the module of frontdesk", hint: WHICH }, undefined, cause);
}

const WHICH = "name the file .wasm of the same version of the package and the same entry";

/** Compiles the module from any source. */
export async function moduleOf(given: Source | Promise<Source>): Promise<WebAssembly.Module> {
  const source = await given;
  if (source instanceof WebAssembly.Module) return source;
  if (isBytes(source)) return WebAssembly.compile(source).catch(wrongModule);
  return streamed(await fetched(source));
}

/** Compiles the module synchronously. */
export function moduleAtOnce(source: BufferSource | WebAssembly.Module): WebAssembly.Module {
  if (source instanceof WebAssembly.Module) return source;
  if (!isBytes(source)) throw noSource("bytes, or a WebAssembly.Module");
  try {
    return new WebAssembly.Module(source);
  } catch (cause) {
    return wrongModule(cause);
  }
}

function isBytes(source: unknown): source is BufferSource {
  return source instanceof ArrayBuffer || ArrayBuffer.isView(source);
}

function noSource(wanted: string): Error {
  return problem("wrong_type", `the module is given as ${wanted}`);
}

async function fetched(source: RequestInfo | URL | Response): Promise<Response> {
  if (typeof source !== "string" && !(source instanceof URL) && !(source instanceof Response) && !(source instanceof Request)) {
    throw noSource("a URL, a Response, bytes, or a WebAssembly.Module");
  }
  const place = typeof source === "string" || source instanceof URL ? String(source) : source.url;
  const response = source instanceof Response ? source : await fetch(source).catch((cause: unknown) => { throw notLoaded(String(cause), place, cause); });
  if (!response.ok) throw notLoaded(String(response.status), place);
  return response;
}

/** Compiles the module while it arrives. Browsers do so for one media type only; for others, the whole body is read first. */
async function streamed(response: Response): Promise<WebAssembly.Module> {
  const type = response.headers.get("Content-Type");
  if (type === WASM) return WebAssembly.compileStreaming(response).catch((cause: unknown) => failed(cause, response));
  console.warn(`frontdesk: ${response.url || "the module"} is served as ${type ?? "no type"}, so it is compiled only once all of it is there: serve it as ${WASM}`);
  const bytes = await response.arrayBuffer().catch((cause: unknown) => failed(cause, response));
  return WebAssembly.compile(bytes).catch(wrongModule);
}

const WASM = "application/wasm";

function failed(cause: unknown, { url }: Response): never {
  const isBroken = cause instanceof TypeError || cause instanceof DOMException;
  throw isBroken ? notLoaded(String(cause), url, cause) : wrongModule(cause);
}

function notLoaded(why: string, place: string, cause?: unknown): FrontdeskError {
  const hint = "say where the module is: `init(\"/assets/frontdesk.wasm\")`";
  return new FrontdeskError({ code: "not_ready", message: `the module of frontdesk could not be loaded: ${why} for ${place}`, hint }, undefined, cause);
}

/** Returns the parsed answer of the module; throws a `FrontdeskError` if the module is not loaded or throws. */
export function answerOf(loader: Loader, operation: () => string): unknown {
  loader.memory();
  try {
    return JSON.parse(operation());
  } catch (thrown) {
    throw asError(thrown);
  }
}
