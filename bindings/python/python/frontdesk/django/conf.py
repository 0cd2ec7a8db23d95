"""The setting ``FRONTDESK``: a dict, of which each key may be left out.

- ``CLOCK``: a function that returns the present instant with its zone, or its dotted path. That of the system if absent.
- ``EXPLAIN``: ``True`` to record with every command the agents considered, with the reasons against them.
- ``SCRIPTS``: the routing scripts that steps may name, as ``SharedDesk`` takes them: a folder, or a dict of names and texts.
- ``SKEW``: the most seconds that the clock may be ahead of the database's; 60 if absent.

.. code-block:: python

    FRONTDESK = {"EXPLAIN": True, "SCRIPTS": BASE_DIR / "routing"}
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from frontdesk.typing import At

#: The keys that the setting may have.
KEYS = ("CLOCK", "EXPLAIN", "SCRIPTS", "SKEW")


def given() -> dict[str, Any]:
    """The setting as it is given; empty if it is not."""
    setting: dict[str, Any] = getattr(settings, "FRONTDESK", {})
    return setting


def now() -> At:
    """The present instant, by the clock of the setting."""
    clock: str | Callable[[], At] | None = given().get("CLOCK")
    if clock is None:
        return datetime.now(timezone.utc)
    found: Callable[[], At] = import_string(clock) if isinstance(clock, str) else clock
    return found()


def options() -> dict[str, Any]:
    """The keywords of a ``SharedDesk``. Its clock asks the setting each time, so that tests may set another."""
    setting = given()
    explain = setting.get("EXPLAIN", False)
    return {"clock": now, "explain": explain, "scripts": setting.get("SCRIPTS"), "skew": setting.get("SKEW")}
