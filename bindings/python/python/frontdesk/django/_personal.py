"""Personal values of a turn, which its text refers to by number: put back for those who may see them, left out for others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

#: The only key of a reference.
_KEY = "personal"

_GONE = object()


def joined(content: Any, values: Mapping[int, Any]) -> Any:
    """A text as JSON with its personal values. References to those that were erased are left out.

    >>> joined({"contact": {"id": "x", "attributes": {"personal": 1}}, "from": {"personal": 2}}, {1: {"plan": "gold"}})
    {'contact': {'id': 'x', 'attributes': {'plan': 'gold'}}}
    """
    # Attributes of the embedder's may look like a reference; true ones are numbered from 1 in the order of the text. Where that is
    # not so, they are left as they are.
    numbers = list(_numbers(content))
    if numbers != list(range(1, len(numbers) + 1)):
        return content
    return _replaced(content, lambda number: values.get(number, _GONE))


def without(content: Any) -> Any:
    """A text as JSON without its personal values, and without what refers to them.

    >>> without({"contact": {"id": "x", "attributes": {"personal": 1}}})
    {'contact': {'id': 'x'}}
    """
    return _replaced(content, lambda _: _GONE)


def _number(value: Any) -> int | None:
    """The number of a reference; ``None`` for what is none."""
    if isinstance(value, dict) and len(value) == 1 and isinstance(value.get(_KEY), int):
        return int(value[_KEY])
    return None


def _inner(value: Any) -> Iterator[Any]:
    yield from value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _numbers(value: Any) -> Iterator[int]:
    number = _number(value)
    if number is not None:
        yield number
        return
    for inner in _inner(value):
        yield from _numbers(inner)


def _replaced(value: Any, value_of: Callable[[int], Any]) -> Any:
    number = _number(value)
    if number is not None:
        return value_of(number)
    if isinstance(value, dict):
        entries = ((key, _replaced(inner, value_of)) for key, inner in value.items())
        return {key: inner for key, inner in entries if inner is not _GONE}
    if isinstance(value, list):
        return [inner for inner in (_replaced(inner, value_of) for inner in value) if inner is not _GONE]
    return value
