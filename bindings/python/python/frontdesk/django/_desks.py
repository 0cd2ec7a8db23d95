"""The desks of a process: each is loaded once, and used by one thread at a time.

Threads may share a desk, but each would then go back, again and again, behind turns that another one has appended and not committed. So
each thread has a desk of its own; when it ends, as those of a server do that begins one for each request, the next thread takes the desk
over. That it then is of another transaction does not matter: a ``SharedDesk`` compares itself with the log before it decides.
"""

from __future__ import annotations

import threading
import weakref
from collections import deque
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connections, router

from frontdesk.shared import SharedDesk
from frontdesk.typing import Document

from . import conf

#: The most desks of a name that are kept while no thread has them.
_MOST_IDLE = 16


class _Key(NamedTuple):
    """A desk of a database."""

    alias: str
    name: str


class _Connection:
    """Finds the connection of the thread that has a desk."""

    def __init__(self, alias: str) -> None:
        self._alias = alias
        self._holder: weakref.ref[_Thread] | None = None

    def give_to(self, thread: _Thread) -> None:
        self._holder = weakref.ref(thread)

    def __call__(self) -> Any:
        if self._holder is None or self._holder() is not _here.thread:
            raise RuntimeError("this desk is of another thread: call frontdesk.django.desk(name) where it is used")
        return connections[self._alias]


class _Kept(NamedTuple):
    """A desk, and what finds its connection."""

    desk: SharedDesk
    connection: _Connection


#: The desks that no thread has. Its methods are atomic, so that there is no lock that a fork could leave locked.
_idle: dict[_Key, deque[_Kept]] = {}


def _give_back(desks: dict[_Key, _Kept]) -> None:
    for key, kept in desks.items():
        _idle.setdefault(key, deque(maxlen=_MOST_IDLE)).append(kept)


class _Thread:
    """The desks that a thread has. They are given back when it ends."""

    def __init__(self) -> None:
        self.desks: dict[_Key, _Kept] = {}
        weakref.finalize(self, _give_back, self.desks).atexit = False

    def take(self, key: _Key) -> SharedDesk | None:
        """The desk of a key, this thread's or one that no thread has; ``None`` if there is none."""
        kept = self.desks.get(key)
        if kept is None:
            try:
                kept = _idle[key].pop()
            except LookupError:
                return None
            self.keep(key, kept)
        return kept.desk

    def keep(self, key: _Key, kept: _Kept) -> None:
        kept.connection.give_to(self)
        self.desks[key] = kept


class _Here(threading.local):
    """The present thread."""

    def __init__(self) -> None:
        self.thread = _Thread()


_here = _Here()


def desk(name: str, *, using: str | None = None) -> SharedDesk:
    """The desk of a name, for this thread: loaded the first time, and kept. It decides in the transaction that Django's connection is
    in; outside of one, each command is a transaction of its own. Call it where you need a desk, and keep none for another thread.

    :param name: The name of the desk in the database.
    :param using: The alias of the database; that to which the router writes desks if absent.
    :raises UnknownDesk: There is no desk of this name.
    :raises LogProblem: Its log is damaged, or there are no tables.

    >>> from django.db import transaction
    >>> with transaction.atomic():
    ...     events = desk("support").set_status("anna", status="away")
    >>> events.refused is None
    True
    """
    key = _Key(alias_of(using), name)
    return _here.thread.take(key) or _opened(key, None)


def create(name: str, document: Document, *, using: str | None = None) -> SharedDesk:
    """Creates a desk in the database.

    :param name: Its name: 1 to 256 characters.
    :param document: Its document, as ``Desk`` takes it.
    :param using: The alias of the database; that to which the router writes desks if absent.
    :raises LogProblem: There is one of this name (``desk_exists``), or there are no tables.
    :raises InvalidDocument: The document has problems.

    >>> from frontdesk.django import create
    >>> create("billing", {"version": 1, "time_zone": "UTC", "agents": [{"id": "emi"}]})
    <SharedDesk 'billing': turn 1>
    """
    return _opened(_Key(alias_of(using), name), document)


def alias_of(using: str | None) -> str:
    """The alias of the database that is meant: where the router writes desks if it is not said."""
    return using or router.db_for_write(apps.get_model("frontdesk", "Desk"))


def setting_changed(*, setting: str, **_: Any) -> None:
    """Forgets the desks when a test changes what they were made with."""
    if setting in ("FRONTDESK", "DATABASES"):
        forget()


def forget() -> None:
    """Forgets the desks of this thread, and those that no thread has: each is loaded when it is needed next."""
    _here.thread.desks.clear()
    _idle.clear()


def _opened(key: _Key, document: Document | None) -> SharedDesk:
    """A desk that is loaded, or created if a document is given, and is this thread's from then on."""
    connection = _Connection(key.alias)
    connection.give_to(_here.thread)
    desk = SharedDesk(connection, key.name, document=document, **conf.options())
    _here.thread.keep(key, _Kept(desk, connection))
    return desk
