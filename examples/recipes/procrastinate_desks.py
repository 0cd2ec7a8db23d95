"""Time passes on shared desks, by procrastinate, whose jobs are in the same PostgreSQL: a turn and the job for the desk's next wake-up
are committed together.

    HELPDESK_DATABASE=postgresql://… procrastinate --app procrastinate_desks.app worker --delete-jobs successful
"""

from __future__ import annotations

import os
from contextlib import closing, suppress
from datetime import datetime
from typing import Any

import psycopg
from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued

from frontdesk.shared import SharedDesk, due

DATABASE = os.environ["HELPDESK_DATABASE"]

#: When to look at all desks, as cron says it, with seconds: how late a desk may be of which nobody has planned the next wake-up.
LOOK = os.environ.get("HELPDESK_LOOK", "* * * * * */30")

app = App(connector=PsycopgConnector(conninfo=DATABASE))

#: Adds jobs over connections of others, whose transactions they are in: that of a worker is asynchronous.
jobs = App(connector=SyncPsycopgConnector())


# A job with a `queueing_lock` waits once, so that looks and wake-ups do not pile up while no worker runs. There is no `lock`: a killed
# worker would keep it, and two workers at once do a desk no harm.
@app.periodic(cron=LOOK)
@app.task(name="desks.look", queueing_lock="desks.look")
def look(timestamp: int) -> None:
    """Looks for desks that are due, or have commands that wait, and gives each a job of its own: a desk that fails does not hold the
    others up."""
    with closing(connect()) as connection:
        for name in due(connection, now(connection)):
            enqueue(connection, name, at=None)


@app.task(name="desks.wake")
def wake(name: str) -> None:
    """Brings a desk up to date, and plans its next wake-up."""
    with closing(connect()) as connection:
        # By the clock that starts the jobs: by one that is behind, a desk would be woken again and again until it is due.
        desk = SharedDesk(connection, name, clock=lambda: now(connection))
        desk.run(lambda: advance(connection, desk))
        # Not in a transaction: the lease would be held until its end.
        if desk.run(desk.serve):
            plan(connection, desk)


def advance(connection: Any, desk: SharedDesk) -> None:
    """Advances a desk. A second time it finds nothing to do; at the same time as another worker one of the two does it."""
    with connection.transaction():
        desk.advance()
        # What its events say is written to your tickets here, in the same transaction.
        plan(connection, desk)


def plan(connection: Any, desk: SharedDesk) -> None:
    """Plans a job for the next wake-up of a desk, in the transaction that the connection is in. To be called after a command, too."""
    at = desk.desk.next_wakeup
    if at is not None:
        enqueue(connection, desk.name, at)


def enqueue(connection: Any, name: str, at: datetime | None) -> None:
    """Adds a job for a desk, unless one waits for the same instant; without one it is run at once."""
    lock = f"desks.wake {name} {at.isoformat() if at else 'now'}"
    # In a savepoint, or the transaction would end with the conflict.
    with suppress(AlreadyEnqueued), connection.transaction():
        job = jobs.configure_task("desks.wake", queueing_lock=lock, schedule_at=at, connection=connection)
        job.defer(name=name)


def connect() -> Any:
    """A connection that commits by itself; one for each job, which a lost server cannot spoil."""
    return psycopg.connect(DATABASE, autocommit=True)


def now(connection: Any) -> datetime:
    at: datetime = connection.execute("SELECT clock_timestamp()").fetchone()[0]
    return at
