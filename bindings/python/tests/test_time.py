"""Instants, lengths and zones, in and out."""

from __future__ import annotations

import sys
import zoneinfo
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from frontdesk import Code, Desk, InvalidCommand, InvalidTime, State, WrongType, calendar

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=STOCKHOLM)
EPOCH = 1795172400


class Fixed(tzinfo):
    """A zone that somebody wrote: half an hour and 250 ms east."""

    def utcoffset(self, _: datetime | None) -> timedelta:
        return timedelta(minutes=30, milliseconds=250)

    def dst(self, _: datetime | None) -> timedelta:
        return timedelta()

    def tzname(self, _: datetime | None) -> str:
        return "fixed"


@pytest.mark.parametrize(
    "at",
    [
        NOON,
        NOON.astimezone(timezone.utc),
        NOON.astimezone(ZoneInfo("Asia/Kolkata")),
        NOON.astimezone(timezone(timedelta(hours=-7))),
        NOON.astimezone(Fixed()),
        EPOCH,
        float(EPOCH),
        EPOCH + 0.0004,
        "2026-11-20T12:00:00+01:00",
        "2026-11-20T11:00:00.000Z",
    ],
)
def test_an_instant_may_be_given_in_many_ways(desk: Desk, at: Any) -> None:
    status = desk.status("anna", at)
    assert status.state is State.AVAILABLE
    assert status.until == datetime(2026, 11, 20, 16, tzinfo=timezone.utc)
    assert desk.advance(at)[0].to_dict()["at"] == "2026-11-20T11:00:00.000Z"


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (datetime(2026, 11, 20, 12), Code.MISSING_OFFSET),
        (datetime(1, 1, 1, tzinfo=timezone.utc), Code.OUT_OF_RANGE),
        (datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=timezone.utc), Code.OUT_OF_RANGE),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))), Code.OUT_OF_RANGE),
        (datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12))), Code.OUT_OF_RANGE),
        (datetime(2200, 1, 1, tzinfo=timezone.utc), Code.OUT_OF_RANGE),
        (datetime(1999, 12, 31, 23, 59, tzinfo=timezone.utc), Code.OUT_OF_RANGE),
        (float("nan"), Code.INVALID_TIME),
        (float("inf"), Code.INVALID_TIME),
        (1e300, Code.OUT_OF_RANGE),
        (10**30, Code.OUT_OF_RANGE),
        (-(10**18), Code.OUT_OF_RANGE),
        (EPOCH * 1000, Code.OUT_OF_RANGE),
        ("2026-11-20T12:00:00", Code.MISSING_OFFSET),
        ("yesterday", Code.INVALID_TIME),
        ("\ud800", Code.INVALID_TIME),
    ],
)
def test_what_is_no_instant_is_told(desk: Desk, at: Any, code: Code) -> None:
    for ask in (lambda: desk.status("anna", at), lambda: desk.available(at), lambda: desk.advance(at)):
        with pytest.raises(InvalidTime) as caught:
            ask()
        assert caught.value.code is code
    assert desk.now is None


@pytest.mark.parametrize("at", [True, None, [], date(2026, 11, 20), time(12), b"2026", object(), 1 + 2j])
def test_what_is_of_another_type_is_told(desk: Desk, at: Any) -> None:
    with pytest.raises(WrongType, match="aware datetime") as caught:
        desk.status("anna", at)
    assert isinstance(caught.value, TypeError)


def test_a_naive_datetime_says_how_to_fix_it(desk: Desk) -> None:
    with pytest.raises(InvalidTime, match=r"replace\(tzinfo=ZoneInfo\(") as caught:
        desk.status("anna", datetime(2026, 11, 20, 12))
    assert caught.value.path == "$.at"


