"""The content of the desk's page: who is available, the week ahead, the queue with reasons. Read from a copy of the desk."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any

from helpdesk.models import Queue, Ticket

from frontdesk import AgentRow, Conversation, Desk, Event, Period, Whereabouts
from frontdesk.decision import fared
from frontdesk.django.models import Turn
from frontdesk.html import by_date
from frontdesk.results import StepConsidered

from . import clock, shared
from .acting import Acting, May
from .effects import names_of

#: How many days are drawn.
DAYS = 7
#: How many decisions are listed, and in how many turns they are looked for.
LAST, TURNS = 12, 200

#: Reasons to be away that are worth a colour: being outside working hours is not.
_MARKED = {"out_of_office", "holiday", "set_away", "set_away_by_other", "temporarily_away", "deactivated"}


@dataclass(frozen=True)
class Bar:
    """A piece of a time line: where it begins and how long it is, in percent of the whole."""

    left: str
    width: str
    style: str
    title: str


@dataclass(frozen=True)
class Person:
    """An agent on the page."""

    row: AgentRow
    name: str
    team: str
    clock: str
    zone: str
    because: str
    limit: int | None
    share: int
    bars: list[Bar]
    week: str
    absences: list[str]
    is_guest: bool
    may: May


@dataclass(frozen=True)
class Cell:
    """An hour of a team: how many are available in all of it."""

    least: int
    level: int
    title: str


@dataclass(frozen=True)
class TeamWeek:
    """A team's week ahead, a row of hours for each day."""

    name: str
    days: list[tuple[str, list[Cell]]]
    gaps: str


@dataclass(frozen=True)
class Waiting:
    """A ticket that nobody has."""

    ticket: Ticket
    conversation: Conversation
    since: str
    step: str
    why: list[tuple[str, str]]


@dataclass(frozen=True)
class Given:
    """A ticket that went to somebody."""

    ticket: Ticket
    event: Event
    name: str
    at: str


