"""The tables of the Django app are those of ``frontdesk.shared``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import NotSupportedError, connections
from django.test import override_settings
from django_project import FRIDAY, clock

from frontdesk.django import _schema, create, desk
from frontdesk.django.models import Conversation, Desk, Lease, Pending, RemovedCommand, Snapshot, Subject, Turn
from frontdesk.shared import SharedDesk, migrate

#: The kinds of columns by Django's fields, and by what each engine says of a column.
KINDS = {
    "BigIntegerField": "integer",
    "BigAutoField": "integer",
    "IntegerField": "integer",
    "AutoField": "integer",
    "CharField": "text",
    "TextField": "text",
    "ForeignKey": "text",
}


def columns(alias: str, table: str) -> dict[str, tuple[str, bool]]:
    """The columns of a table: the kind of each, and whether it may be empty."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        described: list[Any] = connection.introspection.get_table_description(cursor, table)
    kind = connection.introspection.get_field_type
    # A number that SQLite counts is never empty, though the column does not say so.
    counted = "number"
    return {it.name: (KINDS[str(kind(it.type_code, it))], bool(it.null_ok) and it.name != counted) for it in described}


def test_the_models_are_as_the_tables(alias: str) -> None:
    models = {model._meta.db_table: model._meta for model in apps.get_app_config("frontdesk").get_models()}
    with connections[alias].cursor() as cursor:
        names = connections[alias].introspection.table_names(cursor)
    tables = {name for name in names if name.startswith("frontdesk_")}
    assert tables == set(_schema.TABLES) == {*models, "frontdesk_schema"}
    for table, meta in models.items():
        fields = {str(it.column): (KINDS[it.get_internal_type()], it.null) for it in meta.concrete_fields}
        assert columns(alias, table) == fields, table


def test_the_migrations_are_as_the_models_and_the_tables(alias: str) -> None:
    call_command("makemigrations", "frontdesk", check=True, dry_run=True, verbosity=0)
    assert _schema.version(connections[alias]) == _schema.VERSION


def test_a_migration_back_keeps_what_there_is(alias: str) -> None:
    create("support", {"version": 1, "time_zone": "UTC"})
    with pytest.raises(NotSupportedError, match="have the logs of desks"):
        call_command("migrate", "frontdesk", "zero", database=alias, verbosity=0, skip_checks=True)
    assert desk("support").verify().last == 1
    call_command("flush", database=alias, verbosity=0, interactive=False)
    call_command("migrate", "frontdesk", "zero", database=alias, verbosity=0, skip_checks=True)
    assert _schema.version(connections[alias]) is None
    call_command("migrate", "frontdesk", database=alias, verbosity=0, skip_checks=True)
    assert _schema.version(connections[alias]) == _schema.VERSION


def test_tables_that_were_there_before_the_app_are_taken_over(alias: str) -> None:
    call_command("migrate", "frontdesk", "zero", database=alias, verbosity=0, skip_checks=True)
    migrate(connections[alias])
    create("support", {"version": 1, "time_zone": "UTC"})
    call_command("migrate", "frontdesk", database=alias, verbosity=0, skip_checks=True)
    assert desk("support").turn == 1


def test_without_migrations_the_tables_are_the_same(alias: str) -> None:
    call_command("migrate", "frontdesk", "zero", database=alias, verbosity=0, skip_checks=True)
    try:
        with override_settings(MIGRATION_MODULES={"frontdesk": None}):
            call_command("migrate", run_syncdb=True, database=alias, verbosity=0, skip_checks=True)
        for name in ("one", "other"):
            create(name, {"version": 1, "time_zone": "UTC"})
        assert _schema.version(connections[alias]) == _schema.VERSION
        assert Turn.objects.filter(turn=1).count() == 2
    finally:
        call_command("migrate", "frontdesk", database=alias, fake=True, verbosity=0, skip_checks=True)


def test_rows_are_read(support: SharedDesk) -> None:
    support.open("c1", inbox="main", channel="chat", contact={"id": "x", "attributes": {"name": "Xaver"}}, id="b7")
    support.hand_in({"type": "close", "conversation": "c1", "id": "b8"})
    support.put_snapshot()
    of_desk = Desk.objects.get(pk="support")
    assert (of_desk.last_turn, of_desk.wakes_at, str(of_desk)) == (2, None, "support")
    turn = Turn.objects.get(desk="support", command_id="b7")
    assert (turn.turn, turn.at, turn.desk, turn.content["command"]["type"]) == (2, FRIDAY, of_desk, "open")
    assert turn.content["command"]["contact"] == {"id": "x", "attributes": {"personal": 1}}
    assert Turn.objects.get(desk="support", turn=1).at is None
    assert Turn.objects.filter(at__gte=FRIDAY).count() == 1
    assert [str(row) for row in Conversation.objects.all()] == ["c1 in support 2"]
    subjects = {row.subject: row.personal for row in Subject.objects.filter(of_snapshot=0, turn=2)}
    assert subjects == {"contact:x": '{"1":{"name":"Xaver"},"2":{"name":"Xaver"}}'}
    assert Snapshot.objects.get(part=0).turn == 2
    pending = Pending.objects.get()
    assert (pending.command_id, pending.handed_in_at, pending.decided_at) == ("b8", FRIDAY, None)
    assert pending.desk_id == "support"


def test_rows_of_other_tables_are_read(alias: str, support: SharedDesk) -> None:
    support.open("c1", inbox="main", channel="chat", id="b7")
    clock.pass_by(hours=1)
    support.hand_in({"type": "close", "conversation": "c1", "id": "b8"})
    assert support.serve() == 1
    support.put_snapshot()
    assert support.compact(clock.now) == 2
    removed = RemovedCommand.objects.get()
    assert (removed.command_id, removed.turn, str(removed)) == ("b7", 2, "b7 of support 2")
    assert Lease.objects.get().desk == "support"


def test_rows_are_not_written(support: SharedDesk) -> None:
    turn = Turn.objects.get()
    for write in (
        turn.save,
        turn.delete,
        Turn.objects.all().delete,
        lambda: Turn.objects.update(body=""),
        lambda: Turn.objects.create(turn=2),
        lambda: Turn.objects.bulk_create([turn]),
    ):
        with pytest.raises(NotSupportedError, match="written by the commands of a desk"):
            write()
    assert support.verify().last == 1


def test_a_row_is_known_by_its_whole_key(support: SharedDesk) -> None:
    create("other", {"version": 1, "time_zone": "UTC"})
    one, other = Turn.objects.get(desk="support"), Turn.objects.get(desk="other")
    assert one != other and len({one, other}) == 2
    assert one == Turn.objects.get(desk="support")
    deferred = Turn.objects.defer("body").get(desk="other")
    assert deferred.body == other.body
    one.refresh_from_db()
    assert one.content["document"]["agents"]


def test_emptying_the_tables_leaves_their_version(alias: str, support: SharedDesk) -> None:
    clock.pass_by(hours=1)
    call_command("flush", database=alias, verbosity=0, interactive=False)
    assert not Desk.objects.exists() and not Turn.objects.exists()
    assert create("support", {"version": 1, "time_zone": "UTC"}).turn == 1


def test_a_package_that_is_not_used_imports_no_django(tmp_path: Path) -> None:
    import subprocess
    import sys

    program = "import sys, frontdesk.shared; assert not any(it.partition('.')[0] == 'django' for it in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, cwd=tmp_path)
