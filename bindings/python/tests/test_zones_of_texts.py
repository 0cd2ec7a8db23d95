"""The zones of sentences: every time on the wall stands with its zone, and that is the desk's unless another is asked for."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from conftest import document

from frontdesk import Decision, Desk, Event, Events, InvalidTime, WrongType
from frontdesk.decision import fared

# Half past five in Stockholm: Anna and Bo are back on Monday at nine.
STOCKHOLM = datetime(2026, 11, 20, 17, 30, tzinfo=ZoneInfo("Europe/Stockholm"))
BACK = "away, outside working hours until Mon 23 Nov 09:00 Europe/Stockholm"
IN_UTC = "away, outside working hours until Mon 23 Nov 08:00 UTC"
OPEN = {"type": "open", "conversation": "c1", "inbox": "main", "channel": "chat"}

#: A time on the wall: no text may hold one without its zone.
CLOCK = re.compile(r"\d\d:\d\d(?::\d\d)?(?P<zone> (?:[A-Z]\w+/\w+|UTC\S*))?")


def opened(at: Any) -> Events:
    return Desk(document()).open("c1", inbox="main", channel="chat", at=at, explain=True)


WAYS: list[tuple[str, Callable[[], Events]]] = [
    ("an aware datetime of the desk's zone", lambda: opened(STOCKHOLM)),
    ("the same instant in UTC", lambda: opened(STOCKHOLM.astimezone(timezone.utc))),
    ("the same instant elsewhere", lambda: opened(STOCKHOLM.astimezone(ZoneInfo("Asia/Kolkata")))),
    ("a fixed offset", lambda: opened(STOCKHOLM.astimezone(timezone(timedelta(hours=-3))))),
    ("seconds since 1970", lambda: opened(STOCKHOLM.timestamp())),
    ("text with an offset", lambda: opened("2026-11-20T17:30:00+01:00")),
    ("text in UTC", lambda: opened("2026-11-20T16:30:00Z")),
    ("handle, text", lambda: Desk(document()).handle({**OPEN, "at": "2026-11-20T16:30:00Z"}, explain=True)),
    ("handle, a datetime", lambda: Desk(document()).handle({**OPEN, "at": STOCKHOLM}, explain=True)),
    (
        "handle_json",
        lambda: Desk(document()).handle_json(json.dumps({**OPEN, "at": "2026-11-20T16:30:00Z"}), explain=True),
    ),
    ("propose", lambda: Desk(document()).propose({**OPEN, "at": STOCKHOLM}, explain=True).events),
    ("a pickle", lambda: pickle.loads(pickle.dumps(opened("2026-11-20T16:30:00Z")))),
    ("a copy", lambda: copy.deepcopy(opened("2026-11-20T16:30:00Z"))),
    ("a slice", lambda: opened("2026-11-20T16:30:00Z")[1:]),
    ("those of the conversation", lambda: opened("2026-11-20T16:30:00Z").of_conversation("c1")),
    ("events put together", lambda: Events(list(opened("2026-11-20T16:30:00Z")))),
]


@pytest.mark.parametrize(("way", "given"), WAYS, ids=[way for way, _ in WAYS])
def test_explanations_speak_the_zone_of_the_desk(way: str, given: Callable[[], Events]) -> None:
    decision = given().decision
    assert decision is not None
    assert decision.explain().splitlines()[1:] == [f"  anna: {BACK}", f"  bo: {BACK}"]
    assert BACK in decision._repr_html_()
    elsewhere = decision.explain(zone="America/New_York")
    assert "until Mon 23 Nov 03:00 America/New_York" in elsewhere and "Stockholm" not in elsewhere
    assert decision.explain(zone=ZoneInfo("America/New_York")) == elsewhere
    assert "13:30 UTC+05:30" in decision.explain(zone=timezone(timedelta(hours=5, minutes=30)))


def test_events_of_a_log_speak_the_zone_they_are_read_with() -> None:
    log = opened(STOCKHOLM)
    for text in (log.to_json(), log.to_json_lines()):
        told = Events.from_json(text).decision
        assert told is not None and f"  anna: {IN_UTC}" in told.explain().splitlines()
        for zone in ("Europe/Stockholm", ZoneInfo("Europe/Stockholm")):
            told = Events.from_json(text, zone=zone).decision
            assert told is not None and f"  anna: {BACK}" in told.explain().splitlines()
            assert told.event.at == STOCKHOLM and told.event.at.tzinfo == ZoneInfo("Europe/Stockholm")
    queued = log[-1]
    assert IN_UTC in Decision(Event.from_json(queued.to_json())).explain()
    assert BACK in Decision(Event.from_json(queued.to_json(), zone="Europe/Stockholm")).explain()


def test_no_time_stands_without_its_zone(desk: Desk) -> None:
    """Whatever can be printed."""
    steps = [{"assign_to": {"teams": ["support"]}, "wait": "30m"}]
    rules = [{"id": "everyone", "steps": steps}]
    channel = {"id": "chat", "kind": "chat", "rules": rules}
    desk = Desk(
        document(settings={"last_assignment_before_end": "2h"}, inboxes=[{"id": "main", "channels": [channel]}]),
        explain=True,
    )
    desk.set_out_of_office(
        "bo", [{"first_day": "2026-11-20", "last_day": "2026-11-20"}], at=STOCKHOLM - timedelta(hours=2)
    )
    events = desk.open("c1", inbox="main", channel="chat", at=STOCKHOLM - timedelta(hours=2))
    decision = events.decision
    assert decision is not None
    coverage = desk.coverage(STOCKHOLM, STOCKHOLM + timedelta(days=2), zone="Europe/Stockholm")
    texts = [decision.explain(), repr(coverage)]
    # The zone of a line is that of all its times.
    texts += [str(line).removesuffix(line.text) for line in desk.story("c1", events)]
    texts += [fared(one) for step in desk.why("c1") for one in step.considered]
    assert "leaves at Fri 20 Nov 17:00 Europe/Stockholm" in texts[0]
    assert "so it waits until Fri 20 Nov 16:00 Europe/Stockholm" in texts[0]
    times = [found for text in texts for found in CLOCK.finditer(text)]
    assert len(times) >= 8
    # The range of a coverage has its zone once, behind both.
    assert [found.string for found in times if not found["zone"] and "Coverage(" not in found.string] == []
    for page in (coverage._repr_html_(), desk.schedule("anna", STOCKHOLM, STOCKHOLM + timedelta(days=2))._repr_html_()):
        assert "times of Europe/Stockholm" in page
    assert "Europe/Stockholm" in desk._repr_html_() and "UTC" not in desk._repr_html_()


def test_a_story_is_in_one_zone(desk: Desk) -> None:
    events = desk.open("c1", inbox="main", channel="chat", at="2026-11-20T16:30:00Z", explain=True)
    for zone, said in ((None, "17:30:00"), ("Asia/Kolkata", "22:00:00"), (timezone.utc, "16:30:00")):
        for line in desk.story("c1", events, zone=zone):
            assert line.clock == said and f"{line.at:%H:%M:%S}" == said
            assert str(line).startswith(f"Fri 20 Nov 2026 {said} {line.zone}  ")
    assert desk.zone == ZoneInfo("Europe/Stockholm")


def test_names_in_explanations() -> None:
    decision = opened(STOCKHOLM).decision
    assert decision is not None
    told = decision.explain(names={"anna": "Anna Berg"})
    assert f"  Anna Berg: {BACK}" in told and f"  bo: {BACK}" in told


def test_zones_that_are_none() -> None:
    decision = opened(STOCKHOLM).decision
    assert decision is not None
    log = decision.event.to_json()
    wrong: Any = 5
    asking: list[Callable[[Any], Any]] = [
        lambda zone: decision.explain(zone=zone),
        lambda zone: fared(decision.considered[0], zone=zone),
        lambda zone: Event.from_json(log, zone=zone),
        lambda zone: Events.from_json(log, zone=zone),
    ]
    for ask in asking:
        with pytest.raises(InvalidTime, match="did you mean Europe/Stockholm"):
            ask("Europe/Stokholm")
        with pytest.raises(WrongType):
            ask(wrong)


def test_whole_days_are_days(desk: Desk) -> None:
    desk.set_out_of_office("anna", [{"first_day": "2026-11-20", "last_day": "2026-11-20"}], at="2026-11-19T08:00:00Z")
    page = desk.schedule("anna", "2026-11-18T23:00:00Z", "2026-11-21T23:00:00Z", zone="Europe/Stockholm")._repr_html_()
    assert "all day out of office" in page and "00:00–00:00" not in page
    night = Desk(
        document(agents=[{"id": "anna", "working_hours": [{"days": ["fri"], "start": "22:00", "end": "24:00"}]}])
    )
    page = night.schedule("anna", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z", zone="Europe/Stockholm")._repr_html_()
    assert "22:00–24:00" in page
