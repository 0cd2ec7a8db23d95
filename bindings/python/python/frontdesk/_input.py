"""Documents and their parts as arguments."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Mapping
from datetime import time
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from .problems import InvalidDocument, Problem, ScriptProblem, WrongType
from .typing import Id

_T = TypeVar("_T")


def text(document: object) -> str | None:
    """The text of a document that is given as text: JSON text, its bytes, or the file at a path."""
    if isinstance(document, os.PathLike):
        return _decoded(Path(document).read_bytes())
    if isinstance(document, (bytes, bytearray, memoryview)):
        return _decoded(bytes(document))
    if not isinstance(document, str):
        return None
    if document.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return document.removeprefix("\ufeff")
    if "\n" not in document and "\0" not in document and len(document) < 4096 and Path(document).is_file():
        return _decoded(Path(document).read_bytes())
    begins = document if len(document) <= _SHOWN else document[:_SHOWN] + "…"
    raise InvalidDocument.single(
        "invalid_json",
        f"this text is neither a JSON document nor the path of a file: {begins!r}",
        hint="there is no such file: a path is relative to the current folder"
        if _is_a_path(document)
        else "a document begins with {",
    )


#: The most characters shown of a text that is not a document.
_SHOWN = 60


def _is_a_path(text: str) -> bool:
    """``True`` if a text looks like a path."""
    return "\n" not in text and len(text) < 4096 and (text.endswith((".json", ".jsonc")) or "/" in text or "\\" in text)


def sources(source: object) -> list[tuple[str, str]]:
    """The names and texts of scripts, from a folder, from files, or as given."""
    if isinstance(source, Mapping):
        return [_script(name, text) for name, text in source.items()]
    if isinstance(source, str) and "\n" in source:
        raise ScriptProblem.single(
            "invalid_script", "this is the text of a script, not the path of one", hint='give it a name: {"name": text}'
        )
    if isinstance(source, (str, os.PathLike)):
        path = Path(_whole(source))
        files = sorted(path.glob("*.rhai")) if path.is_dir() else [path]
    elif isinstance(source, Iterable):
        files = [Path(_whole(file)) for file in source if _is_path(file, source)]
    else:
        raise _no_scripts(source)
    return [(file.name, _read(file)) for file in files]


def _is_path(file: object, source: object) -> bool:
    """``True`` if a value is the path of a file that can be opened."""
    if not isinstance(file, (str, os.PathLike)):
        raise _no_scripts(source)
    return True


def _whole(path: Any) -> Any:
    """A path, unless it contains a lone surrogate or NUL, which no path can."""
    if any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in os.fsdecode(path)):
        said = "the path of a script holds half a character (a lone surrogate), or NUL"
        raise ScriptProblem.single("invalid_value", said, hint="it was cut, or decoded wrongly")
    return path


def _read(file: Path) -> str:
    """The text of a script."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ScriptProblem("invalid_script", "the text is not UTF-8", path=file.name) from error


def _no_scripts(source: object) -> Problem:
    return WrongType.single(
        "wrong_type",
        f"{_said(source)} holds no scripts",
        hint="scripts come from a folder, from files, or a dict of names and texts",
    )


def kind(value: object) -> str:
    """The type of a value, for a message."""
    return "None" if value is None else f"one of type {type(value).__name__}"


