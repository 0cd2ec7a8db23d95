"""Signals of the app."""

from __future__ import annotations

from django.dispatch import Signal

__all__ = ["advanced", "passed"]

#: Sent when the time of a desk has passed, in the same transaction: change the tickets with it. An exception of a receiver undoes
#: both. Its arguments are ``desk``, the ``SharedDesk``; ``events``, what happened; and ``using``, the alias of the database. ``sender``
#: is ``SharedDesk``.
advanced: Signal = Signal()

#: Sent by ``manage.py frontdesk_advance`` after each pass over the desks, outside of a transaction, for what a project has to do now
#: and then as well. Its arguments are ``using``, the alias of the database, and ``say``, a function that writes a line.
passed: Signal = Signal()
