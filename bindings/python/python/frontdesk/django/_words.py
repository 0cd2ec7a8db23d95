"""Turns in words, for the admin and the commands. They name ids, and so are without personal data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from frontdesk import Event
from frontdesk.decision import Decision
from frontdesk.events import Assigned, HandedToBot, Offered, OwnerNotified, Queued, SentToVoicemail, Unassigned

#: The events that are decisions, with reasons of their own.
_DECISIONS = (Assigned, HandedToBot, Offered, OwnerNotified, Queued, SentToVoicemail, Unassigned)

#: What a command or an event is about, in the order in which it is named.
_ABOUT = ("conversation", "agent", "to", "team", "inbox", "channel", "contact", "holiday", "status", "until")


def of_event(event: Event) -> str:
    """An event in words: what it is about, and the reasons; a line for each agent that was considered."""
    if isinstance(event, _DECISIONS):
        return f"{event.conversation}: {Decision(event).explain()}"
    about = (event.conversation, event.agent, getattr(event, "state", None))
    said = " ".join([event.type.replace("_", " "), *(str(it) for it in about if it)])
    reason = getattr(event, "reason", None)
    return f"{said} ({str(reason).replace('_', ' ')})" if reason else said


def of_command(command: Mapping[str, Any] | None) -> str:
    """A command in words: its type, and what it is about."""
    if command is None:
        return "the document that the desk began with"
    return f"{kind_of(command)} {about_of(command)}".rstrip()


def kind_of(command: Mapping[str, Any] | None) -> str:
    """The type of a command in words."""
    return "document" if command is None else str(command.get("type", "")).replace("_", " ")


def about_of(command: Mapping[str, Any] | None) -> str:
    """What a command is about: conversation, agent, team and the like, by their ids."""
    return " ".join(_ids(command or {}))


def _ids(command: Mapping[str, Any]) -> Iterator[str]:
    for key in _ABOUT:
        value = command.get(key)
        if isinstance(value, Mapping):
            value = value.get("id") or value.get("agent") or value.get("team")
        if isinstance(value, str):
            yield value
