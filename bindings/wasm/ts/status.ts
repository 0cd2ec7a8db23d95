/** `<frontdesk-status>`: whether someone is there and when they are back, of published availability. No module, no polling. */

import type { PublishedAvailability } from "./contract.js";
import { seen, type Seen } from "./published.js";

/** What the element says, in a language; `{reply}` and `{when}` are filled in. */
export interface Words {
  online: string;
  away: string;
  closed: string;
  /** After the state, while someone is there. */
  replies: string;
  /** After the state, when someone is there again. */
  back: string;
  opens: string;
}

const WORDS: Record<string, Words> = {
  en: { online: "Available now", away: "Away", closed: "Closed", replies: "usually replies in {reply}", back: "back {when}", opens: "opens {when}" },
  ar: { online: "متاحون الآن", away: "غير متاحين", closed: "مغلق", replies: "نردّ عادةً خلال {reply}", back: "نعود {when}", opens: "نفتح {when}" },
  da: { online: "Tilgængelig nu", away: "Ikke til stede", closed: "Lukket", replies: "svarer normalt inden for {reply}", back: "tilbage {when}", opens: "åbner {when}" },
  de: { online: "Jetzt erreichbar", away: "Abwesend", closed: "Geschlossen", replies: "antwortet meist in {reply}", back: "zurück {when}", opens: "öffnet {when}" },
  es: { online: "Disponible ahora", away: "Ausente", closed: "Cerrado", replies: "suele responder en {reply}", back: "de vuelta {when}", opens: "abre {when}" },
  fi: { online: "Tavoitettavissa", away: "Poissa", closed: "Suljettu", replies: "vastaa yleensä: {reply}", back: "paikalla taas {when}", opens: "avautuu {when}" },
  fr: { online: "Disponible", away: "Absent", closed: "Fermé", replies: "répond en général en {reply}", back: "de retour {when}", opens: "ouvre {when}" },
  it: { online: "Disponibile ora", away: "Assente", closed: "Chiuso", replies: "di solito risponde in {reply}", back: "di ritorno {when}", opens: "apre {when}" },
  ja: { online: "ただいま対応中", away: "不在", closed: "営業時間外", replies: "通常 {reply} で返信", back: "{when}に戻ります", opens: "{when}に再開します" },
  ko: { online: "지금 상담 가능", away: "부재중", closed: "상담 종료", replies: "보통 {reply} 안에 답변", back: "{when}에 돌아옵니다", opens: "{when}에 시작합니다" },
  nb: { online: "Tilgjengelig nå", away: "Borte", closed: "Stengt", replies: "svarer vanligvis innen {reply}", back: "tilbake {when}", opens: "åpner {when}" },
  nl: { online: "Nu bereikbaar", away: "Afwezig", closed: "Gesloten", replies: "antwoordt meestal binnen {reply}", back: "terug {when}", opens: "open {when}" },
  pl: { online: "Dostępni teraz", away: "Nieobecni", closed: "Zamknięte", replies: "zwykle odpowiadamy: {reply}", back: "znów od: {when}", opens: "otwarcie: {when}" },
  pt: { online: "Disponível agora", away: "Ausente", closed: "Fechado", replies: "costuma responder em {reply}", back: "de volta {when}", opens: "abre {when}" },
  sv: { online: "Tillgänglig nu", away: "Borta", closed: "Stängt", replies: "svarar oftast inom {reply}", back: "tillbaka {when}", opens: "öppnar {when}" },
  zh: { online: "现在在线", away: "暂时离开", closed: "已下班", replies: "通常在 {reply} 内回复", back: "{when} 回来", opens: "{when} 开始" },
};

