"""What a desk can be asked, in Python's types."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from . import _input, _native
from ._event import Event
from .commands import Commands
from .coverage import Coverage
from .enums import State
from .problems import InvalidTime
from .results import AgentRow, Conversation, Line, Period, StepConsidered, VisitorView, Whereabouts
from .schedule import Schedule
from .typing import At, Id, Length


class Questions(Commands):
    """The questions of a desk; the quickest are native."""

    __slots__ = ()

    def schedule(self, agent: Id, start: At, end: At, *, zone: tzinfo | str | None = None) -> Schedule:
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
        team: Id | None = None,
        extra: bool = False,
        inbox: Id | None = None,
        step: Length | None = None,
        who: bool = False,
        zone: tzinfo | str | None = None,
    ) -> Coverage:
        """How many are available over a range, and who: exact spans that tile it, or steps of a length.

        :param team: Only the main members of this team; with ``extra=True`` extra members, too.
        :param inbox: Only those with access to this inbox.
        :param step: The length of a step.
        :param who: Tell who is available, as ``agents``. A new span begins then where somebody comes or goes, and all rows of an
            answer name at most 1,000,000 agents together.
        :raises NotFound: No such team or inbox.
        :raises InvalidTime: More than 1,000,000 steps, or agents to name.

        >>> for stretch in desk.coverage("2026-11-20T07:00:00Z", "2026-11-20T18:00:00Z", who=True, zone="Europe/Stockholm"):
        ...     print(f"{stretch.start:%H:%M}", *stretch.agents)
        08:00
        09:00 anna bo
        17:00
        """
        return Coverage(*self._coverage(start, end, team, extra, inbox, step, who, zone))

    def coverage_by_team(self, start: At, end: At, *, zone: tzinfo | str | None = None) -> dict[str, Coverage]:
        """How many of each team's main members are available over a range."""
        teams: list[Mapping[str, Any]] = self.document().get("teams", [])
        return {team["id"]: self.coverage(start, end, team=team["id"], zone=zone) for team in teams}

    def visitor(
        self,
        inbox: Id,
        channel: Id,
        at: At,
        *,
        visitor: Mapping[str, str | bool] | None = None,
        language: str | Sequence[str] | None = None,
        zone: tzinfo | str | None = None,
    ) -> VisitorView:
        """What a visitor of a channel sees.

        :param visitor: Who looks: ``id``, which decides whose faces they see and says who last answered them; ``owner``,
            the agent who looks after them; ``known``, whether they were recognised.
        :param language: The language they speak, such as ``"sv"`` or ``"pt-BR"``, or several, the best-liked first. Texts that the
            document gives by language are told in the first of them that there is, without its last parts where need be
            (``sv-FI``, then ``sv``, then another Swedish), or else in the first that is written.
        :raises NotFound: No such inbox or channel.
        """
        asked: dict[str, Any] = {"inbox": inbox, "channel": channel, "at": _at(at)}
        if visitor is not None:
            asked["visitor"] = visitor
        if language is not None:
            asked["language"] = language if isinstance(language, str) else _input.several("language", language)
        return VisitorView._of(self._ask("visitor", asked), _zone(at, zone))

    def publish(self, inbox: Id, start: At, days: int) -> dict[str, Any]:
        """What a public page may know of an inbox: when visitors of its channels see someone there, and nothing else.

        The web component ``<frontdesk-status>`` reads it, as JSON, without zones or rules.

        :param days: Over how many days, up to 366; the next change after them is told, too.
        :raises NotFound: No such inbox.
        :raises InvalidValue: Too many days.

        >>> published = desk.publish("main", "2026-11-20T00:00:00Z", days=7)
        >>> published["start"], [channel["channel"] for channel in published["channels"]]
        ('2026-11-20T00:00:00.000Z', ['chat'])
        """
        published: dict[str, Any] = self._ask("publish", {"inbox": inbox, "from": _at(start), "days": days})
        return published

    def table(
        self,
        at: At,
        *,
        state: State | str | None = None,
        team: Id | None = None,
        inbox: Id | None = None,
        skill: Id | None = None,
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

    def shown_in(self, conversation: Id, agent: Id, at: At) -> State:
        """How an agent is shown in a conversation: in those they hold as available, in others as they are.

        :raises NotFound: No such agent or conversation.
        """
        return State(self._ask("shown_in", {"conversation": conversation, "agent": agent, "at": _at(at)}))

    def zone_of(self, agent: Id) -> ZoneInfo:
        """The zone an agent lives in.

        :raises NotFound: No such agent.
        """
        return _named(self._ask("zone_of", {"agent": agent}))

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the desk: that of agents and inboxes that have none of their own, and of all sentences."""
        return _named(self._zone)

    def is_due(self, at: At) -> bool:
        """Whether something has fallen due by an instant that is still to be applied.

        After an ``advance`` to it, that is so where more than 100,000 events fall due on the way: it stopped at the last whole
        instant within them. Advance again:

        >>> at = "2026-11-27T09:00:00Z"
        >>> events = [*desk.advance(at=at)]
        >>> while desk.is_due(at):
        ...     events += desk.advance(at=at)
        """
        return bool(self._ask("is_due", {"at": _at(at)}))

    @property
    def queue(self) -> list[str]:
        """The waiting conversations, first to be served first."""
        queue: list[str] = self._ask("queue", {})
        return queue

    def conversation(self, conversation: Id, *, zone: tzinfo | str | None = None) -> Conversation | None:
        """A conversation as it is now; ``None`` when there is none of that id."""
        found = self._ask("conversation", {"conversation": conversation})
        return None if found is None else Conversation._of(found, _zone(None, zone))

    def conversations(
        self,
        *,
        state: Whereabouts | str | Iterable[Whereabouts | str] | None = None,
        inbox: Id | None = None,
        channel: Id | None = None,
        agent: Id | None = None,
        contact: Id | None = None,
        zone: tzinfo | str | None = None,
    ) -> list[Conversation]:
        """The conversations that pass all that is asked, as they are now, in the order of opening; all of them when nothing is.

        :param state: Where they are: one of these.
        :param inbox: In this inbox.
        :param channel: In this channel; of any inbox when none is named.
        :param agent: Held by this agent, or offered to them.
        :param contact: Of the contact with this id.
        :raises NotFound: There is no such inbox, channel or agent.

        >>> _ = desk.open("c1", inbox="main", channel="chat", at="2026-11-20T09:00:00Z")
        >>> [one.conversation for one in desk.conversations(state=["assigned", "offered"], agent="anna")]
        ['c1']
        """
        speaks = _zone(None, zone)
        if state is not None and not isinstance(state, str):
            state = _input.several("state", state)
        asked = {"state": state, "inbox": inbox, "channel": channel, "agent": agent, "contact": contact}
        given = {key: value for key, value in asked.items() if value is not None}
        return [Conversation._of(found, speaks) for found in self._ask("conversations", {"filter": given})]

    def why(self, conversation: Id, *, zone: tzinfo | str | None = None) -> list[StepConsidered]:
        """Who is considered for a conversation now, at each of the steps it has reached. Empty for one not routed.

        :raises NotFound: No such conversation.
        """
        speaks = _zone(None, zone)
        return [StepConsidered._of(step, speaks) for step in self._ask("why", {"conversation": conversation})]

    def story(self, conversation: Id, events: Iterable[Event], *, zone: tzinfo | str | None = None) -> list[Line]:
        """What happened to a conversation, in plain sentences.

        :param events: Those of the desk, best of explained commands, all of them in their order.
        :param zone: The zone of the times: a name, a ``ZoneInfo``, or whole hours from UTC; the desk's when absent.

        >>> events = desk.open("c1", inbox="main", channel="chat", at="2026-11-20T09:00:00Z", explain=True)
        >>> for line in desk.story("c1", events):
        ...     print(line.clock, line.text)
        10:00:00 It arrived in main by chat.
        10:00:00 It went to anna at once, by step 1 of the rule everyone (least busy): anna held 0, ...
        """
        told = [event.to_dict() for event in _input.all_of(Event, "events", events)]
        asked: dict[str, Any] = {"conversation": conversation, "events": told}
        speaks: tzinfo = self.zone
        if zone is not None:
            speaks = _zone(None, zone)
            asked["time_zone"] = _name_of(speaks)
        return [Line._of(line, speaks) for line in self._ask("story", asked)]

    def document(self) -> Any:
        """The document as it is now: a dict, as ``frontdesk.document.DeskDocument`` types it."""
        return self._ask("document", {})

    def ask(self, question: Mapping[str, Any]) -> Any:
        """Any question as a dict, answered as JSON's values: what every binding speaks.

        :raises InvalidQuestion: It cannot be read.
        """
        return json.loads(self.ask_json(_native.json(question, "question")))

    def _ask(self, name: str, asked: Mapping[str, Any]) -> Any:
        return self.ask({"ask": name, **asked})


def _at(at: At) -> str:
    """An instant as JSON has it."""
    return _native.instant(at)


def _zone(at: At | None, zone: tzinfo | str | None) -> tzinfo:
    """The zone of an answer: that asked for, or else that of the question, or else UTC."""
    if zone is not None:
        return _native.zone(zone)
    return (at.tzinfo if isinstance(at, datetime) else None) or timezone.utc


def _named(name: str) -> ZoneInfo:
    """The zone of a name that a desk knows."""
    zone = _native.zone(name)
    assert isinstance(zone, ZoneInfo)
    return zone


def _name_of(zone: tzinfo) -> str:
    """The name of a zone."""
    key = getattr(zone, "key", None)
    if isinstance(key, str):
        return key
    offset = zone.utcoffset(None)
    hours, rest = divmod(offset or timedelta(), timedelta(hours=1))
    if offset is None or rest or not -12 <= hours <= 14:
        hint = "give a ZoneInfo, or the name of a zone"
        raise InvalidTime(
            "unknown_zone", f"the sentences of a story cannot be in the zone {zone}", "$.zone", None, hint
        )
    # These names count westward.
    return f"Etc/GMT{-hours:+}" if hours else "UTC"
