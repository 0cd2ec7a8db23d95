"""The recipe for procrastinate, with its workers on desks in PostgreSQL."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from procrastinate import PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from setting import Told, damaged, database, document, minutes_ago, until

from frontdesk.shared import SharedDesk


class Recipe:
    """The recipe, on a database of its own."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.told = Told(address)
        self.module: Any = import_module("procrastinate_desks")

    def create(self, name: str, accept_within: str, minutes: float = 0) -> None:
        """Creates a desk that offered the conversation ``c1`` to Anna some minutes ago."""
        with closing(self.module.connect()) as connection:
            desk = SharedDesk(connection, name, document=document(accept_within), clock=minutes_ago(minutes))
            assert desk.open("c1", inbox="main", channel="chat").refused is None

    def look(self) -> None:
        """Looks now, as the periodic task does."""
        look = self.module.look
        with closing(self.module.connect()) as connection:
            job = self.module.jobs.configure_task(look.name, queueing_lock=look.queueing_lock, connection=connection)
            job.defer(timestamp=0)

    @contextmanager
    def worker(self) -> Iterator[None]:
        """A worker in a thread."""
        loop = asyncio.new_event_loop()
        connector = PsycopgConnector(conninfo=self.address)

        async def work() -> None:
            async with self.module.app.open_async():
                await self.module.app.run_worker_async(install_signal_handlers=False, fetch_job_polling_interval=0.1)

        with self.module.app.replace_connector(connector), closing(loop):
            task = loop.create_task(work())

            def run() -> None:
                with pytest.raises(asyncio.CancelledError):
                    loop.run_until_complete(task)

            thread = threading.Thread(target=run)
            thread.start()
            try:
                yield
            finally:
                loop.call_soon_threadsafe(task.cancel)
                thread.join()

    def jobs(self, status: str = "todo") -> list[Any]:
        """The lock and the instant of each job."""
        query = "SELECT queueing_lock, scheduled_at FROM procrastinate_jobs WHERE status::text = %s ORDER BY id"
        with closing(self.module.connect()) as connection:
            return list(connection.execute(query, (status,)).fetchall())


@pytest.fixture
def recipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recipe]:
    with database() as address:
        monkeypatch.setenv("HELPDESK_DATABASE", address)
        # Once a year: the tests look by themselves.
        monkeypatch.setenv("HELPDESK_LOOK", "0 0 29 2 *")
        made = Recipe(address)
        monkeypatch.setattr(made.module, "DATABASE", address)
        with made.module.app.replace_connector(SyncPsycopgConnector(conninfo=address)) as app, app.open():
            app.schema_manager.apply_schema()
        yield made


def test_an_offer_lapses_and_goes_on_to_another_agent(recipe: Recipe) -> None:
    recipe.create("support", "40m", minutes=60)
    assert recipe.told.offered_to("support", "c1") == ["anna"]
    recipe.look()
    with recipe.worker():
        until(lambda: recipe.told.offered_to("support", "c1") == ["anna", "bo"], "the offer went on")
        until(lambda: recipe.jobs(), "the next wake-up is planned")
    [(_, at)] = recipe.jobs()
    assert at == recipe.told.desk("support").next_wakeup


def test_what_was_handed_in_is_decided(recipe: Recipe) -> None:
    recipe.create("support", "40m")
    with closing(recipe.module.connect()) as connection:
        desk = SharedDesk(connection, "support")
        desk.hand_in({"type": "open", "conversation": "c2", "inbox": "main", "channel": "chat", "id": "b7"})
        recipe.look()
        with recipe.worker():
            events = until(lambda: desk.answer("b7"), "the command was decided")
    assert [event.type for event in events] == ["opened", "offered"]


def test_a_desk_is_woken_when_it_is_due(recipe: Recipe) -> None:
    """Without a look: the wake-up is planned in the transaction of a command, and the next one in that of each wake-up."""
    with closing(recipe.module.connect()) as connection:
        desk = SharedDesk(connection, "support", document=document("1s"))
        with connection.transaction(force_rollback=True):
            desk.open("c0", inbox="main", channel="chat")
            recipe.module.plan(connection, desk)
        assert recipe.jobs() == []
        with connection.transaction():
            desk.open("c1", inbox="main", channel="chat")
            recipe.module.plan(connection, desk)
    with recipe.worker():
        until(lambda: recipe.told.desk("support").next_wakeup is None, "both offers lapsed")
    assert recipe.told.offered_to("support", "c1") == ["anna", "bo"]