/** Light or dark is that of the page: one that is never dark has no dark element on it. */
const STYLE = `
:host{--_dot:var(--frontdesk-away,#8a5a00);display:inline-block;vertical-align:middle;max-width:100%}
:host([hidden]),:host([state=hidden]),:host([state=unknown]){display:none}
div{display:inline-flex;align-items:center;gap:.6em;box-sizing:border-box;max-width:100%;text-align:start;
 padding:var(--frontdesk-padding,.45em .85em);border-radius:var(--frontdesk-radius,999px);
 background:var(--frontdesk-background,#fff);color:var(--frontdesk-color,#1b2330);border:1px solid var(--frontdesk-border,#d5dae2);
 font:var(--frontdesk-font,500 .9375rem/1.35 system-ui,sans-serif)}
:host([state=online]){--_dot:var(--frontdesk-online,#14804a)}
:host([state=closed]){--_dot:var(--frontdesk-closed,#5c6675)}
@supports (color:light-dark(#000,#fff)){div{background:var(--frontdesk-background,light-dark(#fff,#161b24));
 color:var(--frontdesk-color,light-dark(#1b2330,#e8ecf3));border-color:var(--frontdesk-border,light-dark(#d5dae2,#39424f))}
 :host{--_dot:var(--frontdesk-away,light-dark(#8a5a00,#f0b44c))}:host([state=online]){--_dot:var(--frontdesk-online,light-dark(#14804a,#3fce88))}
 :host([state=closed]){--_dot:var(--frontdesk-closed,light-dark(#5c6675,#9aa5b5))}}
i{flex:none;width:.65em;height:.65em;border-radius:50%;background:var(--_dot);position:relative}
:host([state=away]) i,:host([state=closed]) i{background:none;box-shadow:inset 0 0 0 .16em var(--_dot)}
:host([state=online]) i::after{content:"";position:absolute;inset:0;border-radius:50%;background:var(--_dot);animation:p 2.4s ease-out infinite}
@keyframes p{0%{transform:scale(1);opacity:.5}70%,100%{transform:scale(2.4);opacity:0}}
@media (prefers-reduced-motion:reduce){i::after{animation:none!important;display:none}}
@media (forced-colors:active){i{forced-color-adjust:none}}
b{font-weight:650}span{min-width:0;overflow-wrap:anywhere}small{display:block;font:inherit;font-weight:400;opacity:.85}`;

/** The longest that a timer can be set. */
const LONGEST = 2_147_483_647;

const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * Attributes: `src`, where the published document is (or set `published`); `channel` (the first when absent); `lang` (the
 * visitor's when absent); `time-zone` (the visitor's when absent). It reflects `state`, and tells `change` when it changes.
 */
export class FrontdeskStatus extends Base {
  static readonly observedAttributes = ["src", "channel", "lang", "time-zone"];

  /** Words for further languages, or other words. */
  static readonly words: Record<string, Words> = WORDS;

  /** What time it is; a preview may have another clock, and calls `refresh` when it is set. */
  clock: () => number = () => Date.now();

  #published: PublishedAvailability | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  #line: HTMLElement | undefined;
  readonly #wake = () => this.refresh();

  /** The published availability, where the page has it already. */
  get published(): PublishedAvailability | null {
    return this.#published;
  }

  set published(published: PublishedAvailability | null) {
    this.#asked += 1;
    this.#published = published;
    this.refresh();
  }