@pytest.mark.parametrize(
    ("ask", "path"),
    [
        (lambda desk, at: desk.schedule("anna", at, NOON), "$.start"),
        (lambda desk, at: desk.schedule("anna", NOON, at), "$.end"),
        (lambda desk, at: desk.coverage(at, NOON), "$.start"),
        (lambda desk, at: desk.coverage(NOON, at), "$.end"),
        (lambda desk, at: desk.working_time(at, NOON, agent="anna"), "$.start"),
        (lambda desk, at: desk.working_time(NOON, at, agent="anna"), "$.end"),
        (lambda desk, at: calendar.write_free_busy(desk, "anna", at, NOON, at=NOON), "$.start"),
        (lambda desk, at: desk.after(at, "1h", agent="anna"), "$.at"),
        (lambda desk, at: desk.advance(at), "$.at"),
        (lambda desk, at: desk.open("c1", inbox="main", channel="chat", at=at), "$.at"),
        (lambda desk, at: desk.snooze("c1", until=at, at=NOON), "$.until"),
        (lambda desk, at: desk.set_status("anna", "away", until=at, at=NOON), "$.until"),
    ],
)
def test_a_path_names_the_instant_that_is_wrong(desk: Desk, ask: Any, path: str) -> None:
    for wrong, error in [(datetime(2026, 11, 20, 12), InvalidTime), ("soon", InvalidTime), (None, WrongType)]:
        if path == "$.until" and wrong is None:
            continue
        with pytest.raises(error) as caught:
            ask(desk, wrong)
        assert caught.value.path == path


def test_a_command_at_a_naive_time_is_an_invalid_command(desk: Desk) -> None:
    naive = datetime(2026, 11, 20, 12)
    commands: list[Any] = [
        lambda at: desk.advance(at),
        lambda at: desk.open("c1", inbox="main", channel="chat", at=at),
        lambda at: desk.set_status("anna", "away", until=at, at=NOON),
    ]
    for command in commands:
        with pytest.raises(InvalidCommand) as caught:
            command(naive)
        assert isinstance(caught.value, InvalidTime) and caught.value.code is Code.MISSING_OFFSET
    with pytest.raises(InvalidTime) as question:
        desk.status("anna", naive)
    assert not isinstance(question.value, InvalidCommand)


def test_the_step_and_the_duration_that_are_no_length(desk: Desk) -> None:
    with pytest.raises(InvalidTime) as step:
        desk.coverage(NOON, NOON, step="soon")
    assert step.value.path == "$.step"
    wrong: Any = 5
    with pytest.raises(InvalidCommand, match="give a timedelta") as caught:
        desk.set_status("anna", "away", duration=wrong, at=NOON)
    assert caught.value.path == "$.duration" and isinstance(caught.value, WrongType)


@pytest.mark.parametrize(
    ("zone", "clock"),
    [
        (timezone(timedelta(hours=1)), "12:00:00"),
        (timezone(timedelta(hours=-7)), "04:00:00"),
        (timezone.utc, "11:00:00"),
        (STOCKHOLM, "12:00:00"),
        ("Asia/Kolkata", "16:30:00"),
    ],
)
def test_the_zone_of_a_story(desk: Desk, zone: Any, clock: str) -> None:
    given = desk.open("c1", inbox="main", channel="chat", at=NOON)
    assert desk.story("c1", given, zone=zone)[0].clock == clock
    with pytest.raises(InvalidTime, match="give a ZoneInfo"):
        desk.story("c1", given, zone=timezone(timedelta(minutes=30)))


