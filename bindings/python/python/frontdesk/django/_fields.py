"""Fields, with their types, and those of columns that are not as Django would make them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, cast

from django.db import models

# Without a checker's plugin, a field does not know what it holds; and Django's classes take types in a checker alone.
if TYPE_CHECKING:
    Counted = models.BigAutoField[int, int]
    Number = models.BigIntegerField[int, int]
    SmallNumber = models.IntegerField[int, int]
    ShortText = models.CharField[str, str]
    Text = models.TextField[str, str]
    _Instant = models.BigIntegerField[datetime, datetime]
    MaybeId = models.CharField[str | None, str | None]
    MaybeShortText = models.CharField[str | None, str | None]
    MaybeInstant = models.BigIntegerField[datetime | None, datetime | None]
    MaybeNumber = models.BigIntegerField[int | None, int | None]
    MaybeText = models.TextField[str | None, str | None]
else:
    Counted, SmallNumber, ShortText = models.BigAutoField, models.IntegerField, models.CharField
    Number = _Instant = MaybeInstant = MaybeNumber = models.BigIntegerField
    Text = MaybeText = models.TextField
    MaybeId = MaybeShortText = ShortText

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

#: The number of the first turn, which has no instant: the smallest.
_NEVER = -(2**63)


class IdField(ShortText):
    """An id: up to 256 characters, compared byte by byte. MariaDB and MySQL return it as bytes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 256, **kwargs})

    def from_db_value(self, value: str | bytes | None, *_: object) -> str | None:
        """The id as text."""
        return value.decode() if isinstance(value, (bytes, bytearray)) else value


class InstantField(_Instant):
    """An instant, in the column in milliseconds since 1970: a datetime in UTC. The first turn of a desk has none."""

    def from_db_value(self, value: int | None, *_: object) -> datetime | None:
        """The instant of a number."""
        return None if value is None or value == _NEVER else _EPOCH + timedelta(milliseconds=value)

    def to_python(self, value: Any) -> Any:
        """The instant as it is."""
        return value

    def get_prep_value(self, value: Any) -> int | None:
        """The number of an instant."""
        return (value - _EPOCH) // timedelta(milliseconds=1) if isinstance(value, datetime) else value


def maybe_id() -> MaybeId:
    """An id that may be missing."""
    return cast("MaybeId", IdField(null=True))


def maybe_instant() -> MaybeInstant:
    """An instant that may be missing."""
    return cast("MaybeInstant", InstantField(null=True))


def maybe_number() -> MaybeNumber:
    """A number that may be missing."""
    return cast("MaybeNumber", Number(null=True))


def maybe_text() -> MaybeText:
    """A text that may be missing."""
    return cast("MaybeText", Text(null=True))


def maybe_short_text(length: int) -> MaybeShortText:
    """A text of a bounded length that may be missing."""
    return cast("MaybeShortText", ShortText(max_length=length, null=True))
