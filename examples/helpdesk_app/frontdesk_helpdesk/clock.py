"""The clock, in one place."""

from datetime import datetime
from typing import cast

from frontdesk.django import conf


def now() -> datetime:
    """The instant, by the clock of the desk: see the setting ``FRONTDESK``."""
    return cast("datetime", conf.now())
