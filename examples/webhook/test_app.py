"""The webhook, as a helpdesk calls it."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("httpx2")
sys.path.insert(0, os.fspath(Path(__file__).parent))

import app as webhook  # noqa: E402
from fastapi import HTTPException  # noqa: E402
from fastapi.testclient import TestClient  # noqa: E402

NINE = datetime(2026, 11, 20, 9, tzinfo=timezone.utc)
SECRET = "a secret of the tests"


@pytest.fixture(autouse=True)
def log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A desk of its own, without the task that lets time pass."""
    path = tmp_path / "log.sqlite3"
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    monkeypatch.setenv("WEBHOOK_LOG", os.fspath(path))
    monkeypatch.setattr(webhook, "now", lambda: NINE)
    monkeypatch.setattr(webhook, "kept", webhook.Kept(os.fspath(path)), raising=False)
    return path


class Caller:
    """A helpdesk that knows the secret."""

    def __init__(self, secret: str = SECRET) -> None:
        self.client = TestClient(webhook.app)
        self.secret = secret

    def send(self, method: str, target: str, body: str = "", at: datetime = NINE) -> Any:
        stamp = str(int(at.timestamp()))
        signed = webhook.signature(self.secret, stamp, method, target, body.encode())
        headers = {"content-type": "application/json", "x-timestamp": stamp, "x-signature": signed}
        return self.client.request(method, target, content=body.encode(), headers=headers)

    def post(self, ticket: str, **more: str) -> Any:
        return self.send("POST", "/tickets", json.dumps({"id": ticket, **more}))

    def close(self, ticket: str) -> Any:
        return self.send("POST", f"/tickets/{ticket}/closed")

    def decisions(self, after: int = 0) -> list[tuple[str, str | None, str]]:
        decisions = self.send("GET", f"/decisions?after={after}").json()
        return [(made["ticket"], made["agent"], made["outcome"]) for made in decisions]


def test_tickets_find_their_people() -> None:
    caller = Caller()
    [given] = caller.post("t1", topic="invoice").json()
    assert (given["ticket"], given["agent"]) == ("t1", "anna") and "by step 1 of the rule money" in given["why"]
    assert caller.post("t2").json()[0]["agent"] == "bo"
    assert caller.post("t1").status_code == 409
    loads = {row["agent"]: row["load"] for row in caller.send("GET", "/agents").json()}
    assert loads == {"anna": 1, "bo": 1, "cleo": 0}
    assert caller.close("t1").json() == []
    assert caller.close("none").status_code == 409


def test_what_the_desk_decides_by_itself_is_told() -> None:
    """At night nobody is there; at nine in Stockholm the ticket goes to Anna, and no request is answered with that."""
    caller = Caller()
    night = datetime(2026, 11, 20, 3, tzinfo=timezone.utc)
    webhook.kept.carry_out(lambda desk, _: desk.open("t1", inbox="main", channel="tickets", at=night))
    assert caller.decisions() == [("t1", None, "queued")]
    waits = caller.send("GET", "/decisions").json()[0]
    assert "outside working hours until Fri 20 Nov 09:00 Europe/Stockholm" in waits["why"]
    webhook.kept.carry_out(lambda desk, at: desk.advance(at))
    assert caller.decisions(waits["number"]) == [("t1", "anna", "assigned")]
    last = caller.send("GET", f"/decisions?after={waits['number']}").json()[-1]["number"]
    assert caller.decisions(last) == []


def test_the_desk_is_made_of_its_log_again(log: Path) -> None:
    caller = Caller()
    caller.post("t1")
    caller.post("t2")
    before = webhook.kept.desk
    again = webhook.Kept(os.fspath(log))
    assert again.desk == before and again.desk is not before
    assert [event.seq for event in again.events()] == list(range(1, len(again.events()) + 1))


