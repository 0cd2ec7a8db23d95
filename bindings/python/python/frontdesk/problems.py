"""What is wrong, as exceptions: a class per family, the same codes and paths as everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Union

from .enums import Code, Severity

__all__ = [
    "InvalidCalendar",
    "InvalidCommand",
    "InvalidDocument",
    "InvalidEvent",
    "InvalidInput",
    "InvalidQuestion",
    "InvalidSnapshot",
    "InvalidTime",
    "InvalidTimeOfCommand",
    "InvalidValue",
    "NotFound",
    "NotPermitted",
    "NotPossible",
    "NothingThere",
    "Position",
    "Problem",
    "Reentered",
    "Refusal",
    "ScriptProblem",
    "WrongType",
    "WrongTypeInCommand",
    "WrongTypeOfCalendar",
]


class Position(NamedTuple):
    """Line and column in a text, both from 1; the column counts characters."""

    line: int
    column: int


class Problem(Exception):
    """Something is wrong: a stable code, a sentence, where to look, and what may help.

    >>> try:
    ...     Desk({"version": 1, "time_zone": "Europe/Stokholm", "agents": [{"id": "anna", "team": "x"}]})
    ... except InvalidDocument as wrong:
    ...     for problem in wrong.problems:
    ...         print(problem.code, problem.path, "-", problem.hint)
    unknown_zone $.time_zone - did you mean Europe/Stockholm?
    unknown_reference $.agents[0].team - there is no team at all: add one, or take this out
    """

    code: Code
    """The kind of problem; never renamed."""
    severity: Severity
    """Whether it stands in the way: an error, which is raised, or a warning, which is handed over by ``find_warnings``."""
    message: str
    """One sentence in plain English."""
    path: str | None
    """Where in the input, as a JSON path such as ``$.agents[0].team``."""
    position: Position | None
    """Line and column, where the input was text."""
    hint: str | None
    """What may help, such as the nearest known name."""
    problems: tuple[Problem, ...]
    """All problems of the input, this one first."""

    def __init__(
        self,
        code: str,
        message: str,
        path: str | None = None,
        position: tuple[int, int] | None = None,
        hint: str | None = None,
        more: Sequence[Problem] = (),
        severity: str = Severity.ERROR,
    ) -> None:
        super().__init__(code, message, path, position, hint, tuple(more), severity)
        self.code = Code(code)
        self.severity = Severity(severity)
        self.message = message
        self.path = path or None
        self.position = Position(*position) if position is not None else None
        self.hint = hint
        self.problems = (self, *more)

    @classmethod
    def single(
        cls, code: str, message: str, *, position: tuple[int, int] | None = None, hint: str | None = None
    ) -> Problem:
        """A problem that stands alone."""
        return cls(code, message, position=position, hint=hint)

    def __str__(self) -> str:
        return "\n".join(problem._line() for problem in self.problems)

    def _line(self) -> str:
        where = f" at {self.path}" if self.path else ""
        if self.position:
            where += f" (line {self.position.line}, column {self.position.column})"
        before = "" if self.severity == Severity.ERROR else f"{self.severity}: "
        return f"{before}{self.code}: {self.message}{where}" + (f"; {self.hint}" if self.hint else "")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def to_dict(self) -> dict[str, Any]:
        """The problem as in JSON, without the others of its input."""
        told: dict[str, Any] = {"code": str(self.code), "severity": str(self.severity), "message": self.message}
        if self.path:
            told["path"] = self.path
        if self.position:
            told["position"] = {"line": self.position.line, "column": self.position.column}
        if self.hint:
            told["hint"] = self.hint
        return told


class InvalidInput(Problem, ValueError):
    """Something that was handed over cannot be read."""


class InvalidDocument(InvalidInput):
    """A desk document with problems: all of them in ``problems``."""


class InvalidCommand(InvalidInput):
    """A command that cannot be read. It has changed nothing."""


class InvalidQuestion(InvalidInput):
    """A question that cannot be read, or whose parts contradict each other."""


class InvalidEvent(InvalidInput):
    """An event that cannot be read, or that is not the next of a desk's."""


class InvalidSnapshot(InvalidInput):
    """A snapshot that cannot be read."""


class InvalidCalendar(InvalidInput):
    """A calendar that cannot be read."""


