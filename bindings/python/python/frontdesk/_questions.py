"""Questions to a desk, in Python's types."""

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
from .enums import State, View, ViewSort
from .problems import InvalidQuestion, InvalidTime
from .results import (
    AgentInboxes,
    AgentRow,
    Conversation,
    Line,
    May,
    Page,
    Period,
    PlaceInQueue,
    StepConsidered,
    VisitorView,
    Whereabouts,
)
from .schedule import Schedule
from .typing import At, Entry, Id, Length


def _filter(given: Mapping[str, Any]) -> dict[str, Any]:
    """A filter of conversations as JSON has it."""
    filters = {key: value for key, value in given.items() if value is not None}
    for key in ("state", "hide"):
        if key in filters and not isinstance(filters[key], str):
            filters[key] = _input.several(key, filters[key])
    for key in ("opened", "last_message"):
        if isinstance(filters.get(key), Mapping):
            filters[key] = {side: _native.instant(at, f"$.filter.{key}.{side}") for side, at in filters[key].items()}
    return filters


class Questions(Commands):
    """The questions to a desk; the fastest are native."""

    __slots__ = ()

    def schedule(self, agent: Id, start: At, end: At, *, zone: tzinfo | str | None = None) -> Schedule:
        """The periods of an agent over a range, clipped to it: they cover it without gap or overlap.

        :param zone: The zone of the answer; that of ``start`` if absent.
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
        """The number of available agents over a range, and their ids: in exact spans that cover it, or in steps.

        :param team: Only the main members of this team; with ``extra=True`` also extra members.
        :param inbox: Only agents with access to this inbox.
        :param step: The length of a step.
        :param who: Name the available agents, as ``agents``. A new span then begins whenever one of them changes, and all
            rows of an answer name at most 1,000,000 agents together.
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
        """The number of available main members over a range, by team."""
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
        """The view of a visitor of a channel.

        :param visitor: The visitor: ``id``, used to choose the agents shown and to find the one who last answered them;
            ``owner``, the agent who looks after them; ``known``, ``True`` if they were recognised.
        :param language: The language of the visitor, such as ``"sv"`` or ``"pt-BR"``, or several, the preferred first. Texts by
            language are shown in the first of these that the document has, if need be without its last parts (``sv-FI``,
            then ``sv``, then another Swedish), or else in the first of the document.
        :raises NotFound: No such inbox or channel.
        """
        asked: dict[str, Any] = {"inbox": inbox, "channel": channel, "at": _at(at)}
        if visitor is not None:
            asked["visitor"] = visitor
        if language is not None:
            asked["language"] = language if isinstance(language, str) else _input.several("language", language)
        return VisitorView._of(self._ask("visitor", asked), _zone(at, zone))

    def publish(self, inbox: Id, start: At, days: int) -> dict[str, Any]:
        """The availability of an inbox for a public page: the states of its channels, without names or reasons.

        The web component ``<frontdesk-status>`` reads it, as JSON, without zones or rules.

        :param days: The number of days, up to 366. The next change after them is included.
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
        filter: Id | None = None,
        state: State | str | None = None,
        team: Id | None = None,
        inbox: Id | None = None,
        skill: Id | None = None,
        zone: tzinfo | str | None = None,
    ) -> list[AgentRow]:
        """The agents that match all filters, with status, load, capacity and inboxes, in document order.

        :param filter: The id of one of the document's ``table_filters``, instead of the other filters.
        :param state: Only agents in this state.
        :param team: Only main and extra members of this team.
        :param inbox: Only agents with access to this inbox.
        :param skill: Only agents with this skill, at any level.
        :raises NotFound: No such team, inbox or saved filter.
        :raises InvalidQuestion: A saved filter and others.

        >>> _ = desk.configure(table_filters=[{"id": "free", "filter": {"state": "available"}}], at="2026-11-20T09:00:00Z")
        >>> [row.agent for row in desk.table("2026-11-20T09:00:00Z", filter="free")]
        ['anna', 'bo']
        """
        asked = {"state": state, "team": team, "inbox": inbox, "skill": skill}
        given = {key: value for key, value in asked.items() if value is not None}
        if filter is not None and given:
            others = ", ".join(given)
            message = f"a saved filter stands alone: take {others} out, or the filter"
            raise InvalidQuestion("conflict", message, "$.filter")
        rows = self._ask("table", {"at": _at(at), "filter": given if filter is None else filter})
        speaks = _zone(at, zone)
        return [AgentRow._of(row, speaks) for row in rows]

    def inboxes_of(self, agent: Id) -> AgentInboxes:
        """The inboxes that an agent has access to, and those that the agent sees.

        Agents may be told their own; those of others are meant for agents with ``manage_availability``,
        ``account_access`` or ``super_admin``. The question does not ask who wants to know. A deactivated agent keeps
        both lists, and may act in none of these inboxes.

        :raises NotFound: No such agent.

        >>> desk.inboxes_of("anna").access
        ('main',)
        """
        found = self._ask("inboxes_of", {"agent": agent})
        return AgentInboxes(tuple(found["access"]), tuple(found["sees"]))

    def shown_in(self, conversation: Id, agent: Id, at: At) -> State:
        """The state in which an agent is shown in a conversation: available in those they hold, otherwise the actual one.

        :raises NotFound: No such agent or conversation.
        """
        return State(self._ask("shown_in", {"conversation": conversation, "agent": agent, "at": _at(at)}))

    def zone_of(self, agent: Id) -> ZoneInfo:
        """The zone of an agent.

        :raises NotFound: No such agent.
        """
        return _named(self._ask("zone_of", {"agent": agent}))

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the desk: of sentences, and of agents and inboxes without their own."""
        return _named(self._zone)

    def is_due(self, at: At) -> bool:
        """``True`` if an event is due by an instant and not applied yet.

        After an ``advance`` to this instant, that is so if more than 100,000 events were due: it stopped after the last
        complete instant. Advance again:

        >>> at = "2026-11-27T09:00:00Z"
        >>> events = [*desk.advance(at=at)]
        >>> while desk.is_due(at):
        ...     events += desk.advance(at=at)
        """
        return bool(self._ask("is_due", {"at": _at(at)}))

    @property
    def queue(self) -> list[str]:
        """The waiting conversations in the order of the queue."""
        queue: list[str] = self._ask("queue", {})
        return queue

    def queue_of(
        self,
        *,
        inbox: Id | None = None,
        channel: Id | None = None,
        team: Id | None = None,
        agent: Id | None = None,
    ) -> list[str]:
        """The waiting conversations that match all filters, in the order of the queue.

        :param inbox: Only those in this inbox.
        :param channel: Only those in this channel; of any inbox if ``inbox`` is absent.
        :param team: Only those that a main or extra member of this team may take by a step that they have reached.
        :param agent: Only those that this agent may take: a step names them, and they are not deactivated, have a seat, access
            and the skills, and have not declined it; whatever they hold now, and also while they are away. Scripts and
            strategies are not asked.
        :raises NotFound: There is no such inbox, channel, team or agent.

        >>> desk.queue_of(agent="anna")
        []
        """
        asked = {"inbox": inbox, "channel": channel, "team": team, "agent": agent}
        queue: list[str] = self._ask("queue", {key: value for key, value in asked.items() if value is not None})
        return queue

    def place(self, conversation: Id) -> PlaceInQueue | None:
        """The place of a conversation among those that it competes with: those that one of the agents who may take it may take,
        too, as ``queue_of`` says. ``None`` if it does not wait.

        :raises NotFound: No such conversation.
        """
        found = self._ask("place", {"conversation": conversation})
        return None if found is None else PlaceInQueue(found["place"], found["of"])

    def conversation(self, conversation: Id, *, zone: tzinfo | str | None = None) -> Conversation | None:
        """The current state of a conversation; ``None`` if there is none of this id."""
        found = self._ask("conversation", {"conversation": conversation})
        return None if found is None else Conversation._of(found, _zone(None, zone))

    def conversations(
        self,
        *,
        state: Whereabouts | str | Iterable[Whereabouts | str] | None = None,
        hide: Iterable[Whereabouts | str] | None = None,
        inbox: Id | None = None,
        channel: Id | None = None,
        kind: str | None = None,
        agent: Id | None = None,
        team: Id | None = None,
        bot: Id | None = None,
        contact: Id | None = None,
        match: Mapping[str, Any] | None = None,
        opened: Mapping[str, At] | None = None,
        last_message: Mapping[str, At] | None = None,
        zone: tzinfo | str | None = None,
    ) -> list[Conversation]:
        """The conversations that match all filters, in the order of opening.

        :param state: One of these states.
        :param hide: None of these states, such as ``["spam", "trash"]``.
        :param inbox: Only those in this inbox.
        :param channel: Only those in this channel; of any inbox if ``inbox`` is absent.
        :param kind: Only those of channels of this kind.
        :param agent: Only those held by this agent, or offered to them; while nobody holds them, those that this agent last
            held, also one who was deactivated or removed since.
        :param team: Only those given to this team, or distributed among its members.
        :param bot: Only those that this bot has.
        :param contact: Only those of the contact with this id.
        :param match: Tests of their details, as in rules: ``{"priority": {"at_least": 5}, "attributes.plan": "gold"}``.
        :param opened: Only those opened in this span: ``{"start": …, "end": …}``, of which either may be absent.
        :param last_message: Only those whose last message was written in this span.
        :raises NotFound: There is no such inbox, channel, team or agent.

        >>> _ = desk.open("c1", inbox="main", channel="chat", at="2026-11-20T09:00:00Z")
        >>> [one.conversation for one in desk.conversations(state=["assigned", "offered"], agent="anna")]
        ['c1']
        """
        speaks = _zone(None, zone)
        given = _filter(
            {
                "state": state,
                "hide": hide,
                "inbox": inbox,
                "channel": channel,
                "kind": kind,
                "agent": agent,
                "team": team,
                "bot": bot,
                "contact": contact,
                "match": match,
                "opened": opened,
                "last_message": last_message,
            }
        )
        return [Conversation._of(found, speaks) for found in self._ask("conversations", {"filter": given})]

    def view(
        self,
        view: View | str | None = None,
        *,
        by: Id | None = None,
        filter: Mapping[str, Any] | None = None,  # noqa: A002 - the name that it has everywhere
        sort: ViewSort | str = ViewSort.NEWEST,
        limit: int = 50,
        after: str | None = None,
        zone: tzinfo | str | None = None,
    ) -> Page:
        """A page of a standard view, or of all conversations. The ``next`` of a page asks for the one behind it, as ``after``,
        while conversations come and go: sorted by opening, nothing comes twice and nothing is left out that stays in the view.
        Sorted by the last message, nothing comes twice but what gets a message in the very instant of the first page; what gets
        one later stands on a new first page.

        :param view: The view; any conversation without one.
        :param by: The agent who looks: only inboxes that they see. The whole desk without one.
        :param filter: What else has to match: the filters of ``conversations``, by their names.
        :param sort: The order.
        :param limit: The most conversations on the page, from 1 to 1,000.
        :param after: The cursor of the page before.
        :raises NotFound: There is no such inbox, channel, team or agent.
        :raises InvalidQuestion: ``mine`` without an agent, an inbox that the agent does not see, or a filter with an
            unknown key or kind.
        :raises InvalidValue: There is no such view or order, the limit is out of range, or the cursor is not of a page
            in this order.

        >>> _ = desk.open("c7", inbox="main", channel="chat", at="2026-11-20T09:00:00Z")
        >>> page = desk.view("mine", by="anna", filter={"channel": "chat"})
        >>> [one.conversation for one in page.conversations], page.next
        (['c7'], None)
        """
        asked: dict[str, Any] = {"view": view, "by": by, "sort": sort, "limit": limit, "after": after}
        given = {key: value for key, value in asked.items() if value is not None}
        if filter is not None:
            given["filter"] = _filter(filter) if isinstance(filter, Mapping) else filter
        page = self._ask("view", given)
        return Page._of(page, _zone(None, zone))

    def view_counts(self, *, by: Id | None = None, inbox: Id | None = None) -> dict[View, int]:
        """How many conversations each standard view has: in an inbox, or in all that the agent sees. Without an agent there is
        no ``mine``.

        :raises NotFound: There is no such agent or inbox.
        :raises InvalidQuestion: An inbox that the agent does not see.

        >>> desk.view_counts(by="anna")[View.UNASSIGNED]
        0
        """
        asked = {"by": by, "inbox": inbox}
        counts = self._ask("view_counts", {key: value for key, value in asked.items() if value is not None})
        return {View(view): count for view, count in counts.items()}

    def why(self, conversation: Id, *, zone: tzinfo | str | None = None) -> list[StepConsidered]:
        """The agents considered for a conversation now, at each step it has reached. Empty if it is not routed.

        :raises NotFound: No such conversation.
        """
        speaks = _zone(None, zone)
        return [StepConsidered._of(step, speaks) for step in self._ask("why", {"conversation": conversation})]

    def may(self, command: Entry, *, zone: tzinfo | str | None = None) -> May:
        """Whether a command is allowed now, without running it: true where it is, and the reason where it would be refused.

        It decides as ``handle`` does, by the same checks, and leaves the desk as it was. For a reply or a message it also says
        when the windows for replies close, and for an ``assign`` with ``or_substitute`` who takes it.

        :param command: The command, a dict with its ``type``, as for ``handle``.
        :param zone: The zone of the answer; that of the command's ``at`` if absent.
        :raises InvalidCommand: The command cannot be read. An agent, inbox or conversation that there is not raises
            nothing: the answer is the refusal.

        >>> close = {"type": "close", "at": "2026-11-20T09:00:00Z", "conversation": "c9", "by": "anna"}
        >>> desk.may(close)
        May(allowed=False, code='unknown_conversation', message='there is no conversation "c9"')
        >>> if not desk.may(close):
        ...     print("the button is grey")
        the button is grey
        """
        at = command.get("at") if isinstance(command, Mapping) else None
        return May._of(json.loads(self.may_json(_native.json(command, "command"))), _zone(at, zone))

    def story(self, conversation: Id, events: Iterable[Event], *, zone: tzinfo | str | None = None) -> list[Line]:
        """The story of a conversation in plain sentences.

        :param events: All events of the desk in order, best of explained commands.
        :param zone: The zone of the times: a name, a ``ZoneInfo``, or whole hours from UTC; the desk's if absent.

        >>> events = desk.open("c1", inbox="main", channel="chat", at="2026-11-20T09:00:00Z", explain=True)
        >>> for line in desk.story("c1", events):
        ...     print(line.clock, line.text)
        10:00:00 It arrived in main by chat.
        10:00:00 It went to anna at once, by step 1 of the rule everyone (least busy): anna had the load 0, ...
        """
        log = [event.to_dict() for event in _input.all_of(Event, "events", events)]
        asked: dict[str, Any] = {"conversation": conversation, "events": log}
        speaks: tzinfo = self.zone
        if zone is not None:
            speaks = _zone(None, zone)
            asked["time_zone"] = _name_of(speaks)
        return [Line._of(line, speaks) for line in self._ask("story", asked)]

    def document(self) -> Any:
        """The current document: a dict, as ``frontdesk.document.DeskDocument`` types it."""
        return self._ask("document", {})

    def ask(self, question: Mapping[str, Any]) -> Any:
        """Answers any question in the JSON form that all bindings share.

        :raises InvalidQuestion: The question cannot be read.
        """
        return json.loads(self.ask_json(_native.json(question, "question")))

    def _ask(self, name: str, asked: Mapping[str, Any]) -> Any:
        return self.ask({"ask": name, **asked})


def _at(at: At) -> str:
    """An instant as JSON text."""
    return _native.instant(at)


def _zone(at: At | None, zone: tzinfo | str | None) -> tzinfo:
    """The zone of an answer: the one asked for, else that of the question, else UTC."""
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
    # The sign in these names is reversed: `Etc/GMT-1` is east of UTC.
    return f"Etc/GMT{-hours:+}" if hours else "UTC"
