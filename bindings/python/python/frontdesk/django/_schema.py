"""The tables, which are those of ``frontdesk.shared``: its ``migrate`` makes them, and each version after them. Here is how Django's
migrations call it; each version of the tables has one, whose operations on the models' state say what became of them.
"""

from __future__ import annotations

from typing import Any

from django.db import NotSupportedError, connections, router
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython

from frontdesk import shared

#: The version of the tables that the models are of.
VERSION = 1

#: The tables, with the one that has their version, which has no model: nobody but `frontdesk.shared` has to do with it, and a test
#: that empties the models' tables leaves it.
TABLES = (
    "frontdesk_turns",
    "frontdesk_conversations",
    "frontdesk_snapshots",
    "frontdesk_subjects",
    "frontdesk_pending",
    "frontdesk_commands",
    "frontdesk_leases",
    "frontdesk_desks",
    "frontdesk_schema",
)


def forwards(_apps: Any, editor: Any) -> None:
    """Makes the tables, or brings them up to this version."""
    shared.migrate(editor.connection)


def backwards(_apps: Any, editor: Any) -> None:
    """Drops the tables, if there is no desk in them.

    :raises NotSupportedError: There is a desk.
    """
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM frontdesk_desks")
        (desks,) = cursor.fetchone()
    if desks:
        raise NotSupportedError(
            f"the tables have the logs of desks ({desks}): delete these first, if nobody needs them"
        )
    for table in TABLES:
        editor.execute(f"DROP TABLE {editor.quote_name(table)}")


def tables() -> RunPython:
    """The operation of a migration that makes the tables of its version."""
    return RunPython(forwards, backwards)


def without_migrations(*, using: str, **_: Any) -> None:
    """Makes the tables before Django would make its own of the models, where tests run without migrations."""
    module, _explicit = MigrationLoader.migrations_module("frontdesk")
    if module is None and router.allow_migrate(using, "frontdesk"):
        shared.migrate(connections[using])


def version(connection: Any) -> int | None:
    """The version of the tables in a database; ``None`` if there are none."""
    with connection.cursor() as cursor:
        if "frontdesk_schema" not in connection.introspection.table_names(cursor):
            return None
        cursor.execute("SELECT version FROM frontdesk_schema")
        row = cursor.fetchone()
    return int(row[0]) if row else 0
