"""Writes the modules that say what the core's JSON Schemas say: enums, events, commands.

    python tools/generate.py            writes them
    python tools/generate.py --check    fails when they are not as they would be written

The schemas in ``core/schema`` come from the core's types, so that there is one source for all names and sentences.
"""

from __future__ import annotations

import json
import keyword
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
PACKAGE = HERE / "python" / "frontdesk"
SCHEMAS = HERE.parent.parent / "core" / "schema"

HEADER = '"""{about}\n\nWritten by ``tools/generate.py`` from the core\'s JSON Schemas: change those.\n"""\n\nfrom __future__ import annotations\n'

#: The enums that are written, with the schema that has them.
ENUMS = {
    "State": "event",
    "Reason": "event",
    "VisitorState": "visitor",
    "NoticeKind": "event",
    "AssignedBecause": "event",
    "UnassignedBecause": "event",
    "Code": "event",
}

#: What no schema has: problems are no part of documents, commands or events.
SEVERITY = {
    "description": "Whether a problem stands in the way.",
    "oneOf": [
        {"const": "error", "description": "The input is refused."},
        {"const": "warning", "description": "The input is taken, though it cannot be meant so."},
    ],
}

#: Commands that are written by hand: one is native for speed, one has friendlier keys.
BY_HAND = {"open", "assign"}

Schema = dict[str, Any]


def schema(name: str) -> Schema:
    """A schema of the core."""
    read: Schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return read


def doc(text: str, indent: str) -> str:
    """A docstring."""
    text = text.replace("`None`", "``None``")
    lines = textwrap.wrap(text, 112 - len(indent))
    if len(lines) == 1:
        return f'{indent}"""{lines[0]}"""\n'
    rest = "".join(f"{indent}{line}\n" for line in lines[1:])
    return f'{indent}"""{lines[0]}\n{rest}{indent}"""\n'


def enums() -> str:
    """The module of the contract's names."""
    parts = [HEADER.format(about="The names of the contract."), "\nfrom ._names import Name\n"]
    written = [(name, schema(file)["$defs"][name]) for name, file in ENUMS.items()]
    written.append(("Ineligible", ineligible()))
    written.append(("Severity", SEVERITY))
    for name, definition in written:
        parts.append(f"\n\nclass {name}(Name):\n" + doc(definition["description"], "    ") + "\n")
        for value in values(definition):
            parts.append(f'    {value["const"].upper()} = "{value["const"]}"\n')
            if "description" in value:
                parts.append(doc(value["description"], "    "))
    return "".join(parts)


def values(definition: Schema) -> list[Schema]:
    """The names of an enum with what they mean."""
    if "enum" in definition:
        return [{"const": value} for value in definition["enum"]]
    return list(definition["oneOf"])


def ineligible() -> Schema:
    """The reasons why an agent falls out, in the order in which they are asked."""
    reasons = schema("event")["$defs"]["Considered"]["anyOf"][0]["oneOf"]
    named = [{"const": it["properties"]["reason"]["const"], "description": it["description"]} for it in reasons]
    return {
        "description": "The first check that an agent failed, in the order in which they are asked.",
        "oneOf": named,
    }


def class_name(type_: str) -> str:
    """``status_changed`` as ``StatusChanged``."""
    return "".join(part.capitalize() for part in type_.split("_"))


def property_of(key: str, value: Schema, required: bool) -> tuple[str, str]:
    """The Python type of a key of an event, and the expression that reads it."""
    reference = value.get("$ref", "").removeprefix("#/$defs/")
    if "anyOf" in value:
        return "datetime | None", f'self._instant("{key}")'
    if reference == "Instant":
        return "datetime | None", f'self._instant("{key}")'
    if key in ("conversation", "agent"):
        return ("str", f'cast("str", self._{key})') if required else ("str | None", f"self._{key}")
    get = f'self._data()["{key}"]' if required else f'self._data().get("{key}")'
    if reference in ENUMS:
        if required:
            return reference, f"{reference}({get})"
        return f"{reference} | None", f'self._named({reference}, "{key}")'
    if reference in ("Contact", "Setting"):
        return f"{reference} | None", f"{reference}._of({get}, self._zone)"
    if reference == "Skills":
        return "Mapping[str, int]", f'cast("Mapping[str, int]", self._data().get("{key}", {{}}))'
    kind = value.get("type")
    if kind == "object":
        return "Mapping[str, Any]", f'cast("Mapping[str, Any]", self._data().get("{key}", {{}}))'
    if kind == "boolean":
        return "bool", f'bool(self._data().get("{key}", False))'
    if kind == "integer" and key == "priority":
        return "int", f'int(self._data().get("{key}", 0))'
    if kind == "array" and value.get("items", {}).get("type") == "string":
        return "tuple[str, ...]", f'tuple(self._data().get("{key}", ()))'
    plain = {"integer": "int", "string": "str"}.get(kind or "", "str" if reference == "Id" else "Any")
    if plain == "Any":
        return "Any", get
    python = plain if required else f"{plain} | None"
    return python, f'cast("{python}", {get})'


