"""The signals of helpdesk.

helpdesk saves one ticket several times in a request, from copies that may be older than what the desk decided meanwhile:
closing several at once, it would close the second with the owner it had before the first made room. So each copy
remembers the owner it was read with, and one that nobody changed takes that of the database (`before_save`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.signals import post_delete, post_init, post_save, pre_save
from helpdesk.models import FollowUp, Ticket, TicketCustomFieldValue
from helpdesk.signals import new_ticket_done, update_ticket_done

from frontdesk import Events
from frontdesk.django import signals as frontdesk
from frontdesk.shared import SharedDesk

from . import arrival, follow, people, shared

_READ = "_frontdesk_owner_read"
_CHOSEN = "_frontdesk_owner_chosen"


def connect() -> None:
    """Listens."""
    post_init.connect(remember, Ticket, dispatch_uid="frontdesk.remember")
    pre_save.connect(before_save, Ticket, dispatch_uid="frontdesk.before_save")
    post_save.connect(saved, Ticket, dispatch_uid="frontdesk.saved")
    post_delete.connect(deleted, Ticket, dispatch_uid="frontdesk.deleted")
    post_save.connect(field_saved, TicketCustomFieldValue, dispatch_uid="frontdesk.field_saved")
    new_ticket_done.connect(complete, dispatch_uid="frontdesk.complete")
    update_ticket_done.connect(updated, dispatch_uid="frontdesk.updated")
    post_save.connect(user_saved, get_user_model(), dispatch_uid="frontdesk.user_saved")
    frontdesk.advanced.connect(advanced, dispatch_uid="frontdesk.advanced")
    frontdesk.passed.connect(passed, dispatch_uid="frontdesk.passed")


def remember(instance: Ticket, **_: Any) -> None:
    """A copy of a ticket is made: notes whose it is."""
    setattr(instance, _READ, instance.__dict__.get("assigned_to_id"))


def before_save(instance: Ticket, raw: bool, **_: Any) -> None:
    """A copy is saved: its owner is the one somebody chose since it was read, or else that of the database."""
    read = getattr(instance, _READ, None)
    chosen = instance.__dict__.get("assigned_to_id", read) != read
    setattr(instance, _CHOSEN, chosen)
    if raw or chosen or instance.pk is None:
        return
    now = Ticket.objects.filter(pk=instance.pk).values_list("assigned_to_id", flat=True).first()
    if now != read:
        instance.assigned_to_id = now


def saved(instance: Ticket, created: bool, raw: bool, **_: Any) -> None:
    """Handles a saved ticket. A new one is not complete yet, and without a form there is no signal when it is."""
    if raw or not shared.exists():
        return
    if created:
        came = arrival.current()
        transaction.on_commit(lambda: _arrived_quietly(instance.pk, came), robust=True)
    else:
        _tell(lambda: follow.follow(instance, chosen=getattr(instance, _CHOSEN, False)))
    remember(instance)


def complete(ticket: Ticket, **_: Any) -> None:
    """A form or the e-mail parser has finished a new ticket."""
    if shared.exists():
        _tell(lambda: follow.arrive(ticket))
        remember(ticket)


def updated(followup: FollowUp, **_: Any) -> None:
    """A ticket was answered or changed, by staff, by the customer or by mail."""
    if shared.exists():
        _tell(lambda: follow.wrote(followup))
        remember(followup.ticket)


def deleted(instance: Ticket, **_: Any) -> None:
    """A ticket was deleted."""
    ticket_id = instance.pk
    if shared.exists() and shared.knows(str(ticket_id)):
        _tell(lambda: follow.gone(ticket_id))


def field_saved(instance: TicketCustomFieldValue, raw: bool, **_: Any) -> None:
    """A field of one's own has another value, which rules may look at."""
    if not raw and shared.exists():
        _tell(lambda: follow.follow(instance.ticket))


def user_saved(instance: Any, created: bool, raw: bool, **_: Any) -> None:
    """An account was deactivated, or activated again."""
    if not raw and not created and shared.exists():
        _tell(lambda: people.follow_account(instance))


def advanced(desk: SharedDesk, events: Events, **_: Any) -> None:
    """The time of a desk has passed."""
    if desk.name == shared.NAME:
        follow.time_passed(desk, events)


def passed(say: Callable[[str], object], **_: Any) -> None:
    """`frontdesk_advance` has looked at all desks: what changed past Django is made good."""
    missed = follow.catch_up() if shared.exists() else 0
    if missed:
        say(f"Tickets that had changed past the desk: {missed}. Now it knows.")


def _tell(action: Callable[[], None]) -> None:
    """Passes a change to the desk. In a transaction, a failure undoes the change as well.

    Outside, where `get_email` works, that is certain already, and to fail would make helpdesk read the same mail again
    into another ticket: the failure is logged, and `frontdesk_advance` makes it good.
    """
    if transaction.get_connection().in_atomic_block:
        action()
    else:
        transaction.on_commit(action, robust=True)


def _arrived_quietly(pk: int, came: arrival.Arrival) -> None:
    """A ticket of the API, the admin or a script is opened as soon as it is certain."""
    with arrival.as_of(came), transaction.atomic():
        ticket = Ticket.objects.filter(pk=pk).first()
        if ticket is not None and not shared.knows(str(pk)):
            follow.arrive(ticket)
