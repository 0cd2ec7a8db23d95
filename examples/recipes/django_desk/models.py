"""The tickets, which say who has them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.dispatch import receiver

from frontdesk import Events
from frontdesk.django.signals import advanced
from frontdesk.shared import SharedDesk


# ANCHOR: models
class Ticket(models.Model):
    id: models.CharField[str, str] = models.CharField(primary_key=True, max_length=64)
    title: models.TextField[str, str] = models.TextField()
    state: models.TextField[str, str] = models.TextField(default="")
    agent: models.TextField[str | None, str | None] = models.TextField(null=True)

    objects: ClassVar[models.Manager[Ticket]] = models.Manager()


@receiver(advanced)
def write(desk: SharedDesk, events: Events, **_: Any) -> None:
    """Writes to the tickets who has them, after a command and when time has passed. A command may give out other conversations than
    its own."""
    newest = desk.desk
    for ticket in {event.conversation for event in events if event.conversation}:
        if (told := newest.conversation(ticket)) is not None:
            Ticket.objects.filter(pk=ticket).update(state=str(told.state), agent=told.agent)


# ANCHOR_END: models
