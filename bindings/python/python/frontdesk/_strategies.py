"""Strategies in Python: their registration and their failures."""

from __future__ import annotations

import inspect
import json
import traceback
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePath
from types import TracebackType
from typing import Any, NamedTuple

from . import _input, _native
from .problems import Problem, ScriptProblem, WrongType

Shape = tuple["str | None", "dict[str, list[str] | None]"]
"""The parameters of a strategy with their defaults, as JSON, and its hooks with what they take by name."""

Entry = tuple[str, Any, "Shape | None"]

_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
_NAMED = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
#: The hooks of a strategy, with what they take by its place.
_HOOKS = {
    "choose": ("candidates", "conversation", "desk"),
    "eligible": ("agent", "conversation", "desk"),
    "priority": ("conversation", "desk"),
    "fallback": ("conversation", "desk"),
}


class Held(NamedTuple):
    """The number of a contact's conversations that an agent was the last to hold."""

    agent: str
    conversations: int
    last: datetime
    """When the latest of them was opened."""


class Levels(dict[str, int]):
    """Levels of skills; 0 for a missing one."""

    __slots__ = ()

    def __missing__(self, skill: str) -> int:
        return 0


def given(source: object) -> list[Entry]:
    """The names with strategies and their shapes, from a mapping, or names whose strategies come later."""
    if isinstance(source, Mapping):
        made = [(_name(name), made_of(strategy)) for name, strategy in source.items()]
        return [(name, strategy, shape(name, strategy)) for name, strategy in made]
    if isinstance(source, Iterable) and not isinstance(source, (str, bytes)):
        return [(_name(name), None, None) for name in source]
    raise _not_strategies(f"strategies are a dict of names and callables, or names alone, not {source!r:.80}")


def made_of(strategy: Any) -> Any:
    """The strategy itself, or an object of its class."""
    return strategy() if isinstance(strategy, type) else strategy


def _not_strategies(message: str) -> WrongType:
    return WrongType("wrong_type", message, hint='write @desk.strategy("mine"), or Desk(…, strategies={"mine": mine})')


def _name(name: object) -> str:
    if isinstance(name, str):
        if not name.isascii() and any("\ud800" <= letter <= "\udfff" for letter in name):
            hint = "it was cut, or decoded wrongly"
            raise ScriptProblem.single(
                "invalid_value", "the name of a strategy holds half a character (a lone surrogate)", hint=hint
            )
        return name
    raise _not_strategies(f"the name of a strategy is text, not {name!r:.80}")


def name_of(name: Any) -> str:
    """The name under which a strategy is registered."""
    if callable(name) and not isinstance(name, str):
        raise _not_strategies("a strategy has a name")
    return _name(name)


def shape(name: str, strategy: Any) -> Shape:
    """The parameters of a strategy with their defaults, as JSON, ``null`` for one of any type, ``None`` if any are accepted; and
    its hooks with the parameters that they take.

    :raises ScriptProblem: The strategy cannot be called.
    """
    hooks = {hook: function for hook in _HOOKS if (function := getattr(strategy, hook, None)) is not None}
    if "choose" not in hooks:
        hooks = {"choose": strategy, **hooks}
    taken = {hook: _taken(name, hook, function) for hook, function in hooks.items()}
    keywords = {hook: None if given is None else list(given) for hook, given in taken.items()}
    if any(given is None for given in taken.values()):
        return None, keywords
    # The defaults of the hook that chooses count, if others take the same parameter.
    defaults = {key: value for hook in reversed(_HOOKS) for key, value in (taken.get(hook) or {}).items()}
    return json.dumps(defaults), keywords


def _taken(name: str, hook: str, function: Any) -> dict[str, Any] | None:
    """The parameters that a hook takes by name, with their defaults; ``None`` if any are accepted."""
    views = _HOOKS[hook]
    what = "a strategy" if hook == "choose" else f"{hook} of a strategy"
    if not callable(function):
        raise _wrong(name, hook, f"{what} is a callable, not {_input.kind(function)}")
    if inspect.iscoroutinefunction(function):
        raise _wrong(name, hook, f"{what} cannot be async: the desk waits for its answer")
    try:
        all_of_them = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return None
    kinds = [parameter.kind for parameter in all_of_them]
    positional = [parameter for parameter in all_of_them if parameter.kind in _POSITIONAL]
    if len(positional) < len(views) and inspect.Parameter.VAR_POSITIONAL not in kinds:
        raise _wrong(name, hook, f"{what} takes {_listed(views)}")
    if any(_is_asked(parameter) for parameter in positional[len(views) :] if parameter.kind not in _NAMED):
        raise _wrong(name, hook, f"{what} takes no more than {_listed(views)} by their places")
    required = [each.name for each in all_of_them if each not in positional[: len(views)] and _must_be_given(each)]
    if required:
        raise _wrong(name, hook, f"no step is sure to set {' and '.join(required)}: give it a default")
    if inspect.Parameter.VAR_KEYWORD in kinds:
        return None
    seen = positional[: len(views)]
    named = [each for each in all_of_them if each not in seen and each.kind in _NAMED]
    return {each.name: _default(each) for each in named}


def _listed(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _must_be_given(parameter: inspect.Parameter) -> bool:
    return parameter.kind in _NAMED and _is_asked(parameter)


def _is_asked(parameter: inspect.Parameter) -> bool:
    return parameter.default is inspect.Parameter.empty


def _default(parameter: inspect.Parameter) -> Any:
    if _is_asked(parameter):
        return None
    try:
        return json.loads(_native.json(parameter.default))
    except Problem:
        return None


def _wrong(name: str, hook: str, message: str) -> ScriptProblem:
    views = ", ".join(_HOOKS[hook])
    defined = "mine" if hook == "choose" else hook
    hint = f"write def {defined}({views}, *, boost=20): its keywords are parameters"
    return ScriptProblem("invalid_script", message, path=name, hint=hint)


def described(error: BaseException, trace: TracebackType | None) -> tuple[str, str, str | None, int | None, list[str]]:
    """Describes an exception of a strategy: code, message, file, line, and the calls that led to it, outermost first."""
    code = str(error.code) if isinstance(error, Problem) and error.code != "time_is_up" else "script_error"
    try:
        said = error.message if isinstance(error, Problem) else str(error)
    except Exception:  # noqa: BLE001 # The user's code may fail here as well.
        said = "it cannot be described"
    message = type(error).__name__ + (f": {said}" if said else "")
    # UTF-8 cannot encode a lone surrogate.
    message = message.encode("utf-8", "replace").decode("utf-8")
    frames = [
        (frame.f_code.co_name, PurePath(frame.f_code.co_filename).name, line)
        for frame, line in traceback.walk_tb(trace)
    ]
    if not frames:
        return code, message, None, None, []
    _, file, line = frames[-1]
    return code, message, file, line, [f"{name} ({file}, line {line})" for name, file, line in frames]
