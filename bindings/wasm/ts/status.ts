/** `<frontdesk-status>`: shows from published availability if an agent is there, and when one is back. No module, no polling. */

import type { PublishedAvailability } from "./contract.js";
import { problem, type FrontdeskError } from "./error.js";
import { problemOf, seen, tagFor, type Seen } from "./published.js";

/** The texts of the element in a language; `{reply}` and `{when}` are replaced. */
export interface Words {
  online: string;
  away: string;
  closed: string;
  /** The text after the state while an agent is there. */
  replies: string;
  /** The text after the state while nobody is there. */
  back: string;
  opens: string;
  /** The text without published availability. */
  unknown?: string;
}

const WORDS: Record<string, Words> = {
  en: { online: "Available now", away: "Away", closed: "Closed", replies: "usually replies in {reply}", back: "back {when}", opens: "opens {when}", unknown: "Availability unknown" },
  ar: { online: "متاحون الآن", away: "غير متاحين", closed: "مغلق", replies: "نردّ عادةً خلال {reply}", back: "نعود {when}", opens: "نفتح {when}", unknown: "التوفّر غير معروف" },
  da: { online: "Tilgængelig nu", away: "Ikke til stede", closed: "Lukket", replies: "svarer normalt inden for {reply}", back: "tilbage {when}", opens: "åbner {when}", unknown: "Tilgængelighed ukendt" },
  de: { online: "Jetzt erreichbar", away: "Abwesend", closed: "Geschlossen", replies: "antwortet meist in {reply}", back: "zurück {when}", opens: "öffnet {when}", unknown: "Erreichbarkeit unbekannt" },
  es: { online: "Disponible ahora", away: "Ausente", closed: "Cerrado", replies: "suele responder en {reply}", back: "de vuelta {when}", opens: "abre {when}", unknown: "Disponibilidad desconocida" },
  fi: { online: "Tavoitettavissa", away: "Poissa", closed: "Suljettu", replies: "vastaa yleensä: {reply}", back: "paikalla taas {when}", opens: "avautuu {when}", unknown: "Tavoitettavuus ei tiedossa" },
  fr: { online: "Disponible", away: "Absent", closed: "Fermé", replies: "répond en général en {reply}", back: "de retour {when}", opens: "ouvre {when}", unknown: "Disponibilité inconnue" },
  it: { online: "Disponibile ora", away: "Assente", closed: "Chiuso", replies: "di solito risponde in {reply}", back: "di ritorno {when}", opens: "apre {when}", unknown: "Disponibilità sconosciuta" },
  ja: { online: "ただいま対応中", away: "不在", closed: "営業時間外", replies: "通常 {reply} で返信", back: "{when}に戻ります", opens: "{when}に再開します", unknown: "対応状況は不明です" },
  ko: { online: "지금 상담 가능", away: "부재중", closed: "상담 종료", replies: "보통 {reply} 안에 답변", back: "{when}에 돌아옵니다", opens: "{when}에 시작합니다", unknown: "상담 가능 여부를 알 수 없음" },
  nb: { online: "Tilgjengelig nå", away: "Borte", closed: "Stengt", replies: "svarer vanligvis innen {reply}", back: "tilbake {when}", opens: "åpner {when}", unknown: "Tilgjengelighet ukjent" },
  nl: { online: "Nu bereikbaar", away: "Afwezig", closed: "Gesloten", replies: "antwoordt meestal binnen {reply}", back: "terug {when}", opens: "open {when}", unknown: "Bereikbaarheid onbekend" },
  pl: { online: "Dostępni teraz", away: "Nieobecni", closed: "Zamknięte", replies: "zwykle odpowiadamy: {reply}", back: "znów od: {when}", opens: "otwarcie: {when}", unknown: "Dostępność nieznana" },
  pt: { online: "Disponível agora", away: "Ausente", closed: "Fechado", replies: "costuma responder em {reply}", back: "de volta {when}", opens: "abre {when}", unknown: "Disponibilidade desconhecida" },
  sv: { online: "Tillgänglig nu", away: "Borta", closed: "Stängt", replies: "svarar oftast inom {reply}", back: "tillbaka {when}", opens: "öppnar {when}", unknown: "Tillgänglighet okänd" },
  zh: { online: "现在在线", away: "暂时离开", closed: "已下班", replies: "通常在 {reply} 内回复", back: "{when} 回来", opens: "{when} 开始", unknown: "在线状态未知" },
};

