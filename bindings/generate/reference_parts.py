"""Sections of the reference: the keys of a part of the format, each with its type, meaning, default and an example."""

from __future__ import annotations

import json
import re
from typing import Any

from reference_examples import examples, is_form
from schemas import Schema, schema

#: Texts with a format; the page of values has them.
VALUES = ("Id", "Instant", "Date", "DateTime", "TimeOfDay", "StartOfDay", "Duration", "Zone", "Language")

#: The pages on which a part is described, by the name of the part; each page adds its own.
PAGES: dict[str, str] = dict.fromkeys(VALUES, "values.md")

#: Parts that are the same for a reader, and the one that is described.
SAME = {"TestOfId": "Test", "TestOfNumber": "Test", "TestOfFlag": "Test"}

#: The keys that a pattern stands for.
PATTERNS = {
    "^(?:inbox|channel|kind|contact\\.owner)$": "`inbox`, `channel`, `kind`, `contact.owner`",
    "^(?:priority|skills\\.[\\s\\S]+)$": "`priority`, `skills.NAME`",
    "^(?:attributes|contact\\.attributes)\\.[\\s\\S]": "`attributes.NAME`, `contact.attributes.NAME`",
    "^contact\\.known$": "`contact.known`",
    "^contact\\.owner$": "`contact.owner`",
    "^hours$": "`hours`",
    "^team$": "`team`",
    "^skills\\.[\\s\\S]+$": "`skills.NAME`",
    "^attributes\\.[\\s\\S]": "`attributes.NAME`",
}

#: The longest example in a table, in characters; a longer one is that of the part.
LONGEST = 72


