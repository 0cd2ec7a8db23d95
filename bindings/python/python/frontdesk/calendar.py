"""Reads absences, working hours and holidays from calendars, and writes them back.

It reads iCalendar streams (RFC 5545), and the JSON of the Google Calendar API and of Microsoft Graph. One bad event never
hides the others, and nothing is dropped silently: ``skipped`` and ``problems`` list the parts left out.

>>> from frontdesk import calendar
>>> file = '''BEGIN:VCALENDAR
... BEGIN:VEVENT
... UID:a1@calendar
... SUMMARY:Out of office: Rome
... DTSTART;TZID=W. Europe Standard Time:20261120T140000
... DURATION:PT3H
... END:VEVENT
... END:VCALENDAR
... '''
>>> found = calendar.absences(desk, "anna", file)
>>> found.added[0]["start"], found.added[0]["note"]
('2026-11-20T14:00', 'Out of office: Rome')
>>> _ = desk.set_out_of_office("anna", found.out_of_office, at="2026-11-20T09:00:00Z")
>>> desk.status("anna", "2026-11-20T14:00:00Z").reason
Reason.OUT_OF_OFFICE
"""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Union

from . import _native
from ._input import texts
from .desk import Desk
from .problems import InvalidCalendar, InvalidTime, Problem, WrongType, WrongTypeOfCalendar
from .typing import At, Id

__all__ = [
    "Absences",
    "Away",
    "Calendar",
    "Holidays",
    "Hours",
    "absences",
    "holidays",
    "hours",
    "read",
    "write_absences",
    "write_free_busy",
    "write_hours",
]

#: A calendar: its text, its bytes, or the path of a file.
Calendar = Union[str, bytes, "os.PathLike[str]"]


#: The ways an event can be shown, from the least to the most away.
_SHOWN_AS = ("working_elsewhere", "tentative", "busy", "out_of_office")


@dataclass(frozen=True)
class Away:
    """Decides which events count as being away: by how they are shown, by category, or by a pattern of the summary."""

    shown_as: str | None = "out_of_office"
    """The least it must be shown as: ``working_elsewhere``, ``tentative``, ``busy`` or ``out_of_office``."""
    categories: Sequence[str] = ()
    """Categories of which one is enough, in capitals or not."""
    summaries: Sequence[str] = ("out of office*",)
    """Patterns of which one must fit the whole summary; ``*`` stands for anything."""

    def __post_init__(self) -> None:
        for name in ("categories", "summaries"):
            # A text would be a list of one-letter patterns, in which a star matches everything.
            texts(name, getattr(self, name))
        if self.shown_as is not None and self.shown_as not in _SHOWN_AS:
            near = difflib.get_close_matches(str(self.shown_as), _SHOWN_AS, n=1)
            hint = f"did you mean {near[0]}?" if near else "say None where it does not matter"
            message = f"shown_as is one of {', '.join(_SHOWN_AS)}, not {self.shown_as!r:.80}"
            raise InvalidCalendar("invalid_value", message, path="$.away.shown_as", hint=hint)

    def _json(self) -> str:
        said = {"shown_as": self.shown_as, "categories": list(self.categories), "summaries": list(self.summaries)}
        return json.dumps(said)


@dataclass(frozen=True)
class Reading:
    """The result of reading a calendar, without its entries."""

    skipped: tuple[Mapping[str, Any], ...]
    """The events that were understood and do not count: ``uid``, ``summary``, ``why``."""
    problems: tuple[Problem, ...]
    """The problems of the parts that were not understood, each with its line, and the property or the JSON path."""
    complete: bool
    """``True`` if the whole calendar was read."""
    notes: tuple[Problem, ...]
    """Warnings about parts that were read but are unusual, each with its place as the problems."""


@dataclass(frozen=True)
class Absences(Reading):
    """The absences of a calendar, as a document has them, and the changes they make."""

    absences: tuple[Mapping[str, Any], ...]
    """Those of the calendar."""
    out_of_office: tuple[Mapping[str, Any], ...]
    """All the agent has afterwards: what ``set_out_of_office`` takes."""
    added: tuple[Mapping[str, Any], ...] = ()
    """Those that are new."""
    updated: tuple[Mapping[str, Any], ...] = ()
    """Those that changed: ``before`` and ``after``."""
    removed: tuple[Mapping[str, Any], ...] = ()
    """Those that the calendar has no more."""
    kept: tuple[Mapping[str, Any], ...] = ()
    """Those that it does not have and that stay, each with ``why``."""


@dataclass(frozen=True)
class Hours(Reading):
    """The working hours of a calendar, as a document has them."""

    working_hours: tuple[Mapping[str, Any], ...] | None
    """The weekly hours, for ``set_working_hours``; ``None`` if the calendar has none."""
    date_hours: tuple[Mapping[str, Any], ...]
    """The hours of single dates, for ``set_date_hours``."""


@dataclass(frozen=True)
class Holidays(Reading):
    """The holidays of a calendar."""

    dates: tuple[date, ...]
    """The dates, in order, each once: what the ``dates`` of a holiday take."""
    names: Mapping[date, str]
    """The name of the calendar."""


def absences(
    desk: Desk, agent: Id, calendar: Calendar, *, away: Away | None = None, name: str | None = None
) -> Absences:
    """Reads the absences of an agent's calendar, which replace those read from this calendar before.

    :param away: Decides which events count as being away.
    :param name: The name of the calendar, if an agent has several: only absences from this one are replaced.
    :raises NotFound: No such agent.
    :raises InvalidCalendar: The input is not a calendar.
    """
    data = json.loads(_desk(desk)._read_absences(agent, _bytes(calendar), _said_away(away), name))
    read, changes = data["reading"], data["changes"]
    return Absences(
        *_said(read),
        absences=tuple(read["absences"]),
        out_of_office=tuple(changes["out_of_office"]),
        added=tuple(changes["added"]),
        updated=tuple(changes["updated"]),
        removed=tuple(changes["removed"]),
        kept=tuple(changes["kept"]),
    )


