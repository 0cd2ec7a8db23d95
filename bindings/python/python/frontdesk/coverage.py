"""The number of available agents over a range, as columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, overload

from . import _clock
from ._result import Result

__all__ = ["Coverage", "Stretch"]


@dataclass(frozen=True, repr=False)
class Stretch(Result):
    """A span or a step of a coverage."""

    start: datetime
    end: datetime
    available: int
    """How many are available: in all of the span, or when the step starts."""
    least: int | None = None
    """Of a step: the fewest who are available at any time in it."""
    agents: tuple[str, ...] | None = None
    """The available agents, in document order, if asked for: during the whole span, or at the start of the step."""


class Coverage(Sequence[Stretch]):
    """The number of available agents over a range, in spans that cover it, or in steps.

    It is a sequence of rows, and has ``columns`` for pandas and polars:

    >>> coverage = desk.coverage("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z", team="support", zone="Europe/Stockholm")
    >>> list(coverage.columns)
    ['start', 'end', 'available']
    >>> coverage.available
    (0, 2, 0)
    >>> coverage[1]
    Stretch(start=2026-11-20T09:00+01:00, end=2026-11-20T17:00+01:00, available=2)

    ``pandas.DataFrame(coverage.columns)``, ``polars.DataFrame(coverage.columns)``. It is immutable; ``columns``
    returns a new dict each time.
    """

    __slots__ = ("agents", "available", "end", "least", "start")

    start: tuple[datetime, ...]
    end: tuple[datetime, ...]
    available: tuple[int, ...]
    """How many are available: in all of a span, or when a step starts."""
    least: tuple[int, ...] | None
    """Of steps: the fewest who are available at any time in one; ``None`` for spans."""
    agents: tuple[tuple[str, ...], ...] | None
    """The available agents, if asked for: during the whole span, or at the start of a step."""

    def __init__(
        self,
        start: Iterable[datetime],
        end: Iterable[datetime],
        available: Iterable[int],
        least: Iterable[int] | None = None,
        agents: Iterable[tuple[str, ...]] | None = None,
    ) -> None:
        columns = {"start": start, "end": end, "available": available, "least": least, "agents": agents}
        for name, column in columns.items():
            object.__setattr__(self, name, None if column is None else tuple(column))

    def __setattr__(self, name: str, _: object) -> None:
        raise AttributeError(f"a coverage cannot be changed: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a coverage cannot be changed: {name}")

    @property
    def columns(self) -> dict[str, list[Any]]:
        """The columns by name: ``start``, ``end``, ``available``, for steps ``least``, and ``agents`` if asked for."""
        columns = {
            "start": self.start,
            "end": self.end,
            "available": self.available,
            "least": self.least,
            "agents": self.agents,
        }
        return {name: list(column) for name, column in columns.items() if column is not None}

    @property
    def __dict__(self) -> dict[str, Any]:  # type: ignore[override]
        """The columns: used by ``vars``, and by FastAPI for responses without a type."""
        return self.columns

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Any) -> Any:
        from ._pydantic import of_rows

        return of_rows(cls, Stretch, handler, cls._of)

    @classmethod
    def _of(cls, rows: Sequence[Stretch]) -> Coverage:
        least = None if any(row.least is None for row in rows) else [row.least or 0 for row in rows]
        agents = None if any(row.agents is None for row in rows) else [row.agents or () for row in rows]
        return cls(
            [row.start for row in rows],
            [row.end for row in rows],
            [row.available for row in rows],
            least if rows else None,
            agents if rows else None,
        )

    def to_dict(self) -> list[dict[str, Any]]:
        """The rows as in JSON."""
        return [row.to_dict() for row in self]

    def __len__(self) -> int:
        return len(self.start)

    @overload
    def __getitem__(self, index: int) -> Stretch: ...
    @overload
    def __getitem__(self, index: slice) -> Coverage: ...
    def __getitem__(self, index: int | slice) -> Stretch | Coverage:
        if isinstance(index, slice):
            some = None if self.least is None else self.least[index]
            who = None if self.agents is None else self.agents[index]
            return Coverage(self.start[index], self.end[index], self.available[index], some, who)
        least = None if self.least is None else self.least[index]
        agents = None if self.agents is None else self.agents[index]
        return Stretch(self.start[index], self.end[index], self.available[index], least, agents)

    def __iter__(self) -> Iterator[Stretch]:
        return (self[index] for index in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Coverage) and self.columns == other.columns

    def __hash__(self) -> int:
        return hash((self.start, self.end, self.available))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Coverage, (self.start, self.end, self.available, self.least, self.agents))

    def __repr__(self) -> str:
        if not self.start:
            return "Coverage()"
        counts = f"{min(self.least or self.available)} to {max(self.available)} available"
        zone = _clock.name(self.start[0].tzinfo)
        span = f"{self.start[0]:%Y-%m-%d %H:%M} to {self.end[-1]:%Y-%m-%d %H:%M} {zone}"
        return f"Coverage({len(self)} rows, {span}, {counts})"

    def _repr_html_(self) -> str:
        from .html import coverage

        return coverage(self)
