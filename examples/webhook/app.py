"""A webhook that says who gets a ticket: `uvicorn app:app`. What your helpdesk posts here, frontdesk assigns."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

from frontdesk import Desk, Events

desk = Desk(Path(__file__).with_name("desk.json"), explain=True)


class Ticket(BaseModel):
    id: str
    topic: str = "other"


def now() -> datetime:
    return datetime.now(timezone.utc)


def told(events: Events) -> list[dict[str, Any]]:
    """Tell your helpdesk who has what: here, as the answer. Keep `events.to_json()` in a log, and the desk can be rebuilt."""
    if events.refused:
        raise HTTPException(409, events.refused.message)
    return [{"ticket": made.conversation, "agent": made.agent, "why": made.explain()} for made in events.decisions]


async def tick() -> None:
    """Time passes: shifts begin, and what waited is given out."""
    while True:
        told(desk.advance(now()))
        wakeup = desk.next_wakeup
        await asyncio.sleep(60 if wakeup is None else min(max((wakeup - now()).total_seconds(), 0.05), 60))


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    task = asyncio.create_task(tick())
    yield
    task.cancel()


app = FastAPI(lifespan=lifespan)


@app.post("/tickets")
def arrived(ticket: Ticket) -> list[dict[str, Any]]:
    return told(desk.open(ticket.id, inbox="main", channel="tickets", at=now(), attributes={"topic": ticket.topic}))


@app.post("/tickets/{ticket}/closed")
def closed(ticket: str) -> list[dict[str, Any]]:
    return told(desk.close(ticket, at=now()))


@app.get("/agents")
def agents() -> list[dict[str, Any]]:
    return [row.to_dict() for row in desk.table(now())]
