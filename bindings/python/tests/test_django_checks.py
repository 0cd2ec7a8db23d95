"""The system checks of the Django app."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import django
import pytest
from django.core import checks
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django_project import FRONTDESK


def found(alias: str) -> list[tuple[str | None, bool]]:
    """The messages of the app: the id of each, and whether it stops Django."""
    messages = checks.run_checks(databases=[alias])
    ours = [message for message in messages if str(message.id).startswith("frontdesk.")]
    assert all(message.msg and (message.hint or message.id == "frontdesk.W003") for message in ours)
    return [(message.id, message.is_serious()) for message in ours]


@contextmanager
def changed(alias: str, **values: Any) -> Iterator[None]:
    """Other settings of a database within the block."""
    settings = connections[alias].settings_dict
    before = {key: settings[key] for key in values}
    settings.update(values)
    try:
        yield
    finally:
        settings.update(before)


def test_a_project_as_it_should_be(alias: str) -> None:
    if alias == "default" and django.VERSION < (5, 1):
        pytest.skip("there is no transaction_mode")
    assert found(alias) == []


@pytest.mark.parametrize("alias", ["default"], indirect=True)
@pytest.mark.usefixtures("alias")
class TestSettings:
    @pytest.mark.parametrize(
        "setting",
        [
            ["CLOCK"],
            {"CLOK": None},
            {"CLOCK": "no.such.clock"},
            {"CLOCK": lambda: 1 / 0},
            {"CLOCK": lambda: datetime(2026, 11, 20)},
        ],
    )
    def test_frontdesk(self, alias: str, setting: Any) -> None:
        with override_settings(FRONTDESK=setting):
            assert found(alias) == [("frontdesk.E001", True)]

    def test_a_hint_has_the_nearest_key(self, alias: str) -> None:
        with override_settings(FRONTDESK={"EXPLAINED": True}):
            (message,) = [it for it in checks.run_checks(databases=[alias]) if it.id == "frontdesk.E001"]
        assert message.hint == "did you mean EXPLAIN?"

    def test_nothing_has_to_be_set(self, alias: str) -> None:
        with override_settings():
            from django.conf import settings

            del settings.FRONTDESK
            assert found(alias) == []

    def test_zones(self, alias: str) -> None:
        with override_settings(USE_TZ=False, FRONTDESK=FRONTDESK):
            assert found(alias) == [("frontdesk.E002", True)]

    def test_an_engine_that_is_not_known(self, alias: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connections[alias], "vendor", "oracle")
        assert found(alias) == [("frontdesk.E003", True)]

    @pytest.mark.skipif(django.VERSION < (5, 1), reason="there is no transaction_mode")
    @pytest.mark.parametrize("mode", [None, "DEFERRED", "deferred"])
    def test_transactions_that_do_not_begin_as_writers(self, alias: str, mode: str | None) -> None:
        with changed(alias, OPTIONS={"transaction_mode": mode}):
            assert found(alias) == [("frontdesk.W001", False)]
        with changed(alias, OPTIONS={"transaction_mode": "EXCLUSIVE"}):
            assert found(alias) == []


@pytest.mark.parametrize("alias", ["app_mysql"], indirect=True)
def test_isolation_of_mysql(alias: str) -> None:
    for level in (None, "repeatable read", "serializable", "REPEATABLE READ"):
        with changed(alias, OPTIONS={"isolation_level": level}):
            assert found(alias) == [("frontdesk.W002", False)]
    with changed(alias, OPTIONS={"isolation_level": "READ COMMITTED"}):
        assert found(alias) == []


@pytest.mark.parametrize("alias", ["app_postgres"], indirect=True)
def test_isolation_of_postgresql(alias: str) -> None:
    from psycopg import IsolationLevel

    for level in (IsolationLevel.REPEATABLE_READ, IsolationLevel.SERIALIZABLE):
        with changed(alias, OPTIONS={"isolation_level": level}):
            assert found(alias) == [("frontdesk.W002", False)]
    for level in (IsolationLevel.READ_COMMITTED, IsolationLevel.READ_UNCOMMITTED):
        with changed(alias, OPTIONS={"isolation_level": level}):
            assert found(alias) == []


def versions(alias: str, version: int) -> list[tuple[str | None, bool]]:
    """The messages where the tables are of another version."""
    with connections[alias].cursor() as cursor:
        cursor.execute("UPDATE frontdesk_schema SET version = %s", [version])
        try:
            return [message for message in found(alias) if message[0] != "frontdesk.W001"]
        finally:
            cursor.execute("UPDATE frontdesk_schema SET version = 1")


def test_the_version_of_the_tables(alias: str) -> None:
    assert versions(alias, 2) == [("frontdesk.E004", True)]
    assert versions(alias, 0) == [("frontdesk.W003", False)]
    # Only where they are asked for are databases looked at.
    assert not [it for it in checks.run_checks() if it.id in ("frontdesk.E004", "frontdesk.W003")]


def test_tables_that_are_missing(alias: str) -> None:
    call_command("migrate", "frontdesk", "zero", database=alias, verbosity=0, skip_checks=True)
    try:
        assert ("frontdesk.W003", False) in found(alias)
    finally:
        # Its own checks do not keep it from making them.
        call_command("migrate", "frontdesk", database=alias, verbosity=0)
