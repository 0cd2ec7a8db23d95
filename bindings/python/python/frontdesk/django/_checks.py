"""The system checks of the app: what would make desks fail, or slow, before it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

import django
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.db import DatabaseError, connections, router

from frontdesk._connections import DIALECTS

from . import _schema, conf
from ._desks import alias_of

#: The isolation levels under which a worker that comes second sees who was first, and decides again by itself.
_SEES = ("read committed", "read uncommitted")


def check_settings(**_: Any) -> list[CheckMessage]:
    """Checks the settings, without asking a database."""
    return [*_of_setting(), *_of_zones(), *_of_database()]


def check_tables(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Checks the tables of the databases that are asked for."""
    return [message for alias in databases or () for message in _of_tables(alias)]


def _of_setting() -> Iterator[CheckMessage]:
    given = conf.given()
    if not isinstance(given, dict):
        yield Error(
            "the setting FRONTDESK is not a dict", hint=f"its keys are {', '.join(conf.KEYS)}", id="frontdesk.E001"
        )
        return
    for key in given:
        if key not in conf.KEYS:
            near = get_close_matches(str(key), conf.KEYS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"its keys are {', '.join(conf.KEYS)}"
            yield Error(f"the setting FRONTDESK has the unknown key {key!r}", hint=hint, id="frontdesk.E001")
    try:
        now = conf.now()
    except Exception as error:
        hint = "give a function that returns the present instant, or its dotted path, or leave it out"
        yield Error(f"the clock of FRONTDESK fails: {error}", hint=hint, id="frontdesk.E001")
    else:
        if getattr(now, "tzinfo", True) is None:
            hint = "let it return an instant with its zone; with USE_TZ, django.utils.timezone.now does"
            yield Error("the clock of FRONTDESK has no zone", hint=hint, id="frontdesk.E001")


def _of_zones() -> Iterator[CheckMessage]:
    if not settings.USE_TZ:
        hint = "set USE_TZ = True: the instants of a desk have zones, and cannot be compared with those of tickets that have none"
        yield Error("USE_TZ is not set", hint=hint, id="frontdesk.E002")


def _of_database() -> Iterator[CheckMessage]:
    connection: Any = connections[alias_of(None)]
    if connection.vendor not in DIALECTS:
        hint = "write desks to a database of SQLite, PostgreSQL, MariaDB or MySQL, by a database router"
        yield Error(
            f"desks cannot be in the database {connection.alias!r}, of {connection.vendor}",
            hint=hint,
            id="frontdesk.E003",
        )
    elif connection.vendor == "sqlite":
        yield from _of_sqlite(connection)
    else:
        yield from _of_isolation(connection)


def _of_sqlite(connection: Any) -> Iterator[CheckMessage]:
    mode = str(connection.settings_dict["OPTIONS"].get("transaction_mode") or "DEFERRED").upper()
    if django.VERSION >= (5, 1) and mode == "DEFERRED":
        hint = 'set "OPTIONS": {"transaction_mode": "IMMEDIATE"}'
        message = f"transactions of the database {connection.alias!r} do not begin as writers, and fail where another one wrote meanwhile"
        yield Warning(message, hint=hint, id="frontdesk.W001")


def _of_isolation(connection: Any) -> Iterator[CheckMessage]:
    # Django's own for MariaDB and MySQL is READ COMMITTED, and for PostgreSQL that of the server, which is so, too.
    level = connection.settings_dict["OPTIONS"].get("isolation_level", "read committed")
    name = "repeatable read" if level is None else str(getattr(level, "name", level)).replace("_", " ").lower()
    if not (name in _SEES or (connection.vendor == "postgresql" and _is_default_of_psycopg(level))):
        hint = 'set "isolation_level": "read committed" in OPTIONS, or run each transaction by frontdesk.django.retry'
        message = f"transactions of the database {connection.alias!r} are {name.upper()}, and fail where another one was first"
        yield Warning(message, hint=hint, id="frontdesk.W002")


def _is_default_of_psycopg(level: Any) -> bool:
    """``True`` for no level, and for the numbers that psycopg 2 has for READ COMMITTED and READ UNCOMMITTED. Those of psycopg 3
    have names.
    """
    return level is None or (not hasattr(level, "name") and level in (1, 4))


def _of_tables(alias: str) -> Iterator[CheckMessage]:
    connection: Any = connections[alias]
    is_home = alias == alias_of(None)
    if connection.vendor not in DIALECTS or not router.allow_migrate(alias, "frontdesk"):
        return
    try:
        version = _schema.version(connection)
    except DatabaseError as error:
        yield Warning(f"the tables of the database {alias!r} cannot be read: {error}", id="frontdesk.W003")
        return
    # Warnings, as `migrate` is stopped by errors.
    if version is None and is_home:
        yield Warning(
            f"the database {alias!r} has no tables for desks", hint="run manage.py migrate", id="frontdesk.W003"
        )
    elif version is not None and version < _schema.VERSION:
        message = f"the tables of the database {alias!r} are of version {version}, and this program needs version {_schema.VERSION}"
        yield Warning(message, hint="run manage.py migrate", id="frontdesk.W003")
    elif version is not None and version > _schema.VERSION:
        message = f"the tables of the database {alias!r} are of version {version}, and this program knows those up to {_schema.VERSION}"
        yield Error(message, hint="update frontdesk in this program", id="frontdesk.E004")
