"""A follower that is woken by a notice of PostgreSQL, as ``docs/running/sharing.md`` shows it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from shared_connections import new_name, url

from frontdesk.shared import SharedDesk, migrate

DOCUMENT: Any = {
    "version": 1,
    "time_zone": "UTC",
    "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat"}]}],
}

#: In seconds: a test that waits for so long has failed.
LONG = 600.0


def test_a_follower_is_woken() -> None:
    psycopg = pytest.importorskip("psycopg")
    address = url("FRONTDESK_POSTGRES_URL")
    with (
        psycopg.connect(address, autocommit=True) as connection,
        psycopg.connect(address, autocommit=True) as listening,
    ):
        migrate(connection)
        desk = SharedDesk(connection, new_name(), document=DOCUMENT)
        follower = SharedDesk(listening, desk.name)
        listening.execute("LISTEN frontdesk")

        def wait(seconds: float) -> bool:
            return any(notice.payload == desk.name for notice in listening.notifies(timeout=seconds))

        def follow() -> None:
            follower.follow()
            while follower.turn < 3:
                wait(LONG)
                follower.follow()

        thread = threading.Thread(target=follow)
        thread.start()
        for conversation in ("c1", "c2"):
            with connection.transaction():
                desk.open(conversation, inbox="main", channel="chat")
            connection.execute("SELECT pg_notify('frontdesk', %s)", ("another desk",))
            connection.execute("SELECT pg_notify('frontdesk', %s)", (desk.name,))
        thread.join(LONG)
        assert follower.turn == 3