def read(calendar: Calendar, *, zone: str, away: Away | None = None) -> Absences:
    """Reads the absences of a calendar without a desk.

    :param zone: The zone for times without one.
    :raises InvalidTime: No such zone.
    """
    data = json.loads(_native.read_calendar(_bytes(calendar), zone, _said_away(away)))
    found = tuple(data["absences"])
    return Absences(*_said(data), absences=found, out_of_office=found, added=found)


def hours(desk: Desk, agent: Id, calendar: Calendar) -> Hours:
    """Reads the working hours of an iCalendar stream (``VAVAILABILITY``, RFC 7953), in the zone of an agent.

    :raises NotFound: No such agent.
    """
    data = json.loads(_desk(desk)._read_hours(agent, _bytes(calendar)))
    weekly = data.get("working_hours")
    return Hours(
        *_said(data), working_hours=None if weekly is None else tuple(weekly), date_hours=tuple(data["date_hours"])
    )


def holidays(
    calendar: Calendar,
    *,
    summaries: Iterable[str] = (),
    categories: Iterable[str] = (),
    first_day: date | str | None = None,
    last_day: date | str | None = None,
) -> Holidays:
    """Reads the holidays of a calendar: all its events of whole days.

    :param summaries: Patterns, one of which the summary has to match; ``*`` stands for any text. If empty, all match.
    :param categories: Categories, one of which the event must have. If empty, all match.
    :param last_day: The last date; required if a holiday repeats without end.
    """
    bounds = [_date("first_day", first_day), _date("last_day", last_day)]
    wanted = texts("summaries", summaries), texts("categories", categories)
    data = json.loads(_native.read_holidays(_bytes(calendar), *wanted, *bounds))
    days = {date.fromisoformat(day["date"]): day.get("name") for day in data["dates"]}
    return Holidays(*_said(data), dates=tuple(days), names={day: name for day, name in days.items() if name})


def write_absences(desk: Desk, agent: Id, *, at: At) -> str:
    """Writes the absences of an agent as iCalendar, from which ``absences`` reads the same ones.

    :param at: The instant of writing.
    :raises NotFound: No such agent.
    """
    return _desk(desk)._write_absences(agent, at)


def write_hours(desk: Desk, agent: Id, *, at: At) -> str:
    """Writes the working hours of an agent as iCalendar (``VAVAILABILITY``).

    :param at: The instant of writing.
    :raises NotFound: No such agent.
    """
    return _desk(desk)._write_hours(agent, at)


def write_free_busy(desk: Desk, agent: Id, start: At, end: At, *, at: At) -> str:
    """Writes free/busy time (``VFREEBUSY``): when an agent is out of office or on holiday.

    :param at: The instant of writing.
    :raises NotFound: No such agent.
    """
    return _desk(desk)._write_free_busy(agent, start, end, at)


def _bytes(calendar: Calendar) -> bytes:
    if isinstance(calendar, os.PathLike):
        return Path(calendar).read_bytes()
    if isinstance(calendar, (bytes, bytearray, memoryview)):
        return bytes(calendar)
    if not isinstance(calendar, str):
        hint = "give its text, its bytes, or the pathlib.Path of a file"
        raise WrongTypeOfCalendar.single("wrong_type", f"{calendar!r:.80} is not a calendar", hint=hint)
    try:
        return calendar.encode()
    except UnicodeEncodeError as error:
        line = calendar.count("\n", 0, error.start) + 1
        position = (line, error.start - calendar.rfind("\n", 0, error.start))
        said = "the calendar holds half a character (a lone surrogate)"
        hint = "give its bytes, as they came"
        raise InvalidCalendar.single("invalid_value", said, position=position, hint=hint) from error


def _desk(desk: object) -> Desk:
    if isinstance(desk, Desk):
        return desk
    raise WrongType.single("wrong_type", f"{desk!r:.80} is not a desk", hint="the desk comes first, then the agent")


def _said_away(away: object) -> str | None:
    if away is None or isinstance(away, Away):
        return None if away is None else away._json()
    raise WrongType.single(
        "wrong_type", f"away is not {away!r:.80}", hint='give an Away, such as Away(shown_as="busy")'
    )


def _date(name: str, day: object) -> str | None:
    """A date as JSON text."""
    if day is None or isinstance(day, date):
        return None if day is None else f"{day:%Y-%m-%d}"
    if isinstance(day, str):
        try:
            return date.fromisoformat(day).isoformat()
        except ValueError:
            raise InvalidTime(
                "invalid_time", f"{day!r:.80} is not a date", path=f"$.{name}", hint="write 2026-12-24"
            ) from None
    raise WrongType(
        "wrong_type", f"{day!r:.80} is not a date", path=f"$.{name}", hint="give a date, or text such as 2026-12-24"
    )


def _said(
    data: Mapping[str, Any],
) -> tuple[tuple[Mapping[str, Any], ...], tuple[Problem, ...], bool, tuple[Problem, ...]]:
    problems, notes = (tuple(map(_problem, data[key])) for key in ("problems", "notes"))
    return tuple(data.get("skipped", ())), problems, bool(data["complete"]), notes


def _problem(data: Mapping[str, Any]) -> Problem:
    place = data.get("position")
    position = None if place is None else (place["line"], place["column"])
    return InvalidCalendar(data["code"], data["message"], data.get("path"), position, data.get("hint"))
