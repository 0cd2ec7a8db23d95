"""Problems as exceptions: a class per family, with the codes and paths of all bindings."""

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
    "InvalidTurn",
    "InvalidValue",
    "LogProblem",
    "NotFound",
    "NotPermitted",
    "NotPossible",
    "NothingThere",
    "Position",
    "Problem",
    "Reentered",
    "Refusal",
    "RetryTransaction",
    "ScriptProblem",
    "UnknownDesk",
    "WrongType",
    "WrongTypeInCommand",
    "WrongTypeOfCalendar",
]


class Position(NamedTuple):
    """Line and column in a text, both from 1; the column counts characters."""

    line: int
    column: int


class Problem(Exception):
    """A problem: a stable code, a message, the path, and a hint.

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
    """The severity: an error, which is raised, or a warning, which ``find_warnings`` returns."""
    message: str
    """One sentence in plain English."""
    path: str | None
    """Where in the input, as a JSON path such as ``$.agents[0].team``."""
    position: Position | None
    """Line and column, where the input was text."""
    hint: str | None
    """A hint, such as the nearest known name."""
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
        """A problem without others of its input."""
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
        fields: dict[str, Any] = {"code": str(self.code), "severity": str(self.severity), "message": self.message}
        if self.path:
            fields["path"] = self.path
        if self.position:
            fields["position"] = {"line": self.position.line, "column": self.position.column}
        if self.hint:
            fields["hint"] = self.hint
        return fields


class InvalidInput(Problem, ValueError):
    """An argument that cannot be read."""


class InvalidDocument(InvalidInput):
    """A desk document with problems: all of them in ``problems``."""


class InvalidCommand(InvalidInput):
    """A command that cannot be read. The desk is unchanged."""


class InvalidQuestion(InvalidInput):
    """A question that cannot be read, or whose parts contradict each other."""


class InvalidEvent(InvalidInput):
    """An event that cannot be read, or that is not the next one of a desk."""


class InvalidTurn(InvalidInput):
    """A turn that cannot be read, or that is not the next one of a desk."""


class InvalidSnapshot(InvalidInput):
    """A snapshot that cannot be read."""


class InvalidCalendar(InvalidInput):
    """A calendar that cannot be read."""


class InvalidTime(InvalidInput):
    """A value that is not an instant, a length of time or a zone: a naive datetime, for example."""


class InvalidValue(InvalidInput):
    """A value that is not allowed."""


class WrongType(InvalidInput, TypeError):
    """A value of the wrong type."""


class InvalidTimeOfCommand(InvalidCommand, InvalidTime):
    """A value in a command that is not an instant or a length of time: a naive datetime, for example. The desk is unchanged."""


class WrongTypeInCommand(InvalidCommand, WrongType):
    """A value of the wrong type in a command. The desk is unchanged."""


class WrongTypeOfCalendar(InvalidCalendar, WrongType):
    """A value of the wrong type in place of a calendar."""


class NotFound(Problem, LookupError):
    """There is no agent, team, inbox, channel, conversation or saved filter of that id."""


class Refusal(Problem):
    """A command was refused: see ``Events.raise_if_refused``."""


class NotPermitted(Refusal):
    """The actor is not allowed to do this."""


class NotPossible(Refusal):
    """This cannot be done now, or not to this conversation."""


class NothingThere(NotFound, NotPossible):
    """A command was refused because there is no agent, team, inbox, channel or conversation of that id."""


class TimeIsUp(Problem, TimeoutError):
    """The time of ``frontdesk.deadline`` was up; the call had no effect."""


class ScriptProblem(Problem):
    """A routing script, or a strategy written in Python, is wrong."""


class LogProblem(Problem):
    """The log of a shared desk cannot be used as asked: see the code."""


class UnknownDesk(LogProblem, LookupError):
    """There is no shared desk of that name in the database."""


class RetryTransaction(LogProblem):
    """The database ended the transaction, or it does not see what another worker appended: roll it back, and run it again."""


class Reentered(Problem, RuntimeError):
    """A strategy used the desk that was calling it. Raised inside the strategy; the desk is unchanged."""

    def __init__(self, *_: Any) -> None:
        super().__init__(
            "invalid_value",
            "a strategy may not use the desk that is asking it",
            hint="use the views it is given: what they show is the desk as it is now",
        )


_TIME = {"missing_offset", "invalid_time", "out_of_range", "unknown_zone", "invalid_duration"}
_UNKNOWN = {
    "unknown_agent",
    "unknown_team",
    "unknown_inbox",
    "unknown_channel",
    "unknown_conversation",
    "unknown_filter",
}
_LOG: dict[str, type[Problem]] = {"retry_transaction": RetryTransaction, "unknown_desk": UnknownDesk}
_OF_LOGS = {"desk_exists", "clock_ahead", "damaged_log", "compacted", "database_failed", "unsupported_version"}
_PERMISSION = {"not_permitted", "no_inbox_access", "actor_required"}
_INPUTS: dict[str, type[Problem]] = {
    "document": InvalidDocument,
    "command": InvalidCommand,
    "event": InvalidEvent,
    "turn": InvalidTurn,
    "snapshot": InvalidSnapshot,
    "calendar": InvalidCalendar,
    "script": ScriptProblem,
}

Entry = tuple[str, str, str, Union[tuple[int, int], None], Union[str, None], str]


#: The keys of instants and lengths of time in commands and questions.
_WHEN = {"at", "until", "duration", "start", "end", "from", "time", "step"}


def _is_time(code: str, path: str) -> bool:
    """``True`` if a problem is about a time; ``out_of_range`` may be about any number."""
    if code != "out_of_range" or not path:
        return code in _TIME
    return path.rpartition(".")[2] in _WHEN


def _class_of(about: str, code: str, path: str) -> type[Problem]:
    if code == "time_is_up":
        return TimeIsUp
    if about == "log":
        return _of_log(code, path)
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


def _of_log(code: str, path: str) -> type[Problem]:
    """The class of a problem that a shared desk has: of its log, or else of the command."""
    if code in _LOG:
        return _LOG[code]
    return LogProblem if code in _OF_LOGS else _class_of("command", code, path)


def _of(about: str, entries: Sequence[Entry]) -> Problem:
    """The exception for problems, all of one input."""
    first, *others = entries
    more = [_made(_class_of(about, entry[0], entry[2]), entry) for entry in others]
    return _made(_class_of(about, first[0], first[2]), first, more)


def _warnings(entries: Sequence[Entry]) -> list[Problem]:
    """Converts warnings, which are returned and not raised."""
    return [_made(Problem, entry) for entry in entries]


def _made(kind: type[Problem], entry: Entry, more: Sequence[Problem] = ()) -> Problem:
    code, message, path, position, hint, severity = entry
    return kind(code, message, path, position, hint, more, severity)


def _refusal(code: str, message: str) -> Refusal:
    """The exception for a refused command."""
    if code in _UNKNOWN:
        return NothingThere(code, message)
    return (NotPermitted if code in _PERMISSION else NotPossible)(code, message)
