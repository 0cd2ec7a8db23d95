"""The recipe for FastAPI, with two apps on a desk in PostgreSQL, as two workers have it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient
from fastapi_desk import TABLE, create_app
from setting import Told, damaged, database, document, minutes_ago, until

from frontdesk.shared import SharedDesk


class Recipe:
    """Two apps on one database, and what is written in it."""

    def __init__(self, address: str, apps: ExitStack) -> None:
        self.told = Told(address)
        self.address = address
        self.apps = apps

    def create(self, accept_within: str = "40m") -> None:
        """Creates the desk, and the table of the tickets."""
        self.run(TABLE)
        with closing(psycopg.connect(self.address, autocommit=True)) as connection:
            SharedDesk(connection, "support", document=document(accept_within), clock=minutes_ago(60))

    def app(self) -> Any:
        """A client of an app that runs."""
        return self.apps.enter_context(TestClient(create_app(self.address), raise_server_exceptions=False))

    def run(self, statement: str) -> list[Any]:
        with closing(psycopg.connect(self.address, autocommit=True)) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def tickets(self) -> list[Any]:
        return self.run("SELECT id, state, agent FROM tickets ORDER BY id")


@pytest.fixture
def recipe() -> Iterator[Recipe]:
    with database() as address, ExitStack() as apps:
        yield Recipe(address, apps)


def test_two_apps_share_a_desk(recipe: Recipe) -> None:
    recipe.create()
    one, other = recipe.app(), recipe.app()
    given = one.post("/tickets", json={"id": "t1", "title": "Where is it?"})
    assert (given.status_code, given.json()) == (201, {"id": "t1", "state": "offered", "agent": "anna"})
    assert other.post("/tickets/t1/accept", json={"agent": "anna"}).json()["agent"] == "anna"
    assert recipe.tickets() == [("t1", "assigned", "anna")]
    assert one.post("/tickets/t1/close").json()["state"] == "closed"
    assert recipe.tickets()[0][:2] == ("t1", "closed")


def test_a_ticket_that_is_sent_twice_is_opened_once(recipe: Recipe) -> None:
    recipe.create()
    sent = {"id": "t1", "title": "Where is it?"}
    one, other = recipe.app(), recipe.app()
    assert one.post("/tickets", json=sent).json() == other.post("/tickets", json=sent).json()
    assert recipe.told.turn("support") == 2


def test_many_at_once_by_two_apps(recipe: Recipe) -> None:
    recipe.create()
    apps = [recipe.app(), recipe.app()]

    def post(number: int) -> int:
        return int(apps[number % 2].post("/tickets", json={"id": f"t{number}", "title": "…"}).status_code)

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(post, range(24))) == {201}
    assert len(recipe.tickets()) == 24
    for ticket, state, _ in recipe.tickets():
        told = recipe.told.desk("support").conversation(ticket)
        assert told is not None and told.state == state
        assert len(recipe.told.offered_to("support", ticket)) == 1


def test_a_write_that_fails_leaves_the_desk_as_it_was(recipe: Recipe) -> None:
    """The ticket cannot be written after the command, which is in the same transaction."""
    recipe.create()
    app = recipe.app()
    recipe.run("ALTER TABLE tickets ADD CONSTRAINT none CHECK (state IS NULL)")
    assert app.post("/tickets", json={"id": "t1", "title": "Where is it?"}).status_code == 500
    assert recipe.tickets() == [] and recipe.told.desk("support").conversation("t1") is None
    assert recipe.told.turn("support") == 1
    recipe.run("ALTER TABLE tickets DROP CONSTRAINT none")
    assert app.post("/tickets", json={"id": "t1", "title": "Where is it?"}).status_code == 201


def test_a_refused_command_leaves_no_ticket(recipe: Recipe) -> None:
    recipe.create()
    app = recipe.app()
    refused = app.post("/tickets", json={"id": "t1", "title": "Where is it?", "channel": "phone"})
    assert refused.status_code == 409 and refused.json()["code"] == "unknown_channel"
    assert recipe.tickets() == []
    refused = app.post("/tickets/t9/close")
    assert refused.status_code == 409 and refused.json()["message"] == 'there is no conversation "t9"'


def test_an_unreadable_command_says_where(recipe: Recipe) -> None:
    recipe.create()
    app = recipe.app()
    wrong = app.post("/tickets", json={"id": "t1", "title": "Where is it?", "priority": 2**60})
    assert wrong.status_code == 422
    assert (wrong.json()["code"], wrong.json()["path"]) == ("out_of_range", "$.priority")
    assert recipe.tickets() == []


def test_an_offer_lapses_while_two_apps_keep_time(recipe: Recipe) -> None:
    recipe.create("1s")
    recipe.app().post("/tickets", json={"id": "t1", "title": "Where is it?"})
    recipe.app()
    until(lambda: recipe.tickets() == [("t1", "queued", None)], "both offers lapsed, and the ticket says so")
    assert recipe.told.offered_to("support", "t1") == ["anna", "bo"]


def test_why_and_whether_it_is_open(recipe: Recipe) -> None:
    recipe.create()
    app = recipe.app()
    app.post("/tickets", json={"id": "t1", "title": "Where is it?"})
    arrived, offered = app.get("/tickets/t1/why").json()
    assert "It arrived in main by chat." in arrived
    assert "offered to anna" in offered and "by step 1 of the rule all" in offered
    assert app.get("/channels/chat").json()["state"] == "online"
    unknown = app.get("/channels/chta")
    assert unknown.status_code == 404 and unknown.json()["code"] == "unknown_channel"


def test_a_damaged_log_is_not_the_fault_of_the_request(recipe: Recipe) -> None:
    recipe.create()
    one, other = recipe.app(), recipe.app()
    one.post("/tickets", json={"id": "t1", "title": "Where is it?"})
    with damaged(recipe.address, "support"):
        failed = other.post("/tickets", json={"id": "t2", "title": "And now?"})
        assert (failed.status_code, failed.json()) == (503, {"message": "the desk cannot be used: try again later"})
    assert [ticket for ticket, _, _ in recipe.tickets()] == ["t1"]
    assert other.post("/tickets", json={"id": "t2", "title": "And now?"}).status_code == 201
