"""The types of arguments: instants, lengths of time, documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from os import PathLike
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypedDict, Union
from uuid import UUID

if TYPE_CHECKING:
    from ._native import Scripts
    from .document import DeskDocument

__all__ = [
    "At",
    "Document",
    "Entry",
    "Id",
    "Length",
    "Model",
    "ScriptSource",
    "Strategy",
    "StrategySource",
    "StrategyWithHooks",
    "WorkingDays",
    "WorkingTime",
]

#: An instant: an aware datetime, seconds since 1970, or RFC 3339 text such as ``"2026-11-20T09:00:00Z"``.
At = Union[datetime, float, str]

#: An id: a text, or a UUID, which is converted to text.
Id = Union[str, UUID]

#: A length of time: a timedelta, or text such as ``"1h30m"``.
Length = Union[timedelta, str]


class _WorkingDaysAlways(TypedDict):
    working_days: int


class WorkingDays(_WorkingDaysAlways, total=False):
    """Dates that have hours: so many of them later or earlier, at the same time on the wall clock."""

    end_of_day: bool


#: An amount of working time: a length of time, or working days.
WorkingTime = Union[timedelta, str, WorkingDays]


class Model(Protocol):
    """A pydantic model."""

    def model_dump(self, *, mode: str, by_alias: bool, exclude_unset: bool) -> Any:
        """Returns the model as a dict."""


class Dataclass(Protocol):
    """An instance of a dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


class StrategyWithHooks(Protocol):
    """An object that chooses, and may have the methods ``eligible``, ``priority`` and ``fallback``: see ``Desk.strategy``."""

    @property
    def choose(self) -> Callable[..., Any]:
        """Called with ``candidates``, ``conversation`` and ``desk``."""
        ...


#: A part of a document: a mapping, a dataclass, a pydantic model.
Entry = Union[Mapping[str, Any], Model, Dataclass]

#: Routing scripts: a folder or a ``.rhai`` file, several of these, or a dict of names and texts or paths.
ScriptSource = Union[
    "Scripts", "PathLike[str]", str, Iterable["PathLike[str]"], Mapping[str, Union[str, "PathLike[str]"]]
]

#: A strategy in Python: called with ``candidates``, ``conversation`` and ``desk``, and the parameters of the step by name; or an
#: object, or its class, whose ``choose`` is, with the hooks ``eligible``, ``priority`` and ``fallback``.
Strategy = Union[Callable[..., Any], "StrategyWithHooks"]

#: Strategies in Python: a dict of names and callables, or the names of those that are added with ``Desk.strategy``.
StrategySource = Union[Mapping[str, Strategy], Iterable[str]]

#: A desk document: its parts, as ``frontdesk.document`` types them, JSON text, or the path of a file with it.
Document = Union[str, bytes, "PathLike[str]", "DeskDocument", Model, Dataclass]
