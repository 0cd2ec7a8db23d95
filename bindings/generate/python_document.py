"""Writes `document.py`: a `TypedDict` for each part of a document."""

from __future__ import annotations

import keyword
import re
import textwrap

from python_modules import HEADER, doc
from schemas import Schema, class_name, schema

#: The Python types of texts of a document; where nobody wrote one, Python's own values stand for it.
TEXTS = {
    "Id": "Id",
    "Zone": "str | dt.tzinfo",
    "Date": "str | dt.date",
    "DateTime": "str | dt.datetime",
    "Duration": "Length",
    "TimeOfDay": "str | dt.time",
    "StartOfDay": "str | dt.time",
}

#: Definitions that are dicts with arbitrary keys.
FREE = {"Match", "AgentAttributes", "Skills"}


class Types:
    """The types of a document, from its schema."""

    def __init__(self) -> None:
        self.definitions: Schema = schema("document")["$defs"]
        self.classes: list[str] = []
        self.aliases: list[str] = []
        self.names: list[str] = []

    def module(self) -> str:
        """The module of the document."""
        whole = schema("document")
        # Editors read this one, and frontdesk reads over it.
        editors = {"$schema": {"type": "string", "description": "Where the schema of it is, for editors."}}
        properties = editors | whole["properties"]
        self.typed_dict("DeskDocument", {**whole, "properties": properties, "description": "A desk document."})
        parts = [
            HEADER.format(about="The types of a desk document: ``DeskDocument`` and its parts, as dicts."),
            "\nimport datetime as dt\nfrom collections.abc import Collection, Mapping\n"
            "from typing import Any, Literal, TypedDict, Union\n",
            "\nfrom .typing import Dataclass, Id, Length, Model\n",
            "\n__all__ = [\n",
            "".join(f'    "{name}",\n' for name in sorted(self.names)),
            "]\n",
            "\n#: Values accepted in place of a dict: a model of pydantic, a dataclass.\nDescribed = Union[Model, Dataclass]\n",
            *self.classes,
            *self.aliases,
        ]
        return "".join(parts)

    def typed_dict(self, name: str, definition: Schema) -> None:
        """A class for an object: what must be there in one, what may in another, and what is not a name of Python's in a third."""
        if name in self.names:
            return
        self.names.append(name)
        required = definition.get("required", [])
        types = {
            key: (self.type(value, name + class_name(key)), value.get("description", ""))
            for key, value in definition["properties"].items()
        }
        bases: list[str] = []
        for part, keys in (
            ("Always", [key for key in types if key in required]),
            ("More", [key for key in types if not key.isidentifier() or keyword.iskeyword(key)]),
        ):
            if not keys:
                continue
            bases.append(f"_{name}{part}")
            if part == "Always":
                fields = "".join(
                    f"    {key}: {types[key][0]}\n{doc(types[key][1], '    ') if types[key][1] else ''}" for key in keys
                )
                self.classes.append(f"\n\nclass {bases[-1]}(TypedDict):\n{fields}")
            else:
                fields = ", ".join(f"{key!r}: {types[key][0]!r}" for key in keys)
                self.classes.append(f"\n\n{bases[-1]} = TypedDict({bases[-1]!r}, {{{fields}}}, total=False)\n")
            for key in keys:
                del types[key]
        parents = ", ".join(bases or ["TypedDict"])
        described = doc(definition.get("description", "A part of the document."), "    ")
        fields = "".join(
            f"\n    {key}: {kind}\n{doc(text, '    ') if text else ''}" for key, (kind, text) in types.items()
        )
        self.classes.append(f"\n\nclass {name}({parents}, total=False):\n{described}{fields}")

    def type(self, value: Schema, name: str) -> str:
        """The Python type of a value; an object in it gets a name."""
        if "$ref" in value:
            return self.reference(value["$ref"].removeprefix("#/$defs/"))
        if "const" in value or "enum" in value:
            return f"Literal[{', '.join(map(repr, value.get('enum', [value.get('const')])))}]"
        if "properties" in value and value.get("type") == "object":
            self.typed_dict(name, value)
            return f"{name} | Described"
        either = value.get("oneOf") or value.get("anyOf")
        if either:
            return self.either(either, name)
        match value.get("type"):
            case "array":
                return f"Collection[{self.type(value.get('items', {}), name)}]"
            case "object":
                inner = value.get("additionalProperties")
                return f"Mapping[str, {self.type(inner, name) if isinstance(inner, dict) and inner else 'Any'}]"
            case kind:
                return {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}.get(str(kind), "Any")

    def either(self, parts: list[Schema], name: str) -> str:
        """One of several types."""
        objects = [part for part in parts if "properties" in part]
        kinds: list[str] = []
        for part in parts:
            own = f"{name}Keys" if len(objects) < 2 else name + class_name(part.get("required", ["keys"])[0])
            kinds += [kind for kind in self.type(part, own).split(" | ") if kind not in kinds]
        return " | ".join(kinds)

    def reference(self, name: str) -> str:
        """The Python type of a named part."""
        if name in TEXTS:
            return TEXTS[name]
        definition = self.definitions[name]
        if name in FREE:
            return "Mapping[str, int]" if name == "Skills" else "Mapping[str, Any]"
        if "properties" in definition and "oneOf" not in definition or name == "Absence":
            self.typed_dict(name, definition)
            return f"{name} | Described"
        if name not in self.names:
            self.names.append(name)
            parts = self.type(definition, name).split(" | ")
            values = [re.fullmatch(r"Literal\[(.*)\]", part) for part in parts]
            literal = ", ".join(value[1] for value in values if value)
            others = [
                f'"{part}"' if not part.startswith(("Mapping", "Collection")) else part
                for part, value in zip(parts, values)
                if not value
            ]
            all_of_them = [f"Literal[{literal}]"] * bool(literal) + others
            meant = f"Union[{', '.join(all_of_them)}]" if len(all_of_them) > 1 else all_of_them[0]
            text = definition.get("description", "A part of the document.").replace("`None`", "``None``")
            comment = "\n".join(f"#: {line}" for line in textwrap.wrap(text, 112))
            self.aliases.append(f"\n\n{comment}\n{name} = {meant}\n")
        return name


def document() -> str:
    """The module of the document."""
    return Types().module()
