"""What the desk decides by itself, as it is told to the helpdesk."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import datetime, timezone
from http.server import HTTPServer
from threading import Thread
from urllib.error import HTTPError

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("httpx2")

from kept import system_clock  # noqa: E402
from receiver import Receiver  # noqa: E402
from signing import signed_headers  # noqa: E402
from telling import LEASE, LONGEST, Teller, post  # noqa: E402
from webhook_setting import (  # noqa: E402, F401
    SECRET,
    Caller,
    Clock,
    Helpdesk,
    address_fixture,
    clock_fixture,
    databases_fixture,
    essence,
    offering,
    opened,
)


class Setting:
    """A desk whose offers lapse, a helpdesk, and those who tell it."""

    def __init__(self, address: str, clock: Clock, helpdesk: Helpdesk) -> None:
        self.address, self.clock, self.helpdesk = address, clock, helpdesk
        self.kept = opened(address, clock, offering())
        self.caller = Caller(self.kept)
        self.teller = self.another()

    def another(self) -> Teller:
        """As another process, or this one after a restart."""
        return Teller(opened(self.address, self.clock), self.helpdesk.url, SECRET)

    def lapse(self) -> int:
        """Lets the offers that wait lapse; returns the turn."""
        before = self.kept.last_turn()
        self.clock.pass_by(20)
        self.kept.let_time_pass()
        assert self.kept.last_turn() == before + 1
        return before + 1


@pytest.fixture
def setting(address: str, clock: Clock) -> Iterator[Setting]:
    with Helpdesk(clock) as helpdesk:
        yield Setting(address, clock, helpdesk)


def test_exactly_the_decisions_of_time_are_told(setting: Setting) -> None:
    [offered] = setting.caller.post("t1").json()
    setting.teller.tell()
    assert offered["outcome"] == "offered" and setting.helpdesk.heard == []
    turn = setting.lapse()
    setting.caller.post("t2")
    setting.teller.tell()
    setting.teller.tell()
    [told] = setting.helpdesk.heard
    assert told["delivery"] == turn and setting.helpdesk.is_signed == [True]
    assert essence(told["decisions"]) == [("t1", "bo", "offered")]
    # As they are in the list of all.
    assert told["decisions"][0] in setting.caller.send("GET", f"/decisions?after={offered['number']}").json()
    assert setting.teller.cursor().turn == setting.kept.last_turn()


def test_the_beginning_of_a_shift_is_told(setting: Setting) -> None:
    setting.clock.at = datetime(2026, 11, 20, 3, tzinfo=timezone.utc)
    assert setting.caller.post("t1").json()[0]["outcome"] == "queued"
    setting.clock.at = datetime(2026, 11, 20, 8, tzinfo=timezone.utc)
    setting.kept.let_time_pass()
    setting.teller.tell()
    assert essence(setting.helpdesk.heard[0]["decisions"]) == [("t1", "anna", "offered")]


@pytest.mark.parametrize("status", [500, 404, 302])
def test_what_fails_is_told_again_in_order(setting: Setting, status: int) -> None:
    setting.caller.post("t1")
    turns = [setting.lapse()]
    setting.helpdesk.answers = [status, status]
    setting.teller.tell()
    assert setting.teller.cursor().failures == 1
    # The desk goes on, and what comes later waits behind.
    setting.caller.post("t2")
    turns.append(setting.lapse())
    setting.teller.tell()
    setting.clock.pass_by(2)
    setting.teller.tell()
    assert setting.helpdesk.deliveries == [turns[0]] * 3 + [turns[1]]
    assert setting.helpdesk.heard[0] == setting.helpdesk.heard[1]
    assert setting.teller.cursor().failures == 0


def test_pauses_grow_up_to_the_longest(setting: Setting) -> None:
    setting.caller.post("t1")
    setting.lapse()
    setting.helpdesk.answers = [503] * 12
    pauses = []
    for _ in range(12):
        setting.teller.tell()
        pauses.append(setting.teller.cursor().free_at - setting.clock().timestamp())
        said = len(setting.helpdesk.heard)
        setting.clock.pass_by(pauses[-1] - 0.5)
        setting.another().tell()
        assert len(setting.helpdesk.heard) == said
        setting.clock.pass_by(0.5)
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, LONGEST, LONGEST, LONGEST]
    setting.teller.tell()
    assert setting.teller.cursor().turn == setting.helpdesk.deliveries[-1]


def test_a_helpdesk_that_is_not_there(setting: Setting) -> None:
    setting.caller.post("t1")
    turn = setting.lapse()
    url, setting.teller.url = setting.teller.url, "http://127.0.0.1:1/told"
    setting.teller.tell()
    assert setting.teller.cursor().failures == 1 and setting.caller.post("t2").status_code == 200
    setting.teller.url = url
    setting.clock.pass_by(1)
    setting.teller.tell()
    assert setting.helpdesk.deliveries == [turn]


def test_a_crash_before_it_is_noted_tells_it_again(setting: Setting) -> None:
    setting.caller.post("t1")
    turn = setting.lapse()

    class Killed(BaseException):
        pass

    def post_and_die(url: str, headers: dict[str, str], body: bytes) -> None:
        post(url, headers, body)
        raise Killed

    setting.teller.post = post_and_die
    with pytest.raises(Killed):
        setting.teller.tell()
    successor = setting.another()
    successor.tell()
    assert setting.helpdesk.deliveries == [turn]
    setting.clock.pass_by(LEASE)
    successor.tell()
    assert setting.helpdesk.deliveries == [turn, turn] and successor.cursor().turn == turn
    assert setting.helpdesk.heard[0] == setting.helpdesk.heard[1]


def test_one_process_tells_at_a_time(setting: Setting) -> None:
    setting.caller.post("t1")
    turn = setting.lapse()
    other = setting.another()

    def post_while_another_tries(url: str, headers: dict[str, str], body: bytes) -> None:
        other.tell()
        post(url, headers, body)

    setting.teller.post = post_while_another_tries
    setting.teller.tell()
    other.tell()
    assert setting.helpdesk.deliveries == [turn]


def test_of_two_that_look_at_once_one_tells(setting: Setting) -> None:
    setting.caller.post("t1")
    setting.lapse()
    seen = setting.teller.cursor()
    assert [setting.teller._take(seen), setting.another()._take(seen)] == [True, False]


def test_one_that_was_too_slow_does_not_take_the_cursor_back(setting: Setting) -> None:
    setting.caller.post("t1")
    turns = [setting.lapse(), setting.lapse()]
    other = setting.another()

    def post_slowly(url: str, headers: dict[str, str], body: bytes) -> None:
        setting.clock.pass_by(LEASE)
        setting.teller.post = post
        other.tell()
        raise OSError("it took too long")

    setting.teller.post = post_slowly
    setting.teller.tell()
    assert setting.helpdesk.deliveries == turns
    assert other.cursor() == setting.teller.cursor() and other.cursor()[:2] == (turns[-1], 0)


def test_a_clock_that_was_set_back_does_not_stop_it(setting: Setting) -> None:
    setting.caller.post("t1")
    turn = setting.lapse()
    setting.helpdesk.answers = [500]
    setting.teller.tell()
    setting.clock.pass_by(-86400)
    setting.teller.tell()
    assert setting.helpdesk.deliveries == [turn, turn]


def test_the_receiver_prints_a_delivery_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Receiver, "last", 0)
    receiver = Receiver.__new__(Receiver)
    with redirect_stdout(io.StringIO()) as printed:
        for delivery in (3, 3, 5, 3):
            receiver.hear({"delivery": delivery, "decisions": []})
    assert printed.getvalue().count('"delivery"') == 2


def test_the_receiver_hears_nobody_who_does_not_know_the_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    monkeypatch.setattr(Receiver, "last", 0)
    with HTTPServer(("127.0.0.1", 0), Receiver) as server, redirect_stdout(io.StringIO()) as printed:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        url, body = f"http://127.0.0.1:{server.server_port}/told", b'{"delivery": 3, "decisions": []}'
        right = signed_headers(SECRET, system_clock(), "POST", "/told", body)
        post(url, right, body)
        with pytest.raises(HTTPError, match="401"):
            post(url, right, body.replace(b"3", b"4"))
        server.shutdown()
    assert Receiver.last == 3 and printed.getvalue().count('"delivery"') == 1
