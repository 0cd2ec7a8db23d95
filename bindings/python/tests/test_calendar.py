"""Calendars in and out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from frontdesk import Desk, InvalidCalendar, InvalidTime, NotFound, Reason, WrongType, calendar

AT = "2026-11-20T09:00:00Z"
EVENT = "BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:{summary}\r\nDTSTART:{start}\r\nDURATION:PT3H\r\n{more}END:VEVENT\r\n"


def stream(*events: str) -> str:
    return "BEGIN:VCALENDAR\r\n" + "".join(events) + "END:VCALENDAR\r\n"


def event(uid: str, summary: str = "Out of office", start: str = "20261120T140000", more: str = "") -> str:
    return EVENT.format(uid=uid, summary=summary, start=start, more=more)


def test_absences_come_and_go(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "anna.ics"
    text = stream(
        event("a"), event("b", "Lunch"), event("c", more="RRULE:FREQ=WEEKLY\r\n"), event("d", start="whenever")
    )
    file.write_bytes(text.encode())
    found = calendar.absences(desk, "anna", file)
    assert [one["uid"] for one in found.added] == ["a", "c"]
    assert [one["why"] for one in found.skipped] == ["not_away"]
    assert [type(problem) for problem in found.problems] == [InvalidCalendar] and found.complete
    assert found.problems[0].position is not None
    desk.set_out_of_office("anna", found.out_of_office, at=AT).raise_if_refused()
    assert desk.status("anna", "2026-11-27T14:00:00Z").reason is Reason.OUT_OF_OFFICE

    again = calendar.absences(desk, "anna", stream(event("c", more="RRULE:FREQ=WEEKLY\r\n")))
    assert ([one["uid"] for one in again.removed], again.added) == (["a"], ())
    more = calendar.absences(desk, "anna", text, away=calendar.Away(summaries=["lunch*"], shown_as=None))
    assert [one["note"] for one in more.absences] == ["Lunch"]
    assert calendar.read(text, zone="Europe/Stockholm").absences == found.absences


def test_absences_out_and_in_again(desk: Desk) -> None:
    away = [{"first_day": "2027-02-01", "last_day": "2027-02-05", "note": "Skiing", "uid": "ski"}]
    desk.set_out_of_office("anna", away, at=AT)
    text = calendar.write_absences(desk, "anna", at=AT)
    assert "SUMMARY:Skiing\r\n" in text
    assert [dict(one) for one in calendar.read(text, zone="Europe/Stockholm").absences] == away
    busy = calendar.write_free_busy(desk, "anna", AT, "2027-03-01T00:00:00Z", at=AT)
    assert "FREEBUSY" in busy


def test_hours_out_and_in_again(desk: Desk) -> None:
    hours = [{"days": ["mon", "tue"], "start": "09:00", "end": "17:00"}]
    desk.set_working_hours("anna", hours, at=AT)
    found = calendar.hours(desk, "anna", calendar.write_hours(desk, "anna", at=AT))
    assert found.working_hours is not None and [dict(one) for one in found.working_hours] == hours
    assert calendar.hours(desk, "anna", stream()).working_hours is None


def test_holidays() -> None:
    text = stream("BEGIN:VEVENT\nUID:x\nSUMMARY:Christmas Day\nDTSTART;VALUE=DATE:20261225\nDURATION:P2D\nEND:VEVENT\n")
    found = calendar.holidays(text)
    assert found.dates == (date(2026, 12, 25), date(2026, 12, 26))
    assert found.names[date(2026, 12, 25)] == "Christmas Day"
    assert calendar.holidays(text, last_day=date(2026, 12, 25)).dates == (date(2026, 12, 25),)


def test_what_is_no_calendar(desk: Desk) -> None:
    found = calendar.absences(desk, "anna", b"\xff\x00 no calendar")
    assert found.absences == () and found.problems
    with pytest.raises(NotFound):
        calendar.absences(desk, "x", stream())
    with pytest.raises(InvalidTime):
        calendar.read(stream(), zone="Nowhere")
    with pytest.raises(InvalidCalendar):
        calendar.absences(desk, "anna", stream(), away=calendar.Away(shown_as="gone"))


@pytest.mark.parametrize("one", ["vacation*", b"vacation*", 5])
def test_a_text_is_no_list_of_letters(one: Any) -> None:
    file = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261120T090000Z\nDURATION:PT1H\nSUMMARY:Standup\nEND:VEVENT\nEND:VCALENDAR\n"
    for key in ("summaries", "categories"):
        with pytest.raises(WrongType) as caught:
            calendar.read(file, zone="UTC", away=calendar.Away(**{key: one}))
        assert key in str(caught.value)
        assert "[" in (caught.value.hint or "")
        with pytest.raises(WrongType):
            calendar.holidays(file, **{key: one})
    with pytest.raises(WrongType):
        calendar.holidays(file, summaries=["a", 5])  # type: ignore[list-item]
    assert calendar.read(file, zone="UTC", away=calendar.Away(summaries=("stand*",))).absences
