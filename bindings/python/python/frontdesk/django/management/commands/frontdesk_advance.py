"""``manage.py frontdesk_advance``: lets the time of desks pass, and decides what was handed in."""

from __future__ import annotations

import signal
import threading
import traceback
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, InterfaceError, OperationalError, connections
from django.db.models import Max

from frontdesk import Problem
from frontdesk.django import _words, advance, conf, desk, retry, signals
from frontdesk.django._desks import alias_of
from frontdesk.django.models import Desk, Snapshot
from frontdesk.shared import due

#: The exceptions of a database that is not there. Another one is of a desk, or of a receiver, and others may go on.
_LOST = (InterfaceError, OperationalError)


class Command(BaseCommand):
    """Advances the desks that are due, and serves those with commands that wait."""

    help = (
        "Lets the time of the desks pass until now: shifts that began, offers and snoozes that ended. Decides commands that were handed "
        "in, too. Run it every minute, or once with --loop, in as many processes as you like."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("desks", nargs="*", metavar="DESK", help="the desks; all that are due if none is named")
        parser.add_argument("--database", metavar="ALIAS", help="the database; that to which the router writes desks")
        parser.add_argument("--loop", action="store_true", help="go on until SIGTERM or SIGINT")
        parser.add_argument(
            "--every", type=_seconds, default=10.0, metavar="SECONDS", help="the longest pause of --loop (10)"
        )
        parser.add_argument(
            "--snapshots", type=int, default=10_000, metavar="TURNS",
            help="put a snapshot of a desk that it advances after so many turns (10000); 0 for none",
        )  # fmt: skip

    def handle(
        self, *, desks: list[str], database: str | None, loop: bool, every: float, snapshots: int, **_: Any
    ) -> None:
        self._alias = alias_of(database)
        self._names = desks
        self._most_turns = snapshots
        self._ended = threading.Event()
        if loop:
            with self._ended_by_signals():
                self._loop(every)
        else:
            self._once()

    def _once(self) -> None:
        try:
            failed = self._pass()
        except Error as error:
            raise CommandError(f"the database {self._alias!r} fails: {str(error).strip()}") from error
        if failed:
            raise CommandError(f"not advanced: {', '.join(failed)}")

    def _loop(self, every: float) -> None:
        """Advances and pauses until a signal says to end. A database that is lost is waited for."""
        is_lost = False
        while not self._ended.is_set():
            _close_old_connections()
            pause = every
            try:
                self._pass()
                pause = self._pause(every)
                if is_lost:
                    self.stdout.write(f"The database {self._alias!r} is there again.")
                is_lost = False
            except _LOST as error:
                connections[self._alias].close()
                if not is_lost:
                    self.stderr.write(f"The database {self._alias!r} fails, so later: {str(error).strip()}")
                is_lost = True
            # A log file is read while the loop goes on.
            self.stdout.flush()
            self.wait(pause)

    def wait(self, seconds: float) -> None:
        """Waits, and ends at once when a signal says so."""
        self._ended.wait(seconds)

    def _pass(self) -> list[str]:
        """Advances each desk that is due, or that was named; returns those that failed.

        :raises OperationalError: The database fails.
        """
        failed: list[str] = []
        names = self._names or due(connections[self._alias], conf.now())
        for name in names:
            if self._ended.is_set():
                break
            try:
                self._advance(name)
            except Problem as problem:
                failed.append(name)
                self.stderr.write(f"{name}: {problem}")
            except _LOST:
                raise
            except Exception:
                failed.append(name)
                self.stderr.write(f"{name}: {traceback.format_exc()}")
        signals.passed.send(type(self), using=self._alias, say=self.stdout.write)
        return failed

    def _advance(self, name: str) -> None:
        decided = self._serve(name)
        events = retry(using=self._alias)(advance)(name, using=self._alias)
        zone = desk(name, using=self._alias).desk.zone if events else None
        for event in events:
            at = event.at.astimezone(zone)
            self.stdout.write(f"{name}: {at:%a %d %b %H:%M:%S} {_words.of_event(event).splitlines()[0]}")
        if decided:
            self.stdout.write(f"{name}: {decided} command{'s' if decided > 1 else ''} decided")
        self._put_snapshot(name)

    def _serve(self, name: str) -> int:
        """Decides what was handed in, in transactions of its own: in another one the lease would be held until that ends."""
        decided = 0
        shared = desk(name, using=self._alias)
        while served := shared.run(shared.serve):
            decided += served
        return decided

    def _put_snapshot(self, name: str) -> None:
        shared = desk(name, using=self._alias)
        newest = Snapshot.objects.using(self._alias).filter(desk=name).aggregate(Max("turn"))["turn__max"]
        if self._most_turns and shared.turn - (newest or 0) >= self._most_turns:
            turn = retry(using=self._alias)(shared.put_snapshot)()
            self.stdout.write(f"{name}: snapshot after turn {turn}")

    def _pause(self, every: float) -> float:
        """The time until something falls due, in seconds, at most the longest pause."""
        desks = Desk.objects.using(self._alias).filter(wakes_at__isnull=False)
        next_one = (desks.filter(pk__in=self._names) if self._names else desks).order_by("wakes_at").first()
        now = conf.now()
        if next_one is None or next_one.wakes_at is None or not isinstance(now, datetime):
            return every
        return min(max((next_one.wakes_at - now) / timedelta(seconds=1), 0.1), every)

    @contextmanager
    def _ended_by_signals(self) -> Iterator[None]:
        """Ends the loop after the desk at hand, and its pause at once, when a signal comes."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._end) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self, *_: object) -> None:
        self._ended.set()


def _close_old_connections() -> None:
    """Closes connections as at the end of a request; not those of a test, which is in a transaction."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < threading.TIMEOUT_MAX:
        raise ArgumentTypeError(f"{text!r} is not a number of seconds above 0")
    return seconds