class InvalidTime(InvalidInput):
    """What is not an instant, no length of time or no zone: a naive datetime, say."""


class InvalidValue(InvalidInput):
    """A value that is not allowed."""


class WrongType(InvalidInput, TypeError):
    """A value of the wrong type."""


class InvalidTimeOfCommand(InvalidCommand, InvalidTime):
    """What is not an instant or no length of time, in a command: a naive datetime, say. It has changed nothing."""


class WrongTypeInCommand(InvalidCommand, WrongType):
    """A value of the wrong type in a command. It has changed nothing."""


class WrongTypeOfCalendar(InvalidCalendar, WrongType):
    """A value of the wrong type where a calendar is meant."""


class NotFound(Problem, LookupError):
    """There is no agent, team, inbox, channel or conversation of that id."""


class Refusal(Problem):
    """A command was refused: see ``Events.raise_if_refused``."""


class NotPermitted(Refusal):
    """The actor may not do that."""


class NotPossible(Refusal):
    """That cannot be done now, or not to this conversation."""


class NothingThere(NotFound, NotPossible):
    """A command was refused, for there is no agent, team, inbox, channel or conversation of that id."""


class TimeIsUp(Problem, TimeoutError):
    """The time of ``frontdesk.deadline`` was up: what was under way has not happened."""


class ScriptProblem(Problem):
    """A routing script, or a strategy written in Python, is wrong."""


class Reentered(Problem, RuntimeError):
    """A strategy came back to the desk that was asking it. Raised inside the strategy; the desk is as it was."""

    def __init__(self, *_: Any) -> None:
        super().__init__(
            "invalid_value",
            "a strategy may not use the desk that is asking it",
            hint="use the views it is given: what they show is the desk as it is now",
        )


_TIME = {"missing_offset", "invalid_time", "out_of_range", "unknown_zone", "invalid_duration"}
_UNKNOWN = {"unknown_agent", "unknown_team", "unknown_inbox", "unknown_channel", "unknown_conversation"}
_PERMISSION = {"not_permitted", "no_inbox_access", "actor_required"}
_INPUTS: dict[str, type[Problem]] = {
    "document": InvalidDocument,
    "command": InvalidCommand,
    "event": InvalidEvent,
    "snapshot": InvalidSnapshot,
    "calendar": InvalidCalendar,
    "script": ScriptProblem,
}

Entry = tuple[str, str, str, Union[tuple[int, int], None], Union[str, None], str]


#: Where a command or a question says when, or how long.
_WHEN = {"at", "until", "duration", "start", "end", "from", "time", "step"}


def _is_time(code: str, path: str) -> bool:
    """Whether a problem is one of a time; what is out of range may be any number."""
    if code != "out_of_range" or not path:
        return code in _TIME
    return path.rpartition(".")[2] in _WHEN


def _class_of(about: str, code: str, path: str) -> type[Problem]:
    if code == "time_is_up":
        return TimeIsUp
    if about == "command" and _is_time(code, path):
        return InvalidTimeOfCommand
    if about == "command" and code == "wrong_type":
        return WrongTypeInCommand
    if about in _INPUTS:
        return _INPUTS[about]
    if code in _UNKNOWN:
        return NotFound
    if _is_time(code, path):
        return InvalidTime
    if code == "wrong_type":
        return WrongType
    return InvalidValue if code in ("invalid_value", "too_many_occurrences", "out_of_range") else InvalidQuestion


def _of(about: str, entries: Sequence[Entry]) -> Problem:
    """The exception for problems, all of one input."""
    first, *others = entries
    more = [_made(_class_of(about, entry[0], entry[2]), entry) for entry in others]
    return _made(_class_of(about, first[0], first[2]), first, more)


def _warnings(entries: Sequence[Entry]) -> list[Problem]:
    """Warnings, which are handed over."""
    return [_made(Problem, entry) for entry in entries]


def _made(kind: type[Problem], entry: Entry, more: Sequence[Problem] = ()) -> Problem:
    code, message, path, position, hint, severity = entry
    return kind(code, message, path, position, hint, more, severity)


def _refusal(code: str, message: str) -> Refusal:
    """The exception for a command that was refused."""
    if code in _UNKNOWN:
        return NothingThere(code, message)
    return (NotPermitted if code in _PERMISSION else NotPossible)(code, message)
