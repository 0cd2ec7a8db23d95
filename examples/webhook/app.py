"""A webhook that says who gets a ticket: `uvicorn app:app`. What your helpdesk posts here, frontdesk assigns."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Annotated, Any

from fastapi import Body, FastAPI, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from kept import Decision, Kept
from pydantic import BaseModel
from signing import is_right
from telling import Teller

from frontdesk import AgentRow, Events, InvalidInput
from frontdesk.shared import SharedDesk

#: Seconds between two looks at the time, and at what is to be told.
EVERY = 1.0
#: The most bytes of a request.
LARGEST = 1_000_000


class Ticket(BaseModel):
    id: str
    topic: str = "other"


async def again_and_again(work: Callable[[], None], what: str, ended: asyncio.Event) -> None:
    """Does work every second, in a thread, whatever happens to it, until the program ends."""
    while not ended.is_set():
        try:
            await asyncio.to_thread(work)
        except Exception:
            logging.exception("%s failed, and is tried again", what)
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(ended.wait(), EVERY)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    if not (secret := os.environ.get("WEBHOOK_SECRET")):
        raise SystemExit("WEBHOOK_SECRET is not set: choose a long random text, and give it to your helpdesk, too")
    app.state.kept = kept = Kept(os.environ.get("WEBHOOK_DATABASE", "webhook.sqlite3"))
    ended = asyncio.Event()
    tasks = [asyncio.create_task(again_and_again(kept.let_time_pass, "letting time pass", ended))]
    # Apart from the time, which a slow helpdesk must not hold up.
    if url := os.environ.get("WEBHOOK_TELL"):
        tasks.append(
            asyncio.create_task(again_and_again(Teller(kept, url, secret).tell, "telling the helpdesk", ended))
        )
    try:
        yield
    finally:
        ended.set()
        await asyncio.gather(*tasks)
        kept.database.close()


async def signed(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    """Answers nobody who does not know the secret."""
    if (body := await body_of(request)) is None:
        return JSONResponse({"detail": f"the body is longer than {LARGEST} bytes"}, 413)
    at, sent = request.headers.get("x-timestamp", ""), request.headers.get("x-signature", "")
    query = request.url.query
    target = request.scope["raw_path"].decode("ascii", "replace") + (f"?{query}" if query else "")
    secret, now = os.environ["WEBHOOK_SECRET"], kept_of(request).clock()
    if not is_right(secret, now, at, sent, request.method, target, body):
        return JSONResponse({"detail": "the signature is not right, or too old"}, 401)
    return await answer(request)


async def body_of(request: Request) -> bytes | None:
    """The body of a request; ``None`` if it says that it is too long, or does not say how long it is."""
    length = request.headers.get("content-length", "0")
    if "transfer-encoding" in request.headers or not length.isdecimal() or int(length[:9]) > LARGEST or len(length) > 9:
        return None
    return await request.body()


def unreadable(_: Request, problem: Exception) -> JSONResponse:
    """Answers an unreadable request with 422. The text may quote it, including lone surrogates."""
    return JSONResponse({"detail": str(problem).encode("ascii", "backslashreplace").decode()}, 422)


def invalid(_: Request, wrong: Exception) -> JSONResponse:
    """Answers with the problem of the request, without details of this program."""
    assert isinstance(wrong, RequestValidationError)
    said = [f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in wrong.errors()]
    return JSONResponse({"detail": "; ".join(said).encode("ascii", "backslashreplace").decode()}, 422)


def kept_of(request: Request) -> Kept:
    kept: Kept = request.app.state.kept
    return kept


def answered(kept: Kept, events: Events) -> list[Decision]:
    """The decisions of a command, which was carried out."""
    if events.refused:
        raise HTTPException(409, events.refused.message)
    return kept.decisions(events)


def arrived(request: Request, ticket: Ticket, id: str | None = None) -> list[Decision]:
    """Opens a ticket. With an `id`, as all commands: repeated, the request has the answer of the first time."""
    kept, given = kept_of(request), {"topic": ticket.topic}

    def opened(desk: SharedDesk) -> Events:
        return desk.open(ticket.id, inbox="main", channel="tickets", attributes=given, id=id)

    return answered(kept, kept.carry_out(opened))


def closed(request: Request, ticket: str, id: str | None = None) -> list[Decision]:
    kept = kept_of(request)
    return answered(kept, kept.carry_out(lambda desk: desk.close(ticket, id=id)))


def command(request: Request, command: Annotated[dict[str, Any], Body()]) -> list[Decision]:
    """Any other command, such as `accept` or `put_agent`. One with an `id` is carried out once."""
    kept = kept_of(request)
    return answered(kept, kept.carry_out(lambda desk: desk.handle(command)))


def decisions(request: Request, after: Annotated[int, Query(ge=0, lt=2**53)] = 0) -> list[Decision]:
    """All that was decided after the last you know, by whatever it was caused, for those who prefer to ask."""
    return kept_of(request).decided_after(after, 1000)


def agents(request: Request) -> list[AgentRow]:
    kept = kept_of(request)
    return kept.desk.table(kept.clock())


def create() -> FastAPI:
    """An instance of the service. Several may share a database."""
    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.middleware("http")(signed)
    app.add_exception_handler(InvalidInput, unreadable)
    app.add_exception_handler(RequestValidationError, invalid)
    app.post("/tickets")(arrived)
    app.post("/tickets/{ticket}/closed")(closed)
    app.post("/commands")(command)
    app.get("/decisions")(decisions)
    app.get("/agents")(agents)
    return app


app = create()