  connectedCallback(): void {
    if (!this.#line) {
      const root = this.attachShadow({ mode: "open" });
      // A sheet that is constructed is no inline style, so a strict policy allows it.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      const dot = document.createElement("i");
      dot.part.add("dot");
      dot.ariaHidden = "true";
      this.#line = document.createElement("span");
      this.#line.part.add("text");
      this.#line.role = "status";
      const badge = document.createElement("div");
      badge.part.add("badge");
      badge.append(dot, this.#line);
      root.append(badge);
    }
    // Timers sleep with the machine: a page that is looked at again tells the truth at once.
    document.addEventListener("visibilitychange", this.#wake);
    if (this.hasAttribute("src") && !this.#published) void this.load();
    this.refresh();
  }

  disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.#wake);
    clearTimeout(this.#timer);
  }

  attributeChangedCallback(name: string): void {
    if (name === "src" && this.isConnected) void this.load();
    else this.refresh();
  }

  /** Fetches the document that `src` names, anew. */
  async load(): Promise<void> {
    const asked = (this.#asked += 1);
    const src = this.getAttribute("src");
    let published: PublishedAvailability | null = null;
    try {
      const answer = await fetch(src ?? "");
      if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
      published = (await answer.json()) as PublishedAvailability;
    } catch (error) {
      this.dispatchEvent(new CustomEvent("problem", { detail: error }));
    }
    // What was asked for since counts.
    if (asked === this.#asked) this.published = published;
  }

  /** What is seen now. */
  get seen(): Seen | null {
    return this.#published && seen(this.#published, this.getAttribute("channel") ?? undefined, this.clock());
  }

  /** Says anew what holds now, and sets the timer to the next change. */
  refresh(): void {
    clearTimeout(this.#timer);
    if (!this.#line || !this.isConnected) return;
    const now = this.seen;
    const state = now?.state ?? "unknown";
    this.#say(now);
    if (this.getAttribute("state") !== state) {
      this.setAttribute("state", state);
      this.dispatchEvent(new CustomEvent("change", { detail: now, bubbles: true }));
    }
    const next = Math.min(this.#next(now), this.clock() + LONGEST);
    if (next < Infinity) this.#timer = setTimeout(() => this.refresh(), Math.max(next - this.clock(), 0) + 1);
  }

  /** When the line is to be told anew: at a change, at midnight (which makes tomorrow today), or when it begins to speak. */
  #next(now: Seen | null): number {
    if (!this.#published) return Infinity;
    const start = Date.parse(this.#published.start);
    if (!now) return this.clock() < start ? start : Infinity;
    const midnight = now.opensAt === null ? Infinity : this.#midnight();
    return Math.min(now.until ?? Infinity, Date.parse(this.#published.end), midnight);
  }

  #midnight(): number {
    const format = new Intl.DateTimeFormat("en", { hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23", timeZone: this.#zone });
    const [hour, minute, second] = format.format(this.clock()).split(":").map(Number) as [number, number, number];
    const plain = this.clock() - (this.clock() % 1000) + (86_400 - (hour * 3600 + minute * 60 + second)) * 1000;
    // A day on which the clocks go forward ends earlier; one on which they go back is asked again when the time has come.
    const today = this.#day(this.clock());
    return [plain - 3_600_000, plain - 1_800_000].find((at) => at > this.clock() && this.#day(at) !== today) ?? plain;
  }

  #say(now: Seen | null): void {
    const line = this.#line!;
    if (!now || now.state === "hidden") return void line.replaceChildren();
    const language = this.#language;
    const words = wordsOf(language)!;
    mark(line, "lang", language);
    mark(line.parentNode as HTMLElement, "dir", RIGHT_TO_LEFT.test(language) ? "rtl" : "ltr");
    const head = document.createElement("b");
    head.textContent = words[now.state];
    const when = now.opensAt === null ? "" : this.#when(now.opensAt);
    const pattern = now.state === "online" ? (now.replyTime ? words.replies : "") : when ? (now.state === "closed" ? words.opens : words.back) : "";
    const rest = pattern.replace("{reply}", now.replyTime ?? "").replace("{when}", when);
    const parts: (Node | string)[] = rest ? [head, ` · ${rest}`] : [head];
    if (now.message) {
      const message = document.createElement("small");
      message.part.add("message");
      // It is in the language of the desk.
      message.dir = "auto";
      message.textContent = now.message;
      parts.push(message);
    }
    // A live region speaks of every change, so nothing is changed without need.
    const said = document.createElement("span");
    said.append(...parts);
    if (said.innerHTML !== line.innerHTML) line.replaceChildren(...said.childNodes);
  }

  /** A day and a time as people say them: today, tomorrow, the weekday within a week, and else the date. */
  #when(at: number): string {
    const days = (this.#day(at) - this.#day(this.clock())) / 86_400_000;
    const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(this.#language, { ...options, timeZone: this.#zone }).format(at);
    const time = format({ timeStyle: "short" });
    if (days === 0) return time;
    if (days === 1) return `${new Intl.RelativeTimeFormat(this.#language, { numeric: "auto" }).format(1, "day")} ${time}`;
    return `${days < 7 ? format({ weekday: "long" }) : format({ weekday: "short", day: "numeric", month: "short" })} ${time}`;
  }

  /** The midnight in UTC of the date in the visitor's zone. */
  #day(at: number): number {
    const format = new Intl.DateTimeFormat("en-u-ca-iso8601", { year: "numeric", month: "numeric", day: "numeric", timeZone: this.#zone });
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)])) as Record<string, number>;
    return Date.UTC(part["year"]!, part["month"]! - 1, part["day"]!);
  }

  /** Its own language, or the first of the visitor's that it has words for, or that of the page. */
  get #language(): string {
    const page = this.closest("[lang]")?.getAttribute("lang");
    const wanted = [this.getAttribute("lang"), ...navigator.languages, page].filter(isLanguage);
    return Intl.DateTimeFormat.supportedLocalesOf(wanted).find((language) => wordsOf(language)) ?? "en";
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

/** Languages that are written from right to left, where they are not said to be written otherwise. */
const RIGHT_TO_LEFT = /^(ar|dv|fa|he|ks|ps|sd|ug|ur|yi)\b(?!-(Cyrl|Deva|Latn))/;

function wordsOf(language: string): Words | undefined {
  const tag = language.toLowerCase();
  return FrontdeskStatus.words[tag] ?? FrontdeskStatus.words[tag.split("-")[0]!];
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

export { seen, type Seen } from "./published.js";
