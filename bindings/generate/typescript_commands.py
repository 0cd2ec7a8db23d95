"""Writes `commands.ts`: a method for each command."""

from __future__ import annotations

import re

from schemas import Schema, types
from typescript_contract import Contract, comment, object_of, type_of

#: Commands that are written by hand: time passes by a number, for speed.
BY_HAND = {"advance"}

#: The keys that every command may have, declared by `Common`.
COMMON = ("type", "at", "id", "by")

HEADER = """/** A method for each command. Written by bindings/generate from core/schema. */

import { AvailabilityDesk } from "./availability.js";
import type { NAMES } from "./contract.js";
import type { Duration, Instant, Output } from "./instant.js";
import type { RawMachine } from "./raw.js";

/** The keys that every command may have. */
export interface Common {
  /** When it happens. */
  readonly at: Instant;
  /** The embedder's id of the command, for retries. */
  readonly id?: string;
  /** The agent who acts; absent, it is the embedding program itself. */
  readonly by?: string;
}

/** Until when someone is away, or a conversation sleeps. */
export type Until = { readonly duration?: Duration; readonly until?: undefined } | { readonly until?: Instant; readonly duration?: undefined };

/** The commands of a desk. */
export abstract class Commands<O extends Output> extends AvailabilityDesk<O, RawMachine> {
  /** Carries a command out: its keys, and those that its caller gives besides. @internal */
  protected abstract command(type: string, keys: object, more: object): DeskEvent[];
"""

FOOTER = """}

/** The id of an entry; the reader reports a value that is not an entry. */
function idOf(entry: unknown): unknown {
  return (entry as { id?: unknown } | null | undefined)?.id ?? "";
}
"""


def commands() -> str:
    """The module of commands."""
    names = Contract().names["command"]
    methods = [method(type_, one, names) for type_, one in types("command").items() if type_ not in BY_HAND]
    body = "".join(methods)
    used = {
        "DeskEvent",
        *(name for name in names.values() if re.search(rf"\b{name}\b", re.sub(r"/\*\*.*?\*/", "", body))),
    }
    return HEADER.replace("NAMES", ", ".join(sorted(used))) + body + FOOTER


def method(type_: str, one: Schema, names: dict[str, str]) -> str:
    """The method of a command: it is about its first argument, and the other keys are in an object."""
    properties: Schema = {key: value for key, value in one["properties"].items() if key not in COMMON}
    subjects = ("conversation", "agent", "team", "inbox", "holiday", "contact")
    subject = next((key for key in subjects if key in one["required"]), "")
    required = [key for key in one["required"] if key in properties and key != subject]
    if type_.startswith("put_"):
        given, keys = ["entry"], f"{subject}: idOf(entry), entry"
        properties.pop(subject)
    else:
        given = [key for key in (subject, *(required if type_.startswith("set_") else [])) if key]
        keys = ", ".join(given)
    arguments = "".join(f"{key}: {type_of(properties.pop(key), names, '')}, " for key in given)
    name = re.sub(r"_(.)", lambda found: found[1].upper(), type_)
    return (
        f"\n{comment(one['description'], '  ')}"
        f"  {name}({arguments}more: {more_of(properties, one['required'], names)}): DeskEvent[] {{\n"
        f'    return this.command("{type_}", {{{f" {keys} " if keys else ""}}}, more);\n  }}\n'
    )


def more_of(properties: Schema, required: list[str], names: dict[str, str]) -> str:
    """The type of the object with the keys that a caller names."""
    parts = ["Common"]
    if "duration" in properties and "until" in properties:
        parts.append("Until")
    rest = {key: value for key, value in properties.items() if key not in ("duration", "until")}
    if "by" in required:
        rest["by"] = {"$ref": "#/$defs/Id", "description": "The agent who acts."}
    if rest:
        first = dict(sorted(rest.items(), key=lambda entry: entry[0] not in required))
        parts.append(object_of({"properties": first, "required": required}, names, "  "))
    return " & ".join(parts)
