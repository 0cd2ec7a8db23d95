"""The desk, which `frontdesk.django` keeps in the database: one of a name of ours, changed in the transaction of the tickets it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from frontdesk import Desk, Event, Events
from frontdesk.django import create, desk
from frontdesk.django.models import Conversation
from frontdesk.django.models import Desk as Row
from frontdesk.shared import SharedDesk

from . import clock

#: The name of the desk in the database.
NAME = "helpdesk"


@dataclass
class Session:
    """What is done with the desk in one go, and what came of it so far."""

    shared: SharedDesk
    """It, for commands."""
    events: list[Event] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        """A copy of it as it is now, for questions."""
        return self.shared.desk

    @property
    def at(self) -> datetime:
        """The instant of what is done now. The clocks of two machines differ a little, and a desk's time never goes back."""
        desk = self.desk
        now = clock.now().astimezone(desk.zone)
        return max(now, desk.now or now)

    def give(self, command: Mapping[str, Any]) -> Events:
        """Gives it a command as in JSON, and notes what came of it."""
        return self.keep(self.shared.handle(command))

    def keep(self, events: Events) -> Events:
        """Notes what a command gave. One that was refused has left no trace, so nothing is noted."""
        if events.refused is None:
            self.events.extend(events)
        return events


def exists() -> bool:
    """``True`` if there is a desk."""
    return Row.objects.filter(pk=NAME).exists()


def install(document: str) -> None:
    """Makes the desk of a document.

    :raises InvalidDocument: All its problems.
    """
    create(NAME, document.encode())


@contextmanager
def session() -> Iterator[Session]:
    """The desk to change it, in the transaction that is open, or in one of its own.

    :raises UnknownDesk: There is none.
    """
    with transaction.atomic():
        yield Session(desk(NAME))


def copy() -> Desk:
    """A desk of one's own, as it stands in the database: to ask it, or to try something.

    :raises UnknownDesk: There is none.
    """
    return desk(NAME).desk


def log(conversation: str) -> Events:
    """The events of a conversation."""
    return desk(NAME).events_about(conversation)


def knows(conversation: str) -> bool:
    """``True`` if a conversation was ever opened."""
    return Conversation.objects.filter(desk=NAME, conversation=conversation).exists()
