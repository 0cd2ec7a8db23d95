"""Local times in sentences, each with its zone."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo

from . import _native


def zone(given: tzinfo | str) -> tzinfo:
    """The zone of a name, or the zone given.

    :raises InvalidTime: No such zone.
    :raises WrongType: The value is not a zone.
    """
    return _native.zone(given)


def name(of: tzinfo | None) -> str:
    """The name of a zone, ``Europe/Stockholm``, or its offset, ``UTC+02:00``."""
    if of is None:
        return "UTC"
    key = getattr(of, "key", None)
    return key if isinstance(key, str) else str(of.tzname(None) or of)


def on(at: datetime, there: tzinfo | None = None) -> str:
    """Local date and time with the zone: ``Fri 20 Nov 09:00 Europe/Stockholm``.

    :param there: The zone; that of the instant if absent.
    """
    shown = at if there is None else at.astimezone(there)
    return f"{shown:%a %d %b %H:%M} {name(shown.tzinfo)}"


def span(start: datetime, end: datetime) -> str:
    """A span within a date: ``09:00–17:00``, ``22:00–24:00``, ``all day``."""
    ends_at_midnight = end.time() == time() and end.date() == start.date() + timedelta(days=1)
    if ends_at_midnight and start.time() == time():
        return "all day"
    return f"{start:%H:%M}–{'24:00' if ends_at_midnight else f'{end:%H:%M}'}"
