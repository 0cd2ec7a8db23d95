"""Decisions that no request asked for, told to the helpdesk: in order, each at least once, by one process at a time.

Nothing is written down to be told: the log has it. A row has the last turn that the helpdesk has, and until when nobody else tells.
"""

import json
import logging
from collections.abc import Callable
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from kept import NAME, Decision, Kept
from signing import signed_headers, target_of

#: Seconds that the helpdesk may let each step of a connection take.
PATIENCE = 10
#: Seconds for which a process that tells keeps the others away. One that was killed is replaced after them.
LEASE = 60.0
#: The longest pause after failures, in seconds. The first is one second, and each is twice the one before.
LONGEST = 300.0


class Cursor(NamedTuple):
    """How far the helpdesk has been told."""

    turn: int
    failures: int
    free_at: float


class Delivery(NamedTuple):
    """The decisions of a turn. Its number is the id, by which a repeat is recognised."""

    turn: int
    decisions: list[Decision]

    def body(self) -> bytes:
        return json.dumps({"delivery": self.turn, "decisions": self.decisions}).encode()


class _NoRedirects(HTTPRedirectHandler):
    """Another address would get a signature that is not for it."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def post(url: str, headers: dict[str, str], body: bytes) -> None:
    """Posts a body.

    :raises OSError: The helpdesk is not reachable, or did not answer with a status of 200 to 299.
    """
    with build_opener(_NoRedirects).open(Request(url, body, headers, method="POST"), timeout=PATIENCE):
        pass


class Teller:
    """Tells the helpdesk, from the log of a desk."""

    def __init__(
        self, kept: Kept, url: str, secret: str, post: Callable[[str, dict[str, str], bytes], None] = post
    ) -> None:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise ValueError("WEBHOOK_TELL is not the URL of a helpdesk: it begins with http:// or https://")
        self.kept, self.url, self.secret, self.post = kept, url, secret, post
        with kept.database.preparing():
            self._create()

    def _create(self) -> None:
        self.kept.database.execute(
            "CREATE TABLE IF NOT EXISTS webhook_told (desk VARCHAR(100) PRIMARY KEY, turn BIGINT NOT NULL, "
            "failures BIGINT NOT NULL, free_at DOUBLE PRECISION NOT NULL)"
        )
        self.kept.database.execute("INSERT INTO webhook_told VALUES (?, 0, 0, 0) ON CONFLICT DO NOTHING", NAME)

    def cursor(self) -> Cursor:
        row = self.kept.database.execute("SELECT turn, failures, free_at FROM webhook_told WHERE desk = ?", NAME)
        return Cursor(*row.fetchone())

    def tell(self) -> None:
        """Tells all that is to be told now, until a delivery fails."""
        while self.tell_next():
            pass

    def tell_next(self) -> bool:
        """Tells the decisions of the next turn that has any; ``False`` if there is nothing to do now."""
        cursor = self.cursor()
        if self.kept.last_turn() <= cursor.turn or not self._take(cursor):
            return False
        delivery = self._after(cursor.turn)
        if delivery.decisions and not self._deliver(delivery):
            self._wait(cursor)
            return False
        self._move(cursor, delivery.turn)
        return True

    def _take(self, cursor: Cursor) -> bool:
        """Keeps other processes away for a while; ``False`` if one was first, or a pause is not over."""
        now = self._now()
        # An end that is too far away to be of this clock is of one that was set back since.
        if 0 < cursor.free_at - now <= LONGEST:
            return False
        return self._set(cursor, cursor._replace(free_at=now + LEASE))

    def _after(self, turn: int) -> Delivery:
        """The next delivery; one without decisions if the rest of the log has none to be told."""
        last = turn
        for each in self.kept.turns(turn):
            last += 1
            # The decisions of other commands were the answers of their requests.
            if each.command and each.command["type"] == "advance" and each.events.decisions:
                return Delivery(last, self.kept.decisions(each.events))
        return Delivery(last, [])

    def _deliver(self, delivery: Delivery) -> bool:
        body = delivery.body()
        signed = signed_headers(self.secret, self.kept.clock(), "POST", target_of(self.url), body)
        try:
            self.post(self.url, {"content-type": "application/json", **signed}, body)
        except (OSError, HTTPException) as error:
            status = error.code if isinstance(error, HTTPError) else error
            logging.warning("delivery %d is not told, and is tried again: %s", delivery.turn, status)
            return False
        return True

    def _wait(self, cursor: Cursor) -> None:
        """Lets all processes wait, the longer the more deliveries have failed."""
        pause = min(2.0 ** min(cursor.failures, 20), LONGEST)
        now = self.cursor()
        if now.turn == cursor.turn:
            self._set(now, Cursor(cursor.turn, cursor.failures + 1, self._now() + pause))

    def _move(self, cursor: Cursor, turn: int) -> None:
        """Notes that a turn is told. Whoever else told it meanwhile has noted the same."""
        now = self.cursor()
        if now.turn == cursor.turn:
            self._set(now, Cursor(turn, 0, self._now()))

    def _set(self, old: Cursor, new: Cursor) -> bool:
        """Writes the cursor, unless another process did since it was read."""
        changed = self.kept.database.execute(
            "UPDATE webhook_told SET turn = ?, failures = ?, free_at = ? "
            "WHERE desk = ? AND turn = ? AND failures = ? AND free_at = ?",
            *new, NAME, *old,
        )  # fmt: skip
        return bool(changed.rowcount == 1)

    def _now(self) -> float:
        return self.kept.clock().timestamp()
