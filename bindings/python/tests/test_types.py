"""What mypy says of documents: the lines that are ignored here are errors, and mypy tells when one is none any more."""

from __future__ import annotations

import datetime as dt
import json
import typing
from dataclasses import dataclass
from uuid import uuid4

import pytest

from frontdesk import Desk, InvalidDocument, Problem, check, document
from frontdesk.document import Agent, DeskDocument, WeeklyHours


@dataclass
class Bo:
    id: str


def test_what_is_no_document_is_an_error_of_mypys_too() -> None:
    with pytest.raises(Problem):
        Desk(42)  # type: ignore[arg-type]
    with pytest.raises(Problem):
        Desk(None)  # type: ignore[arg-type]
    with pytest.raises(Problem):
        check(object())  # type: ignore[arg-type]
    with pytest.raises(InvalidDocument, match="did you mean"):
        Desk({"version": 1, "time_zone": "UTC", "agnets": []})  # type: ignore[arg-type]
    with pytest.raises(InvalidDocument):
        Desk({"agnets": 5})  # type: ignore[arg-type]
    with pytest.raises(InvalidDocument):
        Desk({"version": 1, "time_zone": "UTC", "agents": [{"id": 5}]})  # type: ignore[arg-type]
    with pytest.raises(InvalidDocument):
        Desk({"version": 1, "time_zone": "UTC", "agents": [{"name": "Anna"}]})  # type: ignore[arg-type]
    with pytest.raises(InvalidDocument):
        Desk({"version": 1, "time_zone": "UTC", "settings": {"on_away": "requeu"}})  # type: ignore[arg-type]
    with pytest.raises(InvalidDocument):
        Desk({"version": 1, "time_zone": "UTC", "working_hours": [{"days": ["mo"], "start": "09:00", "end": "17:00"}]})  # type: ignore[arg-type]


def test_what_is_a_document_is_one_for_mypy() -> None:
    hours: WeeklyHours = {"days": ["mon"], "start": dt.time(9), "end": "17:00"}
    off = dt.date(2026, 1, 1)
    agents: list[Agent] = [
        {
            "id": uuid4(),
            "working_hours": [hours],
            "out_of_office": [
                {"first_day": off, "last_day": "2026-01-02", "repeat": "FREQ=YEARLY", "except": ["2027-01-01"]}
            ],
        }
    ]
    typed: DeskDocument = {"version": 1, "time_zone": "UTC", "agents": agents}
    Desk(typed)
    Desk(json.loads(Desk(typed).ask_json('{"ask": "document"}')))
    Desk(
        {
            "version": 1,
            "time_zone": "UTC",
            "teams": [{"id": "support"}],
            "agents": [Bo("bo"), {"id": "cleo", "team": "support", "capacity": {"total": 3}}],
            "inboxes": [
                {
                    "id": "main",
                    "channels": [
                        {
                            "id": "chat",
                            "kind": "chat",
                            "accept_within": dt.timedelta(seconds=20),
                            "rules": [
                                {
                                    "id": "all",
                                    "match": {"hours": [hours], "attributes.plan": ["pro"]},
                                    "steps": [
                                        {"assign_to": {"teams": ["support"]}, "strategy": "round_robin", "wait": "1m"},
                                        {"assign_to": "everyone"},
                                    ],
                                    "otherwise": {"voicemail": "busy.mp3"},
                                }
                            ],
                        }
                    ],
                }
            ],
        }
    )


@pytest.mark.parametrize("name", document.__all__)
def test_types_of_the_document_are_there_when_it_runs(name: str) -> None:
    """For pydantic, say, which reads annotations."""
    kind = getattr(document, name)
    if isinstance(kind, type):
        assert typing.get_type_hints(kind)