def test_jobs_do_not_pile_up(recipe: Recipe) -> None:
    """While no worker runs, one job waits for each instant, and one look."""
    recipe.create("support", "40m")
    with closing(recipe.module.connect()) as connection:
        desk = SharedDesk(connection, "support")
        for _ in range(5):
            with connection.transaction():
                recipe.module.plan(connection, desk)
                recipe.module.enqueue(connection, "support", None)
    recipe.look()
    with pytest.raises(AlreadyEnqueued):
        recipe.look()
    at = recipe.told.desk("support").next_wakeup
    assert at is not None
    locks = [f"desks.wake support {at.isoformat()}", "desks.wake support now", "desks.look"]
    assert [lock for lock, _ in recipe.jobs()] == locks


def test_a_desk_that_fails_is_done_by_a_later_look(recipe: Recipe) -> None:
    for name in ("broken", "support"):
        recipe.create(name, "40m", minutes=60)
    with recipe.worker():
        with damaged(recipe.address, "broken"):
            recipe.look()
            until(lambda: recipe.told.offered_to("support", "c1") == ["anna", "bo"], "the other one goes on")
            until(lambda: recipe.jobs("failed"), "both were tried")
        assert recipe.told.offered_to("broken", "c1") == ["anna"]
        recipe.look()
        until(lambda: recipe.told.offered_to("broken", "c1") == ["anna", "bo"], "it is tried again")


def test_what_a_killed_worker_had_holds_nobody_up(recipe: Recipe) -> None:
    """Its job is left as one that is being done; a look adds another."""
    recipe.create("support", "40m", minutes=60)
    with closing(recipe.module.connect()) as connection:
        recipe.module.enqueue(connection, "support", None)
        assert connection.execute("UPDATE procrastinate_jobs SET status = 'doing'").rowcount == 1
    recipe.look()
    with recipe.worker():
        until(lambda: recipe.told.offered_to("support", "c1") == ["anna", "bo"], "the offer went on")


def test_two_workers_do_a_desk_no_harm(recipe: Recipe, tmp_path: Path) -> None:
    """From the command line, as in the recipe."""
    recipe.create("support", "1s")
    numbers = range(30)
    with closing(recipe.module.connect()) as connection, ExitStack() as workers:
        desk = SharedDesk(connection, "support")
        for number in numbers:
            desk.hand_in(
                {"type": "open", "conversation": f"n{number}", "inbox": "main", "channel": "chat", "id": f"{number}"}
            )
        for number in range(2):
            workers.enter_context(from_the_command_line(recipe.address, tmp_path / f"worker{number}"))
        until(lambda: all(desk.answer(f"{number}") for number in numbers), "all were decided")
        until(lambda: recipe.told.offered_to("support", "c1") == ["anna", "bo"], "the offer went on")
        until(lambda: recipe.told.desk("support").next_wakeup is None, "all offers lapsed")
        assert desk.verify().last >= 2 + len(numbers)
        for number in numbers:
            assert [event.type for event in desk.events_about(f"n{number}")].count("opened") == 1


@contextmanager
def from_the_command_line(address: str, folder: Path) -> Iterator[None]:
    """A process of procrastinate, which looks every second."""
    folder.mkdir()
    environment = {
        "HELPDESK_DATABASE": address,
        "HELPDESK_LOOK": "* * * * * *",
        "PYTHONPATH": ":".join([str(Path(__file__).parent), *sys.path]),
        "PATH": "",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "procrastinate", "--app", "procrastinate_desks.app", "worker"]
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--delete-jobs", "successful"], cwd=folder, env=environment, stdout=out, stderr=out
        )
        try:
            yield
        except BaseException as error:
            error.args = (*error.args, log.read_text())
            raise
        finally:
            process.terminate()
            try:
                assert process.wait(60) == 0, log.read_text()
            finally:
                process.kill()
                process.wait()
