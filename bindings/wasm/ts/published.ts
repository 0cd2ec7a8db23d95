/** Published availability, read without zones, rules or a module. */

import type { VisitorView } from "./availability.js";
import type { PublishedAvailability, VisitorState } from "./contract.js";
import { problem, type FrontdeskError } from "./error.js";

/** The view of a visitor, as `desk.visitor` returns it, without the agents shown; instants are milliseconds since 1970. */
export type Seen = Readonly<Omit<VisitorView<number>, "shows">>;

type Channel = PublishedAvailability["channels"][number];
type Texts = Channel["online"];
type Text = NonNullable<NonNullable<Texts>["message"]>;

/** Changes more than a year ahead are not reported. */
const SIGHT = 366 * 86_400_000;
const STATES: readonly VisitorState[] = ["online", "away", "closed", "hidden"];

/**
 * Returns the view of a visitor of a channel at an instant (milliseconds since 1970). Returns null outside of the published
 * span, for a channel that was not published, and for a value that is not published availability; `problemOf` returns the
 * reason. Without a channel, the first one is used. Texts by language are chosen as by `desk.visitor`.
 */
export function seen(published: PublishedAvailability, channel: string | undefined, at: number, languages: string | readonly string[] = []): Seen | null {
  if (problemOf(published, channel, at)) return null;
  const found = channelOf(published, channel)!;
  const ahead = found.changes.filter((it) => Date.parse(it.at) > at);
  const { state } = found.changes[found.changes.length - ahead.length - 1]!;
  const when = (change: { at: string } | undefined) => {
    const time = change ? Date.parse(change.at) : Infinity;
    return time <= at + SIGHT ? time : null;
  };
  const opens = state === "online" ? null : when(ahead.find((it) => it.state === "online"));
  const texts = state === "hidden" ? {} : textsOf(found[state], typeof languages === "string" ? [languages] : languages);
  return { state, ...texts, until: when(ahead[0]), ...(opens === null ? {} : { opens_at: opens }) };
}

/** Returns the reason why a channel has no view at an instant; null if it has one. */
export function problemOf(published: unknown, channel: string | undefined, at: number): FrontdeskError | null {
  const given = published as PublishedAvailability;
  if (typeof published !== "object" || published === null) return malformed("$");
  if (given.version !== 1) return problem("unsupported_version", `published availability of version ${JSON.stringify(given.version)?.slice(0, 20)} is not read here`, { path: "$.version" });
  const [start, end] = [timeOf(given.start), timeOf(given.end)];
  if (!(start < end) || !Array.isArray(given.channels)) return malformed("$");
  const found = channelOf(given, channel);
  if (!found) return problem("unknown_channel", channel === undefined ? "no channel was published" : `no channel ${JSON.stringify(channel)} was published`, { path: "$.channels" });
  if (!isSound(found, start)) return malformed(`$.channels[${given.channels.indexOf(found)}]`);
  if (at < start) return problem("out_of_range", `published availability begins at ${given.start}`, { path: "$.start" });
  if (at >= end) return problem("out_of_range", `published availability ended at ${given.end}`, { path: "$.end", hint: "publish anew" });
  return null;
}

const malformed = (path: string) => problem("invalid_value", "this is not published availability", { path, hint: "give what desk.publish gives" });

const timeOf = (text: unknown) => (typeof text === "string" ? Date.parse(text) : NaN);

function channelOf({ channels }: PublishedAvailability, channel: string | undefined): Channel | undefined {
  return channels.find((it) => (channel === undefined ? it !== null : it?.channel === channel));
}

function isSound({ changes, ...rest }: Channel, start: number): boolean {
  if (!Array.isArray(changes)) return false;
  let last = -Infinity;
  for (const { at, state } of changes.map((it) => it ?? {})) {
    const time = timeOf(at);
    if (!(time > last) || !STATES.includes(state)) return false;
    last = time;
  }
  const areTexts = (texts: Texts) => texts === undefined || (typeof texts === "object" && texts !== null && isText(texts.message) && isText(texts.reply_time));
  return timeOf(changes[0]?.at) === start && areTexts(rest.online) && areTexts(rest.away) && areTexts(rest.closed);
}

const isText = (text: unknown) => text === undefined || typeof text === "string" || (typeof text === "object" && text !== null && Object.values(text).every((it) => typeof it === "string"));

/** Returns the texts of a state, in one language if all of them have it. */
function textsOf(texts: Texts, languages: readonly string[]): { message?: string; reply_time?: string; language?: string } {
  const { message, reply_time } = texts ?? {};
  const localized = [message, reply_time].filter((text) => typeof text === "object");
  const common = [...languages, ...Object.keys(localized[0] ?? {})].find((language) => localized.every((text) => tagFor(text, language)));
  const wanted = common === undefined ? languages : [common];
  const tag = common !== undefined && localized[0] && tagFor(localized[0], common);
  return {
    ...(message === undefined ? {} : { message: textFor(message, wanted) }),
    ...(reply_time === undefined ? {} : { reply_time: textFor(reply_time, wanted) }),
    ...(tag ? { language: tag } : {}),
  };
}

function textFor(text: Text, languages: readonly string[]): string {
  if (typeof text === "string") return text;
  const tag = languages.map((language) => tagFor(text, language)).find(Boolean) ?? Object.keys(text)[0]!;
  return text[tag]!;
}

/**
 * Returns the tag under which a text has a language: the language itself, without its last parts, or another tag of the same
 * language.
 */
export function tagFor(text: object, language: string): string | undefined {
  const tags = Object.keys(text);
  const wanted = language.toLowerCase();
  for (let range = wanted; range; range = range.replace(/(^|-[^-])?-?[^-]*$/, "")) {
    const found = tags.find((tag) => tag.toLowerCase() === range);
    if (found) return found;
  }
  const primary = wanted.split("-")[0];
  return tags.find((tag) => tag.toLowerCase().split("-")[0] === primary);
}
