"""The desk in the database, which all processes share."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from database import Database

from frontdesk import Desk, Events, Turn
from frontdesk.problems import UnknownDesk
from frontdesk.shared import SharedDesk, due, migrate
from frontdesk.typing import Document

DOCUMENT = Path(__file__).with_name("desk.json")
NAME = "webhook"

#: A decision, as the helpdesk gets it.
Decision = dict[str, Any]


def system_clock() -> datetime:
    return datetime.now(timezone.utc)


class Kept:
    """The desk: its commands, and the decisions of its log."""

    def __init__(
        self,
        address: str,
        *,
        document: Document = DOCUMENT,
        clock: Callable[[], datetime] = system_clock,
        skew: float | None = None,
    ) -> None:
        self.clock = clock
        self.database = Database(address)
        with self.database.preparing() as connection:
            migrate(connection)
            self._create(connection, document, skew)
        self.shared = SharedDesk(self.database, NAME, explain=True, clock=clock, skew=skew)

    def _create(self, connection: Any, document: Document, skew: float | None) -> None:
        """Begins the log with the document, unless there is one."""
        try:
            SharedDesk(connection, NAME, clock=self.clock, skew=skew)
        except UnknownDesk:
            SharedDesk(connection, NAME, document=document, explain=True, clock=self.clock, skew=skew)

    @property
    def desk(self) -> Desk:
        """The desk as it is in the log now, for questions."""
        return self.shared.desk

    def carry_out(self, command: Callable[[SharedDesk], Events]) -> Events:
        """Carries a command out, in a transaction of its own that is run again if the database asks for that."""
        events: Events = self.shared.run(lambda: command(self.shared))
        return events

    def let_time_pass(self) -> None:
        """Carries out what has fallen due: shifts begin, offers lapse, and what waited is given out."""
        if NAME in due(self.database, self.clock()):
            self.carry_out(SharedDesk.advance)

    def last_turn(self) -> int:
        """The number of the last turn in the log, whichever process appended it."""
        self.shared.follow()
        return self.shared.turn

    def turns(self, after: int) -> Iterator[Turn]:
        """The turns after one, in order."""
        for number in range(after + 1, self.last_turn() + 1):
            yield self.shared.turn_of(number)

    def decided_after(self, number: int, at_most: int) -> list[Decision]:
        """The decisions after the event of a number, of whole turns, until there are as many as asked for."""
        found: list[Decision] = []
        for turn in self.turns(self._turn_until(number)):
            found += [made for made in self.decisions(turn.events) if made["number"] > number]
            if len(found) >= at_most:
                break
        return found

    def _turn_until(self, number: int) -> int:
        """The last turn that has no event after a number. Numbers grow with the turns."""
        return bisect_right(range(1, self.last_turn() + 1), number, key=self._last_number)

    def _last_number(self, turn: int) -> int:
        """The number of the last event up to a turn. The turn of the document has none."""
        while turn > 1:
            if events := self.shared.turn_of(turn).events:
                return events[-1].seq
            turn -= 1
        return 0

    def decisions(self, events: Events) -> list[Decision]:
        """The decisions among events. `number` names one for ever, and is what `/decisions?after=` takes."""
        return [
            {
                "number": made.event.seq,
                "ticket": made.conversation,
                "agent": made.agent,
                "outcome": made.outcome,
                "why": made.explain(zone=self.desk.zone),
            }
            for made in events.decisions
        ]
