"""`manage.py check_desk`: whether the desk is what its log says, and the tickets are what the desk says."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from helpdesk.models import Ticket

from frontdesk import Whereabouts
from frontdesk.django import desk
from frontdesk.problems import LogProblem
from frontdesk_helpdesk import effects, shared


class Command(BaseCommand):
    """Changes nothing."""

    help = "Checks the log of the desk, as frontdesk_verify does; then compares every ticket with the desk."

    def handle(self, **_: Any) -> None:
        try:
            found = desk(shared.NAME).verify()
        except LogProblem as wrong:
            raise CommandError(str(wrong)) from wrong
        lost = differences()
        if lost:
            raise CommandError("\n".join(lost))
        self.stdout.write(f"The log is whole up to turn {found.last}, and all tickets agree.")


def differences() -> list[str]:
    """The differences between tickets and their conversations."""
    told: list[str] = []
    for conversation in shared.copy().conversations():
        ticket = Ticket.objects.select_related("assigned_to").filter(pk=conversation.conversation).first()
        is_closed = conversation.state is Whereabouts.CLOSED
        is_away = conversation.state in effects.AWAY
        if ticket is None:
            told += [] if is_closed else [f"conversation {conversation.conversation} is open and has no ticket"]
            continue
        if is_closed or conversation.state is Whereabouts.SNOOZED:
            continue
        holder = conversation.agent if conversation.state is Whereabouts.ASSIGNED else None
        owner = ticket.assigned_to.get_username() if ticket.assigned_to else None
        if holder != owner:
            told.append(f"ticket {ticket.pk} is with {owner or 'nobody'}, its conversation with {holder or 'nobody'}")
        is_shut = ticket.status not in Ticket.OPEN_STATUSES
        if is_away and not is_shut:
            told.append(f"ticket {ticket.pk} is open, its conversation in the {conversation.state}")
        if is_shut and not is_away:
            told.append(f"ticket {ticket.pk} is closed, its conversation is not")
    return told
