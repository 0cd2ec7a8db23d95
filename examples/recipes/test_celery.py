"""The recipe for Celery, with workers of Celery on desks in PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from celery.signals import task_postrun
from setting import Told, damaged, database, document, minutes_ago, until

from frontdesk.shared import SharedDesk


class Recipe:
    """The recipe, on a database of its own."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.told = Told(address)
        self.module: Any = import_module("celery_desks")

    def create(self, name: str, accept_within: str, minutes: float = 0) -> None:
        """Creates a desk that offered the conversation ``c1`` to Anna some minutes ago."""
        with closing(self.module.connect()) as connection:
            desk = SharedDesk(connection, name, document=document(accept_within), clock=minutes_ago(minutes))
            assert desk.open("c1", inbox="main", channel="chat").refused is None

    def worker(self) -> AbstractContextManager[Any]:
        worker: AbstractContextManager[Any] = start_worker(self.module.app, perform_ping_check=False, pool="solo")
        return worker


@pytest.fixture
def recipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recipe]:
    with database() as address:
        monkeypatch.setenv("HELPDESK_DATABASE", address)
        monkeypatch.setenv("HELPDESK_BROKER", "memory://")
        made = Recipe(address)
        # It is imported once in a process: Celery shares tasks among its apps.
        monkeypatch.setattr(made.module, "DATABASE", address)
        # Longer than a slow machine needs: nothing expires.
        monkeypatch.setattr(made.module, "EVERY", timedelta(minutes=10))
        made.module.app.control.purge()
        yield made


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """How often each task ran."""
    ran: Counter[str] = Counter()

    def count(task: Any = None, **_: Any) -> None:
        ran[task.name] += 1

    task_postrun.connect(count, weak=False)
    try:
        yield ran
    finally:
        task_postrun.disconnect(count)


def test_an_offer_lapses_and_goes_on_to_another_agent(recipe: Recipe) -> None:
    recipe.create("support", "40m", minutes=60)
    assert recipe.told.offered_to("support", "c1") == ["anna"]
    recipe.module.look.delay()
    with recipe.worker():
        until(lambda: recipe.told.offered_to("support", "c1") == ["anna", "bo"], "the offer went on")


def test_what_was_handed_in_is_decided(recipe: Recipe) -> None:
    recipe.create("support", "40m")
    with closing(recipe.module.connect()) as connection:
        desk = SharedDesk(connection, "support")
        desk.hand_in({"type": "open", "conversation": "c2", "inbox": "main", "channel": "chat", "id": "b7"})
        recipe.module.look.delay()
        with recipe.worker():
            events = until(lambda: desk.answer("b7"), "the command was decided")
    assert [event.type for event in events] == ["opened", "offered"]


def test_a_desk_is_woken_when_it_is_due(recipe: Recipe) -> None:
    """Without a look: the wake-up of a command is planned after its commit, and the next one by each wake-up."""
    recipe.create("support", "1s")
    with closing(recipe.module.connect()) as connection:
        recipe.module.plan(SharedDesk(connection, "support"))
    with recipe.worker():
        until(lambda: recipe.told.desk("support").next_wakeup is None, "both offers lapsed")
    assert recipe.told.offered_to("support", "c1") == ["anna", "bo"]


def test_a_wake_up_after_the_next_look_is_left_to_that(recipe: Recipe) -> None:
    recipe.create("support", "40m")
    with closing(recipe.module.connect()) as connection, counted() as ran:
        recipe.module.plan(SharedDesk(connection, "support"))
        recipe.module.look.delay()
        with recipe.worker():
            until(lambda: ran["desks.look"], "the look")
    assert ran["desks.wake"] == ran["desks.visit"] == 0


def test_tasks_do_not_multiply(recipe: Recipe) -> None:
    """Of many wake-ups for one instant one plans the next."""
    recipe.create("support", "1s")
    with closing(recipe.module.connect()) as connection, counted() as ran:
        for _ in range(6):
            recipe.module.plan(SharedDesk(connection, "support"))
        with recipe.worker():
            until(lambda: recipe.told.desk("support").next_wakeup is None, "both offers lapsed")
            # A task later than all those that were planned by then.
            recipe.module.visit.apply_async(("support",), eta=recipe.module.now() + timedelta(seconds=1))
            until(lambda: ran["desks.visit"], "the last task")
    assert ran["desks.wake"] <= 6 + 2
    # The desk was created and given a conversation, and both offers lapsed, in one turn if nobody came between.
    assert recipe.told.turn("support") <= 4


