"""Routes around a shared desk, by FastAPI: a ticket and who gets it are written together, or not at all.

HELPDESK_DATABASE=postgresql://… uvicorn --workers 4 --factory fastapi_desk:create_app
"""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime, timezone
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from psycopg import Connection
from psycopg_pool import ConnectionPool
from pydantic import BaseModel

from frontdesk import Events
from frontdesk.problems import InvalidInput, NotFound, Problem, Refusal
from frontdesk.shared import SharedDesk, due

#: The time between two looks whether the desk is due, in seconds.
EVERY = 1.0

#: A table of yours. State and agent are those of the conversation.
TABLE = "CREATE TABLE tickets (id text PRIMARY KEY, title text NOT NULL, state text, agent text)"


# ANCHOR: helpdesk
class Helpdesk:
    """The desk of this process, and the pool of its connections. Threads share both."""

    def __init__(self, address: str) -> None:
        self.pool = ConnectionPool[Connection[Any]](address, kwargs={"autocommit": True}, open=False)
        #: The connection that this thread has borrowed, on which the desk works as well.
        self.borrowed: ContextVar[Connection[Any]] = ContextVar("borrowed")

    def start(self) -> None:
        self.pool.open(wait=True)
        with self.connected():
            self.desk = SharedDesk(self.borrowed.get, "support", explain=True)

    @contextmanager
    def connected(self) -> Iterator[Connection[Any]]:
        with self.pool.connection() as connection:
            token = self.borrowed.set(connection)
            try:
                yield connection
            finally:
                self.borrowed.reset(token)

    def carry_out(self, work: Callable[[Connection[Any]], Events]) -> None:
        """Runs work in a transaction, and again where another worker was first. A refused command undoes all of it."""

        def once() -> None:
            with self.connected() as connection, connection.transaction():
                self.write(connection, work(connection).raise_if_refused())

        self.desk.run(once)

    def write(self, connection: Connection[Any], events: Events) -> None:
        """Writes to the tickets who has them. A command may give out other conversations than its own."""
        desk = self.desk.desk
        for ticket in {event.conversation for event in events if event.conversation}:
            if (told := desk.conversation(ticket)) is not None:
                values = (str(told.state), told.agent, ticket)
                connection.execute("UPDATE tickets SET state = %s, agent = %s WHERE id = %s", values)

    def let_time_pass(self) -> None:
        """Advances the desk if it is due. Of several workers one does it, and the others find nothing to do."""
        with self.connected() as connection:
            is_due = self.desk.name in due(connection, datetime.now(timezone.utc))
        if is_due:
            self.carry_out(lambda _: self.desk.advance())


# ANCHOR_END: helpdesk


# ANCHOR: time
async def keep_time(helpdesk: Helpdesk, ended: asyncio.Event) -> None:
    """Looks now and then, until the program ends. What fails is done by a later look."""
    while not ended.is_set():
        try:
            await asyncio.to_thread(helpdesk.let_time_pass)
        except Exception:
            logging.exception("the desk is not advanced; it is tried again")
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(ended.wait(), EVERY)


# ANCHOR_END: time


# ANCHOR: problems
async def answer(_: Request, problem: Exception) -> JSONResponse:
    """Answers with a problem of frontdesk: what is wrong, where in the request, and what may be meant."""
    assert isinstance(problem, Problem)
    kinds = {Refusal: 409, NotFound: 404, InvalidInput: 422}
    status = next((status for kind, status in kinds.items() if isinstance(problem, kind)), 503)
    if status == 503:
        logging.error("the desk cannot be used", exc_info=problem)
        return JSONResponse({"message": "the desk cannot be used: try again later"}, 503)
    said = {"code": problem.code, "message": problem.message, "path": problem.path, "hint": problem.hint}
    return JSONResponse(said, status)


# ANCHOR_END: problems


# ANCHOR: routes
class Ticket(BaseModel):
    id: str
    title: str
    channel: str = "chat"
    priority: int = 0


class Acceptance(BaseModel):
    agent: str


def create_app(address: str | None = None) -> FastAPI:
    helpdesk = Helpdesk(address or os.environ["HELPDESK_DATABASE"])

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(helpdesk.start)
        ended = asyncio.Event()
        clock = asyncio.create_task(keep_time(helpdesk, ended))
        try:
            yield
        finally:
            ended.set()
            await clock
            await asyncio.to_thread(helpdesk.pool.close)

    app = FastAPI(lifespan=lifespan, exception_handlers={Problem: answer})

    # Functions without `async`: FastAPI runs them in threads, where they may wait for the database.
    @app.post("/tickets", status_code=201)
    def arrived(ticket: Ticket) -> dict[str, Any]:
        def both(connection: Connection[Any]) -> Events:
            # Once, however often it is sent: the command by its id, the ticket by its key.
            insert = "INSERT INTO tickets (id, title) VALUES (%s, %s) ON CONFLICT DO NOTHING"
            connection.execute(insert, (ticket.id, ticket.title))
            return helpdesk.desk.open(
                ticket.id, inbox="main", channel=ticket.channel, priority=ticket.priority, id=f"open {ticket.id}"
            )

        helpdesk.carry_out(both)
        return state_of(ticket.id)

    @app.post("/tickets/{ticket}/accept")
    def accepted(ticket: str, by: Acceptance) -> dict[str, Any]:
        helpdesk.carry_out(lambda _: helpdesk.desk.accept(ticket, by.agent))
        return state_of(ticket)

    @app.post("/tickets/{ticket}/close")
    def closed(ticket: str) -> dict[str, Any]:
        helpdesk.carry_out(lambda _: helpdesk.desk.close(ticket))
        return state_of(ticket)

    @app.get("/tickets/{ticket}/why")
    def why(ticket: str) -> list[str]:
        """Why her? The story of a conversation, with the reasons of each decision."""
        with helpdesk.connected():
            return [str(line) for line in helpdesk.desk.desk.story(ticket, helpdesk.desk.events_about(ticket))]

    @app.get("/channels/{channel}")
    def is_open(channel: str) -> dict[str, Any]:
        """Is the channel open, and if not, when?"""
        with helpdesk.connected():
            return helpdesk.desk.desk.visitor("main", channel, datetime.now(timezone.utc)).to_dict()

    def state_of(ticket: str) -> dict[str, Any]:
        with helpdesk.connected() as connection:
            rows = connection.execute("SELECT state, agent FROM tickets WHERE id = %s", (ticket,))
            state, agent = rows.fetchone() or (None, None)
            return {"id": ticket, "state": state, "agent": agent}

    return app


# ANCHOR_END: routes
