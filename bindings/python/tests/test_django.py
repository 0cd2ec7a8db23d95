"""Desks on Django's connections, in the transactions of a project."""

from __future__ import annotations

import doctest
import importlib
import os
import pkgutil
import re
import threading
import unittest
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connections, transaction
from django.test import Client, TestCase, override_settings
from django_project import FRONTDESK, clock

import frontdesk.django
from frontdesk import Events
from frontdesk.django import _desks, advance, create, desk, retry, signals
from frontdesk.problems import LogProblem, RetryTransaction, UnknownDesk
from frontdesk.shared import SharedDesk


class OnPurpose(Exception):
    """An exception of the application."""


def holder(events: Events) -> str | None:
    """The agent to whom a command gave a conversation."""
    return events.decision.agent if events.decision else None


def opened(conversation: str) -> str | None:
    """Opens a conversation on the desk of this thread; gives who has it."""
    return holder(desk("support").open(conversation, inbox="main", channel="chat"))


def in_thread(work: Callable[[], Any]) -> Any:
    """What work gives in a thread of its own, with connections of its own."""
    given: list[Any] = []

    def run() -> None:
        try:
            given.append(work())
        except BaseException as error:
            given.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if isinstance(given[0], BaseException):
        raise given[0]
    return given[0]


@pytest.mark.usefixtures("support")
class TestTransactions:
    def test_a_ticket_and_its_assignment_are_there_together_or_not_at_all(self) -> None:
        with transaction.atomic(using=_desks.alias_of(None)):
            Group.objects.create(name="c1")
            assert opened("c1") == "anna"
        with pytest.raises(OnPurpose), transaction.atomic(using=_desks.alias_of(None)):
            Group.objects.create(name="c2")
            assert opened("c2") == "bo"
            raise OnPurpose
        assert [group.name for group in Group.objects.all()] == ["c1"]
        assert [it.conversation for it in desk("support").desk.conversations()] == ["c1"]
        assert opened("c3") == "bo"
        assert desk("support").verify().last == 3

    def test_a_savepoint_that_is_rolled_back(self, alias: str) -> None:
        with transaction.atomic(using=alias):
            assert opened("c1") == "anna"
            with pytest.raises(OnPurpose), transaction.atomic(using=alias):
                assert opened("c2") == "bo"
                raise OnPurpose
            assert opened("c3") == "bo"
        assert [it.conversation for it in desk("support").desk.conversations()] == ["c1", "c3"]

    def test_outside_of_a_transaction_a_command_is_one(self, alias: str) -> None:
        assert opened("c1") == "anna"
        connections[alias].close()
        assert opened("c2") == "bo"
        assert desk("support").verify().last == 3

    def test_a_transaction_that_is_begun_by_hand(self, alias: str) -> None:
        connection = connections[alias]
        connection.set_autocommit(False)
        try:
            assert opened("c1") == "anna"
            connection.rollback()
            assert opened("c2") == "anna"
            connection.commit()
        finally:
            connection.set_autocommit(True)
        assert [it.conversation for it in desk("support").desk.conversations()] == ["c2"]

    def test_requests_that_are_transactions(self, alias: str) -> None:
        client = Client(raise_request_exception=False)
        with override_settings(), atomic_requests(alias):
            assert client.get("/open/c1/").content == b"anna"
            assert client.get("/open/c2/?fail=1").status_code == 500
            assert client.get("/open/c3/").content == b"bo"
        assert [group.name for group in Group.objects.order_by("name")] == ["c1", "c3"]
        assert desk("support").verify().last == 3


class atomic_requests:
    """Requests are transactions of a database, and of that one alone, within the block."""

    def __init__(self, alias: str) -> None:
        self.alias = alias

    def __enter__(self) -> None:
        connections.settings[self.alias]["ATOMIC_REQUESTS"] = True

    def __exit__(self, *_: object) -> None:
        connections.settings[self.alias]["ATOMIC_REQUESTS"] = False