def test_where_python_has_no_zones(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tzdata", None)
    was = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([])
    zoneinfo.ZoneInfo.clear_cache()
    try:
        with pytest.raises(InvalidTime, match="pip install tzdata"):
            desk.status("anna", NOON, zone="Asia/Tokyo")
    finally:
        zoneinfo.reset_tzpath(was)


def test_answers_speak_the_zone_of_the_question(desk: Desk) -> None:
    def until(at: Any, **zone: Any) -> str:
        found = desk.status("anna", at, **zone).until
        assert found is not None
        return found.isoformat()

    assert until(NOON) == "2026-11-20T17:00:00+01:00"
    assert until(NOON.astimezone(timezone.utc)) == "2026-11-20T16:00:00+00:00"
    assert until(EPOCH) == "2026-11-20T16:00:00+00:00"
    assert until(EPOCH, zone="Asia/Kolkata") == "2026-11-20T21:30:00+05:30"
    assert until(NOON, zone=ZoneInfo("America/Vancouver")) == (
        datetime(2026, 11, 20, 16, tzinfo=timezone.utc).astimezone(ZoneInfo("America/Vancouver")).isoformat()
    )
    assert until(NOON, zone=timezone(timedelta(hours=2))) == "2026-11-20T18:00:00+02:00"


def test_a_zone_that_is_none_is_told(desk: Desk) -> None:
    with pytest.raises(InvalidTime, match="did you mean Europe/Stockholm"):
        desk.status("anna", NOON, zone="Europe/Stokholm")
    with pytest.raises(WrongType):
        desk.status("anna", NOON, zone=3)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def test_the_second_pass_of_an_hour_is_another_instant(desk: Desk) -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=STOCKHOLM)
    second = first.replace(fold=1)
    assert [desk.handle({"type": "advance", "at": at})[0].at.timestamp() for at in [first]] == [first.timestamp()]
    start, end = desk.schedule("anna", first, second)[0].start, desk.schedule("anna", first, second)[-1].end
    assert (start, start.fold, end.fold) == (first, 0, 1)
    assert end.timestamp() - start.timestamp() == 3600


def test_what_is_finer_than_a_millisecond_is_cut_towards_the_past(desk: Desk) -> None:
    at = datetime(2026, 11, 20, 12, 0, 0, 1999, tzinfo=timezone.utc)
    assert desk.advance(at)[0].to_dict()["at"] == "2026-11-20T12:00:00.001Z"
    assert Desk(desk.document()).advance(1795176000.001)[0].to_dict()["at"] == "2026-11-20T12:00:00.001Z"


@pytest.mark.parametrize("time", [timedelta(hours=1, minutes=30), "1h30m", "90m"])
def test_lengths_of_time(desk: Desk, time: Any) -> None:
    assert desk.after(NOON, time, agent="anna") == NOON + timedelta(minutes=90)
    assert desk.before(NOON, time, team="support") == NOON - timedelta(minutes=90)


@pytest.mark.parametrize(("time", "error"), [(timedelta(-1), InvalidTime), ("soon", InvalidTime), (90, WrongType)])
def test_what_is_no_length_of_time_is_told(desk: Desk, time: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        desk.after(NOON, time, agent="anna")


def test_working_time(desk: Desk) -> None:
    monday = datetime(2026, 11, 23, 12, tzinfo=STOCKHOLM)
    assert desk.working_time(NOON, monday, agent="anna") == timedelta(hours=8)
    assert desk.working_time(NOON, monday, inbox="main", channel="chat") == timedelta(days=3)


def test_the_end_of_time_is_an_end(desk: Desk) -> None:
    end = datetime(2200, 1, 1, tzinfo=timezone.utc)
    last = desk.schedule("anna", datetime(2199, 12, 31, tzinfo=timezone.utc), end)[-1]
    assert last.end == end


def test_a_subclass_of_datetime_will_do(desk: Desk) -> None:
    class Stamp(datetime):
        pass

    at = Stamp(2026, 11, 20, 12, tzinfo=STOCKHOLM)
    assert desk.status("anna", at).available


def test_what_a_zone_raises_is_handed_on(desk: Desk) -> None:
    class Broken(tzinfo):
        def utcoffset(self, _: datetime | None) -> timedelta:
            raise ZeroDivisionError("no offset")

        dst = utcoffset

        def tzname(self, _: datetime | None) -> str:
            return "broken"

    with pytest.raises(ZeroDivisionError, match="no offset"):
        desk.status("anna", datetime(2026, 11, 20, tzinfo=Broken()))