def in_order(properties: Schema, required: list[str]) -> list[str]:
    """The keys of an event: whom it is about, what it always has, the rest by name."""
    about = [key for key in ("conversation", "agent") if key in properties]
    always = [key for key in required if key not in about]
    rest = sorted(key for key in properties if key not in about and key not in always)
    return [key for key in about + always + rest if key != "type"]


def events() -> str:
    """The module of events."""
    event = schema("event")
    types = [one["properties"]["type"]["const"] for one in event["oneOf"]]
    names = ", ".join(sorted(name for name in ENUMS if name not in ("VisitorState",)))
    parts = [
        HEADER.format(about="Everything that can happen to a desk: a class for each type of event."),
        "\nfrom collections.abc import Mapping, Sequence\nfrom datetime import datetime\nfrom typing import Any, ClassVar, cast\n",
        f"\nfrom ._event import Event\nfrom ._native import Events\nfrom .enums import {names}\nfrom .results import Contact, Setting\n",
        "\n__all__ = [\n",
        "".join(f'    "{name}",\n' for name in sorted(["Event", "Events", *map(class_name, types)])),
        "]\n",
    ]
    for one in event["oneOf"]:
        type_ = one["properties"]["type"]["const"]
        keys = in_order(one["properties"], one["required"])
        matched = "".join(f'"{key}", ' for key in keys).rstrip()
        matched = matched.rstrip(",") if len(keys) > 1 else matched
        parts.append(f"\n\nclass {class_name(type_)}(Event):\n" + doc(one["description"], "    "))
        parts.append(f'\n    __slots__ = ()\n    __match_args__ = ({matched})\n    type: ClassVar[str] = "{type_}"\n')
        for key in keys:
            python, expression = property_of(key, one["properties"][key], key in one["required"])
            parts.append(f"\n    @property\n    def {key}(self) -> {python}:\n")
            parts.append(doc(one["properties"][key].get("description", ""), "        "))
            parts.append(f"        return {expression}\n")
    parts.append("\n\n_CLASSES: dict[str, type[Event]] = {\n")
    parts += [f'    "{type_}": {class_name(type_)},\n' for type_ in types]
    parts.append("}\n\n\ndef _class_of(type_: str) -> type[Event]:\n    return _CLASSES.get(type_, Event)\n")
    parts.append("\n\n# For match: events are a sequence.\n_sequence: Any = Sequence\n_sequence.register(Events)\n")
    return "".join(parts)


#: The Python types of the keys of commands.
ARGUMENTS = {
    "Id": "Id",
    "Instant": "At",
    "Duration": "Length",
    "State": "State | str",
    "Contact": "Contact | Mapping[str, Any]",
    "Skills": "Mapping[str, int]",
}


#: What keys mean whose schemas do not say.
DESCRIBED = {"by": "The agent who acts."}


def argument(value: Schema) -> str:
    """The Python type of a key of a command."""
    reference = value.get("$ref", "").removeprefix("#/$defs/")
    if reference:
        return ARGUMENTS.get(reference, "Entry")
    plain = {"string": "str", "integer": "int", "object": "Mapping[str, Any]", "array": "Iterable[Entry]"}
    return plain[value["type"]]


