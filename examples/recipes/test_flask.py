"""The recipe for Flask, with two apps on a desk in PostgreSQL, as two workers have it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import Any

import psycopg
import pytest
from flask_desk import TABLE, create_app, let_time_pass
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

    def flask(self) -> Any:
        """An app of its own, as a worker has it."""
        app = create_app(self.address)
        self.apps.callback(app.extensions["pool"].close)
        return app

    def app(self) -> Any:
        """A client of an app."""
        return self.flask().test_client()

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
    given = one.post("/tickets", json={"conversation": "t1", "channel": "chat", "title": "Where is it?"})
    assert (given.status_code, given.json) == (201, {"id": "t1", "state": "offered", "agent": "anna"})
    assert other.post("/tickets/t1/accept", json={"agent": "anna"}).json["agent"] == "anna"
    assert recipe.tickets() == [("t1", "assigned", "anna")]
    assert one.post("/tickets/t1/close").json["state"] == "closed"
    assert recipe.tickets()[0][:2] == ("t1", "closed")


def test_a_ticket_that_is_sent_twice_is_opened_once(recipe: Recipe) -> None:
    recipe.create()
    sent = {"conversation": "t1", "channel": "chat", "title": "Where is it?"}
    one, other = recipe.app(), recipe.app()
    assert one.post("/tickets", json=sent).json == other.post("/tickets", json=sent).json
    assert recipe.told.turn("support") == 2


def test_many_at_once_by_two_apps(recipe: Recipe) -> None:
    recipe.create()
    apps = [recipe.flask(), recipe.flask()]

    def post(number: int) -> int:
        sent = {"conversation": f"t{number}", "channel": "chat", "title": "…"}
        return int(apps[number % 2].test_client().post("/tickets", json=sent).status_code)

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
    assert (
        app.post("/tickets", json={"conversation": "t1", "channel": "chat", "title": "Where is it?"}).status_code == 500
    )
    assert recipe.tickets() == [] and recipe.told.desk("support").conversation("t1") is None
    assert recipe.told.turn("support") == 1
    recipe.run("ALTER TABLE tickets DROP CONSTRAINT none")
    assert (
        app.post("/tickets", json={"conversation": "t1", "channel": "chat", "title": "Where is it?"}).status_code == 201
    )


def test_a_refused_command_leaves_no_ticket(recipe: Recipe) -> None:
    recipe.create()
    app = recipe.app()
    refused = app.post(
        "/tickets", json={"conversation": "t1", "channel": "chat", "title": "Where is it?"} | {"channel": "phone"}
    )
    assert refused.status_code == 409 and refused.json["code"] == "unknown_channel"
    assert recipe.tickets() == []
    refused = app.post("/tickets/t9/close")
    assert refused.status_code == 409 and refused.json["message"] == 'there is no conversation "t9"'


def test_an_unreadable_command_says_where_and_what_may_be_meant(recipe: Recipe) -> None:
    recipe.create()
    app = recipe.app()
    wrong = app.post(
        "/tickets", json={"conversation": "t1", "channel": "chat", "title": "Where is it?", "prioritty": 1}
    )
    assert wrong.status_code == 422
    assert wrong.json["code"] == "unknown_key" and wrong.json["path"] == "$.prioritty"
    assert wrong.json["hint"] == "did you mean priority?"
    assert app.post("/tickets", json={"channel": "chat", "title": "Where is it?"}).status_code == 422
    assert app.post("/tickets", json={"conversation": "t1", "channel": "chat"}).status_code == 400
    assert recipe.tickets() == [] and recipe.told.turn("support") == 1


def pass_in(app: Any) -> None:
    """Lets time pass in a thread of an app."""
    with app.app_context():
        let_time_pass()


def test_an_offer_lapses_by_cron(recipe: Recipe) -> None:
    recipe.create("1s")
    one, other = recipe.flask(), recipe.flask()
    one.test_client().post("/tickets", json={"conversation": "t1", "channel": "chat", "title": "Where is it?"})

    def is_bos() -> bool:
        done = one.test_cli_runner().invoke(args=["desks"])
        assert (done.exit_code, done.exception) == (0, None)
        return "bo" in recipe.told.offered_to("support", "t1")

    def is_queued() -> bool:
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(pass_in, [one, other]))
        return recipe.tickets() == [("t1", "queued", None)]

    until(is_bos, "the offer of Anna lapsed, by the command")
    until(is_queued, "that of Bo lapsed, in one of two at once, and the ticket says so")
    assert recipe.told.offered_to("support", "t1") == ["anna", "bo"]


def test_why_and_whether_it_is_open(recipe: Recipe) -> None:
    recipe.create()
    app = recipe.app()
    app.post("/tickets", json={"conversation": "t1", "channel": "chat", "title": "Where is it?"})
    arrived, offered = app.get("/tickets/t1/why").json
    assert "It arrived in main by chat." in arrived
    assert "offered to anna" in offered and "by step 1 of the rule all" in offered
    assert app.get("/channels/chat").json["state"] == "online"
    unknown = app.get("/channels/chta")
    assert unknown.status_code == 404 and unknown.json["code"] == "unknown_channel"


def test_a_damaged_log_is_not_the_fault_of_the_request(recipe: Recipe) -> None:
    recipe.create()
    one, other = recipe.app(), recipe.app()
    one.post("/tickets", json={"conversation": "t1", "channel": "chat", "title": "Where is it?"})
    with damaged(recipe.address, "support"):
        failed = other.post("/tickets", json={"conversation": "t2", "channel": "chat", "title": "And now?"})
        assert (failed.status_code, failed.json) == (503, {"message": "the desk cannot be used: try again later"})
    assert [ticket for ticket, _, _ in recipe.tickets()] == ["t1"]
    assert (
        other.post("/tickets", json={"conversation": "t2", "channel": "chat", "title": "And now?"}).status_code == 201
    )