def test_looks_that_come_late_are_dropped(recipe: Recipe) -> None:
    """While no worker runs, looks do not pile up."""
    entry = recipe.module.app.conf.beat_schedule["look"]
    assert entry["options"]["expires"] == entry["schedule"].total_seconds()
    with counted() as ran:
        for _ in range(5):
            recipe.module.look.apply_async(expires=recipe.module.now() - timedelta(seconds=1))
        recipe.create("support", "40m", minutes=60)
        recipe.module.visit.delay("support")
        with recipe.worker():
            until(lambda: ran["desks.visit"], "the task after them")
    assert ran["desks.look"] == 0


def test_a_desk_that_fails_is_done_by_a_later_look(recipe: Recipe) -> None:
    for name in ("broken", "support"):
        recipe.create(name, "40m", minutes=60)
    with counted() as ran, recipe.worker():
        with damaged(recipe.address, "broken"):
            recipe.module.look.delay()
            until(lambda: recipe.told.offered_to("support", "c1") == ["anna", "bo"], "the other one goes on")
            until(lambda: ran["desks.visit"] == 2, "both were tried")
        assert recipe.told.offered_to("broken", "c1") == ["anna"]
        recipe.module.look.delay()
        until(lambda: recipe.told.offered_to("broken", "c1") == ["anna", "bo"], "it is tried again")


def test_two_workers_with_beat_do_a_desk_no_harm(recipe: Recipe, tmp_path: Path) -> None:
    """From the command line, as in the recipe, each with a beat of its own: more than anybody should run."""
    recipe.create("support", "1s")
    numbers = range(30)
    with closing(recipe.module.connect()) as connection, ExitStack() as workers:
        desk = SharedDesk(connection, "support")
        for number in numbers:
            desk.hand_in(
                {"type": "open", "conversation": f"n{number}", "inbox": "main", "channel": "chat", "id": f"{number}"}
            )
        for number in range(2):
            workers.enter_context(from_the_command_line(recipe.address, tmp_path, f"worker{number}"))
        until(lambda: all(desk.answer(f"{number}") for number in numbers), "all were decided")
        until(lambda: recipe.told.offered_to("support", "c1") == ["anna", "bo"], "the offer went on")
        until(lambda: recipe.told.desk("support").next_wakeup is None, "all offers lapsed")
    assert recipe.told.turn("support") >= 2 + len(numbers)
    for number in numbers:
        assert [event.type for event in desk_events(recipe, f"n{number}")].count("opened") == 1


def desk_events(recipe: Recipe, conversation: str) -> Any:
    with closing(recipe.module.connect()) as connection:
        return SharedDesk(connection, "support").events_about(conversation)


@contextmanager
def from_the_command_line(address: str, folder: Path, name: str) -> Iterator[None]:
    """A process of Celery, whose broker is a folder."""
    for each in ("queue", "done", "control", name):
        (folder / each).mkdir(exist_ok=True)
    options = {"data_folder_in": str(folder / "queue"), "data_folder_out": str(folder / "queue")}
    options |= {"processed_folder": str(folder / "done"), "control_folder": str(folder / "control")}
    (folder / "by_folder.py").write_text(
        f"from celery_desks import app\napp.conf.broker_transport_options = {options!r}\n"
    )
    environment = {
        "HELPDESK_DATABASE": address,
        "HELPDESK_BROKER": "filesystem://",
        "HELPDESK_LOOK_EVERY": "2",
        "PYTHONPATH": ":".join([str(folder), str(Path(__file__).parent), *sys.path]),
        "PATH": "",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "celery", "--app", "by_folder", "worker", "--beat", "--hostname", name]
    log = folder / f"{name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--concurrency", "2"], cwd=folder / name, env=environment, stdout=out, stderr=out
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
