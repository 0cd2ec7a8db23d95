"""Keeps the desk: one row with a snapshot, and the log of its events.

A change happens under the row's lock and in the transaction of the tickets it is about, so both are there or neither.
A process keeps the desk it last worked with and reads only the events that others added since; the digest, a chain over
all events, says whether its desk is the one in the database. After a transaction that was rolled back it is not, and
the desk is read again.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from frontdesk import Desk, Event, Events

from . import clock
from .models import DeskEvent, DeskState

#: After so many events the snapshot is written anew.
EVENTS_PER_SNAPSHOT = 500


class NoDesk(Exception):
    """There is no desk yet: install a document first."""


@dataclass
class Session:
    """A desk under its lock, the instant of all that is done, and the events so far."""

    desk: Desk
    at: datetime
    row: DeskState
    events: list[Event] = field(default_factory=list)

    def keep(self, events: Events) -> Events:
        """Notes what a command gave. One that was refused has left no trace, so nothing is noted."""
        if events.refused is None:
            self.events.extend(events)
        return events


@dataclass(frozen=True)
class _Kept:
    """A desk, and which one it is."""

    epoch: int
    seq: int
    digest: str
    desk: Desk


_lock = threading.Lock()
_kept: _Kept | None = None


def exists() -> bool:
    """``True`` if there is a desk."""
    return DeskState.objects.exists()


def install(document: str) -> None:
    """Makes the desk of a document, the first or a new one that knows nothing of before.

    :raises InvalidDocument: All its problems.
    """
    desk = Desk(document.encode())
    with transaction.atomic():
        DeskState.objects.all().delete()
        DeskEvent.objects.all().delete()
        row = DeskState(pk=1)
        _write_snapshot(row, desk)
        row.save(force_insert=True)


@contextmanager
def session() -> Iterator[Session]:
    """The desk to change it: what its commands gave is written when the block ends without an exception.

    :raises NoDesk: There is none.
    """
    with transaction.atomic():
        row = _row(lock=True)
        desk = _take(row)
        at = clock.now().astimezone(ZoneInfo(row.time_zone))
        # The clocks of two machines differ a little, and a desk's time never goes back.
        at = max(at, desk.now or at)
        work = Session(desk, at, row)
        yield work
        _append(work)
    _put_back(work)


def copy() -> Desk:
    """A desk of one's own, as it stands in the database: to ask it, or to try something.

    :raises NoDesk: There is none.
    """
    row = _row()
    with _lock:
        if _kept is not None and _kept.digest == row.digest:
            return _kept.desk.copy()
    return _from_snapshot(row)


def state() -> DeskState:
    """The row: where the desk stands.

    :raises NoDesk: There is none.
    """
    return _row()


def replace_document(work: Session, document: str) -> None:
    """Replaces the document of a session's desk by one with other holidays, hours or settings, which have no command.

    Its snapshot holds the document, so it is restored from one with another. What people hold stays.
    """
    if work.events:
        raise RuntimeError("the document is replaced before anything else is done")
    snapshot = json.loads(work.desk.snapshot())
    snapshot["document"] = json.loads(document)
    work.desk = Desk.restore(json.dumps(snapshot), explain=True)
    work.row.epoch += 1
    _write_snapshot(work.row, work.desk)


def log(conversation: str) -> list[Event]:
    """The events of a conversation."""
    rows = DeskEvent.objects.filter(conversation=conversation).order_by("seq")
    return [Event.from_json(row.json) for row in rows]


def knows(conversation: str) -> bool:
    """``True`` if a conversation was ever opened."""
    return DeskEvent.objects.filter(conversation=conversation).exists()


def verify() -> int:
    """Rebuilds the desk from its snapshot and the log, and compares it with the one that is kept.

    :return: How many events were applied.
    :raises ValueError: They are not the same, or the chain of the log is broken.
    """
    row = _row()
    rebuilt = _from_snapshot(row)
    if rebuilt.snapshot() != copy().snapshot():
        raise ValueError("the desk that is kept is not the one that its events make")
    events = DeskEvent.objects.filter(seq__gt=row.snapshot_seq).order_by("seq")
    last: str | None = None
    for event in events:
        if last is not None and _chained(last, event.json) != event.digest:
            raise ValueError(f"event {event.seq} is not the one that was written after event {event.seq - 1}")
        last = event.digest
    if last is not None and last != row.digest:
        raise ValueError("the last event of the log is not the last of the desk")
    return len(events)


def _row(*, lock: bool = False) -> DeskState:
    rows = DeskState.objects.select_for_update() if lock else DeskState.objects
    row = rows.first()
    if row is None:
        raise NoDesk("there is no desk yet: install a document first")
    return row


def _take(row: DeskState) -> Desk:
    """The desk of a row. What was kept of it is taken away, so that nobody else sees it change."""
    global _kept
    with _lock:
        kept, _kept = _kept, None
    if kept is None or kept.epoch != row.epoch:
        return _from_snapshot(row)
    if kept.digest == row.digest:
        return kept.desk
    if DeskEvent.objects.filter(seq=kept.seq, digest=kept.digest).exists():
        return _read(row, kept.desk, kept.seq)
    return _from_snapshot(row)


def _from_snapshot(row: DeskState) -> Desk:
    return _read(row, Desk.restore(row.snapshot, explain=True), row.snapshot_seq)


def _read(row: DeskState, desk: Desk, after: int) -> Desk:
    """A desk brought up to the row by the events it does not know."""
    texts = DeskEvent.objects.filter(seq__gt=after, seq__lte=row.seq).order_by("seq").values_list("json", flat=True)
    for text in texts:
        desk.apply(Event.from_json(text))
    return desk


def _put_back(work: Session) -> None:
    global _kept
    with _lock:
        _kept = _Kept(work.row.epoch, work.row.seq, work.row.digest, work.desk)


def _chained(digest: str, text: str) -> str:
    return hashlib.sha256(f"{digest}\n{text}".encode()).hexdigest()


def _append(work: Session) -> None:
    """Writes the events of a session behind the others, and what the row says of them."""
    row = work.row
    rows: list[DeskEvent] = []
    for event in work.events:
        text = event.to_json()
        row.digest = _chained(row.digest, text)
        row.seq = event.seq
        rows.append(
            DeskEvent(
                seq=event.seq,
                at=event.at,
                type=event.type,
                conversation=event.conversation or "",
                agent=event.agent or "",
                json=text,
                digest=row.digest,
            )
        )
    DeskEvent.objects.bulk_create(rows)
    row.next_wakeup = work.desk.next_wakeup
    if row.seq - row.snapshot_seq >= EVENTS_PER_SNAPSHOT:
        row.snapshot, row.snapshot_seq = work.desk.snapshot(), row.seq
    row.save()


def _write_snapshot(row: DeskState, desk: Desk) -> None:
    """The data of a desk that events alone do not rebuild."""
    row.snapshot = desk.snapshot()
    row.snapshot_seq = row.seq
    row.digest = _chained(row.digest, row.snapshot)
    row.time_zone = desk.document()["time_zone"]
    row.next_wakeup = desk.next_wakeup
