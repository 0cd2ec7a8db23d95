"""The clock, in one place."""

from datetime import datetime
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string


def now() -> datetime:
    """The instant, by what the setting ``FRONTDESK_CLOCK`` names."""
    return cast("datetime", import_string(settings.FRONTDESK_CLOCK)())