def _said(value: object) -> str:
    """A value in a message, shortened."""
    text = repr(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def several(name: str, given: Any) -> list[Any]:
    """The values of a list; a text is not a list of its letters.

    :raises WrongType: The value is not a list.
    """
    if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
        hint = f"write it as a list: {name}=[{given!r:.80}]"
        raise WrongType.single("wrong_type", f"{name} is a list, not {given!r:.80}", hint=hint)
    return list(given)


def all_of(kind: type[_T], name: str, given: Any) -> list[_T]:
    """The values of a list that are all of a class.

    :raises WrongType: The value is not a list, or contains another type.
    """
    values = several(name, given)
    for value in values:
        if not isinstance(value, kind):
            raise WrongType.single("wrong_type", f"{name} holds {_said(value)}, which is no {kind.__name__}")
    return values


def _script(name: object, text: object) -> tuple[str, str]:
    """The name and the text of a script; a path is read."""
    if not isinstance(name, str):
        raise WrongType.single("wrong_type", f"the name of a script is a str, not {name!r}")
    if isinstance(text, os.PathLike):
        return name, _read(Path(text))
    if not isinstance(text, str):
        hint = "give its text, or a pathlib.Path to read it from"
        raise WrongType.single("wrong_type", f"the text of the script {name} is a str, not {text!r:.80}", hint=hint)
    return name, text


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        raise InvalidDocument.single("invalid_json", "the text is not UTF-8", position=(line, column)) from None


def texts(name: str, given: object) -> list[str]:
    """The texts of a list; one text is not a list of its letters."""
    all_of_them = several(name, given)
    for each in all_of_them:
        if not isinstance(each, str):
            raise WrongType.single("wrong_type", f"{name} is a list of texts, and {each!r:.80} is not one")
    return all_of_them


def plain(value: Any) -> Any:
    """The JSON value for a Python value, or the value itself."""
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {name: value for name, value in fields if value is not None}
    if hasattr(value, "model_dump") and not isinstance(value, type):
        return _nested(value.model_dump(mode="json", by_alias=True, exclude_unset=False), value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    return value


def _nested(dumped: Any, value: Any) -> Any:
    """The dump of a model without fields that are ``None``. Plain dicts keep theirs."""
    if hasattr(value, "model_dump") and getattr(type(value), "__pydantic_root_model__", False):
        return _nested(dumped, value.root)
    if isinstance(value, time) and dumped == value.isoformat():
        # Pydantic writes seconds; times in a document have none.
        return value
    fields = _fields(value)
    if fields is not None and isinstance(dumped, dict):
        without = ((key, one, fields.get(key, key)) for key, one in dumped.items() if one is not None)
        return {key: _nested(one, getattr(value, name, None)) for key, one, name in without}
    if isinstance(value, (list, tuple)) and isinstance(dumped, list):
        return [_nested(one, inner) for one, inner in zip(dumped, value)]
    if isinstance(value, Mapping) and isinstance(dumped, dict):
        return {key: _nested(one, value.get(key)) for key, one in dumped.items()}
    return dumped


def _fields(value: Any) -> Mapping[str, str] | None:
    """The names of fields by their names in the dump; only models and dataclasses have any."""
    kind = type(value)
    fields = getattr(kind, "model_fields", None) or getattr(kind, "__pydantic_fields__", None)
    if fields is not None:
        computed = getattr(kind, "model_computed_fields", {})
        return {_alias(field) or name: name for name, field in (*fields.items(), *computed.items())}
    return {} if dataclasses.is_dataclass(kind) or hasattr(value, "model_dump") else None


def _alias(field: Any) -> str | None:
    return getattr(field, "serialization_alias", None) or getattr(field, "alias", None)


def assignment(
    conversation: Id,
    agent: Id | None,
    team: Id | None,
    to: Mapping[str, Id] | None,
    or_substitute: bool,
    distribute: bool,
) -> dict[str, Any]:
    """The keys of an ``assign``."""
    named = {"agent": agent, "team": team}
    goes_to: Any = {} if to is None else to
    if isinstance(goes_to, Mapping):
        goes_to = dict(goes_to) | {key: name for key, name in named.items() if name is not None}
    keys: dict[str, Any] = {"conversation": conversation, "to": goes_to}
    for way, is_set in {"or_substitute": or_substitute, "distribute": distribute}.items():
        # What is not a bool is left to the reader, which says so.
        if is_set is not False:
            keys[way] = is_set
    return keys
