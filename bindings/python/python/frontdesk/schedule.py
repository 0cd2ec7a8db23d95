"""The schedule of an agent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from .results import Period

__all__ = ["Schedule"]


class Schedule(tuple[Period, ...]):
    """The periods that cover a range."""

    __slots__ = ()

    @property
    def available(self) -> Schedule:
        """The periods in which the agent is available."""
        return Schedule(period for period in self if period.available)

    @property
    def time(self) -> timedelta:
        """The total length of the periods."""
        # In UTC, as local times are off by the change of the clocks.
        return sum((abs(period.end.timestamp() - period.start.timestamp()) * _SECOND for period in self), timedelta())

    @property
    def columns(self) -> dict[str, list[Any]]:
        """The columns by name, as pandas and polars take them: ``start``, ``end``, ``state``, ``reason``."""
        return {
            "start": [period.start for period in self],
            "end": [period.end for period in self],
            "state": [str(period.state) for period in self],
            "reason": [str(period.reason) for period in self],
        }

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Any) -> Any:
        from ._pydantic import of_rows

        return of_rows(cls, Period, handler, cls)

    def to_dict(self) -> list[dict[str, Any]]:
        """The periods as in JSON."""
        return [period.to_dict() for period in self]

    def __repr__(self) -> str:
        return f"Schedule({', '.join(map(repr, self))})"

    def _repr_html_(self) -> str:
        from .html import schedule

        return schedule(self)


_SECOND = timedelta(seconds=1)
