"""Routes around a shared desk, by Flask: a ticket and who gets it are written together, or not at all.

export FLASK_APP=flask_desk HELPDESK_DATABASE=postgresql://…
gunicorn --workers 4 --threads 4 'flask_desk:create_app()'
* * * * * flask desks
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from flask import Flask, abort, current_app, g, request
from psycopg import Connection
from psycopg_pool import ConnectionPool

from frontdesk import Events
from frontdesk.problems import InvalidInput, NotFound, Problem, Refusal
from frontdesk.shared import SharedDesk, due

#: A table of yours. State and agent are those of the conversation.
TABLE = "CREATE TABLE tickets (id text PRIMARY KEY, title text NOT NULL, state text, agent text)"


# ANCHOR: connection
def connection() -> Connection[Any]:
    """The connection of this request, or of this command in a terminal, on which the desk works as well."""
    if "connection" not in g:
        g.connection = current_app.extensions["pool"].getconn()
    borrowed: Connection[Any] = g.connection
    return borrowed


def give_back(_: BaseException | None) -> None:
    if "connection" in g:
        current_app.extensions["pool"].putconn(g.pop("connection"))


def desk() -> SharedDesk:
    """The desk of this process. Threads share it, each on the connection of its request."""
    shared: SharedDesk = current_app.extensions["desk"]
    return shared


# ANCHOR_END: connection


# ANCHOR: both
def carry_out(work: Callable[[], Events]) -> None:
    """Runs work in a transaction, and again where another worker was first. A refused command undoes all of it."""

    def once() -> None:
        with connection().transaction():
            write(work().raise_if_refused())

    desk().run(once)


def write(events: Events) -> None:
    """Writes to the tickets who has them. A command may give out other conversations than its own."""
    newest = desk().desk
    for ticket in {event.conversation for event in events if event.conversation}:
        if (told := newest.conversation(ticket)) is not None:
            values = (str(told.state), told.agent, ticket)
            connection().execute("UPDATE tickets SET state = %s, agent = %s WHERE id = %s", values)


# ANCHOR_END: both


# ANCHOR: time
def let_time_pass() -> None:
    """Lets time pass, for cron. Several at once do no harm: one advances the desk, and the others find nothing to do."""
    if desk().name in due(connection(), datetime.now(timezone.utc)):
        carry_out(desk().advance)


# ANCHOR_END: time


# ANCHOR: problems
def answer(problem: Problem) -> tuple[dict[str, Any], int]:
    """Answers with a problem of frontdesk: what is wrong, where in the request, and what may be meant."""
    kinds = {Refusal: 409, NotFound: 404, InvalidInput: 422}
    status = next((status for kind, status in kinds.items() if isinstance(problem, kind)), 503)
    if status == 503:
        current_app.logger.error("the desk cannot be used", exc_info=problem)
        return {"message": "the desk cannot be used: try again later"}, 503
    return {"code": problem.code, "message": problem.message, "path": problem.path, "hint": problem.hint}, status


# ANCHOR_END: problems


# ANCHOR: routes
def arrived() -> tuple[dict[str, Any], int]:
    """Opens a ticket of a title and the keys of the command ``open``."""
    body = request.get_json()
    if not (isinstance(body, dict) and isinstance(title := body.pop("title", None), str)):
        abort(400, "the title is not a text")
    ticket = body.get("conversation")

    def both() -> Events:
        # Once, however often it is sent: the command by its id, the ticket by its key. The command is first, because it is read there.
        events = desk().handle({**body, "type": "open", "inbox": "main", "id": f"open {ticket}"}).raise_if_refused()
        insert = "INSERT INTO tickets (id, title) VALUES (%s, %s) ON CONFLICT DO NOTHING"
        connection().execute(insert, (ticket, title))
        return events

    carry_out(both)
    return state_of(str(ticket)), 201


def accepted(ticket: str) -> dict[str, Any]:
    carry_out(lambda: desk().handle({**request.get_json(), "type": "accept", "conversation": ticket}))
    return state_of(ticket)


def closed(ticket: str) -> dict[str, Any]:
    carry_out(lambda: desk().close(ticket))
    return state_of(ticket)


def why(ticket: str) -> list[str]:
    """Why her? The story of a conversation, with the reasons of each decision."""
    return [str(line) for line in desk().desk.story(ticket, desk().events_about(ticket))]


def is_open(channel: str) -> dict[str, Any]:
    """Is the channel open, and if not, when?"""
    return desk().desk.visitor("main", channel, datetime.now(timezone.utc)).to_dict()


def state_of(ticket: str) -> dict[str, Any]:
    row = connection().execute("SELECT state, agent FROM tickets WHERE id = %s", (ticket,)).fetchone()
    state, agent = row or (None, None)
    return {"id": ticket, "state": state, "agent": agent}


# ANCHOR_END: routes


# ANCHOR: app
def create_app(address: str | None = None) -> Flask:
    app = Flask("helpdesk")
    pool = ConnectionPool[Connection[Any]](
        address or os.environ["HELPDESK_DATABASE"], kwargs={"autocommit": True}, max_size=10, open=True
    )
    atexit.register(pool.close)
    app.extensions["pool"] = pool
    app.teardown_appcontext(give_back)
    with app.app_context():
        app.extensions["desk"] = SharedDesk(connection, "support", explain=True)
    app.register_error_handler(Problem, answer)
    app.post("/tickets")(arrived)
    app.post("/tickets/<ticket>/accept")(accepted)
    app.post("/tickets/<ticket>/close")(closed)
    app.get("/tickets/<ticket>/why")(why)
    app.get("/channels/<channel>")(is_open)
    app.cli.command("desks")(let_time_pass)
    return app


# ANCHOR_END: app
