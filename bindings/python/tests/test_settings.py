"""Settings of databases that matter to shared desks: by the table of ``docs/running/sharing.md``, as far as no power has to fail."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sharing_page import DOCUMENT, postgres

from frontdesk.problems import RetryTransaction
from frontdesk.shared import SharedDesk, migrate


def test_a_worker_that_hangs_holds_others_up_for_the_timeout() -> None:
    psycopg = pytest.importorskip("psycopg")
    with (
        postgres() as address,
        closing(psycopg.connect(address)) as hanging,
        closing(psycopg.connect(address, autocommit=True)) as other,
    ):
        hanging.execute("SET idle_in_transaction_session_timeout = '200ms'")
        hanging.commit()
        desk = SharedDesk(other, "support", document=DOCUMENT)
        SharedDesk(hanging, "support").open("c1", inbox="main", channel="chat")
        # Waits for the other one, whose transaction the server ends.
        desk.open("c2", inbox="main", channel="chat")
        assert [it.conversation for it in desk.desk.conversations()] == ["c2"]
        assert desk.verify() == (1, 2, 0)
        with pytest.raises(psycopg.Error):
            hanging.execute("SELECT 1")


def test_sqlite_without_a_busy_timeout(tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(tmp_path / "desk.db", timeout=0)) as one,
        closing(sqlite3.connect(tmp_path / "desk.db", timeout=0)) as other,
    ):
        one.execute("PRAGMA journal_mode = WAL")
        migrate(one)
        desk = SharedDesk(one, "support", document=DOCUMENT)
        one.commit()
        desk.open("c1", inbox="main", channel="chat")
        late = SharedDesk(other, "support")
        with pytest.raises(RetryTransaction):
            late.open("c2", inbox="main", channel="chat")
        other.rollback()
        one.commit()
        late.open("c2", inbox="main", channel="chat")
        other.commit()
        assert late.verify() == (1, 3, 0)