class Overview:
    """The desk as it is at an instant.

    :param acting: Who looks at it, and may do what.
    """

    def __init__(self, acting: Acting) -> None:
        self.acting = acting
        self.desk: Desk = shared.copy()
        self.zone = self.desk.zone
        self.now = clock.now().astimezone(self.zone)
        self.document = self.desk.document()
        self.teams = {team["id"]: str(team.get("name", team["id"])) for team in self.document.get("teams", [])}
        self.start = datetime.combine(self.now.date(), time(), self.zone)
        self.end = datetime.combine(self.now.date() + timedelta(days=DAYS), time(), self.zone)
        self.entries = {entry["id"]: entry for entry in self.document.get("agents", [])}
        self.names = names_of(self.desk)
        self.rows = self.desk.table(self.now)
        self.allowed = acting.allowed(self.desk, self.now, [row.agent for row in self.rows])

    @property
    def clock(self) -> str:
        """Date and time on the wall."""
        return f"{self.now:%a %d %b %H:%M}"

    @property
    def is_behind(self) -> bool:
        """``True`` if something is due that was not applied yet."""
        return self.desk.is_due(self.now)

    @property
    def next_wakeup(self) -> str:
        """The instant at which something falls due next."""
        return when(self.desk.next_wakeup, self.now)

    @property
    def available(self) -> int:
        """The number of available agents."""
        return sum(row.state == "available" for row in self.rows)

    def people(self) -> list[Person]:
        """Every agent, in document order."""
        return [self._person(row) for row in self.rows]

    def days(self) -> list[str]:
        """The days that are drawn."""
        return [f"{self.start + timedelta(days=day):%a %d}" for day in range(DAYS)]

    def now_share(self) -> str:
        """The position of the present on the days, in percent."""
        return self._share(self.now)

    def weeks(self) -> list[TeamWeek]:
        """Each team's coverage."""
        return [self._week(team, name) for team, name in self.teams.items()]

    def waiting(self) -> list[Waiting]:
        """The waiting conversations in the order of the queue."""
        return list(self._held_by_nobody(self.desk.queue))

    def by_hand(self) -> list[Waiting]:
        """The unassigned conversations that the desk does not route."""
        idle = (Whereabouts.UNASSIGNED, Whereabouts.VOICEMAIL, Whereabouts.WITH_TEAM, Whereabouts.WITH_BOT)
        return list(self._held_by_nobody(one.conversation for one in self.desk.conversations() if one.state in idle))

    def decisions(self) -> list[Given]:
        """The last assignments."""
        events = list(islice(_assigned(), LAST))
        tickets = Ticket.objects.in_bulk([int(event.conversation or 0) for event in events])
        given = [(tickets.get(int(event.conversation or 0)), event) for event in events]
        return [
            Given(ticket, event, self.names[event.agent or ""], when(event.at, self.now))
            for ticket, event in given
            if ticket is not None
        ]

    def strangers(self) -> list[str]:
        """Queues that are none of the desk's inboxes: their tickets it leaves alone."""
        inboxes = {inbox["id"] for inbox in self.document.get("inboxes", [])}
        return [queue.title for queue in Queue.objects.all() if queue.slug not in inboxes]

    def _person(self, row: AgentRow) -> Person:
        entry = self.entries[row.agent]
        limit = (row.capacity or {}).get("total")
        zone = self.desk.zone_of(row.agent)
        bars = list(self._bars(self.desk.schedule(row.agent, self.start, self.end)))
        return Person(
            row=row,
            name=self.names[row.agent],
            may=self.allowed[row.agent],
            team=self.teams.get(row.team or "", ""),
            clock=f"{self.now.astimezone(zone):%H:%M}",
            zone=str(zone),
            because=self._because(row),
            limit=limit,
            share=min(100, round(100 * row.load / limit)) if limit else 0,
            bars=bars,
            week="; ".join(bar.title for bar in bars) or "away all week",
            absences=[absence_text(absence) for absence in entry.get("out_of_office", [])],
            is_guest=bool(entry.get("attributes", {}).get("guest")),
        )

    def _because(self, row: AgentRow) -> str:
        """The reason of a status, its end, who set it, and its note."""
        until = f" until {when(row.until, self.now)}" if row.until else ""
        by = f", by {self.names[row.by]}" if row.by and row.by != row.agent else ""
        note = f" “{row.note}”" if row.note else ""
        return f"{str(row.reason).replace('_', ' ')}{until}{by}{note}"

    def _bars(self, periods: Iterable[Period]) -> Iterator[Bar]:
        for period in periods:
            style = "on" if period.available else "off" if period.reason in _MARKED else ""
            if style:
                said = f"{_span(period.start, period.end)} {str(period.reason).replace('_', ' ')}"
                left, right = float(self._share(period.start)), float(self._share(period.end))
                yield Bar(f"{left:.2f}", f"{right - left:.2f}", style, said)

    def _share(self, at: datetime) -> str:
        """The position of an instant in the week, in percent: all days have the same width, by local time."""
        days = (at.date() - self.start.date()).days + (at.hour * 60 + at.minute) / 1440
        return f"{100 * days / DAYS:.2f}"

    def _week(self, team: str, name: str) -> TeamWeek:
        coverage = self.desk.coverage(self.start, self.end, team=team, extra=True)
        least: dict[str, list[int]] = {f"{self.start + timedelta(days=day):%a %d}": [99] * 24 for day in range(DAYS)}
        for stretch in coverage:
            for start, end in by_date(stretch.start, stretch.end):
                last = 24 if end.date() > start.date() else end.hour + (end.minute > 0)
                hours = least[f"{start:%a %d}"]
                for hour in range(start.hour, last):
                    hours[hour] = min(hours[hour], stretch.available)
        # A time that the clocks skip counts as the hour before.
        days = [(day, [_cell(day, hour, count) for hour, count in enumerate(hours)]) for day, hours in least.items()]
        return TeamWeek(name, days, self._gaps(coverage))

    def _gaps(self, coverage: Any) -> str:
        """The next time with nobody available."""
        for stretch in coverage:
            if stretch.available == 0 and stretch.end > self.now:
                if stretch.start <= self.now:
                    return f"nobody now, until {when(stretch.end, self.now)}"
                return f"nobody from {when(stretch.start, self.now)} to {when(stretch.end, stretch.start)}"
        return "somebody all week"

    def _held_by_nobody(self, names: Iterable[str]) -> Iterator[Waiting]:
        wanted = list(names)
        tickets = Ticket.objects.select_related("queue").in_bulk([int(name) for name in wanted])
        for name in wanted:
            conversation = self.desk.conversation(name, zone=self.zone)
            if conversation is None or int(name) not in tickets:
                continue
            steps = self.desk.why(name, zone=self.zone)
            said = _waits_for(steps[-1]) if steps else ""
            since = when(conversation.opened_at, self.now)
            yield Waiting(tickets[int(name)], conversation, since, said, self._why(steps))

    def _why(self, steps: Iterable[Any]) -> list[tuple[str, str]]:
        """Reasons, and whom each is about: those that came closest to taking it first."""
        whom: dict[str, list[str]] = defaultdict(list)
        for one in [considered for step in steps for considered in step.considered]:
            name = self.names[one.agent]
            said = fared(one)
            if one.reason is not None and name not in whom[said]:
                whom[said].append(name)
        return [(said, ", ".join(names)) for said, names in whom.items() if names]


