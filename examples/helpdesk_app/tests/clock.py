"""The clock of the tests: it shows what it was set to."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=STOCKHOLM)

_now = FRIDAY


def now() -> datetime:
    """What it shows: the setting ``FRONTDESK`` names it."""
    return _now


def set_to(instant: datetime) -> None:
    """Sets it."""
    global _now
    _now = instant


def pass_by(**length: float) -> None:
    """Lets it run: ``pass_by(hours=2)``."""
    set_to(_now + timedelta(**length))
