"""The desk's document: its problems in this helpdesk, and replacing it on a running desk."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from helpdesk.models import Queue

from frontdesk import Events, InvalidDocument, Problem, check

from . import effects, store

#: The longest line of a document on the page.
_WIDTH = 110

#: What has commands of its own, in the order in which it can be put; removed is in the other order.
_PARTS = (("teams", "team"), ("agents", "agent"), ("inboxes", "inbox"))


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


def change(text: str) -> None:
    """Replaces the document of the running desk. Agents keep their conversations; waiting ones whose rules changed are routed again.

    :raises Refusal: That cannot be: an inbox with open conversations is gone, say. Nothing has changed then.
    """
    wanted = check(text.encode())
    with store.session() as work:
        now = work.desk.document()
        if _others(wanted) != _others(now):
            parts = {part: now[part] for part, _ in _PARTS if part in now}
            store.replace_document(work, json.dumps(_others(wanted) | parts))
            _look_again(work)
        _put(work, wanted)
        _remove(work, wanted)
        effects.apply(work)


def _others(document: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a document without a command: zone, hours of all, holidays, kinds, settings."""
    parts = [part for part, _ in _PARTS]
    return {key: value for key, value in document.items() if key not in parts}


def _put(work: store.Session, wanted: Mapping[str, Any]) -> None:
    now = work.desk.document()
    for part, name in _PARTS:
        entries = {entry["id"]: entry for entry in now.get(part, [])}
        for entry in wanted.get(part, []):
            if entries.get(entry["id"]) != entry:
                _carry_out(work, f"put_{name}", name, entry["id"], entry=entry)


def _remove(work: store.Session, wanted: Mapping[str, Any]) -> None:
    now = work.desk.document()
    for part, name in reversed(_PARTS):
        kept = {entry["id"] for entry in wanted.get(part, [])}
        for entry in now.get(part, []):
            if entry["id"] not in kept:
                _carry_out(work, f"remove_{name}", name, entry["id"])


def _look_again(work: store.Session) -> None:
    """Makes the desk go through its queue, because a new document may have made agents available."""
    conversations = [work.desk.conversation(name) for name in work.desk.queue]
    waiting = {one.inbox for one in conversations if one is not None}
    for inbox in work.desk.document().get("inboxes", []):
        if inbox["id"] in waiting:
            _carry_out(work, "put_inbox", "inbox", inbox["id"], entry=inbox)


def _carry_out(work: store.Session, command: str, name: str, id: str, **further: Any) -> Events:
    given = work.desk.handle({"type": command, "at": work.at.isoformat(), name: id, **further}, explain=True)
    return work.keep(given.raise_if_refused())


__all__ = ["change", "problems", "text_of"]
