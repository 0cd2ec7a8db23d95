"""A webhook that says who gets a ticket: `uvicorn app:app`. What your helpdesk posts here, frontdesk assigns."""

import asyncio
import hashlib
import hmac
import logging
import os
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from pathlib import Path
from threading import Lock
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from frontdesk import AgentRow, Desk, Events, InvalidInput

DOCUMENT = Path(__file__).with_name("desk.json")
#: How old a request may be, in seconds: whoever overhears one cannot send it again later.
OLDEST = 300


class Ticket(BaseModel):
    id: str
    topic: str = "other"


def now() -> datetime:
    return datetime.now(timezone.utc)


class Kept:
    """The desk, and the log of its events, of which it is made again at each start."""

    def __init__(self, path: str) -> None:
        self.turn = Lock()
        self.log = sqlite3.connect(path, check_same_thread=False)
        self.log.execute("CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, json TEXT NOT NULL)")
        self.desk = self.rebuilt()

    def events(self, after: int = 0, at_most: int = -1) -> Events:
        rows = self.log.execute("SELECT json FROM events WHERE seq > ? ORDER BY seq LIMIT ?", (after, at_most))
        return Events.from_json("\n".join(text for (text,) in rows))

    def rebuilt(self) -> Desk:
        desk = Desk(DOCUMENT, explain=True)
        for event in self.events():
            desk.apply(event)
        desk.check_complete()
        return desk

    def carry_out(self, command: Callable[[Desk, datetime], Events]) -> Events:
        """Carries a command out and writes it down, both or neither."""
        # A desk's time never goes back: the clock is read in turn, and where it was set back the desk waits for it.
        with self.turn:
            at = now()
            events = command(self.desk, max(at, self.desk.now or at))
            if events.refused:
                raise HTTPException(409, events.refused.message)
            try:
                with self.log:
                    self.log.executemany(
                        "INSERT INTO events VALUES (?, ?)", [(event.seq, event.to_json()) for event in events]
                    )
            except sqlite3.Error:
                # An event that is not in the log has not happened.
                self.desk = self.rebuilt()
                raise
        return events

    def decisions(self, events: Events) -> list[dict[str, Any]]:
        """The decisions among events. `number` is what `/decisions?after=` takes."""
        return [
            {
                "number": made.event.seq,
                "ticket": made.conversation,
                "agent": made.agent,
                "outcome": made.outcome,
                "why": made.explain(zone=self.desk.zone),
            }
            for made in events.decisions
        ]


kept: Kept


def signature(secret: str, at: str, method: str, target: str, body: bytes) -> str:
    """The signature of a request, which proves its origin and its content."""
    return hmac.new(secret.encode(), f"{at}\n{method}\n{target}\n".encode() + body, hashlib.sha256).hexdigest()


async def tick() -> None:
    """Time passes: shifts begin, and what waited is given out. The helpdesk finds it under `/decisions`."""
    while True:
        seconds = 60.0
        try:
            await asyncio.to_thread(kept.carry_out, Desk.advance)
            if wakeup := kept.desk.next_wakeup:
                seconds = min(max((wakeup - now()).total_seconds(), 0.05), 60)
        except Exception:
            logging.exception("the desk could not advance; it is tried again in a minute")
        await asyncio.sleep(seconds)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    global kept
    if not os.environ.get("WEBHOOK_SECRET"):
        raise SystemExit("WEBHOOK_SECRET is not set: choose a long random text, and give it to your helpdesk, too")
    kept = Kept(os.environ.get("WEBHOOK_LOG", "webhook.sqlite3"))
    task = asyncio.create_task(tick())
    yield
    task.cancel()


app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)


@app.middleware("http")
async def signed(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    """Answers nobody who does not know the secret."""
    at, sent = request.headers.get("x-timestamp", ""), request.headers.get("x-signature", "")
    query = request.url.query
    target = request.scope["raw_path"].decode("ascii", "replace") + (f"?{query}" if query else "")
    right = signature(os.environ.get("WEBHOOK_SECRET", ""), at, request.method, target, await request.body())
    is_fresh = at.isascii() and at.isdigit() and len(at) < 12 and abs(now().timestamp() - int(at)) <= OLDEST
    if not (is_fresh and hmac.compare_digest(right.encode(), sent.encode("utf-8", "replace"))):
        return JSONResponse({"detail": "the signature is not right, or too old"}, 401)
    return await answer(request)


@app.exception_handler(InvalidInput)
def unreadable(_: Request, problem: InvalidInput) -> JSONResponse:
    """Answers an unreadable request with 422. The text may quote it, including lone surrogates."""
    return JSONResponse({"detail": str(problem).encode("ascii", "backslashreplace").decode()}, 422)


@app.exception_handler(RequestValidationError)
def invalid(_: Request, wrong: RequestValidationError) -> JSONResponse:
    """Answers with the problem of the request, without details of this program."""
    said = [f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in wrong.errors()]
    return JSONResponse({"detail": "; ".join(said).encode("ascii", "backslashreplace").decode()}, 422)


@app.post("/tickets")
def arrived(ticket: Ticket) -> list[dict[str, Any]]:
    given = {"topic": ticket.topic}
    return kept.decisions(
        kept.carry_out(lambda desk, at: desk.open(ticket.id, inbox="main", channel="tickets", at=at, attributes=given))
    )


@app.post("/tickets/{ticket}/closed")
def closed(ticket: str) -> list[dict[str, Any]]:
    return kept.decisions(kept.carry_out(lambda desk, at: desk.close(ticket, at=at)))


@app.get("/decisions")
def decisions(after: int = 0) -> list[dict[str, Any]]:
    """All that was decided after the last you know, by whatever it was caused: ask every few seconds."""
    with kept.turn:
        return kept.decisions(kept.events(after, 1000))


@app.get("/agents")
def agents() -> list[AgentRow]:
    return kept.desk.table(now())
