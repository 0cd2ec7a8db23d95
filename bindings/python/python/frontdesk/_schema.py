"""The JSON Schemas of the format."""

from __future__ import annotations

import json
from typing import Any, Literal

from . import _native


def schema(
    name: Literal[
        "document", "command", "event", "turn", "question", "answer", "published", "status", "visitor", "vocabulary"
    ] = "document",
) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the desk document, or of another part of the format.

    ``vocabulary`` has the words of the format under ``$defs``: reasons, codes, types of events and commands, and others.

    :param name: The name of the schema.
    :raises InvalidValue: There is no such schema.

    >>> schema()["title"]
    'frontdesk desk document'
    >>> [word["const"] for word in schema("vocabulary")["$defs"]["State"]["oneOf"]]
    ['available', 'away']
    """
    read: dict[str, Any] = json.loads(_native.schema(name))
    return read
