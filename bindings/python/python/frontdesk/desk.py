"""The desk."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from . import _native
from ._event import Event
from ._native import Events, Scripts
from .commands import Commands
from .coverage import Coverage
from .enums import State
from .results import AgentRow, Conversation, Line, Period, StepConsidered, VisitorView
from .schedule import Schedule
from .typing import At, Document, Entry, Length, ScriptSource

__all__ = ["Desk", "check"]


class Desk(Commands):
    """A desk: who works there, what they hold, and what waits.

    It is made of a document, which describes agents with their hours and absences, teams, inboxes with channels and
    rules: a dict, JSON text, the path of a file, a dataclass, a model of pydantic's, or any of these nested.

    >>> desk = Desk({
    ...     "version": 1,
    ...     "time_zone": "Europe/Stockholm",
    ...     "working_hours": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "09:00", "end": "17:00"}],
    ...     "teams": [{"id": "support"}],
    ...     "agents": [{"id": "anna", "team": "support"}, {"id": "bo", "team": "support"}],
    ...     "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [
    ...         {"id": "everyone", "steps": [{"assign_to": {"teams": ["support"]}}]}]}]}],
    ... })

    **Who is available?** ``status``, ``available``, ``next_change``, ``next_available``, ``schedule``, ``coverage``,
    ``working_time``, ``after``, ``before``, ``visitor``, ``table``.

    **Who gets this conversation?** A desk takes commands with their instant and gives back events; nothing else changes
    it. ``open``, ``close``, ``accept``, ``assign``, ``set_status`` … are its commands, ``advance`` lets time pass, and
    ``next_wakeup`` says when to come back. ``why``, ``story`` and ``decision`` explain.

    It has no clock: you bring the time. Instants are aware datetimes, seconds since 1970, or RFC 3339 text; answers are
    datetimes in the zone of the question, or in that given as ``zone``.

    To keep a desk, store its ``snapshot``, or its document and the events; it can be pickled and copied, too. It may be
    used from many threads at once.

    :param document: What describes the desk.
    :param scripts: Routing scripts that its steps may name: a ``Scripts``, a folder, or a dict of names and texts.
    :param explain: Note with every command who was considered and why not.
    :raises InvalidDocument: All problems of the document, each with its path, and from text with line and column.
    """

    __slots__ = ()

    # Questions.

    def schedule(self, agent: str, start: At, end: At, *, zone: tzinfo | str | None = None) -> Schedule:
        """An agent's states and reasons over a range, clipped to it: they tile it without gap or overlap.

        :param zone: The zone of the answer; that of ``start`` when absent.
        :raises NotFound: No such agent.
        :raises InvalidValue: The range ends before it starts.

        >>> for period in desk.schedule("anna", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z", zone="Europe/Stockholm"):
        ...     print(f"{period.start:%H:%M}-{period.end:%H:%M} {period.reason}")
        01:00-09:00 outside_working_hours
        09:00-17:00 working_hours
        17:00-01:00 outside_working_hours
        """
        return Schedule(Period(*row) for row in self._schedule(agent, start, end, zone))

    def coverage(
        self,
        start: At,
        end: At,
        *,
        team: str | None = None,
        extra: bool = False,
        inbox: str | None = None,
        step: Length | None = None,
        zone: tzinfo | str | None = None,
    ) -> Coverage:
        """How many are available over a range: exact spans that tile it, or steps of a length.

        :param team: Only the main members of this team; with ``extra=True`` extra members, too.
        :param inbox: Only those with access to this inbox.
        :param step: The length of a step.
        :raises NotFound: No such team or inbox.
        """
        return Coverage(*self._coverage(start, end, team, extra, inbox, step, zone))

    def coverage_by_team(self, start: At, end: At, *, zone: tzinfo | str | None = None) -> dict[str, Coverage]:
        """How many of each team's main members are available over a range."""
        teams: list[Mapping[str, Any]] = self.document().get("teams", [])
        return {team["id"]: self.coverage(start, end, team=team["id"], zone=zone) for team in teams}

    def visitor(
        self,
        inbox: str,
        channel: str,
        at: At,
        *,
        visitor: Mapping[str, str] | None = None,
        zone: tzinfo | str | None = None,
    ) -> VisitorView:
        """What a visitor of a channel sees.

        :param visitor: Who looks: ``id``, which decides whose faces they see, and ``owner``, the agent who looks after them.
        :raises NotFound: No such inbox or channel.
        """
        asked: dict[str, Any] = {"inbox": inbox, "channel": channel, "at": _at(at)}
        if visitor is not None:
            asked["visitor"] = visitor
        return VisitorView._of(self._ask("visitor", asked), _zone(at, zone))

    def table(
        self,
        at: At,
        *,
        state: State | str | None = None,
        team: str | None = None,
        inbox: str | None = None,
        skill: str | None = None,
        zone: tzinfo | str | None = None,
    ) -> list[AgentRow]:
        """The agents that pass a filter, with status, load and capacity, in document order.

        :raises NotFound: No such team or inbox.
        """
        asked = {"state": state, "team": team, "inbox": inbox, "skill": skill}
        given = {key: value for key, value in asked.items() if value is not None}
        rows = self._ask("table", {"at": _at(at), "filter": given})
        speaks = _zone(at, zone)
        return [AgentRow._of(row, speaks) for row in rows]

    def shown_in(self, conversation: str, agent: str, at: At) -> State:
        """How an agent is shown in a conversation: in those they hold as available, in others as they are.

        :raises NotFound: No such agent or conversation.
        """
        return State(self._ask("shown_in", {"conversation": conversation, "agent": agent, "at": _at(at)}))

    def zone_of(self, agent: str) -> ZoneInfo:
        """The zone an agent lives in.

        :raises NotFound: No such agent.
        """
        return ZoneInfo(self._ask("zone_of", {"agent": agent}))

    @property
    def queue(self) -> list[str]:
        """The waiting conversations, first to be served first."""
        queue: list[str] = self._ask("queue", {})
        return queue

    def conversation(self, conversation: str, *, zone: tzinfo | str | None = None) -> Conversation | None:
        """A conversation as it is now; ``None`` when there is none of that id."""
        found = self._ask("conversation", {"conversation": conversation})
        return None if found is None else Conversation._of(found, _zone(None, zone))

    def conversations(self, *, zone: tzinfo | str | None = None) -> list[Conversation]:
        """All conversations as they are now, in the order of opening."""
        speaks = _zone(None, zone)
        return [Conversation._of(found, speaks) for found in self._ask("conversations", {})]

    def why(self, conversation: str, *, zone: tzinfo | str | None = None) -> list[StepConsidered]:
        """Who is considered for a conversation now, at each of the steps it has reached. Empty for one not routed.

        :raises NotFound: No such conversation.
        """
        speaks = _zone(None, zone)
        return [StepConsidered._of(step, speaks) for step in self._ask("why", {"conversation": conversation})]

    def story(self, conversation: str, events: Iterable[Event], *, zone: tzinfo | str | None = None) -> list[Line]:
        """What happened to a conversation, in plain sentences.

        :param events: Those of the desk, best of explained commands, all of them in their order.
        :param zone: The zone of the times; the desk's when absent.

        >>> events = desk.open("c1", inbox="main", channel="chat", at="2026-11-20T09:00:00Z", explain=True)
        >>> for line in desk.story("c1", events):
        ...     print(line.clock, line.text)
        10:00:00 It arrived in main by chat.
        10:00:00 It went to anna at once, by step 1 of the rule everyone (least busy): anna held 0, ...
        """
        asked: dict[str, Any] = {"conversation": conversation, "events": [event.to_dict() for event in events]}
        speaks: tzinfo = timezone.utc
        if zone is not None:
            speaks = _zone(None, zone)
            asked["time_zone"] = str(speaks)
        return [Line._of(line, speaks) for line in self._ask("story", asked)]

    def ask(self, question: Mapping[str, Any]) -> Any:
        """Any question as a dict, answered as JSON's values: what every binding speaks.

        :raises InvalidQuestion: It cannot be read.
        """
        return json.loads(self.ask_json(_native.json(question, "question")))

    def _ask(self, name: str, asked: Mapping[str, Any]) -> Any:
        return self.ask({"ask": name, **asked})

    # Commands that are friendlier by hand; the others stand in Commands.

    def assign(
        self,
        conversation: str,
        *,
        at: At,
        agent: str | None = None,
        team: str | None = None,
        to: Mapping[str, str] | None = None,
        by: str | None = None,
        id: str | None = None,
        explain: bool = False,
    ) -> Events:
        """A conversation is given to someone by hand: to an agent or to a team.

        :param conversation: Which.
        :param agent: The agent who holds it then.
        :param team: The team whose members may take it.
        :param to: The same as in JSON: ``{"agent": id}`` or ``{"team": id}``.
        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        named = {"agent": agent, "team": team}
        goes_to: dict[str, str] = dict(to or {}) | {key: name for key, name in named.items() if name is not None}
        return self._command("assign", at, {"conversation": conversation, "to": goes_to}, by, id, explain)

    def handle(self, command: Entry, *, explain: bool = False) -> Events:
        """Carries a command out that is a dict with its ``type``, as in JSON.

        :raises InvalidCommand: It cannot be read; nothing has changed then.

        >>> desk.handle({"type": "advance", "at": "2026-11-20T09:00:00Z"})
        Events(Started(seq=1, at=2026-11-20T09:00+00:00))
        """
        return self.handle_json(_native.json(command, "command"), explain=explain)

    # Keeping it.

    def document(self) -> dict[str, Any]:
        """The document as it is now."""
        document: dict[str, Any] = self._ask("document", {})
        return document

    @classmethod
    def restore(cls, snapshot: str, *, scripts: ScriptSource | None = None, explain: bool = False) -> Desk:
        """A desk from its snapshot: it continues as if it had never stopped.

        :param scripts: The scripts that its steps name; a snapshot holds none.
        :param explain: Note with every command who was considered.
        :raises InvalidSnapshot: It cannot be read.

        >>> Desk.restore(desk.snapshot()).snapshot() == desk.snapshot()
        True
        """
        restored: Desk = cls._restore(snapshot, scripts, explain)
        return restored

    @classmethod
    def rebuild(
        cls,
        document: Document,
        events: Iterable[Event],
        *,
        scripts: ScriptSource | None = None,
        explain: bool = False,
    ) -> Desk:
        """A desk from its document and all its events, in order: exactly what it was.

        :raises InvalidDocument: The document has problems.
        :raises InvalidEvent: An event is not the next.
        """
        desk = cls(document, scripts=scripts, explain=explain)
        for event in events:
            desk.apply(event)
        return desk

    def copy(self) -> Desk:
        """Another desk, the same as this one: to try what would happen."""
        copied: Desk = self._copy()
        return copied

    def __copy__(self) -> Desk:
        return self.copy()

    def __deepcopy__(self, _memo: object) -> Desk:
        return self.copy()

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restored, (type(self), self.snapshot(), self.scripts, self.explains))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Desk) and (self is other or self.snapshot() == other.snapshot())

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        document = self.document()
        counted = [(len(document.get(key, [])), key) for key in ("agents", "teams", "inboxes")]
        now = self.now
        said = [f"{count} {key if count != 1 else _one(key)}" for count, key in counted]
        return f"<Desk {', '.join(said)}; {f'at {now.isoformat()}' if now else 'not begun'}>"

    def _repr_html_(self) -> str:
        from .html import desk

        return desk(self)


def _restored(cls: type[Desk], snapshot: str, scripts: Scripts | None, explain: bool) -> Desk:
    return cls.restore(snapshot, scripts=scripts, explain=explain)


def check(document: Document, *, scripts: ScriptSource | None = None) -> dict[str, Any]:
    """Reads a document and gives it back as frontdesk writes it.

    :param scripts: The scripts that its steps may name.
    :raises InvalidDocument: All its problems.

    >>> check({"version": 1, "time_zone": "UTC", "agents": [{"id": "anna", "capacity": 3}]})["agents"]
    [{'id': 'anna', 'active': True, 'capacity': {'total': 3}}]
    """
    if scripts is not None:
        return Desk(document, scripts=scripts).document()
    written: dict[str, Any] = json.loads(_native.check(document))
    return written


def _one(many: str) -> str:
    return "inbox" if many == "inboxes" else many.removesuffix("s")


def _at(at: At) -> str:
    """An instant as JSON has it."""
    return _native.instant(at)


def _zone(at: At | None, zone: tzinfo | str | None) -> tzinfo:
    """The zone of an answer: that asked for, or else that of the question, or else UTC."""
    if isinstance(zone, str):
        return _native.zone(zone)
    if zone is not None:
        return zone
    return (at.tzinfo if isinstance(at, datetime) else None) or timezone.utc
