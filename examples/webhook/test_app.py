"""The webhook, as a helpdesk calls it."""

from __future__ import annotations

import os
import sys
from datetime import datetime, timezone
from pathlib import Path

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("httpx2")
sys.path.insert(0, os.fspath(Path(__file__).parent))

import app as webhook  # noqa: E402
from fastapi.testclient import TestClient  # noqa: E402


def test_tickets_find_their_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "now", lambda: datetime(2026, 11, 20, 9, tzinfo=timezone.utc))
    with TestClient(webhook.app) as client:
        [given] = client.post("/tickets", json={"id": "t1", "topic": "invoice"}).json()
        assert (given["ticket"], given["agent"]) == ("t1", "anna") and "by step 1 of the rule money" in given["why"]
        assert client.post("/tickets", json={"id": "t2"}).json()[0]["agent"] == "bo"
        assert client.post("/tickets", json={"id": "t1"}).status_code == 409
        loads = {row["agent"]: row["load"] for row in client.get("/agents").json()}
        assert loads == {"anna": 1, "bo": 1, "cleo": 0}
        assert client.post("/tickets/t1/closed").json() == []
        assert client.post("/tickets/none/closed").status_code == 409
