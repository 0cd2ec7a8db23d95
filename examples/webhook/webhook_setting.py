"""The setting of the webhook's tests: a clock that they set, databases of their own, and a helpdesk that signs and listens."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any

import app as webhook
import pytest
from database import Database
from fastapi.testclient import TestClient
from kept import DOCUMENT, Kept
from signing import is_right, signed_headers

NINE = datetime(2026, 11, 20, 9, tzinfo=timezone.utc)
SECRET = "a secret of the tests"
_NUMBERS = count()


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.at = NINE

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def opened(address: str, clock: Clock, document: Any = DOCUMENT) -> Kept:
    return Kept(address, document=document, clock=clock, skew=10**9)


def offering() -> Any:
    """The document, with offers that lapse after twenty seconds."""
    document = json.loads(DOCUMENT.read_text())
    document["inboxes"][0]["channels"][0]["accept_within"] = "20s"
    return document


@contextmanager
def schema(address: str) -> Iterator[str]:
    """The address of a schema of PostgreSQL that is there for a test."""
    import psycopg

    name = f"webhook_{os.getpid()}_{next(_NUMBERS)}"
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        connection.execute(f"CREATE SCHEMA {name}".encode())
        try:
            yield f"{address}?options=-c%20search_path%3D{name}"
        finally:
            connection.execute(f"DROP SCHEMA {name} CASCADE".encode())


@pytest.fixture(name="address", params=["sqlite", "postgresql"])
def address_fixture(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database that no other test has."""
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    if request.param == "sqlite":
        yield os.fspath(tmp_path / "webhook.sqlite3")
        return
    if not (server := os.environ.get("FRONTDESK_POSTGRES_URL")):
        pytest.skip("FRONTDESK_POSTGRES_URL is not set: run it by bash .ci/databases")
    with schema(server) as own:
        yield own


@pytest.fixture(autouse=True)
def databases_fixture(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Closes the databases of a test at its end."""
    made: list[Database] = []
    init = Database.__init__

    def noted(database: Database, address: str) -> None:
        init(database, address)
        made.append(database)

    monkeypatch.setattr(Database, "__init__", noted)
    yield
    for database in made:
        database.close()


@pytest.fixture(name="clock")
def clock_fixture() -> Clock:
    return Clock()


class Caller:
    """A helpdesk that knows the secret, and calls an instance of the service."""

    def __init__(self, kept: Kept, secret: str = SECRET) -> None:
        app = webhook.create()
        app.state.kept = self.kept = kept
        self.client = TestClient(app)
        self.secret = secret

    def send(self, method: str, target: str, body: str = "", at: datetime | None = None) -> Any:
        signed = signed_headers(self.secret, at or self.kept.clock(), method, target, body.encode())
        return self.client.request(
            method, target, content=body.encode(), headers={"content-type": "application/json", **signed}
        )

    def post(self, ticket: str, query: str = "", **more: str) -> Any:
        return self.send("POST", f"/tickets{query}", json.dumps({"id": ticket, **more}))

    def close(self, ticket: str, query: str = "") -> Any:
        return self.send("POST", f"/tickets/{ticket}/closed{query}")

    def command(self, **keys: Any) -> Any:
        return self.send("POST", "/commands", json.dumps(keys))

    def decisions(self, after: int = 0) -> list[tuple[str, str | None, str]]:
        return essence(self.send("GET", f"/decisions?after={after}").json())


def essence(decisions: list[dict[str, Any]]) -> list[tuple[str, str | None, str]]:
    return [(made["ticket"], made["agent"], made["outcome"]) for made in decisions]


class Helpdesk:
    """A helpdesk that listens: it keeps what was told, and answers with the statuses that a test wants, then with 200."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.heard: list[dict[str, Any]] = []
        self.answers: list[int] = []
        self.is_signed: list[bool] = []
        helpdesk = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                at, sent = self.headers["x-timestamp"], self.headers["x-signature"]
                helpdesk.is_signed.append(is_right(SECRET, clock(), at, sent, "POST", self.path, body))
                helpdesk.heard.append(json.loads(body))
                self.send_response(helpdesk.answers.pop(0) if helpdesk.answers else 200)
                self.send_header("location", "/elsewhere")
                self.end_headers()

            def do_GET(self) -> None:
                """Answers whoever follows a redirect, without having heard anything."""
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/told?from=desk"

    @property
    def deliveries(self) -> list[int]:
        return [told["delivery"] for told in self.heard]

    def __enter__(self) -> Helpdesk:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
