"""The management commands of the Django app."""

from __future__ import annotations

import io
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections
from django_project import clock

from frontdesk.django import create, desk, signals
from frontdesk.django.management.commands.frontdesk_advance import Command
from frontdesk.django.models import Pending, Snapshot
from frontdesk.shared import SharedDesk


class Said:
    """What a command wrote."""

    def __init__(self) -> None:
        self.out, self.error = io.StringIO(), io.StringIO()

    @property
    def lines(self) -> list[str]:
        """The lines of its output."""
        return self.out.getvalue().splitlines()


def run(name: str, *arguments: str, **options: Any) -> Said:
    """Runs a command."""
    said = Said()
    call_command(name, *arguments, stdout=said.out, stderr=said.error, **options)
    return said


@pytest.mark.usefixtures("support")
class TestAdvance:
    def test_what_is_due_happens(self) -> None:
        shared = desk("support")
        shared.open("c1", inbox="main", channel="chat")
        shared.snooze("c1", duration="1h")
        create("quiet", {"version": 1, "time_zone": "UTC"})
        assert run("frontdesk_advance").lines == []
        clock.pass_by(hours=1)
        lines = run("frontdesk_advance").lines
        assert lines == [
            "support: Fri 20 Nov 11:00:00 reopened c1",
            "support: Fri 20 Nov 11:00:00 c1: It went to anna (held_before).",
        ]
        assert run("frontdesk_advance").lines == []

    def test_what_was_handed_in_is_decided(self) -> None:
        for number in range(3):
            command = {
                "type": "open",
                "conversation": f"c{number}",
                "inbox": "main",
                "channel": "chat",
                "id": f"{number}",
            }
            desk("support").hand_in(command)
        desk("support").hand_in({"type": "close", "conversation": "nobody", "id": "refused"})
        assert "support: 4 commands decided" in run("frontdesk_advance").lines
        assert not Pending.objects.filter(decided_at=None).exists()
        answer = desk("support").answer("1")
        assert answer is not None and answer.decision is not None and answer.decision.agent == "bo"

    def test_desks_that_are_named(self, alias: str) -> None:
        create("other", {"version": 1, "time_zone": "UTC"})
        for name in ("support", "other"):
            desk(name).hand_in({"type": "advance", "id": "1"})
        assert run("frontdesk_advance", "other", database=alias).lines[-1] == "other: 1 command decided"
        assert Pending.objects.filter(decided_at=None).count() == 1

    def test_one_that_fails_holds_no_other_one_up(self) -> None:
        broken = create("a broken one", {"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}]})
        broken.set_status("anna", status="away", duration="1h")

        def fail(desk: SharedDesk, **_: Any) -> None:
            if desk.name == "a broken one":
                raise ZeroDivisionError("on purpose")

        desk("support").hand_in({"type": "advance", "id": "1"})
        clock.pass_by(hours=1)
        signals.advanced.connect(fail)
        said = Said()
        try:
            with pytest.raises(CommandError, match="not advanced: unknown, a broken one"):
                call_command(
                    "frontdesk_advance", "unknown", "a broken one", "support", stdout=said.out, stderr=said.error
                )
        finally:
            signals.advanced.disconnect(fail)
        assert "unknown: unknown_desk: there is no desk" in said.error.getvalue()
        assert "ZeroDivisionError: on purpose" in said.error.getvalue()
        assert "support: 1 command decided" in said.lines

    def test_what_a_project_does_now_and_then(self, alias: str) -> None:
        def work(using: str, say: Callable[[str], None], **_: Any) -> None:
            say(f"{using}: done")

        signals.passed.connect(work)
        try:
            assert run("frontdesk_advance").lines == [f"{alias}: done"]
        finally:
            signals.passed.disconnect(work)

    def test_a_snapshot_now_and_then(self) -> None:
        for number in range(4):
            desk("support").open(f"c{number}", inbox="main", channel="chat")
        assert not run("frontdesk_advance", "support", snapshots=0).lines
        assert not run("frontdesk_advance", "support", snapshots=6).lines
        assert run("frontdesk_advance", "support", snapshots=5).lines == ["support: snapshot after turn 5"]
        assert not run("frontdesk_advance", "support", snapshots=5).lines
        assert Snapshot.objects.get(part=0).turn == 5
        assert desk("support").verify().snapshots == 1

    @pytest.mark.parametrize("every", ["0", "-1", "often", "nan", "inf"])
    def test_pauses_that_are_none(self, every: str) -> None:
        with pytest.raises(CommandError, match="is not a number of seconds above 0"):
            call_command("frontdesk_advance", "--loop", "--every", every)


class Pauses:
    """What happens in each pause of the loop; it ends at the last."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *steps: Callable[[], Any]) -> None:
        self.steps = list(steps)
        self.lengths: list[float] = []

        def wait(command: Command, seconds: float) -> None:
            self.lengths.append(seconds)
            self.steps.pop(0)()
            if not self.steps:
                command._ended.set()

        monkeypatch.setattr(Command, "wait", wait)


@pytest.mark.usefixtures("support")
class TestLoop:
    def test_it_wakes_when_something_falls_due(self, monkeypatch: pytest.MonkeyPatch) -> None:
        desk("support").open("c1", inbox="main", channel="chat")
        desk("support").snooze("c1", duration="90m")
        pauses = Pauses(monkeypatch, lambda: clock.pass_by(hours=1), lambda: clock.pass_by(minutes=30), lambda: None)
        lines = run("frontdesk_advance", "--loop", "--every", "3600").lines
        assert pauses.lengths == [3600, 1800, 3600]
        assert lines[0].startswith("support: Fri 20 Nov 11:30:00 reopened c1")

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_it_ends_by_a_signal(self, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
        before = signal.getsignal(number)
        whole = Command.wait

        def wait(command: Command, seconds: float) -> None:
            os.kill(os.getpid(), number)
            whole(command, seconds)

        monkeypatch.setattr(Command, "wait", wait)
        # It would wait for an hour.
        run("frontdesk_advance", "--loop", "--every", "3600")
        assert signal.getsignal(number) == before

    def test_a_database_that_is_lost_is_waited_for(self, alias: str, monkeypatch: pytest.MonkeyPatch) -> None:
        desk("support").hand_in({"type": "advance", "id": "1"})
        connection = connections[alias]
        connect = connection.connect

        def lose() -> None:
            def refuse() -> None:
                raise OperationalError("connection refused")

            connection.close()
            monkeypatch.setattr(connection, "connect", refuse)

        def find() -> None:
            monkeypatch.setattr(connection, "connect", connect)
            desk("support").hand_in({"type": "advance", "id": "2"})

        Pauses(monkeypatch, lose, lambda: None, find, lambda: None)
        said = run("frontdesk_advance", "--loop")
        assert said.error.getvalue().splitlines() == [f"The database {alias!r} fails, so later: connection refused"]
        there = said.lines.index(f"The database {alias!r} is there again.")
        assert said.lines.count("support: 1 command decided") == 2
        assert "support: 1 command decided" in said.lines[:there]

    @pytest.mark.parametrize("alias", ["app_postgres", "app_mysql"], indirect=True)
    def test_a_server_that_ends_the_connection(self, alias: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def end() -> None:
            own = "SELECT pg_backend_pid()" if alias == "app_postgres" else "SELECT connection_id()"
            with connections[alias].cursor() as cursor:
                cursor.execute(own)
                (number,) = cursor.fetchone()
            other = connections[alias].copy()
            with other.cursor() as cursor:
                cursor.execute(
                    f"SELECT pg_terminate_backend({number})" if alias == "app_postgres" else f"KILL {number}"
                )
            other.close()

        def hand_in() -> None:
            desk("support").hand_in({"type": "advance", "id": "1"})

        Pauses(monkeypatch, end, hand_in, lambda: None)
        said = run("frontdesk_advance", "--loop")
        assert "support: 1 command decided" in said.lines


def test_a_database_without_tables(alias: str) -> None:
    call_command("migrate", "frontdesk", "zero", database=alias, verbosity=0, skip_checks=True)
    try:
        for name in ("frontdesk_advance", "frontdesk_verify"):
            with pytest.raises(CommandError, match=f"the database '{alias}' fails: .*frontdesk_desks"):
                run(name)
    finally:
        call_command("migrate", "frontdesk", database=alias, verbosity=0, skip_checks=True)


@pytest.mark.usefixtures("support")
class TestVerify:
    def test_logs_that_are_whole(self) -> None:
        create("other", {"version": 1, "time_zone": "UTC"})
        desk("support").open("c1", inbox="main", channel="chat")
        desk("support").put_snapshot()
        whole = "other: turns 1 to 1 are whole, and no snapshots"
        assert run("frontdesk_verify").lines == [whole, "support: turns 1 to 2 are whole, and 1 snapshot"]
        assert run("frontdesk_verify", "other").lines == [whole]

    @pytest.mark.parametrize(
        ("statement", "what"),
        [
            ("UPDATE frontdesk_turns SET body = REPLACE(body, 'anna', 'bo') WHERE turn = 2", "at turn 2"),
            ("DELETE FROM frontdesk_turns WHERE turn = 3", "at turn 3"),
        ],
    )
    def test_one_that_is_not(self, alias: str, statement: str, what: str) -> None:
        create("other", {"version": 1, "time_zone": "UTC"})
        for number in range(3):
            desk("support").open(f"c{number}", inbox="main", channel="chat")
        with connections[alias].cursor() as cursor:
            cursor.execute(statement)
        said = Said()
        with pytest.raises(CommandError, match="1 of 2 desks is not whole"):
            call_command("frontdesk_verify", stdout=said.out, stderr=said.error)
        (line,) = said.error.getvalue().splitlines()
        assert line.startswith("support: damaged_log: ") and what in line
        assert said.lines == ["other: turns 1 to 1 are whole, and no snapshots"]

    def test_one_that_is_not_there(self) -> None:
        with pytest.raises(CommandError, match="1 of 1 desks is not whole"):
            run("frontdesk_verify", "nobody's")


DOCUMENT = {"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}]}


@pytest.mark.usefixtures("alias")
class TestCreate:
    def test_a_document(self, alias: str, tmp_path: Path) -> None:
        file = tmp_path / "desk.json"
        file.write_text(json.dumps(DOCUMENT))
        lines = run("frontdesk_create", "support", str(file), "--check").lines
        assert lines == [f"{file} is a document of a desk; agents: 1, inboxes: 0"]
        lines = run("frontdesk_create", "support", str(file), database=alias).lines
        assert lines == ["support: created; agents: 1, inboxes: 0"]
        assert desk("support").turn == 1
        with pytest.raises(CommandError, match="is in the database already"):
            run("frontdesk_create", "support", str(file))

    def test_the_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        text = io.TextIOWrapper(io.BytesIO(json.dumps(DOCUMENT).encode()))
        monkeypatch.setattr("sys.stdin", text)
        run("frontdesk_create", "support", "-")
        assert desk("support").turn == 1

    def test_all_problems_are_listed(self, tmp_path: Path) -> None:
        file = tmp_path / "desk.json"
        file.write_text('{"version": 1,\n "time_zone": "Europe/Stokholm",\n "agents": [{"id": "anna", "team": "x"}]}')
        with pytest.raises(CommandError) as wrong:
            run("frontdesk_create", "support", str(file))
        assert "line 2" in str(wrong.value) and "$.agents[0].team" in str(wrong.value)
        with pytest.raises(CommandError, match="cannot be read"):
            run("frontdesk_create", "support", str(tmp_path / "none.json"))

    def test_warnings_are_told(self, tmp_path: Path) -> None:
        rules = [{"id": "vip", "match": {"attributes.plan": []}, "steps": [{"assign_to": "everyone"}]}]
        inboxes = [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": rules}]}]
        file = tmp_path / "desk.json"
        file.write_text(json.dumps({**DOCUMENT, "inboxes": inboxes}))
        assert "never_matches" in run("frontdesk_create", "support", str(file)).error.getvalue()
