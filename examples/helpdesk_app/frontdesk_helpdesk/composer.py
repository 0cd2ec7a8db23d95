"""Where one writes to a customer: until when an answer reaches them, and what becomes of one that does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from helpdesk.models import Ticket

from frontdesk import Desk

from . import clock, effects, shared
from .acting import Acting


@dataclass(frozen=True)
class Composer:
    """What is said where one writes."""

    is_open: bool
    """``True`` if an answer reaches the customer."""
    text: str


def of(desk: Desk, acting: Acting, ticket: Ticket, at: datetime) -> Composer | None:
    """What is said to a user who writes to a ticket; ``None`` if there is nothing to say: it may be answered at any time.

    :param desk: A copy of the desk.
    """
    conversation = desk.conversation(str(ticket.pk))
    if conversation is None:
        return None
    if conversation.state in effects.AWAY:
        return Composer(False, f"This ticket is in the {conversation.state}: an answer is kept as a private note.")
    window = acting.may(desk, at, _reply(desk, acting, ticket)).reply_window
    if window is None:
        return None
    if window.person is not None and window.person <= at:
        return Composer(False, _closed(desk, window.person))
    return Composer(True, _open(desk, window.person, window.automated, at))


def keep_private(request: HttpRequest, form: QueryDict, ticket_id: int) -> None:
    """Makes a private note of an answer that would not reach the customer, and says so."""
    ticket = Ticket.objects.filter(pk=ticket_id).first()
    if ticket is None or not request.user.is_staff or not shared.exists():
        return
    said = of(shared.copy(), Acting.of(request), ticket, clock.now())
    if said is not None and not said.is_open:
        del form["public"]
        if form.get("comment"):
            messages.warning(request, f"Your answer was not sent. {said.text}")


def _reply(desk: Desk, acting: Acting, ticket: Ticket) -> dict[str, str]:
    """The command of an answer. Who is not an agent, and may write all the same, writes as a program would."""
    command = {"type": "reply", "conversation": str(ticket.pk)}
    return command if acting.by(desk) else command | {"type": "message", "from": "automated"}


def _open(desk: Desk, person: datetime | None, automated: datetime | None, at: datetime) -> str:
    until = f"open until {_when(desk, person)}" if person else "open without an end for what a person writes"
    automatic = ""
    if automated is not None:
        since = "closed for automatic messages since" if automated <= at else "for automatic messages until"
        automatic = f", {since} {_when(desk, automated)}"
    return f"Reply window: {until}{automatic} ({desk.zone})."


def _closed(desk: Desk, person: datetime) -> str:
    opens = "It opens again when the customer writes; until then an answer is kept as a private note."
    return f"The reply window closed {_when(desk, person)} ({desk.zone}). {opens}"


def _when(desk: Desk, at: datetime) -> str:
    """An instant on the clock of the desk."""
    return f"{at.astimezone(desk.zone):%a %d %b %H:%M}"
