"""The setting of a test of a recipe: a desk in a schema of PostgreSQL that no other test has, so that each finds its own desks due."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta, timezone
from itertools import count
from typing import Any, TypeVar

import psycopg
import pytest

from frontdesk import Desk
from frontdesk.shared import SharedDesk, migrate

_NUMBERS = count()
_T = TypeVar("_T")


@contextmanager
def database() -> Iterator[str]:
    """The address of a database with the tables of shared desks, and nothing else."""
    address = os.environ.get("FRONTDESK_POSTGRES_URL")
    if not address:
        pytest.skip("FRONTDESK_POSTGRES_URL is not set: run it by bash .ci/databases")
    schema = f"recipe_{os.getpid()}_{next(_NUMBERS)}"
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
        own = f"{address}?options=-c%20search_path%3D{schema}"
        try:
            with closing(psycopg.connect(own, autocommit=True)) as inside:
                migrate(inside)
            yield own
        finally:
            connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())


def document(accept_within: str) -> Any:
    """Two agents who are always there, to whom a chat is offered for a time."""
    channel = {
        "id": "chat",
        "kind": "chat",
        "accept_within": accept_within,
        "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}],
    }
    return {
        "version": 1,
        "time_zone": "UTC",
        "agents": [{"id": "anna"}, {"id": "bo"}],
        "inboxes": [{"id": "main", "channels": [channel]}],
    }


class Told:
    """A desk as its database tells it."""

    def __init__(self, address: str) -> None:
        self.address = address

    def desk(self, name: str) -> Desk:
        with closing(psycopg.connect(self.address, autocommit=True)) as connection:
            return SharedDesk(connection, name).desk

    def offered_to(self, name: str, conversation: str) -> list[str]:
        """The agents to whom a conversation was offered, one after the other."""
        with closing(psycopg.connect(self.address, autocommit=True)) as connection:
            events = SharedDesk(connection, name).events_about(conversation)
            return [str(event.agent) for event in events if event.type == "offered"]

    def turn(self, name: str) -> int:
        """The last turn of a log that is whole."""
        with closing(psycopg.connect(self.address, autocommit=True)) as connection:
            return SharedDesk(connection, name).verify().last


def minutes_ago(minutes: float) -> Callable[[], datetime]:
    """A clock that stands still."""
    at = datetime.now(timezone.utc) - timedelta(minutes=minutes)
    return lambda: at


def until(wanted: Callable[[], _T | None], why: str) -> _T:
    """Waits until there is something: as long as a slow machine needs, because nothing is measured."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        found = wanted()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(why)


@contextmanager
def damaged(address: str, name: str) -> Iterator[None]:
    """The last turn of a desk is another one for a while."""
    statement = "UPDATE frontdesk_turns SET body = reverse(body) WHERE desk = %s AND turn = 2"
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        connection.execute(statement, (name,))
        yield
        connection.execute(statement, (name,))