def title(name: str) -> str:
    """``WeeklyHours`` as ``Weekly hours``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def anchor(heading: str) -> str:
    """The anchor of a heading, as mdBook makes it."""
    return re.sub(r"[^a-z0-9_ -]", "", heading.lower()).replace(" ", "-")


def prose(text: str) -> str:
    """A description in a line, with nothing that ends a cell of a table; without the example in Rust that it may have."""
    said = text.split("```")[0].replace("`None`", "null")
    return " ".join(said.split()).replace("|", r"\|")


def code(value: Any) -> str:
    """A value as inline code in a table."""
    text = value if isinstance(value, str) and value.startswith("/") else json.dumps(value, ensure_ascii=False)
    return f"`{text}`".replace("|", r"\|")


class Section:
    """The Markdown of parts of one schema, on one page."""

    def __init__(self, root: Schema, page: str) -> None:
        self.root, self.page = root, page

    def link(self, name: str) -> str:
        """A link to a part."""
        name = SAME.get(name, name)
        if name not in PAGES:
            raise ValueError(f"no page of the reference describes {name}")
        page = "" if PAGES[name] == self.page else PAGES[name]
        return f"[{title(name).lower()}]({page}#{anchor(title(name))})"

    def type(self, part: Schema) -> str:
        """What a value is, in words."""
        if part.get("$ref", "").endswith("/Anything"):
            return "object"
        if "$ref" in part:
            return self.link(part["$ref"].removeprefix("#/$defs/"))
        if "const" in part or "enum" in part:
            return " or ".join("null" if it is None else code(it) for it in part.get("enum", [part.get("const")]))
        forms = part.get("oneOf") or part.get("anyOf")
        if forms and is_form(forms[0]):
            kinds = [self.type(form) for form in forms if is_form(form)]
            return ", or ".join(dict.fromkeys(kinds))
        kind = part.get("type")
        if isinstance(kind, list):
            return ", or ".join(self.type({**part, "type": one}) for one in kind)
        return getattr(self, f"type_of_{kind}", self.type_of_anything)(part)

    def type_of_anything(self, _: Schema) -> str:
        return "any value"

    def type_of_null(self, _: Schema) -> str:
        return "null"

    def type_of_string(self, _: Schema) -> str:
        return "text"

    def type_of_boolean(self, _: Schema) -> str:
        return "true or false"

    def type_of_array(self, part: Schema) -> str:
        return f"list of {self.type(part.get('items', {}))}"

    def type_of_object(self, part: Schema) -> str:
        if part.get("properties"):
            keys = (f"`{key}` ({self.type(it)})" for key, it in part["properties"].items())
            return f"object with {' and '.join(keys)}"
        inner = part.get("additionalProperties")
        return f"object of {self.type(inner)}" if isinstance(inner, dict) and inner else "object"

    def type_of_integer(self, part: Schema) -> str:
        return self.number("whole number", part)

    def type_of_number(self, part: Schema) -> str:
        return self.number("number", part)

    def number(self, kind: str, part: Schema) -> str:
        """A number with its range."""
        least, most = part.get("minimum"), part.get("maximum")
        if most is not None and most >= 2**53:
            return f"{kind} within ±2^53" if least and least < 0 else f"{kind} from {least or 0}"
        if most is None:
            return kind if least is None else f"{kind} from {least:,}"
        return f"{kind} from {least:,} to {most:,}"

    def keys(self, label: str, part: Schema, without: tuple[str, ...] = ()) -> str:
        """The table of the keys of an object; empty if it has none beside those that are described elsewhere."""
        required = part.get("required", [])
        properties = {
            k: it for k, it in part.get("properties", {}).items() if isinstance(it, dict) and k not in without
        }
        order = sorted(properties, key=lambda key: (key not in required, key))
        rows = [self.row(label, key, properties[key], key in required) for key in order]
        for pattern, it in part.get("patternProperties", {}).items():
            if pattern != "^x-":
                rows.append(self.pattern(label, pattern, it))
        if not rows:
            return ""
        return "| Key | Value | Meaning, and an example |\n|---|---|---|\n" + "".join(rows) + "\n"

    def row(self, label: str, key: str, part: Schema, is_required: bool) -> str:
        """A key. Its meaning is its own, or that of the part it refers to."""
        meaning = part.get("description") or self.described(part)
        if not meaning:
            raise ValueError(f"the key {key} of {label} has no description in core")
        default = part.get("default")
        kind = self.type(part)
        if is_required:
            kind += ", required"
        elif default is not None and not isinstance(default, (dict, list)):
            kind += f"; {code(default)} when absent"
        personal = " Personal: `erase` takes it out." if part.get("x-personal") else ""
        example = examples().best(SAME.get(label, label), key, default)
        return f"| `{key}` | {kind} | {prose(meaning)}{personal}<br>{self.example(example, part)} |\n"

    def described(self, part: Schema) -> str:
        """The description of the part that a part refers to."""
        name = part.get("$ref", "").removeprefix("#/$defs/")
        described: str = self.root["$defs"].get(name, {}).get("description", "")
        return described

    def example(self, value: Any, part: Schema) -> str:
        """An example, where it is short; the section of a part has those of its keys."""
        shown = code(value)
        if len(shown) <= LONGEST:
            return shown
        named = re.search(r'"#/\$defs/(?!Anything")(\w+)"', json.dumps(part))
        if not named and len(shown) > 3 * LONGEST:
            raise ValueError(f"the shortest example is long, and no section has its keys: {shown[:200]}")
        return f"As in {self.link(named[1])}" if named else shown

    def pattern(self, label: str, pattern: str, part: Schema) -> str:
        """Keys that a pattern describes."""
        example = self.example(examples().best(label, pattern), part)
        meaning = part.get("description") or self.described(part)
        return f"| {PATTERNS[pattern]} | {self.type(part)} | {prose(meaning)}<br>{example} |\n"

    def part(self, name: str) -> str:
        """The section of a named part."""
        definition = self.root["$defs"][name]
        body = self.forms(name, definition) + self.keys(name, definition) + self.together(definition)
        return f"## {title(name)}\n\n{prose(definition['description'])}\n\n" + (
            body or f"- {self.type(definition)}\n\n"
        )

    def forms(self, label: str, part: Schema) -> str:
        """The forms of a value that has several: words, and objects with their keys."""
        forms = list(enumerate(part.get("oneOf", []) or part.get("anyOf", [])))
        forms = [(index, form) for index, form in forms if is_form(form)]
        words = [form for _, form in forms if "const" in form]
        text = ""
        if words:
            rows = "".join(f"| {code(word['const'])} | {prose(word.get('description', ''))} |\n" for word in words)
            text = f"| Word | Meaning |\n|---|---|\n{rows}\n"
        for index, form in forms:
            if "const" not in form:
                text += self.form(f"{label}/{index}", form, is_alone=len(forms) == 1)
        return text

    def form(self, label: str, part: Schema, is_alone: bool) -> str:
        """A form that is no word."""
        told = part.get("description", "")
        if part.get("properties") or part.get("patternProperties"):
            lead = "" if is_alone else f"- object{': ' + told[0].lower() + told[1:] if told else ''}\n\n"
            return lead + self.keys(label, with_meaning(part, told)) + self.together(part)
        return f"- {self.type(part)}{': ' + told[0].lower() + told[1:] if told else ''}\n\n"

    def together(self, part: Schema) -> str:
        """Which keys go together, where a schema says so by what it requires."""
        for kind, lead, joint in (("oneOf", "Either", ", or "), ("anyOf", "At least one of", ", ")):
            rules = [it["required"] for it in part.get(kind, []) if not is_form(it) and "required" in it]
            if rules:
                return f"{lead} {joint.join(' and '.join(f'`{key}`' for key in keys) for keys in rules)}.\n\n"
        return ""


def with_meaning(part: Schema, meaning: str) -> Schema:
    """An object whose only key means what the object means."""
    keys = part.get("properties", {})
    if len(keys) != 1:
        return part
    return {**part, "properties": {key: {"description": meaning, **it} for key, it in keys.items()}}


def names_in(root: Schema, part: Schema, found: list[str]) -> list[str]:
    """The named parts that a part is made of, in the order in which a reader meets them."""
    for reference in re.findall(r'"#/\$defs/(\w+)"', json.dumps(part)):
        if reference not in found:
            found.append(reference)
            names_in(root, root["$defs"][reference], found)
    return found


def vocabulary() -> Schema:
    """All vocabularies by their names."""
    words: Schema = schema("vocabulary")["$defs"]
    return words