def _assigned() -> Iterator[Event]:
    """The assignments in the last turns, the latest first. They have no personal data."""
    for turn in Turn.objects.filter(desk=shared.NAME)[:TURNS]:
        for event in reversed(turn.content.get("events", [])):
            if event["type"] == "assigned":
                yield Event.from_json(json.dumps(event))


def _waits_for(step: StepConsidered) -> str:
    return f"team {step.team}" if step.team else f"{step.rule}, step {step.step}"


def when(at: datetime | None, now: datetime) -> str:
    """An instant as one says it: the day only where it is another."""
    if at is None:
        return ""
    at = at.astimezone(now.tzinfo)
    days = (at.date() - now.date()).days
    if days == 0:
        return f"{at:%H:%M}"
    return f"{at:%a %H:%M}" if 0 < days < DAYS else f"{at:%a %d %b %H:%M}"


def _cell(day: str, hour: int, count: int) -> Cell:
    said = "nobody" if count in (0, 99) else f"{count} available"
    return Cell(
        0 if count == 99 else count, min(0 if count == 99 else count, 4), f"{day}, {hour:02}–{hour + 1:02}: {said}"
    )


def _span(start: datetime, end: datetime) -> str:
    """A range in words; by days if it is of whole days."""
    last = end - timedelta(days=1)
    if start.time() == end.time() == time():
        return f"{start:%a}" if last.date() == start.date() else f"{start:%a}–{last:%a}"
    if end.time() == time():
        return f"{start:%a %H:%M}–24:00" if last.date() == start.date() else f"{start:%a %H:%M}–{last:%a} 24:00"
    return f"{start:%a %H:%M}–{end:%H:%M}" if end.date() == start.date() else f"{start:%a %H:%M}–{end:%a %H:%M}"


def absence_text(absence: dict[str, Any]) -> str:
    """An absence as one says it."""
    if "first_day" in absence:
        first, last = absence["first_day"], absence.get("last_day", absence["first_day"])
        span = first if first == last else f"{first} – {last}"
    else:
        span = f"{absence['start'].replace('T', ' ')} – {absence['end'].replace('T', ' ')}"
    repeat = ", repeated" if "repeat" in absence else ""
    note = f" “{absence['note']}”" if absence.get("note") else ""
    return f"{span}{repeat}{note}"
