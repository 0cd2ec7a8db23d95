"""The webhook, as a helpdesk calls it."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("httpx2")

import app as webhook  # noqa: E402
from kept import Kept  # noqa: E402
from signing import signature, target_of  # noqa: E402
from webhook_setting import NINE, SECRET, Caller, Clock, address_fixture, clock_fixture, databases_fixture, opened  # noqa: E402, F401

#: A process that opens tickets at the instant of the tests, and prints how many were assigned.
PROCESS = """
import sys
from webhook_setting import Clock, opened
kept = opened(sys.argv[1], Clock())
given = [kept.carry_out(lambda desk: desk.open(f"{sys.argv[2]}-{n}", inbox="main", channel="tickets")) for n in range(8)]
print(sum(events.decision.outcome == "assigned" for events in given))
"""


@pytest.fixture
def caller(address: str, clock: Clock) -> Caller:
    return Caller(opened(address, clock))


def test_tickets_find_their_people(caller: Caller) -> None:
    [given] = caller.post("t1", topic="invoice").json()
    assert (given["ticket"], given["agent"]) == ("t1", "anna") and "by step 1 of the rule money" in given["why"]
    assert caller.post("t2").json()[0]["agent"] == "bo"
    loads = {row["agent"]: row["load"] for row in caller.send("GET", "/agents").json()}
    assert loads == {"anna": 1, "bo": 1, "cleo": 0}
    assert caller.close("t1").json() == []


def test_a_repeated_request_has_the_answer_of_the_first_time(caller: Caller) -> None:
    first = caller.post("t1", "?id=r1")
    caller.post("t2")
    turn = caller.kept.last_turn()
    assert caller.post("t1", "?id=r1").json() == first.json() != []
    assert caller.kept.last_turn() == turn
    assert caller.close("t1", "?id=r2").json() == caller.close("t1", "?id=r2").json() == []
    assert caller.kept.last_turn() == turn + 1
    # Another request is not a repeat: closed, opened and closed again.
    assert caller.command(type="reopen", conversation="t1").status_code == 200
    assert caller.close("t1", "?id=r3").status_code == 200
    assert caller.close("t2", f"?id={'x' * 300}").status_code == 422


def test_a_repeat_without_an_id_has_no_effect(caller: Caller) -> None:
    assert [caller.post("t1").status_code for _ in range(2)] == [200, 409]
    assert len(caller.decisions()) == 1


def test_commands_that_are_refused(caller: Caller) -> None:
    assert caller.close("none").status_code == 409
    assert "none" in caller.close("none").json()["detail"]
    assert caller.command(type="reopen", conversation="none").status_code == 409
    # A refusal is not kept: the ticket can be there later.
    assert caller.post("none").status_code == caller.close("none").status_code == 200


def test_agents_are_changed_by_commands(caller: Caller) -> None:
    for agent in ("anna", "bo"):
        assert caller.command(type="set_status", agent=agent, status="away").status_code == 200
    assert caller.post("t1").json()[0]["outcome"] == "queued"
    [given] = caller.command(type="set_status", agent="bo", status="available", id="c1").json()
    assert (given["ticket"], given["agent"]) == ("t1", "bo")


def test_decisions_are_found_from_any_number_on(caller: Caller, clock: Clock) -> None:
    """At night nobody is there; at nine in Stockholm the ticket goes to Anna, and no request is answered with that."""
    clock.at = datetime(2026, 11, 20, 3, tzinfo=timezone.utc)
    [waits] = caller.post("t1").json()
    assert "outside working hours until Fri 20 Nov 09:00 Europe/Stockholm" in waits["why"]
    clock.at = NINE
    caller.kept.let_time_pass()
    caller.post("t2")
    all_decisions = caller.send("GET", "/decisions").json()
    assert [made["outcome"] for made in all_decisions] == ["queued", "assigned", "assigned"]
    numbers = [made["number"] for made in all_decisions]
    for after in range(numbers[-1] + 2):
        later = caller.send("GET", f"/decisions?after={after}").json()
        assert [made["number"] for made in later] == [number for number in numbers if number > after]
    # Pages are of whole turns.
    assert len(caller.kept.decided_after(0, 1)) == 1


def test_two_instances_share_a_desk(address: str, clock: Clock) -> None:
    first, second = Caller(opened(address, clock)), Caller(opened(address, clock))
    assert [first.post("t1").json()[0]["agent"], second.post("t2").json()[0]["agent"]] == ["anna", "bo"]
    assert second.post("t1").json() == first.post("t1").json()
    assert first.decisions() == second.decisions() and len(first.decisions()) == 2
    assert first.close("t2").status_code == 200 and second.kept.desk == first.kept.desk


def test_processes_that_start_and_decide_at_once(address: str, clock: Clock) -> None:
    """Six tickets are as many as two agents may have: no process gives out one more."""
    commands = [[sys.executable, "-c", PROCESS, address, f"p{number}"] for number in range(3)]
    here = os.fspath(Path(__file__).parent)
    path = os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path})
        for command in commands
    ]
    given = [int(process.communicate()[0]) for process in running]
    assert sum(given) == 6
    kept = opened(address, clock)
    assert len(kept.desk.conversations()) == 24
    assert kept.shared.verify().last == 25


def test_threads_of_one_process(caller: Caller) -> None:
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(caller.post, [f"t{number}" for number in range(12)]))
    assert [answer.status_code for answer in answers] == [200] * 12
    assert caller.kept.desk.conversations() and caller.kept.shared.verify().last == 13


def test_a_restart_goes_on_and_does_not_put_the_document_again(address: str, clock: Clock, caller: Caller) -> None:
    caller.post("t1")
    caller.command(type="set_status", agent="anna", status="away")
    again = opened(address, clock, document={"version": 1, "time_zone": "UTC"})
    assert again.desk == caller.kept.desk and again.desk.zone == ZoneInfo("Europe/Stockholm")
    assert Caller(again).post("t2").json()[0]["agent"] == "bo"


def test_what_cannot_be_written_has_not_happened(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    path = os.fspath(tmp_path / "full.sqlite3")
    caller = Caller(opened(path, clock))
    caller.post("t1")
    before = caller.kept.desk.snapshot()
    other = sqlite3.connect(path)
    other.execute("CREATE TRIGGER full BEFORE INSERT ON frontdesk_turns BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises(sqlite3.Error):
        caller.post("t2")
    assert caller.kept.desk.snapshot() == before
    other.execute("DROP TRIGGER full")
    other.close()
    assert caller.post("t2").status_code == 200


def test_a_connection_that_the_server_ended_is_replaced(address: str, clock: Clock) -> None:
    if not address.startswith("postgresql"):
        pytest.skip("a file has no server")
    kept, other = opened(address, clock), opened(address, clock)
    [process] = kept.database.execute("SELECT pg_backend_pid()").fetchone()
    other.database.execute("SELECT pg_terminate_backend(?)", process)
    with pytest.raises(Exception, match="terminat|closed"):
        kept.last_turn()
    assert kept.last_turn() == 1


def test_nobody_is_answered_who_does_not_know_the_secret(caller: Caller) -> None:
    assert Caller(caller.kept, "another secret").post("t1").status_code == 401
    assert caller.client.get("/agents").status_code == 401
    assert caller.client.get("/openapi.json").status_code == 401
    for late in (timedelta(minutes=6), -timedelta(minutes=6)):
        assert caller.send("GET", "/agents", at=NINE + late).status_code == 401
    stamp = str(int(NINE.timestamp()))
    right = signature(SECRET, stamp, "POST", "/tickets", b'{"id": "t1"}')
    cases: list[tuple[str, str, str, str]] = [
        ("/tickets", '{"id": "t2"}', right, stamp),
        ("/tickets?x=1", '{"id": "t1"}', right, stamp),
        ("/commands", '{"id": "t1"}', right, stamp),
        ("/tickets", '{"id": "t1"}', "é", stamp),
        ("/tickets", '{"id": "t1"}', "", stamp),
        ("/tickets", '{"id": "t1"}', right, "٣"),
        ("/tickets", '{"id": "t1"}', right, "9" * 400),
        ("/tickets", '{"id": "t1"}', right, ""),
    ]
    for target, body, sent, at in cases:
        headers = {"content-type": "application/json", "x-timestamp": at.encode(), "x-signature": sent.encode()}
        assert caller.client.post(target, content=body, headers=headers).status_code == 401  # type: ignore[arg-type]
    assert caller.kept.desk.conversations() == []


def test_targets_are_signed_as_they_are_sent() -> None:
    assert target_of("http://helpdesk") == "/"
    assert target_of("https://helpdesk:8443/told?a=1&b=%20#part") == "/told?a=1&b=%20"


@pytest.mark.parametrize("body", ['{"id": ""}', '{"id": "%s"}' % ("x" * 300), r'{"id": "\ud800"}', "{", '{"id": 3}'])
def test_a_ticket_that_cannot_be_read_is_the_callers_mistake(caller: Caller, body: str) -> None:
    for answer in (caller.send("POST", "/tickets", body), caller.close("x" * 300)):
        assert answer.status_code == 422 and answer.json()["detail"]
        # Nothing of the machine it runs on.
        assert os.sep not in answer.json()["detail"] and "app.py" not in answer.json()["detail"]
    for body in ("[]", "{}", '{"type": "nothing"}', '{"type": "close", "at": 3}', "\x00"):
        assert caller.send("POST", "/commands", body).status_code == 422
    for number in ("x", "-1", "9" * 30):
        assert caller.send("GET", f"/decisions?after={number}").status_code == 422


def test_a_body_that_is_too_long(caller: Caller) -> None:
    assert caller.send("POST", "/tickets", "x" * (webhook.LARGEST + 1)).status_code == 413


def test_a_clock_that_is_set_back(caller: Caller, clock: Clock) -> None:
    assert caller.post("t1").status_code == 200
    clock.pass_by(-240)
    assert caller.post("t2").status_code == 200


def test_it_does_not_start_without_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WEBHOOK_SECRET", raising=False)
    with pytest.raises(SystemExit, match="WEBHOOK_SECRET"):
        asyncio.run(_start())


async def _start() -> Kept:
    async with webhook.lifespan(webhook.app):
        return webhook.app.state.kept  # type: ignore[no-any-return]


def test_it_starts_by_its_settings(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("WEBHOOK_DATABASE", address)
    monkeypatch.delenv("WEBHOOK_TELL", raising=False)
    assert asyncio.run(_start()).desk.zone == ZoneInfo("Europe/Stockholm")
    monkeypatch.setenv("WEBHOOK_TELL", "helpdesk/told")
    with pytest.raises(ValueError, match="WEBHOOK_TELL is not the URL"):
        asyncio.run(_start())


def test_work_goes_on_whatever_happens(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    failures = iter([OSError("no database"), RuntimeError("damaged")])
    done: list[str] = []

    ended = asyncio.Event()

    def work() -> None:
        for failure in failures:
            raise failure
        done.append("done")
        ended.set()

    monkeypatch.setattr(webhook, "EVERY", 0.01)
    asyncio.run(webhook.again_and_again(work, "work", ended))
    assert done == ["done"] and [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]
