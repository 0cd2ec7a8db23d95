"""HTML for notebooks: a schedule, a coverage, a decision, a desk.

Plain HTML with inline styles: readable in light and dark, without scripts. States differ in words, not only in colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from html import escape
from typing import TYPE_CHECKING

from . import _clock

if TYPE_CHECKING:
    from .coverage import Coverage, Stretch
    from .decision import Decision
    from .desk import Desk
    from .schedule import Schedule

__all__ = ["coverage", "decision", "desk", "schedule"]

_STYLE = (
    "<style>.frontdesk{border-collapse:collapse;font:13px system-ui,sans-serif}"
    ".frontdesk th{font-weight:600;text-align:left;padding:2px 8px;white-space:nowrap}"
    ".frontdesk td{padding:2px 8px}"
    ".frontdesk .line{position:relative;width:480px;height:18px;padding:0;background:rgba(128,128,128,.14)}"
    ".frontdesk .line i{position:absolute;top:0;bottom:0}"
    ".frontdesk .on{background:#2f9e6e}.frontdesk .off{background:#c05a5a}"
    ".frontdesk .hours td{font-size:10px;padding:0;color:gray}"
    ".frontdesk .out{color:gray}</style>"
)

#: Reasons to be away that have a colour: all but being outside of working hours.
_MARKED = {"out_of_office", "holiday", "set_away", "set_away_by_other", "temporarily_away", "deactivated"}

#: The most days drawn.
_MOST_DAYS = 62


def by_date(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Splits a range at midnights."""
    at = start
    while at < end:
        midnight = datetime.combine(at.date() + timedelta(days=1), time(), at.tzinfo)
        yield at, min(midnight, end)
        at = midnight


def _share(at: datetime) -> float:
    """The local time of day in percent of the day."""
    return (at.hour * 3600 + at.minute * 60 + at.second) / 864


def _bar(start: datetime, end: datetime, style: str, title: str) -> str:
    left = _share(start)
    right = 100.0 if end.date() > start.date() else _share(end)
    return (
        f'<i class="{style}" style="left:{left:.2f}%;width:{max(right - left, 0.2):.2f}%" title="{escape(title)}"></i>'
    )


def _table(rows: Iterable[str], caption: str) -> str:
    return f'{_STYLE}<table class="frontdesk"><caption>{escape(caption)}</caption>{"".join(rows)}</table>'


def _hours() -> str:
    marks = "".join(f'<i style="left:{hour / 0.24:.2f}%;font-style:normal">{hour:02}</i>' for hour in range(0, 24, 3))
    return f'<tr class="hours"><th></th><td class="line">{marks}</td><td></td></tr>'


def schedule(periods: Schedule) -> str:
    """A row per day: when the agent is available, and when away for a marked reason."""
    days: dict[str, tuple[list[str], list[str]]] = {}
    for period in periods:
        for start, end in by_date(period.start, period.end):
            bars, said = days.setdefault(f"{start:%a %d %b %Y}", ([], []))
            span = _clock.span(start, end)
            text = f"{span} {str(period.reason).replace('_', ' ')}"
            if period.available:
                bars.append(_bar(start, end, "on", text))
                said.append(span)
            elif period.reason in _MARKED:
                bars.append(_bar(start, end, "off", text))
                said.append(text)
        if len(days) > _MOST_DAYS:
            break
    rows = [
        f'<tr><th>{day}</th><td class="line">{"".join(bars)}</td><td>{escape(", ".join(said) or "away")}</td></tr>'
        for day, (bars, said) in days.items()
    ]
    caption = f"Schedule, times of {_clock.name(periods[0].start.tzinfo)}" if periods else "Schedule"
    return _table([_hours(), *rows[:_MOST_DAYS]], caption)


def coverage(spans: Coverage) -> str:
    """A row per day: the more agents are available, the stronger the colour."""
    most = max(spans.available, default=0) or 1
    days: dict[str, tuple[list[str], list[int]]] = {}
    for row in spans:
        count = row.available if row.least is None else row.least
        for start, end in by_date(row.start, row.end):
            bars, counts = days.setdefault(f"{start:%a %d %b %Y}", ([], []))
            counts.append(count)
            if count:
                bar = _bar(start, end, "on", f"{_clock.span(start, end)} {count} available{_named(row)}")
                bars.append(bar.replace('style="', f'style="opacity:{0.25 + 0.75 * count / most:.2f};', 1))
        if len(days) > _MOST_DAYS:
            break
    rows = [
        f'<tr><th>{day}</th><td class="line">{"".join(bars)}</td><td>{min(counts)}–{max(counts)} available</td></tr>'
        for day, (bars, counts) in days.items()
    ]
    times = f", times of {_clock.name(spans.start[0].tzinfo)}" if len(spans) else ""
    return _table([_hours(), *rows[:_MOST_DAYS]], f"Coverage, up to {max(spans.available, default=0)} available{times}")


def _named(row: Stretch) -> str:
    """The names of the agents, if asked for."""
    return f": {', '.join(row.agents)}" if row.agents else ""


def decision(made: Decision) -> str:
    """The decision with its reasons, the result of every agent of the target, and the number of the others."""
    from .decision import NOT_IN_TARGET, fared

    zone = made.zone
    rows: list[str] = []
    if made.is_explained:
        rows.append("<tr><th>agent</th><th>load</th><th>fared</th></tr>")
        for one in made.considered:
            style = "" if one.eligible else ' class="out"'
            name = f"<b>{escape(one.agent)}</b>" if one.agent == made.agent else escape(one.agent)
            rows.append(f"<tr{style}><td>{name}</td><td>{one.load}</td><td>{escape(fared(one, zone=zone))}</td></tr>")
        for others in made._others():
            rows.append(f'<tr class="out"><td>{others}</td><td></td><td>{NOT_IN_TARGET}</td></tr>')
    return _table(rows, f"{made.conversation}: {made._summary(zone)}")


def desk(shown: Desk) -> str:
    """The agents with their current statuses."""
    now = shown.now
    if now is None:
        return f"<p>{escape(repr(shown))}</p>"
    rows = ["<tr><th>agent</th><th>team</th><th>state</th><th>until</th><th>load</th></tr>"]
    zone = shown.zone
    for row in shown.table(now, zone=zone):
        until = f"{row.until:%a %d %b %H:%M}" if row.until else ""
        cells = [
            row.name or row.agent,
            row.team or "",
            f"{row.state}, {str(row.reason).replace('_', ' ')}",
            until,
            str(row.load),
        ]
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    return _table(rows, f"{len(shown.queue)} waiting, at {now.astimezone(zone):%a %d %b %Y %H:%M} {_clock.name(zone)}")
