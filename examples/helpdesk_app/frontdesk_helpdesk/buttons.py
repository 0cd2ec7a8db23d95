"""The buttons of a ticket: what the desk lets a user do with it now, and what happens when one is pressed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from helpdesk.models import FollowUp, Ticket

from frontdesk import Conversation, Desk, Whereabouts

from . import effects, follow, shared
from .acting import Acting


@dataclass(frozen=True)
class Action:
    """Something that is done with a ticket by a command."""

    name: str
    command: str
    label: str
    said: str
    """The title of the note on the ticket; ``{user}`` is the name of who did it."""


#: By name.
ACTIONS = {
    action.name: action
    for action in (
        Action("take", "assign", "Take", "Assigned to {user}"),
        Action("release", "release", "Release", "Unassigned"),
        Action("close", "close", "Close", "Closed"),
        Action("reopen", "reopen", "Reopen", "Reopened"),
        Action("snooze", "snooze", "Snooze", "Ticket placed on hold"),
        Action("wake", "reopen", "Wake", "Ticket taken off hold"),
        Action("spam", "mark_spam", "Spam", "Marked as spam"),
        Action("not_spam", "not_spam", "Not spam", "Taken out of the spam"),
        Action("trash", "trash", "Trash", "Moved to the trash"),
        Action("restore", "restore", "Restore", "Restored from the trash"),
    )
}


@dataclass(frozen=True)
class Button:
    """An action as it is offered to a user."""

    action: Action
    allowed: bool
    why: str
    """Why it is not allowed, and from when it is, as a sentence."""


def offered(desk: Desk, acting: Acting, ticket: Ticket, at: datetime) -> list[Button]:
    """The buttons of a ticket.

    :param desk: A copy of the desk.
    """
    conversation = desk.conversation(str(ticket.pk))
    if conversation is None:
        return []
    if _is_stranger(desk, acting):
        desk.put_agent(acting.name, follow.guest(_user(acting)), at=max(at, desk.now or at))
    return [_button(desk, acting, action, ticket, at) for action in _shown(conversation, acting)]


def reasons(buttons: list[Button]) -> list[tuple[str, str]]:
    """The reasons of the buttons that are not allowed, each with the labels of those it is of."""
    whose: dict[str, list[str]] = defaultdict(list)
    for button in buttons:
        if not button.allowed:
            whose[button.why].append(button.action.label)
    return [(", ".join(labels), why) for why, labels in whose.items()]


def press(work: shared.Session, acting: Acting, action: Action, ticket: Ticket) -> str:
    """Gives the desk the command of a button, and the ticket what came of it.

    :return: What was done, as the note on the ticket says it.
    :raises Refusal: The desk does not let this user do it, or not now.
    """
    if action.name == "take" and _is_stranger(work.desk, acting):
        work.keep(work.shared.put_agent(acting.name, follow.guest(_user(acting))))
    status = ticket.status
    work.give({**_command(action, ticket, acting), **(acting.by(work.desk) or {})}).raise_if_refused()
    if action.command == "close":
        effects.close(work, ticket)
    effects.apply(work, ticket)
    said = action.said.format(user=effects.names_of(work.desk)[acting.name])
    note = FollowUp(
        ticket=ticket,
        date=work.at,
        title=said,
        public=False,
        user=_user(acting),
        new_status=ticket.status if ticket.status != status else None,
    )
    # Its `save` would save the ticket as well, which comes back to the desk.
    FollowUp.objects.bulk_create([note])
    return said


def _shown(conversation: Conversation, acting: Acting) -> Iterator[Action]:
    """Of two that are each other's opposite, the one that makes sense."""
    state = conversation.state
    has_it = state is Whereabouts.ASSIGNED and conversation.agent == acting.name
    if not has_it:
        yield ACTIONS["take"]
    yield ACTIONS["release"]
    yield ACTIONS["reopen" if state is Whereabouts.CLOSED else "close"]
    yield ACTIONS["wake" if state is Whereabouts.SNOOZED else "snooze"]
    yield ACTIONS["not_spam" if state is Whereabouts.SPAM else "spam"]
    yield ACTIONS["restore" if state is Whereabouts.TRASH else "trash"]


def _button(desk: Desk, acting: Acting, action: Action, ticket: Ticket, at: datetime) -> Button:
    may = acting.may(desk, at, _command(action, ticket, acting))
    why = "" if may.allowed else _sentence(may.message or "", may.until, desk.zone)
    return Button(action, may.allowed, why)


def _command(action: Action, ticket: Ticket, acting: Acting) -> dict[str, Any]:
    whom = {"to": {"agent": acting.name}} if action.command == "assign" else {}
    return {"type": action.command, "conversation": str(ticket.pk), **whom}


def _sentence(message: str, until: datetime | None, zone: ZoneInfo) -> str:
    """A refusal as a sentence, with the instant from which it does not hold any more."""
    said = message[:1].upper() + message[1:]
    return f"{said}. Possible from {until.astimezone(zone):%a %d %b %H:%M} ({zone})." if until else f"{said}."


def _is_stranger(desk: Desk, acting: Acting) -> bool:
    """``True`` for a superuser who is not on the desk: as a guest of it they can take a ticket."""
    return acting.is_program and not follow.is_agent(desk, acting.name)


def _user(acting: Acting) -> Any:
    return get_user_model().objects.get(username=acting.name)