@pytest.mark.usefixtures("support")
class TestDesks:
    def test_it_is_kept(self, alias: str) -> None:
        assert desk("support") is desk("support") is desk("support", using=alias)

    def test_a_thread_that_begins_takes_over_the_desk_of_one_that_ended(self) -> None:
        one = in_thread(lambda: id(desk("support")))
        assert one != id(desk("support"))
        assert in_thread(lambda: id(desk("support"))) == one
        assert in_thread(lambda: opened("c1")) == "anna"
        assert in_thread(lambda: opened("c2")) == "bo"

    def test_threads_have_a_desk_each(self) -> None:
        both = threading.Barrier(2)

        def work() -> SharedDesk:
            found = desk("support")
            both.wait()
            return found

        found: list[SharedDesk] = []
        threads = [threading.Thread(target=lambda: found.append(in_thread(work))) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found[0] is not found[1]

    def test_one_of_another_thread_is_refused(self) -> None:
        mine = desk("support")
        with pytest.raises(RuntimeError, match="is of another thread"):
            in_thread(lambda: mine.follow())
        gone = in_thread(lambda: desk("support"))
        with pytest.raises(RuntimeError, match="is of another thread"):
            gone.follow()

    def test_a_desk_that_was_rolled_back_is_unknown(self, alias: str) -> None:
        with pytest.raises(OnPurpose), transaction.atomic(using=alias):
            create("billing", {"version": 1, "time_zone": "UTC"})
            raise OnPurpose
        with pytest.raises(UnknownDesk):
            desk("billing").follow()
        create("billing", {"version": 1, "time_zone": "UTC"})
        assert desk("billing").follow() == 0

    def test_there_is_one_of_a_name(self) -> None:
        with pytest.raises(LogProblem, match="is in the database already"):
            create("support", {"version": 1, "time_zone": "UTC"})
        with pytest.raises(UnknownDesk, match="there is no desk"):
            desk("nobody's")

    def test_a_process_that_forks(self, alias: str) -> None:
        assert opened("c1") == "anna"
        connections.close_all()
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            try:
                os.write(writing, str(opened("c2")).encode())
                connections.close_all()
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        os.close(writing)
        with os.fdopen(reading) as told:
            assert told.read() == "bo"
        assert opened("c3") is None
        assert desk("support").verify().last == 4

    def test_the_settings_of_a_test_are_those_of_its_desks(self) -> None:
        assert desk("support").open("c1", inbox="main", channel="chat").decision.is_explained  # type: ignore[union-attr]
        with override_settings(FRONTDESK={**FRONTDESK, "EXPLAIN": False}):
            assert not desk("support").open("c2", inbox="main", channel="chat").decision.is_explained  # type: ignore[union-attr]

    def test_the_clock_may_be_named(self) -> None:
        with override_settings(FRONTDESK={**FRONTDESK, "CLOCK": "django_project.clock"}):
            assert desk("support").open("c1", inbox="main", channel="chat")[0].at == clock.now

    def test_many_threads_never_give_one_agent_too_much(self, alias: str) -> None:
        @retry(times=100)
        def ticket(name: str) -> None:
            Group.objects.create(name=name)
            opened(name)

        def work(worker: int) -> None:
            try:
                for number in range(5):
                    ticket(f"{worker}.{number}")
            finally:
                connections.close_all()

        threads = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = desk("support")
        assert found.verify().last == 21
        assert Group.objects.count() == 20
        assert len(found.desk.queue) == 18


@pytest.mark.usefixtures("support")
class TestRetry:
    def test_it_runs_again_what_has_to_be(self) -> None:
        tried: list[str | None] = []

        @retry
        def work(conversation: str) -> str:
            Group.objects.create(name=conversation)
            tried.append(opened(conversation))
            if len(tried) < 3:
                raise RetryTransaction("retry_transaction", "another worker was first")
            return conversation

        assert work("c1") == "c1"
        assert tried == ["anna"] * 3
        assert Group.objects.count() == 1
        assert desk("support").verify().last == 2

    def test_it_ends_at_last(self) -> None:
        tried: list[int] = []

        @retry(times=3)
        def work() -> None:
            tried.append(1)
            raise RetryTransaction("retry_transaction", "another worker was first")

        with pytest.raises(RetryTransaction):
            work()
        assert len(tried) == 3

    def test_other_exceptions_end_it(self) -> None:
        tried: list[int] = []

        @retry
        def work() -> None:
            tried.append(1)
            Group.objects.create(name="twice")
            Group.objects.create(name="twice")

        with pytest.raises(IntegrityError):
            work()
        assert len(tried) == 1 and not Group.objects.exists()

    def test_within_a_transaction_it_says_what_to_do(self, alias: str) -> None:
        with (
            pytest.raises(RuntimeError, match="only a whole one can be run again"),
            transaction.atomic(using=alias),
        ):
            retry(opened)("c1")

    def test_a_coroutine_is_none(self) -> None:
        async def work() -> None:
            """Does nothing."""

        with pytest.raises(TypeError, match="a coroutine is not run in a transaction"):
            retry(work)

    def test_a_view_that_is_run_again_is_its_own_transaction(self, alias: str) -> None:
        with atomic_requests(alias):
            view = retry(using=alias)(opened)
            assert alias in view._non_atomic_requests  # type: ignore[attr-defined]
            if alias == "default":
                assert Client().get("/again/c1/").content == b"anna"

    # SQLite has one writer.
    @pytest.mark.parametrize("alias", ["app_postgres", "app_mysql"], indirect=True)
    def test_a_transaction_that_does_not_see_who_was_first(self, alias: str) -> None:
        tried: list[str] = []

        @retry
        def work() -> str | None:
            with connections[alias].cursor() as cursor:
                if alias == "app_postgres":
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                else:
                    # For this transaction it is too late: the session's next one has it.
                    cursor.execute("COMMIT")
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                    cursor.execute("START TRANSACTION")
            Group.objects.count()
            tried.append("")
            if len(tried) == 1:
                assert in_thread(lambda: opened("c1")) == "anna"
            return opened("c2")

        assert work() == "bo"
        assert len(tried) == 2
        assert desk("support").verify().last == 3


@pytest.mark.usefixtures("alias")
class TestTestCases:
    """Django's own test cases: a test of which is in a transaction that is rolled back."""

    def test_a_test_case(self, support: SharedDesk) -> None:
        class Case(TestCase):
            databases = {_desks.alias_of(None)}

            def test_one(self) -> None:
                self.assertEqual(retry(opened)("c1"), "anna")

            def test_other(self) -> None:
                self.assertEqual(opened("c1"), "anna")

        result = unittest.TestResult()
        unittest.TestLoader().loadTestsFromTestCase(Case).run(result)
        assert result.wasSuccessful() and result.testsRun == 2, result.failures + result.errors
        assert desk("support").follow() >= 0
        assert desk("support").verify().last == 1


@pytest.mark.usefixtures("support")
class TestAdvance:
    def test_the_receivers_are_in_the_transaction(self) -> None:
        shared = desk("support")
        shared.open("c1", inbox="main", channel="chat")
        shared.snooze("c1", duration="1h")
        clock.pass_by(hours=2)

        def note(events: Events, desk: SharedDesk, using: str, **_: Any) -> None:
            Group.objects.using(using).create(name=" ".join(event.type for event in events))
            assert desk is shared
            if Group.objects.filter(name="fail").exists():
                raise OnPurpose

        signals.advanced.connect(note)
        try:
            Group.objects.create(name="fail")
            with pytest.raises(OnPurpose):
                advance("support")
            assert Group.objects.count() == 1 and shared.follow() >= 0 and shared.turn == 3
            Group.objects.all().delete()
            events = advance("support")
            assert Group.objects.get().name == " ".join(event.type for event in events) != ""
            assert list(advance("support")) == []
        finally:
            signals.advanced.disconnect(note)


class Ticket:
    """A model of the guide's, with the rows in memory."""

    rows: ClassVar[list[Ticket]] = []

    def __init__(self, **fields: Any) -> None:
        self.__dict__.update(fields, pk=len(self.rows) + 1)
        self.rows.append(self)

    def save(self) -> None:
        """Saves nothing."""

    class objects:
        """The rows."""

        @staticmethod
        def create(**fields: Any) -> Ticket:
            """A new one."""
            return Ticket(**fields)

        @staticmethod
        def filter(pk: str) -> Any:
            """One, to be updated."""
            found = [row for row in Ticket.rows if str(row.pk) == pk]
            return SimpleNamespace(update=lambda **fields: [row.__dict__.update(fields) for row in found])

    agent: str | None
    pk: int


@pytest.mark.parametrize("alias", ["default"], indirect=True)
def test_the_guide_does_what_it_says(support: SharedDesk) -> None:
    text = (Path(__file__).parents[3] / "docs" / "guides" / "django.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {"Ticket": Ticket}
    receivers = list(signals.advanced.receivers)
    try:
        for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
            exec(block, names)
        assert names["DATABASES"]["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        one = names["arrived"]("Help!")
        assert one.agent == "anna"
        assert names["go_home"]("anna").refused is None
        desk("support").snooze(str(one.pk), duration="1h")
        one.agent = None
        desk("support").set_status("anna", status="available")
        clock.pass_by(hours=1)
        advance("support")
        assert one.agent == "anna"
        assert names["latest"] is not None and list(names["numbers"]) == []
    finally:
        signals.advanced.receivers = receivers
        signals.advanced.sender_receivers_cache.clear()


MODULES = sorted(it.name for it in pkgutil.walk_packages(frontdesk.django.__path__, "frontdesk.django."))


@pytest.mark.parametrize("alias", ["default"], indirect=True)
@pytest.mark.parametrize("name", ["frontdesk.django", *MODULES])
@pytest.mark.usefixtures("support")
def test_the_examples_run(name: str) -> None:
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    said: list[str] = []
    module = importlib.import_module(name)
    for test in doctest.DocTestFinder(exclude_empty=True).find(module):
        runner.run(test, out=said.append)
    assert not runner.failures, "".join(said)
