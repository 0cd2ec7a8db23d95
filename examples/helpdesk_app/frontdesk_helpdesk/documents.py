"""The desk's document: its problems in this helpdesk, and replacing it on a running desk."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from helpdesk.models import Queue

from frontdesk import InvalidDocument, Problem, check

from . import effects, shared

#: The longest line of a document on the page.
_WIDTH = 110


def problems(text: str) -> list[Problem]:
    """All that is wrong with a document: for frontdesk, or because helpdesk has no such user or queue."""
    try:
        document = check(text.encode())
    except InvalidDocument as wrong:
        return list(wrong.problems)
    users = get_user_model().objects.values_list("username", flat=True)
    queues = Queue.objects.values_list("slug", flat=True)
    return [
        *_unknown(document, "agents", users, "there is no user with the name"),
        *_unknown(document, "inboxes", queues, "there is no queue with the slug"),
    ]


def text_of(document: Any, indent: str = "") -> str:
    """A document as people like to read it: what fits on a line stands on one."""
    line = json.dumps(document, ensure_ascii=False)
    if len(indent) + len(line) <= _WIDTH or not isinstance(document, (dict, list)):
        return line
    inner = indent + "  "
    if isinstance(document, dict):
        parts = [f"{json.dumps(key)}: {text_of(value, inner)}" for key, value in document.items()]
        return "{\n" + ",\n".join(inner + part for part in parts) + "\n" + indent + "}"
    return "[\n" + ",\n".join(inner + text_of(value, inner) for value in document) + "\n" + indent + "]"


def _unknown(document: Mapping[str, Any], part: str, known: Iterable[str], message: str) -> Iterable[Problem]:
    names = sorted(known)
    for index, entry in enumerate(document.get(part, [])):
        if entry["id"] not in names:
            near = difflib.get_close_matches(entry["id"], names, n=1)
            hint = f"did you mean {near[0]}?" if near else None
            yield InvalidDocument(
                "unknown_reference", f"{message} {entry['id']!r}", path=f"$.{part}[{index}].id", hint=hint
            )


def change(text: str) -> bool:
    """Replaces the document of the running desk. Agents keep their conversations; waiting ones whose rules changed are routed again.

    :return: ``False`` if it was the same before.
    :raises Refusal: That cannot be: an inbox with open conversations is gone, say. Nothing has changed then.
    """
    wanted = check(text.encode())
    with shared.session() as work:
        # What the new document leaves out stays on the desk, unless it is said that it is gone.
        gone = {key: None for key in work.desk.document() if key not in wanted}
        changed = work.keep(work.shared.configure(document=wanted | gone).raise_if_refused())
        effects.apply(work)
    return any(event.type == "desk_changed" for event in changed)


__all__ = ["change", "problems", "text_of"]
