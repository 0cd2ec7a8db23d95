"""`manage.py advance_desk`: lets the desk's time pass."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from frontdesk import Event
from frontdesk_helpdesk import clock, follow, store


class Command(BaseCommand):
    """Advances the desk to the present: shifts that began, waits and snoozes that ended."""

    help = (
        "Lets the desk's time pass until now: whoever came on shift gets what waits. Also makes good what was changed past "
        "Django. Run it every minute, or once with --loop."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on, and sleep until something falls due")
        parser.add_argument(
            "--at-most", type=float, default=60.0, metavar="SECONDS", help="the longest sleep of --loop (60)"
        )

    def handle(self, *, loop: bool, at_most: float, **_: Any) -> None:
        while True:
            try:
                self._advance()
            except store.NoDesk as nothing:
                if not loop:
                    raise CommandError(str(nothing)) from nothing
            except OperationalError as busy:
                if not loop:
                    raise
                self.stderr.write(f"The database is busy, so later: {busy}")
            if not loop:
                return
            time.sleep(self._pause(at_most))

    def _advance(self) -> None:
        events, missed = follow.advance()
        state = store.state()
        zone = ZoneInfo(state.time_zone)
        for event in events:
            self.stdout.write(f"{event.at.astimezone(zone):%a %d %b %H:%M:%S}  {_told(event)}")
        if missed:
            self.stdout.write(f"Tickets that had changed past the desk: {missed}. Now it knows.")
        wakeup = _at(state.next_wakeup, zone)
        self.stdout.write(f"{len(events)} events, {len(store.copy().queue)} waiting, next wake-up: {wakeup}")

    def _pause(self, at_most: float) -> float:
        """The time until something falls due, bounded for tickets that were changed without Django."""
        wakeup = store.state().next_wakeup if store.exists() else None
        if wakeup is None:
            return at_most
        return min(max((wakeup - clock.now()) / timedelta(seconds=1), 0.1), at_most)


def _told(event: Event) -> str:
    about = [f"ticket {event.conversation}" if event.conversation else "", event.agent or ""]
    reason = getattr(event, "reason", None)
    return " ".join(filter(None, [event.type, *about, f"({reason})" if reason else ""]))


def _at(instant: datetime | None, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%a %d %b %H:%M:%S}" if instant else "none"
