"""A webhook that says who gets a ticket: `uvicorn app:app`. What your helpdesk posts here, frontdesk assigns."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from pathlib import Path
from threading import Lock
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from frontdesk import Desk, Events, InvalidInput

desk = Desk(Path(__file__).with_name("desk.json"), explain=True)
turn = Lock()


class Ticket(BaseModel):
    id: str
    topic: str = "other"


def now() -> datetime:
    return datetime.now(timezone.utc)


def told(command: Callable[[datetime], Events]) -> list[dict[str, Any]]:
    """Tell your helpdesk who has what: here, as the answer. Keep `events.to_json()` in a log, and the desk can be rebuilt."""
    # A desk's time never goes back: the clock is read in turn, and where it was set back the desk waits for it.
    with turn:
        at = now()
        events = command(max(at, desk.now or at))
    if events.refused:
        raise HTTPException(409, events.refused.message)
    return [{"ticket": made.conversation, "agent": made.agent, "why": made.explain()} for made in events.decisions]


async def tick() -> None:
    """Time passes: shifts begin, and what waited is given out."""
    while True:
        seconds = 60.0
        try:
            told(desk.advance)
            if wakeup := desk.next_wakeup:
                seconds = min(max((wakeup - now()).total_seconds(), 0.05), 60)
        except Exception:
            logging.exception("the desk could not advance; it is tried again in a minute")
        await asyncio.sleep(seconds)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    task = asyncio.create_task(tick())
    yield
    task.cancel()


app = FastAPI(lifespan=lifespan)


@app.exception_handler(InvalidInput)
@app.exception_handler(RequestValidationError)
def unreadable(_: Request, problem: Exception) -> JSONResponse:
    """What cannot be read is the caller's mistake. The text may quote it, half characters and all."""
    return JSONResponse({"detail": str(problem).encode("ascii", "backslashreplace").decode()}, 422)


@app.post("/tickets")
def arrived(ticket: Ticket) -> list[dict[str, Any]]:
    given = {"topic": ticket.topic}
    return told(lambda at: desk.open(ticket.id, inbox="main", channel="tickets", at=at, attributes=given))


@app.post("/tickets/{ticket}/closed")
def closed(ticket: str) -> list[dict[str, Any]]:
    return told(lambda at: desk.close(ticket, at=at))


@app.get("/agents")
def agents() -> list[dict[str, Any]]:
    return [row.to_dict() for row in desk.table(now())]
