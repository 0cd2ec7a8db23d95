"""Writes `events.py`: a class for each type of event."""

from __future__ import annotations

from python_modules import HEADER, doc, name_of
from schemas import Schema, class_name, types

#: The vocabularies that keys of events have.
ENUMS = (
    "State",
    "Reason",
    "NoticeKind",
    "AssignedBecause",
    "UnassignedBecause",
    "ChangeType",
    "ClosedBecause",
    "Code",
    "FilteredBecause",
    "MessageFrom",
)


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
    all_types = types("event")
    names = ", ".join(sorted(name for name in ENUMS))
    parts = [
        HEADER.format(about="Everything that can happen to a desk: a class for each type of event."),
        "\nfrom collections.abc import Mapping, Sequence\nfrom datetime import datetime\nfrom typing import Any, ClassVar, cast\n",
        f"\nfrom ._event import Event\nfrom ._native import Events\nfrom .enums import {names}\nfrom .results import Contact, Setting\n",
        "\n__all__ = [\n",
        "".join(f'    "{name}",\n' for name in sorted(["Event", "Events", *map(class_name, all_types)])),
        "]\n",
    ]
    for type_, one in all_types.items():
        keys = in_order(one["properties"], one["required"])
        matched = "".join(f'"{name_of(key)}", ' for key in keys).rstrip()
        matched = matched.rstrip(",") if len(keys) > 1 else matched
        parts.append(f"\n\nclass {class_name(type_)}(Event):\n" + doc(one["description"], "    "))
        parts.append(f'\n    __slots__ = ()\n    __match_args__ = ({matched})\n    type: ClassVar[str] = "{type_}"\n')
        for key in keys:
            python, expression = property_of(key, one["properties"][key], key in one["required"])
            parts.append(f"\n    @property\n    def {name_of(key)}(self) -> {python}:\n")
            parts.append(doc(one["properties"][key].get("description", ""), "        "))
            parts.append(f"        return {expression}\n")
    parts.append("\n\n_CLASSES: dict[str, type[Event]] = {\n")
    parts += [f'    "{type_}": {class_name(type_)},\n' for type_ in all_types]
    parts.append("}\n\n\ndef _class_of(type_: str) -> type[Event]:\n    return _CLASSES.get(type_, Event)\n")
    parts.append("\n\n# For match: events are a sequence.\n_sequence: Any = Sequence\n_sequence.register(Events)\n")
    return "".join(parts)
