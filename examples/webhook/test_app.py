"""The webhook, as a helpdesk calls it."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("httpx2")
sys.path.insert(0, os.fspath(Path(__file__).parent))

import app as webhook  # noqa: E402
from fastapi import HTTPException  # noqa: E402
from fastapi.testclient import TestClient  # noqa: E402

from frontdesk import Desk  # noqa: E402

NINE = datetime(2026, 11, 20, 9, tzinfo=timezone.utc)


@pytest.fixture(autouse=True)
def a_desk_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "desk", Desk(Path(webhook.__file__).with_name("desk.json"), explain=True))
    monkeypatch.setattr(webhook, "now", lambda: NINE)


def test_tickets_find_their_people() -> None:
    with TestClient(webhook.app) as client:
        [given] = client.post("/tickets", json={"id": "t1", "topic": "invoice"}).json()
        assert (given["ticket"], given["agent"]) == ("t1", "anna") and "by step 1 of the rule money" in given["why"]
        assert client.post("/tickets", json={"id": "t2"}).json()[0]["agent"] == "bo"
        assert client.post("/tickets", json={"id": "t1"}).status_code == 409
        loads = {row["agent"]: row["load"] for row in client.get("/agents").json()}
        assert loads == {"anna": 1, "bo": 1, "cleo": 0}
        assert client.post("/tickets/t1/closed").json() == []
        assert client.post("/tickets/none/closed").status_code == 409


def test_readings_of_the_clock_do_not_cross(monkeypatch: pytest.MonkeyPatch) -> None:
    """While one ticket looks at the clock, a second one arrives: it comes second, at a later time."""
    client = TestClient(webhook.app)
    readings: Iterator[int] = iter(range(1000))

    def arrive(ticket: str) -> int:
        return client.post("/tickets", json={"id": ticket}).status_code

    with ThreadPoolExecutor(1) as threads:
        second: list[Future[int]] = []

        def now() -> datetime:
            at = NINE + timedelta(seconds=next(readings))
            if not second:
                second.append(threads.submit(arrive, "t2"))
                wait(second, timeout=0.2)
            return at

        monkeypatch.setattr(webhook, "now", now)
        assert (arrive("t1"), second[0].result()) == (200, 200)
    opened = {each.conversation: each.opened_at for each in webhook.desk.conversations()}
    assert opened["t1"] == NINE and opened["t2"] > NINE


def test_a_clock_that_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    client = TestClient(webhook.app)
    assert client.post("/tickets", json={"id": "t1"}).status_code == 200
    monkeypatch.setattr(webhook, "now", lambda: NINE - timedelta(minutes=5))
    assert client.post("/tickets", json={"id": "t2"}).status_code == 200


@pytest.mark.parametrize("body", ['{"id": ""}', '{"id": "%s"}' % ("x" * 300), r'{"id": "\ud800"}', "{", '{"id": 3}'])
def test_a_ticket_that_cannot_be_read_is_the_callers_mistake(body: str) -> None:
    client = TestClient(webhook.app)
    answer = client.post("/tickets", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422 and answer.json()["detail"]
    assert client.post(f"/tickets/{'x' * 300}/closed").status_code == 422


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
    assert webhook.desk.now == NINE
