"""What stands for a document or a part of it."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from .problems import InvalidDocument


def text(document: object) -> str | None:
    """The text of a document, if somebody wrote it: JSON text, its bytes, or the file at a path."""
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
    raise InvalidDocument.single(
        "invalid_json",
        "this text is neither a JSON document nor the path of a file",
        hint="a document begins with {",
    )


def sources(source: object) -> list[tuple[str, str]]:
    """The names and texts of scripts: of a folder, of files, or as they are given."""
    if isinstance(source, Mapping):
        return [(f"{name}", f"{text}") for name, text in source.items()]
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        files = sorted(path.glob("*.rhai")) if path.is_dir() else [path]
    elif isinstance(source, Iterable):
        files = [Path(file) for file in source]
    else:
        raise TypeError(f"scripts come from a folder, from files, or a dict of names and texts, not {source!r}")
    return [(file.name, file.read_text(encoding="utf-8")) for file in files]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        raise InvalidDocument.single("invalid_json", "the text is not UTF-8", position=(line, column)) from None


def plain(value: Any) -> Any:
    """What stands for a value in JSON: the value itself when nothing does."""
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {name: value for name, value in fields if value is not None}
    if hasattr(value, "model_dump") and not isinstance(value, type):
        return _without_none(value.model_dump(mode="json", by_alias=True, exclude_unset=False), value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    return value


def _without_none(dumped: Any, model: Any) -> Any:
    """A model without the fields that are ``None``, for what is absent is absent; attributes keep theirs."""
    fields = getattr(type(model), "model_fields", None)
    if not isinstance(dumped, dict) or fields is None:
        return dumped
    names = {getattr(field, "serialization_alias", None) or field.alias or name: name for name, field in fields.items()}
    without: dict[str, Any] = {}
    for key, value in dumped.items():
        if value is None and key in names:
            continue
        inner = getattr(model, names[key]) if key in names else None
        without[key] = _nested(value, inner)
    return without


def _nested(dumped: Any, value: Any) -> Any:
    if hasattr(value, "model_dump"):
        return _without_none(dumped, value)
    if isinstance(value, (list, tuple)) and isinstance(dumped, list):
        return [_nested(one, inner) for one, inner in zip(dumped, value)]
    if isinstance(value, Mapping) and isinstance(dumped, dict):
        return {key: _nested(one, value.get(key)) for key, one in dumped.items()}
    return dumped