def commands() -> str:
    """The module of commands."""
    parts = [
        HEADER.format(about="A method for each command."),
        "\nfrom collections.abc import Iterable, Mapping\nfrom typing import Any\n",
        "\nfrom ._native import Desk as Native\nfrom .enums import State\nfrom .events import Events\n"
        "from .results import Contact\nfrom .typing import At, Entry, Id, Length\n",
        '\n\nclass Commands(Native):\n    """The commands of a desk."""\n\n    __slots__ = ()\n',
    ]
    for one in schema("command")["oneOf"]:
        type_ = one["properties"]["type"]["const"]
        if type_ not in BY_HAND:
            parts.append(command(type_, one))
    return "".join(parts)


def command(type_: str, one: Schema) -> str:
    """The method of a command."""
    properties: Schema = one["properties"]
    usual = ("type", "at", "by", "id")
    required = [key for key in one["required"] if key not in usual]
    # Whose entry it is comes first.
    required.sort(key=lambda key: key in ("entry", "status"))
    optional = sorted(key for key in properties if key not in usual and key not in required)
    at = "at: At" if type_ == "advance" else ""
    first = "".join(f"        {key}: {argument(properties[key])},\n" for key in required) + (
        f"        {at},\n" if at else ""
    )
    last = "" if at else "        at: At,\n"
    last += "".join(f"        {key}: {argument(properties[key])} | None = None,\n" for key in optional)
    by = "Id" if "by" in one["required"] else "Id | None = None"
    last += f"        by: {by},\n        id: Id | None = None,\n        explain: bool = False,\n"
    fields = ", ".join(f'"{key}": {key}' for key in required)
    body = f"        fields: dict[str, Any] = {{{fields}}}\n"
    for key in optional:
        body += f'        if {key} is not None:\n            fields["{key}"] = {key}\n'
    about = doc(one["description"] + "\n", "        ").rstrip().removesuffix('"""').rstrip()
    lines = [about, ""]
    for key in [*required, "at", *optional, "by", "id"]:
        lines += wrapped(f":param {key}: " + properties[key].get("description", DESCRIBED.get(key, "")))
    lines += wrapped(":param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.")
    lines += wrapped(":returns: What happened; where it is refused, nothing is raised: ``refused`` says why.")
    lines += wrapped(":raises InvalidCommand: It cannot be read; nothing has changed then.")
    text = "\n".join(lines) + '\n        """\n'
    return (
        f"\n    def {type_}(\n        self,\n{first}        *,\n{last}    ) -> Events:\n{text}{body}"
        f'        return self._command("{type_}", at, fields, by, id, explain)\n'
    )


def wrapped(text: str) -> list[str]:
    """A line of a docstring, folded."""
    return textwrap.wrap(text, 116, initial_indent=" " * 8, subsequent_indent=" " * 12)


def formatted(name: str, text: str) -> str:
    """A module as all of the package is formatted."""
    settings = ["--config", str(HERE / "pyproject.toml")]
    command = [sys.executable, "-m", "ruff", "format", *settings, "--stdin-filename", name, "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


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

#: What is a dict with keys of one's own.
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
            "\n#: What stands for a dict: a model of pydantic's, a dataclass.\nDescribed = Union[Model, Dataclass]\n",
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
            f"\n    {key}: {kind}\n{doc(told, '    ') if told else ''}" for key, (kind, told) in types.items()
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
        told: list[str] = []
        for part in parts:
            own = f"{name}Keys" if len(objects) < 2 else name + class_name(part.get("required", ["keys"])[0])
            told += [one for one in self.type(part, own).split(" | ") if one not in told]
        return " | ".join(told)

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
            told = definition.get("description", "A part of the document.").replace("`None`", "``None``")
            comment = "\n".join(f"#: {line}" for line in textwrap.wrap(told, 112))
            self.aliases.append(f"\n\n{comment}\n{name} = {meant}\n")
        return name


def document() -> str:
    """The module of the document."""
    return Types().module()


MODULES = {"document.py": document, "enums.py": enums, "events.py": events, "commands.py": commands}


def main() -> int:
    """Writes or checks."""
    wrong = []
    for name, write in MODULES.items():
        path, text = PACKAGE / name, formatted(name, write())
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif path.read_text(encoding="utf-8") != text:
            wrong.append(name)
    print(
        "\n".join(f"{name} is not what the schemas say: run tools/generate.py" for name in wrong)
        or "as the schemas say"
    )
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
