"""The recipe for Django, with two servers on a desk in PostgreSQL. Each is a process: settings are of a whole one."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

import psycopg
import pytest
from setting import Told, database, document, until

PARTS = (("HOST", "hostname"), ("PORT", "port"), ("USER", "username"), ("PASSWORD", "password"))


class Recipe:
    """A project on a schema of its own, and the servers that run it."""

    def __init__(self, address: str, folder: Path, running: ExitStack) -> None:
        self.address, self.folder, self.running = address, folder, running
        self.told = Told(address)
        parts = urlsplit(address)
        self.environment = os.environ | {
            "HELPDESK_SECRET": "of the tests",
            "HELPDESK_DATABASE": parts.path.strip("/"),
            **{f"HELPDESK_{key}": unquote(str(getattr(parts, part) or "")) for key, part in PARTS},
            "PGOPTIONS": unquote(parts.query.removeprefix("options=")),
            "DJANGO_SETTINGS_MODULE": "django_desk.settings",
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path]),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def manage(self, *arguments: str) -> None:
        """Runs a command of the project."""
        command = [sys.executable, "-m", "django", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def create(self, accept_within: str = "40m") -> None:
        """Creates the tables and the desk, as the page says."""
        self.manage("migrate", "--run-syncdb", "--verbosity", "0")
        path = self.folder / "desk.json"
        path.write_text(json.dumps(document(accept_within)))
        self.manage("frontdesk_create", "support", str(path))

    def serve(self) -> str:
        """The address of a server that runs."""
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "django", "runserver", "--noreload", f"127.0.0.1:{port}"]
        log = self.running.enter_context((self.folder / f"{port}.log").open("wb"))
        process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        self.running.callback(process.wait)
        self.running.callback(process.terminate)
        server = f"http://127.0.0.1:{port}"
        until(lambda: answers(server), "the server answers")
        return server

    def run(self, statement: str) -> list[Any]:
        with closing(psycopg.connect(self.address, autocommit=True)) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def tickets(self) -> list[Any]:
        return self.run("SELECT id, state, agent FROM django_desk_ticket ORDER BY id")


def answers(server: str) -> bool:
    try:
        return ask(f"{server}/channels/chat")[0] == 200
    except URLError:
        return False


def ask(url: str, body: Any = None) -> tuple[int, Any]:
    """The status and the JSON of an answer; a body is posted."""
    request = Request(url, None if body is None else json.dumps(body).encode())
    try:
        with urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        with error:
            text = error.read()
            return error.code, json.loads(text) if error.headers.get_content_subtype() == "json" else None


@pytest.fixture
def recipe(tmp_path: Path) -> Iterator[Recipe]:
    with database() as address, ExitStack() as running:
        yield Recipe(address, tmp_path, running)


T1 = {"id": "t1", "title": "Where is it?", "channel": "chat"}


def test_two_servers_share_a_desk(recipe: Recipe) -> None:
    recipe.create()
    one, other = recipe.serve(), recipe.serve()
    assert ask(f"{one}/tickets", T1) == (200, {"id": "t1", "state": "offered", "agent": "anna"})
    assert ask(f"{other}/tickets", T1) == (200, {"id": "t1", "state": "offered", "agent": "anna"})
    assert ask(f"{other}/tickets/t1/accept", {"agent": "anna"})[1]["state"] == "assigned"
    assert recipe.tickets() == [("t1", "assigned", "anna")]
    status, (arrived, offered, *_) = ask(f"{one}/tickets/t1/why")
    assert status == 200 and "It arrived in main by chat." in arrived and "offered to anna" in offered
    assert ask(f"{one}/channels/chat")[1]["state"] == "online"
    assert ask(f"{one}/tickets/t1/close", {})[1]["state"] == "closed"


def test_what_fails_leaves_neither(recipe: Recipe) -> None:
    recipe.create()
    server = recipe.serve()
    status, refused = ask(f"{server}/tickets", T1 | {"channel": "phone"})
    assert (status, refused["code"]) == (409, "unknown_channel")
    status, unreadable = ask(f"{server}/tickets", T1 | {"priority": 2**60})
    assert (status, unreadable["code"], unreadable["path"]) == (422, "out_of_range", "$.priority")
    status, unknown = ask(f"{server}/channels/chta")
    assert (status, unknown["hint"]) == (404, "did you mean chat?")
    recipe.run("ALTER TABLE django_desk_ticket ADD CONSTRAINT none CHECK (state = '')")
    assert ask(f"{server}/tickets", T1)[0] == 500
    assert recipe.tickets() == [] and recipe.told.turn("support") == 1
    recipe.run("ALTER TABLE django_desk_ticket DROP CONSTRAINT none")
    assert ask(f"{server}/tickets", T1)[0] == 200


def test_an_offer_lapses(recipe: Recipe) -> None:
    recipe.create("1s")
    assert ask(f"{recipe.serve()}/tickets", T1)[0] == 200

    def is_queued() -> bool:
        recipe.manage("frontdesk_advance")
        return recipe.tickets() == [("t1", "queued", None)]

    until(is_queued, "both offers lapsed, and the ticket says so")
    assert recipe.told.offered_to("support", "t1") == ["anna", "bo"]
