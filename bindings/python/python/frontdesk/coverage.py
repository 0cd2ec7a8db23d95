"""How many are available over a range, as columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, overload

from ._result import Result

__all__ = ["Coverage", "Stretch"]


@dataclass(frozen=True, repr=False)
class Stretch(Result):
    """A span, or a step, of a coverage."""

    start: datetime
    end: datetime
    available: int
    """How many are available: in all of the span, or when the step starts."""
    least: int | None = None
    """Of a step: the fewest who are available at any time in it."""


class Coverage(Sequence[Stretch]):
    """How many are available over a range, in spans that tile it, or in steps.

    It is a sequence of rows, and its ``columns`` are what pandas and polars take:

    >>> coverage = desk.coverage("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z", team="support", zone="Europe/Stockholm")
    >>> list(coverage.columns)
    ['start', 'end', 'available']
    >>> coverage.available
    [0, 2, 0]
    >>> coverage[1]
    Stretch(start=2026-11-20T09:00+01:00, end=2026-11-20T17:00+01:00, available=2)

    ``pandas.DataFrame(coverage.columns)``, ``polars.DataFrame(coverage.columns)``.
    """

    __slots__ = ("available", "end", "least", "start")

    start: list[datetime]
    end: list[datetime]
    available: list[int]
    """How many are available: in all of a span, or when a step starts."""
    least: list[int] | None
    """Of steps: the fewest who are available at any time in one; ``None`` for spans."""

    def __init__(
        self, start: list[datetime], end: list[datetime], available: list[int], least: list[int] | None = None
    ) -> None:
        self.start = start
        self.end = end
        self.available = available
        self.least = least

    @property
    def columns(self) -> dict[str, list[Any]]:
        """The columns by name: ``start``, ``end``, ``available``, and for steps ``least``."""
        columns: dict[str, list[Any]] = {"start": self.start, "end": self.end, "available": self.available}
        if self.least is not None:
            columns["least"] = self.least
        return columns

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
            least = None if self.least is None else self.least[index]
            return Coverage(self.start[index], self.end[index], self.available[index], least)
        least_of = None if self.least is None else self.least[index]
        return Stretch(self.start[index], self.end[index], self.available[index], least_of)

    def __iter__(self) -> Iterator[Stretch]:
        return (self[index] for index in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Coverage) and self.columns == other.columns

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return (Coverage, (self.start, self.end, self.available, self.least))

    def __repr__(self) -> str:
        if not self.start:
            return "Coverage()"
        counts = f"{min(self.least or self.available)} to {max(self.available)} available"
        return f"Coverage({len(self)} rows, {self.start[0]:%Y-%m-%d %H:%M} to {self.end[-1]:%Y-%m-%d %H:%M}, {counts})"

    def _repr_html_(self) -> str:
        from .html import coverage

        return coverage(self)
