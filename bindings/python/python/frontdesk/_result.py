"""The base class of answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone, tzinfo
from typing import Any, ClassVar

from ._names import Name
from ._native import Status


def _short(at: datetime) -> str:
    """An instant as text, without trailing zeros."""
    fine = "minutes" if not (at.second or at.microsecond) else "auto"
    return at.isoformat(timespec=fine)


def _instant(text: str | None, zone: tzinfo) -> datetime | None:
    """Reads an instant of JSON into a zone."""
    if text is None:
        return None
    return datetime.fromisoformat(text.removesuffix("Z") + "+00:00").astimezone(zone)


def _canonical(value: Any) -> Any:
    """A value as in JSON."""
    if isinstance(value, datetime):
        utc = value.astimezone(timezone.utc)
        return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03}Z"
    if isinstance(value, Name):
        return str(value)
    if isinstance(value, (Result, Status)):
        return value.to_dict()
    if isinstance(value, (tuple, list)):
        return [_canonical(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _canonical(one) for key, one in value.items()}
    return value


@dataclass(frozen=True)
class Result:
    """The base class of answers."""

    #: Keys that are present even without a value.
    _always: ClassVar[frozenset[str]] = frozenset({"since", "until"})
    #: Default values, which JSON leaves out.
    _left_out: ClassVar[Mapping[str, Any]] = {}

    def to_dict(self) -> dict[str, Any]:
        """The answer as in JSON: instants as text, absent rather than ``None``."""
        fields: dict[str, Any] = {}
        for each in dataclasses.fields(self):
            value = getattr(self, each.name)
            if value is None and each.name not in self._always:
                continue
            if each.name in self._left_out and value == self._left_out[each.name]:
                continue
            # A key that Python keeps for itself has a name with an underscore.
            fields[each.name.removesuffix("_")] = _canonical(value)
        return fields

    def __repr__(self) -> str:
        shown = []
        for each in dataclasses.fields(self):
            value = getattr(self, each.name)
            if value is None or value == () or (each.name in self._left_out and value == self._left_out[each.name]):
                continue
            text = (
                _short(value) if isinstance(value, datetime) else repr(str(value) if isinstance(value, Name) else value)
            )
            shown.append(f"{each.name}={text}")
        return f"{type(self).__name__}({', '.join(shown)})"
