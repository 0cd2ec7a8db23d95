"""The base class of events, and the events of a command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from ._names import Name
from ._native import Event as Native
from ._result import _short
from .results import Considered

_N = TypeVar("_N", bound=Name)


class Event(Native):
    """An event of a desk.

    There is a class for each ``type``; use ``match``:

    >>> for event in desk.open("c1", inbox="main", channel="chat", at="2026-11-20T09:00:00Z"):
    ...     match event:
    ...         case events.Assigned(conversation=conversation, agent=agent):
    ...             print(conversation, "goes to", agent)
    c1 goes to anna
    """

    __slots__ = ()
    if not TYPE_CHECKING:
        # Each class has its own: for a type checker there is nothing to be narrowed.
        __match_args__ = ()
    type: ClassVar[str] = ""
    """The type, as in JSON."""

    @property
    def conversation(self) -> str | None:
        """The conversation that the event is about."""
        return self._conversation

    @property
    def agent(self) -> str | None:
        """The agent that the event is about."""
        return self._agent

    @property
    def version(self) -> int:
        """The version of the format, 1."""
        return 1

    @property
    def considered(self) -> tuple[Considered, ...] | None:
        """The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or
        the members of the team; if nobody can take the conversation, those whom any step names that it has reached."""
        considered = self._data().get("considered")
        if considered is None:
            return None
        zone = self._zone
        return tuple(Considered._of(one, zone) for one in considered)

    @property
    def not_in_target(self) -> int:
        """The number of the desk's other agents; 0 unless the command asked for ``considered``."""
        return cast("int", self._data().get("not_in_target", 0))

    @property
    def trace(self) -> tuple[str, ...]:
        """The log of the script that decided, if the command asked for it."""
        return tuple(self._data().get("trace", ()))

    @classmethod
    def from_json(cls, text: str, *, zone: tzinfo | str | None = None) -> Event:
        """Reads an event from JSON text. Unknown keys are ignored.

        :param zone: The zone of its instants, and of sentences about it; UTC if absent.
        :raises InvalidEvent: The event cannot be read.
        """
        return cls._read(text, zone)

    @property
    def __dict__(self) -> dict[str, Any]:  # type: ignore[override]
        """The event as in JSON: used by ``vars``, and by FastAPI for responses."""
        return self.to_dict()

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        from ._pydantic import of_event

        return of_event(cls)

    def _named(self, names: Callable[[Any], _N], key: str) -> _N | None:
        value = self._data().get(key)
        return None if value is None else names(value)

    def __repr__(self) -> str:
        shown = [f"seq={self.seq}", f"at={_short(self.at)}"]
        for key in getattr(self, "__match_args__"):  # noqa: B009
            value = getattr(self, key)
            if value is None or value is False or value == {}:
                continue
            shown.append(f"{key}={_short(value) if isinstance(value, datetime) else _plainly(value)}")
        if self.by is not None:
            shown.append(f"by={self.by!r}")
        return f"{type(self).__name__}({', '.join(shown)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (Native._read, (self.to_json(), self._zone, self._home_name))


def _plainly(value: object) -> str:
    return repr(str(value)) if isinstance(value, Name) else repr(value)