/** Follows the colour scheme of the page: a page that is never dark has no dark element. */
const STYLE = `
:host{--_dot:var(--frontdesk-away,#8a5a00);display:inline-block;vertical-align:middle;max-width:100%}
:host([hidden]),:host(:not([state])),:host([state=hidden]),:host([state=loading]){display:none}
div[hidden],slot[hidden]{display:none}
div{display:inline-flex;align-items:flex-start;gap:.6em;box-sizing:border-box;max-width:100%;text-align:start;
 padding:var(--frontdesk-padding,.45em .85em);border-radius:var(--frontdesk-radius,1.2em);
 background:var(--frontdesk-background,#fff);color:var(--frontdesk-color,#1b2330);border:1px solid var(--frontdesk-border,#d5dae2);
 font:var(--frontdesk-font,500 .9375rem/1.35 system-ui,sans-serif)}
:host([state=online]){--_dot:var(--frontdesk-online,#14804a)}
:host([state=closed]),:host([state=unknown]){--_dot:var(--frontdesk-closed,#5c6675)}
@supports (color:light-dark(#000,#fff)){div{background:var(--frontdesk-background,light-dark(#fff,#161b24));
 color:var(--frontdesk-color,light-dark(#1b2330,#e8ecf3));border-color:var(--frontdesk-border,light-dark(#d5dae2,#39424f))}
 :host{--_dot:var(--frontdesk-away,light-dark(#8a5a00,#f0b44c))}:host([state=online]){--_dot:var(--frontdesk-online,light-dark(#14804a,#3fce88))}
 :host([state=closed]),:host([state=unknown]){--_dot:var(--frontdesk-closed,light-dark(#5c6675,#9aa5b5))}}
i{flex:none;width:.65em;height:.65em;margin-top:.35em;border-radius:50%;background:var(--_dot);position:relative}
:host([state=away]) i,:host([state=closed]) i,:host([state=unknown]) i{background:none;box-shadow:inset 0 0 0 .16em var(--_dot)}
:host([state=online]) i::after{content:"";position:absolute;inset:0;border-radius:50%;background:var(--_dot);animation:p 2.4s ease-out infinite}
@keyframes p{0%{transform:scale(1);opacity:.5}70%,100%{transform:scale(2.4);opacity:0}}
@media (prefers-reduced-motion:reduce){i::after{animation:none!important;display:none}}
@media (forced-colors:active){i{forced-color-adjust:none}}
b{font-weight:650}span{min-width:0;overflow-wrap:anywhere}small{display:block;font:inherit;font-weight:400;opacity:.85}`;

/** The longest time of a timer, in milliseconds. */
const LONGEST = 2_147_483_647;
/** The longest time, in milliseconds, before a visible page notices that the machine slept: timers stop meanwhile. */
const TICK = 5_000;

const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/** Requests by address, finished or not: elements with the same `src` share one. */
const shared = new Map<string, Promise<unknown>>();

/**
 * Attributes: `src`, the address of the published document (or set `published`); `channel` (the first if absent); `lang`
 * (the visitor's if absent); `time-zone` (the visitor's if absent). It reflects `state`, and dispatches `change` when the
 * state changes and `problem` when there is nothing to show it from.
 */
export class FrontdeskStatus extends Base {
  static readonly observedAttributes = ["src", "channel", "lang", "time-zone"];

  /** The texts by language; add languages or replace texts here. */
  static readonly words: Record<string, Words> = WORDS;

  #clock: () => number = () => Date.now();
  #published: unknown = null;
  #failed: FrontdeskError | null = null;
  #reported = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #next = Infinity;
  #asked = 0;
  #badge: HTMLElement | undefined;
  #line: HTMLElement | undefined;
  #slot: HTMLSlotElement | undefined;
  readonly #wake = () => this.refresh();

  /** The clock. A preview may set another one, and has to call `refresh` after that. */
  get clock(): () => number {
    return this.#clock;
  }

  set clock(clock: () => number) {
    this.#clock = clock;
    this.refresh();
  }

  /** The published availability, if the page has it already. */
  get published(): PublishedAvailability | null {
    return this.#published as PublishedAvailability | null;
  }

  set published(published: PublishedAvailability | null) {
    this.#take(published, null);
  }

