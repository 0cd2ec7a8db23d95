"""Letting the time of a desk pass, together with its tickets."""

from __future__ import annotations

from django.db import transaction

from frontdesk.events import Events
from frontdesk.shared import SharedDesk

from . import signals
from ._desks import alias_of, desk


def advance(name: str, *, using: str | None = None) -> Events:
    """Lets the time of a desk pass up to now, in the transaction that is open, or in one of its own. The receivers of
    ``frontdesk.django.signals.advanced`` change what depends on it. ``manage.py frontdesk_advance`` calls this for each desk that is due.

    :param name: The name of the desk.
    :param using: The alias of the database; that to which the router writes desks if absent.
    :returns: What happened: shifts that began, waits and snoozes that ended, and what was assigned for it.
    :raises UnknownDesk: There is no desk of this name.
    :raises RetryTransaction: Another worker was first: run the whole transaction again, as ``retry`` does.

    >>> from frontdesk.django import advance, desk
    >>> events = advance("support")
    >>> desk("support").desk.next_wakeup is None
    True
    """
    alias = alias_of(using)
    with transaction.atomic(using=alias):
        shared = desk(name, using=alias)
        events = shared.advance()
        if events:
            signals.advanced.send(SharedDesk, desk=shared, events=events, using=alias)
    return events
