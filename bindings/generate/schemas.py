"""The core's JSON Schemas, and the words in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

Schema = dict[str, Any]


def schema(name: str) -> Schema:
    """A schema of the core."""
    read: Schema = json.loads((ROOT / "core" / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    return read


def types(name: str) -> dict[str, Schema]:
    """The schemas of the commands or events by their types."""
    return {one["properties"]["type"]["const"]: one for one in schema(name)["oneOf"]}


def words(name: str) -> Schema:
    """The definition of a vocabulary."""
    definition: Schema = schema("vocabulary")["$defs"][name]
    return definition


def class_name(type_: str) -> str:
    """``status_changed`` as ``StatusChanged``."""
    return "".join(part.capitalize() for part in type_.split("_"))
