"""Writes `contract.ts`: the types of documents, commands and events, as they are in JSON."""

from __future__ import annotations

import json
import re

from schemas import Schema, schema

#: The schemas, and what is called as the whole of each; the answers are typed by hand, as their instants are no texts.
ROOTS = {
    "document": "DeskDocument",
    "command": "Command",
    "event": "DeskEvent",
    "published": "PublishedAvailability",
    "status": None,
    "visitor": None,
    "vocabulary": None,
}

#: Names that would say too little, or that JavaScript has already.
RENAMED = {
    "Code": "ProblemCode",
    "Date": "CivilDate",
    "DateTime": "CivilDateTime",
    "Instant": "InstantText",
    "Duration": "DurationText",
    "Status": "StatusJson",
}

#: The names in TypeScript of the definitions of a schema.
Names = dict[str, str]


class Contract:
    """The definitions of all schemas, each under one name."""

    def __init__(self) -> None:
        self.definitions: dict[str, tuple[Schema, Names]] = {}
        self.names: dict[str, Names] = {}
        for name in ROOTS:
            named = {key: self._named(key, it, name) for key, it in schema(name)["$defs"].items()}
            self.names[name] = named
            for key, definition in schema(name)["$defs"].items():
                self.definitions[named[key]] = (definition, named)

    def _named(self, key: str, definition: Schema, schema_name: str) -> str:
        """The same name for the same definition; what is written otherwise than read has the name of the schema with it."""
        name = RENAMED.get(key, key)
        other = self.definitions.get(name)
        if other is None or key == "Instant" or json.dumps(other[0]) == json.dumps(definition):
            return name
        return f"{name}Of{schema_name.capitalize()}"

    def module(self) -> str:
        """The module of the contract."""
        roots = [declared(root, schema(name), self.names[name]) for name, root in ROOTS.items() if root is not None]
        rest = [declared(name, definition, names) for name, (definition, names) in self.definitions.items()]
        header = "/** The contract: documents, commands and events as JSON. Written by bindings/generate from core/schema. */"
        return f"{header}\n\n" + "\n".join(roots + rest)


def contract() -> str:
    """The module of the contract."""
    return Contract().module()


def declared(name: str, definition: Schema, names: Names) -> str:
    """The declaration of a type."""
    written = type_of(definition, names, "")
    description = comment(definition["description"], "") if "description" in definition else ""
    is_object = written.startswith("{") and written.endswith("}")
    if is_object and written.find("\n}") in (-1, len(written) - 2):
        return f"{description}export interface {name} {written}\n"
    return f"{description}export type {name} ={'' if written.startswith(chr(10)) else ' '}{written};\n"


def type_of(definition: Schema | bool, names: Names, indent: str) -> str:
    """The type of what a schema describes."""
    if definition is False:
        return "never"
    if definition is True or not definition:
        return "unknown"
    if "$ref" in definition:
        return names[definition["$ref"].removeprefix("#/$defs/")]
    if "const" in definition:
        return json.dumps(definition["const"], ensure_ascii=False)
    if "enum" in definition:
        return " | ".join(json.dumps(value, ensure_ascii=False) for value in definition["enum"])
    choices = definition.get("oneOf", definition.get("anyOf"))
    if choices:
        whole = [merged(definition, choice) if "properties" in definition else choice for choice in choices]
        return union([type_of(choice, names, indent) for choice in whole], indent)
    kind = definition.get("type")
    if isinstance(kind, list):
        return union([type_of({**definition, "type": each}, names, indent) for each in kind], indent)
    if kind == "array":
        return list_of(type_of(definition.get("items", True), names, indent))
    if kind == "object":
        return object_of(definition, names, indent)
    plain = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
    return plain.get(str(kind), "unknown")


def merged(base: Schema, choice: Schema) -> Schema:
    """A choice with what all choices have."""
    whole: Schema = {
        "type": "object",
        "properties": {**base["properties"], **choice.get("properties", {})},
        "required": [*base.get("required", []), *choice.get("required", [])],
    }
    for key in ("oneOf", "anyOf"):
        if key in choice:
            whole[key] = choice[key]
    if "patternProperties" in base:
        whole["patternProperties"] = base["patternProperties"]
    rest = choice.get("additionalProperties", base.get("additionalProperties"))
    if rest is not None:
        whole["additionalProperties"] = rest
    return whole


def union(types: list[str], indent: str) -> str:
    """One of several types."""
    every = list(dict.fromkeys(types))
    if len(every) == 1 or not any("\n" in each for each in every):
        return " | ".join(every)
    inner = "\n  "
    return "".join(each if each.startswith("\n") else f"\n{indent}  | {each.replace(chr(10), inner)}" for each in every)


def list_of(item: str) -> str:
    """A list of a type."""
    return f"readonly ({item})[]" if re.search(r"[ |]", item) else f"readonly {item}[]"


def object_of(definition: Schema, names: Names, indent: str) -> str:
    """An object with its keys."""
    inner = f"{indent}  "
    required = definition.get("required", [])
    lines = []
    for key, value in definition.get("properties", {}).items():
        description = comment(value["description"], inner) if isinstance(value, dict) and "description" in value else ""
        name = key if re.fullmatch(r"\w+", key) else json.dumps(key)
        mark = "" if key in required else "?"
        lines.append(f"{description}{inner}readonly {name}{mark}: {type_of(value, names, inner).lstrip()};")
    for pattern, value in definition.get("patternProperties", {}).items():
        for key in keys_of(pattern):
            written = type_of(value, names, inner)
            is_open = key.startswith("`")
            lines.append(
                f"{inner}readonly [key: {key}]: {written};" if is_open else f"{inner}readonly {key}?: {written};"
            )
    rest = definition.get("additionalProperties")
    if rest is not None and rest is not False:
        written = "unknown" if "properties" in definition else type_of(rest, names, inner)
        lines.append(f"{inner}readonly [key: string]: {written};")
    return "{\n" + "\n".join(lines) + f"\n{indent}}}" if lines else "Readonly<Record<string, never>>"


def keys_of(pattern: str) -> list[str]:
    """The keys that a pattern of the schemas stands for."""
    if pattern == "^x-":
        return ["`x-${string}`"]
    found = re.fullmatch(r"\^(?:\(\?:(.*)\)|(.*?))(?:\$|\\\.\[\\s\\S\])", pattern)
    if found is None:
        raise ValueError(f"no key is known for the pattern {pattern}")
    is_open = pattern.endswith("\\.[\\s\\S]")
    keys = []
    for part in (found[1] or found[2]).split("|"):
        name = part.replace("\\.[\\s\\S]+", ".${string}").replace("\\", "")
        if is_open:
            keys.append(f"`{name}.${{string}}`")
        else:
            keys.append(f"`{name}`" if "$" in name else json.dumps(name))
    return keys


def comment(text: str, indent: str) -> str:
    """A comment of a declaration."""
    line = text.replace("*/", "* /").replace("\n", " ")
    return f"{indent}/** {line} */\n"
