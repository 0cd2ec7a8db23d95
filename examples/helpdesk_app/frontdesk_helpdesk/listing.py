"""The content of the page of views: all standard views with their counts, and a page of one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpdesk.models import Ticket

from frontdesk import Conversation, Desk, Whereabouts
from frontdesk.enums import View

from . import clock, shared
from .acting import Acting
from .effects import names_of
from .overview import when

#: How many conversations are on a page.
PAGE = 25

#: The views in groups, as they are listed.
GROUPS = {
    "Inbox": (View.UNASSIGNED, View.MINE, View.ALL_OPEN, View.BOTS),
    "Open, by kind": (View.CHAT, View.EMAIL, View.MESSENGER, View.FORMS, View.CALLS),
    "Out of the inbox": (View.ALL_CLOSED, View.SENT, View.SPAM, View.TRASH),
}


@dataclass(frozen=True)
class Entry:
    """A view in the list."""

    view: View
    label: str
    count: int
    is_shown: bool


@dataclass(frozen=True)
class Row:
    """A conversation of the view."""

    conversation: Conversation
    ticket: Ticket | None
    """``None`` if it is gone from helpdesk."""
    holder: str
    since: str
    last: str


class Listing:
    """A page of a view, as somebody sees it.

    :param acting: Who looks. A superuser sees the whole desk, an agent the inboxes that they may see.
    :param after: The cursor of the page before.
    :raises InvalidValue: The cursor is of no page of this view.
    """

    def __init__(self, acting: Acting, view: View, after: str | None) -> None:
        self.view = view
        self.after = after
        self.desk: Desk = shared.copy()
        self.now = clock.now().astimezone(self.desk.zone)
        self.names = names_of(self.desk)
        on_desk = self.desk.document().get("agents", [])
        self.agent = next((agent["id"] for agent in on_desk if agent["id"] == acting.name), None)
        self.is_for_all = acting.is_program
        self.counts = self._counts()
        sees = self.agent is not None or (self.is_for_all and view is not View.MINE)
        self.page = self.desk.view(view, by=self._by(view), limit=PAGE, after=after) if sees else None

    @property
    def label(self) -> str:
        """The name of the view."""
        return _label(self.view)

    @property
    def count(self) -> int:
        """The number of conversations in the view."""
        return self.counts.get(self.view, 0)

    @property
    def is_stranger(self) -> bool:
        """``True`` for a user who is nobody on this desk."""
        return self.agent is None and not self.is_for_all

    @property
    def next(self) -> str | None:
        """The cursor of the next page."""
        return self.page.next if self.page else None

    def groups(self) -> list[tuple[str, list[Entry]]]:
        """All views with their counts."""
        return [
            (
                name,
                [
                    Entry(view, _label(view), self.counts[view], view is self.view)
                    for view in views
                    if view in self.counts
                ],
            )
            for name, views in GROUPS.items()
        ]

    def rows(self) -> list[Row]:
        """The conversations of the page."""
        found = self.page.conversations if self.page else ()
        tickets = Ticket.objects.select_related("queue").in_bulk([int(one.conversation) for one in found])
        return [self._row(one, tickets.get(int(one.conversation))) for one in found]

    def _by(self, view: View) -> str | None:
        """Who looks at a view: nobody in particular where the whole desk is seen."""
        return None if self.is_for_all and view is not View.MINE else self.agent

    def _counts(self) -> dict[View, int]:
        if self.is_stranger:
            return {}
        counts = self.desk.view_counts(by=self._by(View.ALL_OPEN))
        if self.agent is not None:
            counts[View.MINE] = self.desk.view_counts(by=self.agent)[View.MINE]
        return counts

    def _row(self, one: Conversation, ticket: Ticket | None) -> Row:
        last = when(one.last_message_at, self.now)
        return Row(one, ticket, ", ".join(self._holder(one)), when(one.opened_at, self.now), last)

    def _holder(self, one: Conversation) -> Iterator[str]:
        """Who has it, or where it is instead."""
        match one.state:
            case Whereabouts.ASSIGNED:
                yield self.names[one.agent or ""]
            case Whereabouts.OFFERED:
                yield f"offered to {' and '.join(self.names[agent] for agent in one.offered_to)}"
            case Whereabouts.WITH_TEAM:
                yield self.names[one.team or ""]
            case Whereabouts.WITH_BOT:
                yield one.bot or "a bot"
            case Whereabouts.QUEUED:
                yield "waits"
            case Whereabouts.UNASSIGNED:
                yield "nobody"
            case state:
                yield str(state)
                agent = one.agent or one.last_agent
                if agent:
                    yield self.names[agent]


def _label(view: View) -> str:
    return str(view).replace("_", " ").capitalize()
