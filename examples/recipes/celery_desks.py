"""Time passes on shared desks, by Celery: offers lapse and snoozes end when they have to, and what was handed in is decided.

    HELPDESK_DATABASE=postgresql://… HELPDESK_BROKER=amqp://… celery --app celery_desks worker --beat

With more than one worker, run one ``celery --app celery_desks beat`` and leave ``--beat`` out.
"""

from __future__ import annotations

import os
from contextlib import closing
from datetime import datetime, timedelta, timezone
from typing import Any

import psycopg
from celery import Celery

from frontdesk.shared import SharedDesk, due

# ANCHOR: app
DATABASE = os.environ["HELPDESK_DATABASE"]

#: The time between two looks at all desks: how late a desk may be of which nobody has planned the next wake-up.
EVERY = timedelta(seconds=float(os.environ.get("HELPDESK_LOOK_EVERY", "30")))

app = Celery("helpdesk", broker=os.environ["HELPDESK_BROKER"])
app.conf.update(
    task_ignore_result=True,
    # A task that a killed worker had is run again: all of them may be.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    # A look that nobody took before the next one is not wanted any more, so that they do not pile up while no worker runs.
    beat_schedule={"look": {"task": "desks.look", "schedule": EVERY, "options": {"expires": EVERY.total_seconds()}}},
)


# ANCHOR_END: app


# ANCHOR: tasks
@app.task(name="desks.look")
def look() -> None:
    """Looks for desks that are due before the next look, or have commands that wait, and visits each in a task of its own: a desk that
    fails does not hold the others up."""
    with closing(connect()) as connection:
        for name in due(connection, now() + EVERY):
            visit.apply_async((name,), expires=EVERY.total_seconds())


@app.task(name="desks.visit")
def visit(name: str) -> None:
    """Brings a desk up to date, and plans its next wake-up."""
    with closing(connect()) as connection:
        desk = SharedDesk(connection, name)
        bring_up_to_date(connection, desk)
        plan(desk)


@app.task(name="desks.wake")
def wake(name: str) -> None:
    """Brings a desk up to date at an instant that was planned. Of several tasks for one instant the first finds something to do, and it
    alone plans the next: they do not multiply."""
    with closing(connect()) as connection:
        desk = SharedDesk(connection, name)
        if bring_up_to_date(connection, desk):
            plan(desk)


# ANCHOR_END: tasks


# ANCHOR: work
def bring_up_to_date(connection: Any, desk: SharedDesk) -> bool:
    """Advances a desk, and decides what was handed in, each in a transaction; returns whether anything happened. A second time it finds
    nothing to do; at the same time as another worker one of the two does it."""

    def advance() -> None:
        with connection.transaction():
            desk.advance()
            # What its events say is written to your tickets here, in the same transaction.

    before = desk.turn
    desk.run(advance)
    # Not in a transaction: the lease would be held until its end.
    desk.run(desk.serve)
    return desk.turn > before


def plan(desk: SharedDesk) -> None:
    """Plans a task for the next wake-up of a desk, if that is before the next look: brokers keep tasks of a later time badly. To be
    called after the commit of a command, too."""
    at = desk.desk.next_wakeup
    if at is not None and at <= now() + EVERY:
        # A little later: a timer that is early would find nothing to do.
        wake.apply_async((desk.name,), eta=at + timedelta(milliseconds=50), expires=at + EVERY)


# ANCHOR_END: work


def connect() -> Any:
    """A connection that commits by itself; one for each task, which a fork or a lost server cannot spoil."""
    return psycopg.connect(DATABASE, autocommit=True)


def now() -> datetime:
    return datetime.now(timezone.utc)