  #take(published: unknown, failed: FrontdeskError | null): void {
    this.#asked += 1;
    this.#published = published ?? null;
    this.#failed = failed;
    this.refresh();
  }

  connectedCallback(): void {
    if (!this.#line) this.#build();
    this.#upgrade("clock");
    this.#upgrade("published");
    for (const [target, event] of WAKING()) target.addEventListener(event, this.#wake);
    if (this.hasAttribute("src") && this.#published === null) void this.#load(false);
    this.refresh();
  }

  disconnectedCallback(): void {
    for (const [target, event] of WAKING()) target.removeEventListener(event, this.#wake);
    clearTimeout(this.#timer);
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.#line) return;
    if (name === "src" && this.isConnected) void this.#load(false);
    else this.refresh();
  }

  /** Moves a property that was set before the element was defined, and would hide the accessor of the class. */
  #upgrade(name: "clock" | "published"): void {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    Reflect.deleteProperty(this, name);
    Reflect.set(this, name, value);
  }

  #build(): void {
    const root = this.attachShadow({ mode: "open" });
    // A constructed style sheet is not an inline style, so a strict content security policy allows it.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const dot = document.createElement("i");
    dot.part.add("dot");
    dot.ariaHidden = "true";
    this.#line = document.createElement("span");
    this.#line.part.add("text");
    this.#line.role = "status";
    this.#badge = document.createElement("div");
    this.#badge.part.add("badge");
    this.#badge.append(dot, this.#line);
    this.#slot = document.createElement("slot");
    root.append(this.#badge, this.#slot);
  }

  /** Fetches the document of `src` again. */
  async load(): Promise<void> {
    await this.#load(true);
  }

  async #load(anew: boolean): Promise<void> {
    const asked = (this.#asked += 1);
    const src = this.getAttribute("src");
    let published: unknown = null;
    let failed: FrontdeskError | null = null;
    try {
      if (src !== null) published = await fetched(new URL(src, document.baseURI).href, anew);
    } catch (error) {
      failed = error instanceof Error && "code" in error ? (error as FrontdeskError) : notFetched(String(error));
    }
    // A later request takes precedence.
    if (asked === this.#asked) this.#take(published, failed);
  }

  /** The current view. */
  get seen(): Seen | null {
    return this.#published === null ? null : seen(this.#published as PublishedAvailability, this.#channel, this.#clock(), this.#language);
  }

  get #channel(): string | undefined {
    return this.getAttribute("channel") ?? undefined;
  }

  get #problem(): FrontdeskError | null {
    return this.#failed ?? (this.#published === null ? null : problemOf(this.#published, this.#channel, this.#clock()));
  }

  /** Updates the text, and sets the timer to the next change. */
  refresh(): void {
    if (!this.#line || !this.isConnected) return;
    const wrong = this.#problem;
    const now = this.seen;
    const state = now?.state ?? (wrong ? "unknown" : "loading");
    this.#say(now, state);
    if (this.getAttribute("state") !== state) {
      this.setAttribute("state", state);
      this.dispatchEvent(new CustomEvent("change", { detail: now, bubbles: true }));
    }
    // Not at once: whoever sets several properties one after the other is told only what is wrong with all of them.
    queueMicrotask(() => this.#report(this.#problem));
    this.#next = this.#until(now, wrong);
    this.#rest();
  }

  /** Dispatches a problem once; `preventDefault` keeps it out of the console. */
  #report(wrong: FrontdeskError | null): void {
    const text = wrong ? `${wrong.code} ${wrong.message}` : "";
    if (text === this.#reported) return;
    this.#reported = text;
    if (wrong && this.dispatchEvent(new CustomEvent("problem", { detail: wrong, bubbles: true, cancelable: true }))) {
      console.warn(`<frontdesk-status>: ${wrong.message}`);
    }
  }

  /** Waits for the next change, and checks the clock regularly, as the machine may sleep. */
  #rest(): void {
    clearTimeout(this.#timer);
    const left = this.#next - this.#clock();
    if (this.#next === Infinity) return;
    const wait = document.hidden ? LONGEST : TICK;
    this.#timer = setTimeout(() => (this.#clock() >= this.#next ? this.refresh() : this.#rest()), Math.min(Math.max(left, 0) + 1, wait));
  }

  /**
   * Returns the instant of the next update: a change, midnight (tomorrow becomes today), or the beginning of the published
   * span.
   */
  #until(now: Seen | null, wrong: FrontdeskError | null): number {
    const { start, end } = (this.#published ?? {}) as { start?: string; end?: string };
    if (!now) return wrong?.path === "$.start" ? Date.parse(start!) : Infinity;
    const midnight = now.opens_at === undefined ? Infinity : this.#midnight();
    return Math.min(now.until ?? Infinity, Date.parse(end!), midnight);
  }

  #midnight(): number {
    const format = new Intl.DateTimeFormat("en", { hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23", timeZone: this.#zone });
    const [hour, minute, second] = format.format(this.#clock()).split(":").map(Number) as [number, number, number];
    const plain = this.#clock() - (this.#clock() % 1000) + (86_400 - (hour * 3600 + minute * 60 + second)) * 1000;
    // A day with a change of the clocks may end early, or is asked again at its end.
    const today = this.#day(this.#clock());
    return [plain - 3_600_000, plain - 1_800_000].find((at) => at > this.#clock() && this.#day(at) !== today) ?? plain;
  }

  #say(now: Seen | null, state: string): void {
    const [badge, line, slot] = [this.#badge!, this.#line!, this.#slot!];
    const own = state === "unknown" && this.textContent?.trim() !== "";
    badge.hidden = own;
    slot.hidden = !own;
    if (state === "hidden" || state === "loading") return void line.replaceChildren();
    const language = this.#language;
    const words = wordsOf(language)!;
    mark(line, "lang", language);
    mark(badge, "dir", RIGHT_TO_LEFT.test(language) ? "rtl" : "ltr");
    const head = document.createElement("b");
    const parts: (Node | string)[] = [head];
    if (!now) head.textContent = words.unknown ?? WORDS["en"]!.unknown!;
    else parts.push(...this.#details(now, words, head, language));
    // A live region announces every change, so the text changes only if necessary.
    const said = document.createElement("span");
    said.append(...parts);
    if (said.innerHTML !== line.innerHTML) line.replaceChildren(...said.childNodes);
  }

  /** Returns the time until a reply or until an agent is back, and the texts of the desk, each in its own language. */
  #details(now: Seen, words: Words, head: HTMLElement, language: string): (Node | string)[] {
    const { state, message, reply_time, opens_at } = now;
    if (state !== "hidden") head.textContent = words[state];
    const textLanguage = now.language ?? this.#pageLanguage;
    const isSame = textLanguage !== undefined && primary(textLanguage) === primary(language);
    const when = opens_at === undefined ? "" : this.#when(opens_at, language);
    const replies = state === "online" ? reply_time : undefined;
    const back = when && (state === "closed" ? words.opens : state === "away" ? words.back : "");
    const rest = back ? back.replace("{when}", () => when) : isSame && replies ? words.replies.replace("{reply}", () => replies) : "";
    // A text in another language is not part of the sentence, but a line of its own.
    const apart = [replies && !isSame ? ["reply-time", replies] : undefined, message ? ["message", message] : undefined];
    return [...(rest ? [` · ${rest}`] : []), ...apart.flatMap((it) => (it ? [small(it[0]!, it[1]!, textLanguage)] : []))];
  }

  /** Formats a day and a time: today, tomorrow, the weekday within a week, otherwise the date. */
  #when(at: number, language: string): string {
    const days = (this.#day(at) - this.#day(this.#clock())) / 86_400_000;
    const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { ...options, timeZone: this.#zone }).format(at);
    const time = format({ timeStyle: "short" });
    if (days === 0) return time;
    if (days === 1) return `${new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(1, "day")} ${time}`;
    return `${days < 7 ? format({ weekday: "long" }) : format({ weekday: "short", day: "numeric", month: "short" })} ${time}`;
  }

  /** Returns midnight in UTC of the date in the visitor's zone. */
  #day(at: number): number {
    const format = new Intl.DateTimeFormat("en-u-ca-iso8601", { year: "numeric", month: "numeric", day: "numeric", timeZone: this.#zone });
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)])) as Record<string, number>;
    return Date.UTC(part["year"]!, part["month"]! - 1, part["day"]!);
  }

  /**
   * The language of the element: its own, or the first of the visitor's, or that of the page, of those for which it has
   * texts and the channel has texts; otherwise the first that the channel has.
   */
  get #language(): string {
    const wanted = [this.getAttribute("lang"), ...navigator.languages, this.#pageLanguage].filter(isLanguage);
    const known = Intl.DateTimeFormat.supportedLocalesOf(wanted).filter(wordsOf);
    const texts = textsByLanguage(this.#published, this.#channel);
    const isGiven = (language: string) => texts.every((text) => tagFor(text, language));
    const offered = () => Object.keys(texts[0] ?? {}).filter((tag) => isLanguage(tag) && wordsOf(tag));
    return known.find(isGiven) ?? offered().find(isGiven) ?? known[0] ?? "en";
  }

  /** The language of the surrounding page, assumed for texts without one. */
  get #pageLanguage(): string | undefined {
    const around = this.parentElement?.closest("[lang]") ?? document.documentElement;
    return [around.getAttribute("lang"), this.getAttribute("lang")].find(isLanguage);
  }

  get #zone(): string | undefined {
    const zone = this.getAttribute("time-zone") || undefined;
    try {
      return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
    } catch {
      return undefined;
    }
  }
}

/** Languages that are written from right to left, unless their tag names another script. */
const RIGHT_TO_LEFT = /^(ar|dv|fa|he|ks|ps|sd|ug|ur|yi)\b(?!-(Cyrl|Deva|Latn))/;

function wordsOf(language: string): Words | undefined {
  const tag = language.toLowerCase();
  const all = FrontdeskStatus.words;
  return [tag, primary(tag)].filter((it) => Object.hasOwn(all, it)).map((it) => all[it])[0];
}

const primary = (language: string) => language.toLowerCase().split("-")[0]!;

/** The events that may follow a sleep of the machine. */
const WAKING = (): readonly (readonly [EventTarget, string])[] => [
  [document, "visibilitychange"], [window, "pageshow"], [window, "focus"], [window, "languagechange"],
];

async function fetched(url: string, anew: boolean): Promise<unknown> {
  if (anew || !shared.has(url)) {
    const answer = fetchJson(url);
    shared.set(url, answer);
    // A failed request is not shared: the next call fetches again.
    answer.catch(() => { if (shared.get(url) === answer) shared.delete(url); });
  }
  const given = await shared.get(url)!;
  const end = (given as { end?: unknown } | null)?.end;
  const isOver = !anew && typeof end === "string" && Date.parse(end) <= Date.now();
  return isOver ? fetched(url, true) : given;
}

async function fetchJson(url: string): Promise<unknown> {
  const answer = await fetch(url);
  if (!answer.ok) throw notFetched(`${answer.status} ${answer.statusText}`);
  // A document that is null is malformed, not absent.
  return answer.json().then((given: unknown) => given ?? {}, (error: unknown) => { throw problem("invalid_json", `published availability is not JSON: ${String(error)}`); });
}

const notFetched = (why: string) => problem("not_ready", `published availability could not be fetched: ${why}`);

/** Returns all texts of a channel that are given by language. */
function textsByLanguage(published: unknown, channel: string | undefined): object[] {
  const channels = (published as { channels?: unknown } | null)?.channels;
  if (!Array.isArray(channels)) return [];
  const found = channels.find((it) => (channel === undefined ? it : it?.channel === channel));
  const states = [found?.online, found?.away, found?.closed];
  return states.flatMap((it) => [it?.message, it?.reply_time]).filter((text) => typeof text === "object" && text !== null);
}

function small(part: string, text: string, language: string | undefined): HTMLElement {
  const element = document.createElement("small");
  element.part.add(part);
  element.dir = "auto";
  if (language) element.lang = language;
  element.textContent = text;
  return element;
}

function mark(element: HTMLElement, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function isLanguage(tag: string | null | undefined): tag is string {
  try {
    return Boolean(tag) && Intl.getCanonicalLocales(tag!).length > 0;
  } catch {
    return false;
  }
}

globalThis.customElements?.get("frontdesk-status") ?? globalThis.customElements?.define("frontdesk-status", FrontdeskStatus);

export { problemOf, seen, type Seen } from "./published.js";

/** The events of the element, by name. */
export interface FrontdeskStatusEventMap extends HTMLElementEventMap {
  change: CustomEvent<Seen | null>;
  problem: CustomEvent<FrontdeskError>;
}

export interface FrontdeskStatus {
  addEventListener<K extends keyof FrontdeskStatusEventMap>(type: K, listener: (this: FrontdeskStatus, event: FrontdeskStatusEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof FrontdeskStatusEventMap>(type: K, listener: (this: FrontdeskStatus, event: FrontdeskStatusEventMap[K]) => unknown, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "frontdesk-status": FrontdeskStatus;
  }
}
