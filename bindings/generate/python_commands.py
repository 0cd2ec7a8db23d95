"""Writes `commands.py`: a method for each command."""

from __future__ import annotations

import textwrap

from python_modules import HEADER, doc, name_of
from schemas import Schema, types

#: Commands that are written by hand: one is native for speed, one has friendlier keys.
BY_HAND = {"open", "assign"}

#: Commands that a shared desk has methods of its own for.
NOT_SHARED = {"advance", "erase"}

#: The names of methods that are not those of their commands: ``Desk.restore`` makes a desk of a snapshot.
NAMES = {"restore": "restore_conversation"}

#: The Python types of the keys of commands.
ARGUMENTS = {
    "Id": "Id",
    "Instant": "At",
    "MessageFrom": "MessageFrom | str",
    "Duration": "Length",
    "StatusName": "State | str",
    "Contact": "Contact | Mapping[str, Any]",
    "Skills": "Mapping[str, int]",
    "Zone": "str",
    "HoursOrNone": "Iterable[Entry]",
}

#: The types whose values may be ``None``.
NULLABLE = {"HoursOrNone"}

#: The descriptions of keys whose schemas have none.
DESCRIBED = {"by": "The agent who acts."}

#: The description of ``by`` where a command needs it: what the schemas say of its absence is not so there.
NEEDED_BY = "The agent who acts; required, as the program alone cannot give this command."


def argument(value: Schema) -> str:
    """The Python type of a key of a command."""
    reference = value.get("$ref", "").removeprefix("#/$defs/")
    if reference:
        return ARGUMENTS.get(reference, "Entry")
    plain = {"string": "str", "integer": "int", "object": "Mapping[str, Any]", "array": "Iterable[Entry]"}
    return plain[value["type"]]


def is_nullable(value: Schema) -> bool:
    """Whether a key may be ``None``, which is not the same as leaving it out."""
    return value.get("$ref", "").removeprefix("#/$defs/") in NULLABLE


def optional_argument(value: Schema) -> str:
    """The Python type of a key that may be left out, with its default."""
    if is_nullable(value):
        return f"{argument(value)} | None | EllipsisType = ..."
    return f"{argument(value)} | None = None"


def commands() -> str:
    """The module of commands."""
    parts = [
        HEADER.format(about="A method for each command."),
        "\nfrom collections.abc import Iterable, Mapping\nfrom types import EllipsisType\nfrom typing import Any\n",
        "\nfrom ._native import Desk as Native\nfrom .enums import MessageFrom, State\nfrom .events import Events\n"
        "from .results import Contact\nfrom .typing import At, Entry, Id, Length\n",
        '\n\nclass Commands(Native):\n    """The commands of a desk."""\n\n    __slots__ = ()\n',
    ]
    for type_, one in types("command").items():
        if type_ not in BY_HAND:
            parts.append(command(type_, one))
    return "".join(parts)


def shared_commands() -> str:
    """The module of commands to a shared desk, which sets their instants."""
    parts = [
        HEADER.format(about="A method for each command to a shared desk."),
        "\nfrom collections.abc import Iterable, Mapping\nfrom types import EllipsisType\nfrom typing import Any\n",
        "\nfrom ._native import SharedDesk as Native\nfrom .enums import MessageFrom, State\nfrom .events import Events\n"
        "from .results import Contact\nfrom .typing import At, Entry, Id, Length\n",
        '\n\nclass SharedCommands(Native):\n    """The commands of a shared desk."""\n\n    __slots__ = ()\n',
    ]
    for type_, one in types("command").items():
        if type_ not in BY_HAND | NOT_SHARED:
            parts.append(shared_command(type_, one))
    return "".join(parts)


def shared_command(type_: str, one: Schema) -> str:
    """The method of a command to a shared desk: as that of a desk, without an instant."""
    text = command(type_, one)
    dropped = ("        at: At,\n", "        explain: bool = False,\n")
    for line in dropped:
        text = text.replace(line, "", 1)
    lines = [line for line in text.split("\n") if not line.startswith("        :param at: The instant of the command")]
    told = wrapped(":param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.")
    text = "\n".join(line for line in lines if line not in told)
    return text.replace(
        f'self._command("{type_}", at, fields, by, id, explain)', f'self._command("{type_}", fields, by, id)'
    )


def command(type_: str, one: Schema) -> str:
    """The method of a command."""
    properties: Schema = one["properties"]
    usual = ("type", "at", "by", "id")
    required = [key for key in one["required"] if key not in usual]
    # Whose entry it is comes first.
    required.sort(key=lambda key: key in ("entry", "status"))
    optional = sorted(key for key in properties if key not in usual and key not in required)
    at = "at: At" if type_ == "advance" else ""
    first = "".join(f"        {name_of(key)}: {argument(properties[key])},\n" for key in required) + (
        f"        {at},\n" if at else ""
    )
    last = "" if at else "        at: At,\n"
    last += "".join(f"        {name_of(key)}: {optional_argument(properties[key])},\n" for key in optional)
    by = "Id" if "by" in one["required"] else "Id | None = None"
    last += f"        by: {by},\n        id: Id | None = None,\n        explain: bool = False,\n"
    fields = ", ".join(f'"{key}": {name_of(key)}' for key in required)
    body = f"        fields: dict[str, Any] = {{{fields}}}\n"
    for key in optional:
        absent = "..." if is_nullable(properties[key]) else "None"
        body += f'        if {name_of(key)} is not {absent}:\n            fields["{key}"] = {name_of(key)}\n'
    about = doc(one["description"] + "\n", "        ").rstrip().removesuffix('"""').rstrip()
    lines = [about, ""]
    for key in [*required, "at", *optional, "by", "id"]:
        told = properties[key].get("description", DESCRIBED.get(key, ""))
        told = NEEDED_BY if key == "by" and key in one["required"] else told
        lines += wrapped(f":param {name_of(key)}: {told}")
    lines += wrapped(":param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.")
    lines += wrapped(":returns: The events. A refused command raises nothing: ``refused`` gives the reason.")
    lines += wrapped(":raises InvalidCommand: It cannot be read; nothing has changed then.")
    text = "\n".join(lines) + '\n        """\n'
    return (
        f"\n    def {NAMES.get(type_, type_)}(\n        self,\n{first}        *,\n{last}    ) -> Events:\n{text}{body}"
        f'        return self._command("{type_}", at, fields, by, id, explain)\n'
    )


def wrapped(text: str) -> list[str]:
    """A line of a docstring, folded."""
    return textwrap.wrap(text, 116, initial_indent=" " * 8, subsequent_indent=" " * 12)
