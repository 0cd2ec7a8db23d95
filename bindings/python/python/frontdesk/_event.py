"""What all events have in common, and the events that a command gave."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from ._native import Event as Native
from ._names import Name
from .problems import Refusal, _refusal
from .results import Considered, _short

if TYPE_CHECKING:
    from .decision import Decision
    from .events import Refused

_N = TypeVar("_N", bound=Name)


class Event(Native):
    """Something that happened to a desk.

    There is a class for each ``type``, to be told apart by ``match``:

    >>> for event in desk.open("c1", inbox="main", channel="chat", at="2026-11-20T09:00:00Z"):
    ...     match event:
    ...         case events.Assigned(conversation=conversation, agent=agent):
    ...             print(conversation, "goes to", agent)
    c1 goes to anna
    """

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]] = ()
    type: ClassVar[str] = ""
    """The type, as in JSON."""

    @property
    def conversation(self) -> str | None:
        """The conversation it is about."""
        return self._conversation

    @property
    def agent(self) -> str | None:
        """The agent it is about."""
        return self._agent

    @property
    def version(self) -> int:
        """The version of the format, 1."""
        return 1

    @property
    def considered(self) -> tuple[Considered, ...] | None:
        """Who was considered and why not, where that was asked for."""
        considered = self._data().get("considered")
        if considered is None:
            return None
        zone = self._zone
        return tuple(Considered._of(one, zone) for one in considered)

    @classmethod
    def from_json(cls, text: str) -> Event:
        """An event from its JSON text. Keys that are not known are passed over.

        :raises InvalidEvent: It cannot be read.
        """
        return cls._read(text)

    def _named(self, names: Callable[[Any], _N], key: str) -> _N | None:
        value = self._data().get(key)
        return None if value is None else names(value)

    def __repr__(self) -> str:
        shown = [f"seq={self.seq}", f"at={_short(self.at)}"]
        for key in self.__match_args__:
            value = getattr(self, key)
            if value is None or value is False or value == {}:
                continue
            shown.append(f"{key}={_short(value) if isinstance(value, datetime) else _plainly(value)}")
        return f"{type(self).__name__}({', '.join(shown)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (Native._read, (self.to_json(), self._zone))


def _plainly(value: object) -> str:
    return repr(str(value)) if isinstance(value, Name) else repr(value)


class Events(tuple[Event, ...]):
    """The events that a command gave, in their order.

    A command that was not allowed or not possible gives one ``Refused`` and has changed nothing:

    >>> events = desk.close("c9", at="2026-11-20T09:00:00Z")
    >>> events.refused.code
    Code.UNKNOWN_CONVERSATION
    """

    __slots__ = ()

    @property
    def refused(self) -> Refused | None:
        """The event that says why the command was refused; ``None`` when it was carried out."""
        from .events import Refused

        last = self[-1] if self else None
        return last if isinstance(last, Refused) else None

    def raise_if_refused(self) -> Events:
        """Gives the events themselves, unless the command was refused.

        :raises NotPermitted: The actor may not do that.
        :raises NotPossible: That cannot be done now.
        """
        refused = self.refused
        if refused is not None:
            raise self._refusal(refused)
        return self

    @staticmethod
    def _refusal(refused: Refused) -> Refusal:
        return _refusal(refused.code, refused.message)

    @property
    def decision(self) -> Decision | None:
        """What was decided about a conversation in the last of these events that decides on one; ``None`` without any."""
        return self.decisions[-1] if self.decisions else None

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All that was decided about conversations: who got them, or that nobody did."""
        from .decision import decisions

        return decisions(self)

    def of(self, conversation: str) -> Events:
        """Those that are about a conversation."""
        return Events(event for event in self if event.conversation == conversation)

    def to_json(self) -> str:
        """The events as JSON, one a line, for the log."""
        return "".join(event.to_json() + "\n" for event in self)

    @classmethod
    def from_json(cls, text: str | Iterable[str]) -> Events:
        """Events from JSON, one a line, or from their texts.

        :raises InvalidEvent: One cannot be read.
        """
        lines = text.splitlines() if isinstance(text, str) else text
        return cls(Event.from_json(line) for line in lines if line.strip())

    def __repr__(self) -> str:
        return f"Events({', '.join(map(repr, self))})"
