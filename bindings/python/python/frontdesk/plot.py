"""Plots of coverage and schedules, with matplotlib: ``pip install frontdesk[plot]``.

A plot is drawn on matplotlib axes; its figure is ``axes.figure``:

>>> from frontdesk import plot
>>> axes = plot.coverage(desk, "2026-11-16T00:00:00+01:00", "2026-11-23T00:00:00+01:00", team="support")
>>> axes.figure.savefig("coverage.png")
>>> plot.week(desk, "2026-11-16T00:00:00+01:00", zone="Europe/Stockholm").figure.savefig("week.png")
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from . import _clock, _input, _native
from .enums import Reason
from .html import by_date
from .problems import InvalidValue, WrongType
from .typing import At, Id, Length

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .desk import Desk

__all__ = ["coverage", "week"]

#: The seconds of a day on the wall clock.
_DAY = 86_400

#: The colours of reasons; others are not drawn.
COLOURS = {
    Reason.WORKING_HOURS: "#2f9e6e",
    Reason.ALWAYS_ON: "#2f9e6e",
    Reason.SET_AVAILABLE: "#6ccf9f",
    Reason.OUT_OF_OFFICE: "#c05a5a",
    Reason.HOLIDAY: "#c79a3b",
    Reason.SET_AWAY: "#8a6fb3",
    Reason.SET_AWAY_BY_OTHER: "#8a6fb3",
    Reason.TEMPORARILY_AWAY: "#b39fd0",
    Reason.DEACTIVATED: "#999999",
}


def _axes(axes: Axes | None, height: float) -> Axes:
    if axes is not None:
        return axes
    try:
        from matplotlib.figure import Figure
    except ImportError as error:  # pragma: no cover
        raise ImportError("frontdesk.plot needs matplotlib: pip install frontdesk[plot]") from error
    made: Axes = Figure(figsize=(10, max(height, 1.6)), layout="constrained").add_subplot()
    return made


def coverage(
    desk: Desk,
    start: At,
    end: At,
    *,
    team: Id | None = None,
    extra: bool = False,
    inbox: Id | None = None,
    step: Length = timedelta(minutes=30),
    zone: tzinfo | str | None = None,
    axes: Axes | None = None,
) -> Axes:
    """Draws the number of available agents as a heat map: a row per date, a column per step of the day; gaps are marked.

    :param step: The length of a step, which divides a day, in whole seconds: a timedelta, or text such as ``"30m"``.
    :param axes: The axes to draw on; those of a new figure, ``axes.figure``, if absent.
    :raises InvalidValue: The step does not divide a day.
    """
    import numpy

    _check(desk)
    length = _length(step)
    columns = _DAY // length
    spans = desk.coverage(start, end, team=team, extra=extra, inbox=inbox, zone=zone)
    rows: dict[Any, Any] = {}
    for span in spans:
        for from_, to in by_date(span.start, span.end):
            row = rows.setdefault(from_.date(), numpy.full(columns, numpy.nan))
            first = _seconds(from_) // length
            last = columns if to.date() > from_.date() else -(-_seconds(to) // length)
            # The lowest count in a step, so that a gap within it shows.
            row[first:last] = numpy.fmin(row[first:last], span.available)
    axes = _axes(axes, 0.35 * len(rows) + 1)
    counts = numpy.vstack(list(rows.values())) if rows else numpy.zeros((0, columns))
    picture = axes.imshow(
        counts, aspect="auto", cmap="Greens", vmin=0, extent=(0, 24, max(len(rows), 1), 0), interpolation="none"
    )
    for line, column in zip(*numpy.nonzero(counts == 0)):
        axes.text((column + 0.5) * 24 / columns, line + 0.5, "·", ha="center", va="center", color="#c05a5a")
    axes.set_yticks([line + 0.5 for line in range(len(rows))], [f"{day:%a %d %b}" for day in rows])
    axes.set_xticks(range(0, 25, 3))
    axes.set_xlabel(f"hour, {_clock.name(spans.start[0].tzinfo)}" if len(spans) else "hour")
    axes.set_title(f"Available in {_label(str(team or inbox or 'all'))}", parse_math=False)
    axes.figure.colorbar(picture, ax=axes, label="available")
    return axes


def week(
    desk: Desk,
    start: At,
    *,
    agents: Iterable[Id] | None = None,
    zone: tzinfo | str | None = None,
    axes: Axes | None = None,
) -> Axes:
    """Draws seven days of every agent, from ``start`` on: working hours, absences, holidays, statuses.

    :param agents: The agents to draw; all if absent.
    :param axes: The axes to draw on; those of a new figure, ``axes.figure``, if absent.
    """
    from matplotlib import dates as untyped

    _check(desk)
    dates: Any = untyped
    rows = {row.agent: row for row in desk.table(start)}
    named = [str(agent) for agent in _input.several("agents", agents)] if agents is not None else list(rows)
    drawn: set[Reason] = set()
    axes = _axes(axes, 0.4 * len(named) + 1)
    first = _moment(start, zone)
    # Seven local days, whatever the changes of the clocks.
    last = first + timedelta(days=7)
    for line, agent in enumerate(named):
        for period in desk.schedule(agent, first, last):
            if period.reason in COLOURS:
                label = "_" if period.reason in drawn else str(period.reason).replace("_", " ")
                drawn.add(period.reason)
                left = float(dates.date2num(period.start))
                width = float(dates.date2num(period.end)) - left
                axes.barh(line, width, left=left, height=0.7, color=COLOURS[period.reason], label=label)
    axes.set_yticks(range(len(named)), _labels([(agent, rows[agent].name) for agent in named]), parse_math=False)
    axes.set_xlabel(f"times of {_clock.name(first.tzinfo)}")
    axes.invert_yaxis()
    axes.set_xlim(float(dates.date2num(first)), float(dates.date2num(last)))
    axes.xaxis.set_major_locator(dates.DayLocator(tz=first.tzinfo))
    axes.xaxis.set_major_formatter(dates.DateFormatter("%a %d %b", tz=first.tzinfo))
    if drawn:
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.15), ncols=4, frameon=False)
    return axes


#: The most characters of a label.
_LONGEST = 32


def _label(name: str) -> str:
    """A name on one line, shortened to fit."""
    line = " ".join(name.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _labels(agents: list[tuple[str, str | None]]) -> list[str]:
    """The names of agents; agents with the same name have their ids as well."""
    shown = [_label(name or agent) for agent, name in agents]
    return [
        label if shown.count(label) == 1 or name is None else f"{label} ({_label(agent)})"
        for label, (agent, name) in zip(shown, agents)
    ]


def _check(desk: object) -> None:
    from .desk import Desk

    if not isinstance(desk, Desk):
        raise WrongType(
            "wrong_type", f"a picture is of a desk, not of {_input.kind(desk)}", hint="the desk comes first"
        )


def _seconds(at: datetime) -> int:
    since = datetime.combine(at.date(), at.time()) - datetime.combine(at.date(), time())
    return int(since.total_seconds())


def _length(step: Length) -> int:
    """A step in seconds."""
    given = step if isinstance(step, timedelta) else _parsed(step)
    seconds = int(given.total_seconds())
    if seconds < 1 or given.microseconds or _DAY % seconds:
        raise InvalidValue(
            "invalid_value", f"a step divides a day, in whole seconds: {step} does not", "$.step", None, "take 30m, say"
        )
    return seconds


def _parsed(text: str) -> timedelta:
    return timedelta(milliseconds=_native.length(text))


def _moment(at: At, zone: tzinfo | str | None) -> datetime:
    """An instant as a datetime in the zone of the plot."""
    aware = _aware(_native.instant(at))
    if zone is None:
        return aware.astimezone(at.tzinfo) if isinstance(at, datetime) else aware
    return aware.astimezone(_native.zone(zone))


def _aware(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