def test_what_cannot_be_written_has_not_happened(log: Path) -> None:
    caller = Caller()
    caller.post("t1")
    before = webhook.kept.desk.snapshot()
    webhook.kept.log.execute("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises(sqlite3.Error):
        caller.post("t2")
    assert webhook.kept.desk.snapshot() == before
    webhook.kept.log.execute("DROP TRIGGER full")
    assert caller.post("t2").status_code == 200


def test_nobody_is_answered_who_does_not_know_the_secret() -> None:
    assert Caller("another secret").post("t1").status_code == 401
    assert Caller().client.get("/agents").status_code == 401
    assert Caller().client.get("/openapi.json").status_code == 401
    for late in (timedelta(minutes=6), -timedelta(minutes=6)):
        assert Caller().send("GET", "/agents", at=NINE + late).status_code == 401
    caller = Caller()
    stamp = str(int(NINE.timestamp()))
    right = webhook.signature(SECRET, stamp, "POST", "/tickets", b'{"id": "t1"}')
    bodies: list[tuple[str, str, str]] = [
        ('{"id": "t2"}', right, stamp),
        ('{"id": "t1"}', "é", stamp),
        ('{"id": "t1"}', right, "٣"),
        ('{"id": "t1"}', right, "9" * 400),
        ('{"id": "t1"}', right, ""),
    ]
    for body, signature, at in bodies:
        headers = {"content-type": "application/json", "x-timestamp": at.encode(), "x-signature": signature.encode()}
        assert caller.client.post("/tickets", content=body, headers=headers).status_code == 401  # type: ignore[arg-type]
    assert webhook.kept.desk.conversations() == []


def test_it_does_not_start_without_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WEBHOOK_SECRET")

    async def start() -> None:
        async with webhook.lifespan(webhook.app):
            pass

    with pytest.raises(SystemExit, match="WEBHOOK_SECRET"):
        asyncio.run(start())


def test_it_starts_and_time_passes() -> None:
    async def start() -> None:
        async with webhook.lifespan(webhook.app):
            while webhook.kept.desk.now is None:
                await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(start(), 60))
    assert webhook.kept.desk.now == NINE


def test_readings_of_the_clock_do_not_cross(monkeypatch: pytest.MonkeyPatch) -> None:
    """While one ticket looks at the clock, a second one arrives: it comes second, at a later time."""
    readings: Iterator[int] = iter(range(1000))

    def arrive(ticket: str) -> None:
        webhook.kept.carry_out(lambda desk, at: desk.open(ticket, inbox="main", channel="tickets", at=at))

    with ThreadPoolExecutor(1) as threads:
        second: list[Future[None]] = []

        def now() -> datetime:
            at = NINE + timedelta(seconds=next(readings))
            if not second:
                second.append(threads.submit(arrive, "t2"))
                wait(second, timeout=0.2)
            return at

        monkeypatch.setattr(webhook, "now", now)
        arrive("t1")
        second[0].result()
    opened = {each.conversation: each.opened_at for each in webhook.kept.desk.conversations()}
    assert opened["t1"] == NINE and opened["t2"] > NINE


def test_a_clock_that_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    caller = Caller()
    assert caller.post("t1").status_code == 200
    monkeypatch.setattr(webhook, "now", lambda: NINE - timedelta(minutes=4))
    assert caller.post("t2").status_code == 200


@pytest.mark.parametrize("body", ['{"id": ""}', '{"id": "%s"}' % ("x" * 300), r'{"id": "\ud800"}', "{", '{"id": 3}'])
def test_a_ticket_that_cannot_be_read_is_the_callers_mistake(body: str) -> None:
    caller = Caller()
    for answer in (caller.send("POST", "/tickets", body), caller.close("x" * 300)):
        assert answer.status_code == 422 and answer.json()["detail"]
        # Nothing of the machine it runs on.
        assert os.sep not in answer.json()["detail"] and "app.py" not in answer.json()["detail"]
    assert caller.send("GET", "/decisions?after=x").status_code == 422


def test_time_goes_on_whatever_happens(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    slept: list[float] = []

    class Enough(Exception):
        pass

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            raise Enough

    failures: Iterator[Exception] = iter([OSError("no clock"), HTTPException(409, "refused")])

    def now() -> datetime:
        for failure in failures:
            raise failure
        return NINE

    monkeypatch.setattr(asyncio, "sleep", sleep)
    monkeypatch.setattr(webhook, "now", now)
    with pytest.raises(Enough):
        asyncio.run(webhook.tick())
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]
    assert webhook.kept.desk.now == NINE
