# Written by tools/stubs.py from the module.
"""
The native half of frontdesk. Import from `frontdesk`, not from here.
"""

from _typeshed import SupportsGetItem
from collections.abc import Iterator
from frontdesk.results import Contact
from frontdesk.decision import Decision
from frontdesk.typing import Document
from frontdesk import events
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Literal
from typing import overload
from frontdesk.strategies import Held
from frontdesk.typing import Strategy
from frontdesk.typing import StrategySource
from frontdesk.typing import ScriptSource
from typing_extensions import Self
from datetime import datetime, timedelta, tzinfo
from frontdesk.enums import Reason, State
from frontdesk.typing import At, Id, Length
from typing import Any, Final, final
from typing_extensions import disjoint_base

__all__ = ["VERSION", "AgentView", "Agents", "AgentsIterator", "ChannelView", "ContactView", "ConversationView", "Desk", "DeskView", "Event", "Events", "Happening", "InboxView", "Kept", "Scripts", "Status", "check", "instant", "json", "length", "read_calendar", "read_holidays", "schema", "zone"]

VERSION: Final[str]
"""
The version of the package.
"""

@final
class AgentView:
    """
    An agent as it stands when a strategy is asked; it can be read only. It equals its id.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def attributes(self, /) -> Mapping[str, Any]:
        """
        Your own data of it.
        """
    @property
    def capacity(self, /) -> int | None:
        """
        The most it takes in total; `None` without a limit.
        """
    @property
    def holding(self, /) -> int:
        """
        How many of these there are.
        """
    @property
    def id(self, /) -> str:
        """
        Its id.
        """
    def is_in(self, /, team: str) -> bool:
        """
        Whether it is a main or extra member of a team.
        """
    @property
    def last_assigned(self, /) -> datetime | None:
        """
        When it was last given or offered a conversation.
        """
    @property
    def last_idle(self, /) -> datetime | None:
        """
        When what it held last became nothing; `None` when it never held anything.
        """
    @property
    def load(self, /) -> int:
        """
        The weight of all it holds: conversations, pending offers, wrap-ups.
        """
    @property
    def name(self, /) -> str | None:
        """
        What people call it.
        """
    @property
    def reason(self, /) -> Reason:
        """
        Why.
        """
    @property
    def room(self, /) -> int | None:
        """
        The weight of this conversation's kind that still fits; `None` without a limit.
        """
    @property
    def since(self, /) -> datetime | None:
        """
        Since when it is available or away for this reason.
        """
    @property
    def skills(self, /) -> Mapping[str, int]:
        """
        The levels of its skills: ``agent.skills["lang:sv"]`` is 0 when it lacks the skill.
        """
    @property
    def status(self, /) -> State:
        """
        `available` or `away`.
        """
    @property
    def team(self, /) -> str | None:
        """
        Its main team.
        """
    @property
    def teams(self, /) -> tuple[str, ...]:
        """
        Its main team, then its extra teams.
        """
    @property
    def working_until(self, /) -> datetime | None:
        """
        When it turns away; `None` when it is away, or none is in sight.
        """

@final
class Agents:
    """
    Agents as a strategy sees them, in document order: a sequence.
    """
    def __contains__(self, agent: Any, /) -> bool: ...
    @overload
    def __getitem__(self, index: int, /) -> AgentView: ...
    @overload
    def __getitem__(self, index: slice, /) -> Agents: ...
    def __iter__(self, /) -> AgentsIterator: ...
    def __len__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    def named(self, /, id: str) -> AgentView | None:
        """
        The agent of that id; ``None`` when it is not among them.
        """

@final
class AgentsIterator:
    """
    Goes through agents.
    """
    def __iter__(self, /) -> AgentsIterator: ...
    def __next__(self, /) -> AgentView: ...

@final
class ChannelView:
    """
    The channel that a conversation arrived by. It equals its id.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def id(self, /) -> str:
        """
        Its id.
        """
    @property
    def kind(self, /) -> str:
        """
        Its kind, such as ``chat``.
        """
    @property
    def weight(self, /) -> int:
        """
        How much a conversation of it weighs.
        """

@final
class ContactView:
    """
    Who writes or calls.
    """
    def __repr__(self, /) -> str: ...
    @property
    def attributes(self, /) -> Mapping[str, Any]:
        """
        Your own data of it.
        """
    @property
    def history(self, /) -> tuple[Held, ...]:
        """
        Who held conversations of it, by agent id; each conversation counts for whoever held it last.
        """
    @property
    def id(self, /) -> str | None:
        """
        Its id.
        """
    @property
    def known(self, /) -> bool:
        """
        Whether it was recognised.
        """
    @property
    def last_agent(self, /) -> str | None:
        """
        The id of whoever last held a conversation of it.
        """
    def last_with(self, /, agent: AgentView | str) -> datetime | None:
        """
        When the latest of these was opened; ``None`` without any.
        """
    @property
    def owner(self, /) -> str | None:
        """
        The id of the agent who looks after it.
        """
    def times_with(self, /, agent: AgentView | str) -> int:
        """
        How many of its conversations an agent was the last to hold.
        """

@final
class ConversationView:
    """
    The conversation that a strategy decides; it can be read only.
    """
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def attributes(self, /) -> Mapping[str, Any]:
        """
        Your own data of it.
        """
    @property
    def channel(self, /) -> ChannelView:
        """
        The channel it arrived by.
        """
    @property
    def contact(self, /) -> ContactView:
        """
        Who writes or calls.
        """
    @property
    def id(self, /) -> str:
        """
        Its id.
        """
    @property
    def inbox(self, /) -> InboxView:
        """
        The inbox it arrived in.
        """
    @property
    def kind(self, /) -> str:
        """
        The kind of its channel, such as ``chat``.
        """
    @property
    def opened_at(self, /) -> datetime:
        """
        When it arrived.
        """
    @property
    def priority(self, /) -> int:
        """
        Its own priority.
        """
    @property
    def rule(self, /) -> str | None:
        """
        The rule that routes it.
        """
    @property
    def skills(self, /) -> Mapping[str, int]:
        """
        The levels it asks: ``conversation.skills["billing"]`` is 0 when it asks none.
        """
    @property
    def step(self, /) -> int:
        """
        The step that asks, from 1.
        """
    @property
    def waiting(self, /) -> timedelta:
        """
        For how long it has been there, in whole seconds, since it was opened or last reopened.
        """

@disjoint_base
class Desk:
    """
    The native half of a desk.
    """
    def __new__(cls, /, document: Document, *, scripts: ScriptSource | None = None, strategies: StrategySource | None = None, explain: bool = False) -> Self: ...
    def _check_complete(self, /) -> None:
        """
        Whether the events that were applied end where a command did.

        :raises InvalidEvent: they end within the events of a command.
        """
    def _command(self, /, type_: str, at: At, fields: dict[str, Any], by: Id | None, id: Id | None, explain: bool) -> Events:
        """
        A command of a type with its further keys.
        """
    def _copy(self, /) -> Any:
        """
        Another desk, the same as this one.
        """
    def _coverage(self, /, start: At, end: At, team: Id | None, extra: bool, inbox: Id | None, step: Length | None, who: bool, zone: tzinfo | str | None) -> tuple[list[datetime], list[datetime], list[int], list[int] | None, list[tuple[str, ...]] | None]:
        """
        Columns of start, end and how many are available; with a step also the least in it; and who, where that is asked for.
        """
    def _read_absences(self, /, agent: Id, calendar: bytes, away: str | None, name: str | None) -> str:
        """
        The absences of a calendar beside those an agent has: what was read, and what would change.
        """
    def _read_hours(self, /, agent: Id, calendar: bytes) -> str:
        """
        The working hours of a calendar, in the zone of an agent.
        """
    @classmethod
    def _restore(cls, /, snapshot: str, scripts: Any | None, strategies: Any | None, explain: bool) -> Any:
        """
        A desk of this class from a snapshot.
        """
    def _schedule(self, /, agent: Id, start: At, end: At, zone: tzinfo | str | None) -> list[tuple[datetime, datetime, State, Reason]]:
        """
        Rows of start, end, state and reason.
        """
    def _set_strategy(self, /, name: str, function: Strategy, params: str | None, everyone: bool, history: bool) -> None:
        """
        One more strategy, or another of its name.
        """
    def _warnings(self, /, document: Any | None) -> Any:
        """
        What the document says but cannot mean; with line and column in the text that it was read from, if that is given.
        """
    def _write_absences(self, /, agent: Id, at: At) -> str:
        """
        The absences of an agent as iCalendar.
        """
    def _write_free_busy(self, /, agent: Id, start: At, end: At, at: At) -> str:
        """
        When an agent is out of office or on holiday, as free/busy time.
        """
    def _write_hours(self, /, agent: Id, at: At) -> str:
        """
        The working hours of an agent as iCalendar.
        """
    @property
    def _zone(self, /) -> str:
        """
        The name of the zone of the desk.
        """
    def after(self, /, at: At, time: Length, *, agent: Id | None = None, team: Id | None = None, inbox: Id | None = None, channel: Id | None = None, zone: tzinfo | str | None = None) -> datetime | None:
        """
        The instant at which that much working time has passed since ``at``: a reply deadline. ``None`` when there is not that
        much until 2200.

        :param time: a timedelta, or text such as ``"1h30m"``.
        :param agent: whose working time; or ``team``; or ``inbox`` and ``channel``.
        """
    def apply(self, /, event: events.Event) -> None:
        """
        Applies an event that a desk like this gave before. From the document and its events, in order, a desk is rebuilt
        exactly.

        :raises InvalidEvent: it is not the next of this desk's; it is not applied then.
        """
    def ask_json(self, /, question: str) -> str:
        """
        Any question as JSON text, answered as JSON text: what every binding speaks.

        :raises InvalidQuestion: it cannot be read.
        """
    def available(self, /, at: At, *, team: Id | None = None, extra: bool = False, inbox: Id | None = None) -> list[str]:
        """
        Those who are available at an instant, in document order.

        :param at: an aware datetime, seconds since 1970, or RFC 3339 text.
        :param team: only main members of this team; with ``extra=True`` extra members, too.
        :param inbox: only those with access to this inbox.
        :raises NotFound: no such team or inbox.
        """
    def before(self, /, at: At, time: Length, *, agent: Id | None = None, team: Id | None = None, inbox: Id | None = None, channel: Id | None = None, zone: tzinfo | str | None = None) -> datetime | None:
        """
        The instant from which that much working time passes until ``at``. ``None`` when there is not that much since 2000.

        :param time: a timedelta, or text such as ``"1h30m"``.
        :param agent: whose working time; or ``team``; or ``inbox`` and ``channel``.
        """
    @property
    def explains(self, /) -> bool:
        """
        Whether every command notes who was considered.
        """
    def handle_json(self, /, command: str, *, explain: bool = False) -> Events:
        """
        Reads a command from JSON text and carries it out.

        :param explain: note who was considered.
        :raises InvalidCommand: it cannot be read, with all its problems; nothing has changed then.
        """
    @property
    def missing_strategies(self, /) -> list[str]:
        """
        The names that steps ask for and that are neither a script nor a strategy, in the order of the document. A step that
        asks for one does what its ``on_error`` says.

        >>> desk.missing_strategies
        []
        """
    def next_available(self, /, agent: Id, at: At, *, zone: tzinfo | str | None = None) -> datetime | None:
        """
        The first instant from ``at`` on at which an agent is available; ``None`` when that is not in sight.

        :raises NotFound: no such agent.
        """
    def next_change(self, /, agent: Id, at: At, *, zone: tzinfo | str | None = None) -> datetime | None:
        """
        The next instant at which an agent's state or reason changes; ``None`` when none is in sight.

        :raises NotFound: no such agent.
        """
    @property
    def next_wakeup(self, /) -> datetime | None:
        """
        When something falls due next, in UTC; ``None`` when nothing does. Advance the desk then, or before.
        """
    @property
    def now(self, /) -> datetime | None:
        """
        The instant of the last event, in UTC; ``None`` before the first.
        """
    def open(self, /, conversation: Id, *, inbox: Id, channel: Id, at: At, contact: Contact | Mapping[str, Any] | None = None, priority: int | None = None, skills: Mapping[str, int] | None = None, attributes: Mapping[str, Any] | None = None, by: Id | None = None, id: Id | None = None, explain: bool = False) -> Events:
        """
        A conversation arrives. Where that is refused, nothing is raised: ``refused`` of the events says why.

        :param conversation: its id, which no conversation had before.
        :param inbox: the inbox it arrives in.
        :param channel: the channel of that inbox it arrives by.
        :param at: when; no earlier than the last command.
        :param contact: who writes or calls: ``{"id", "owner", "known", "attributes"}``.
        :param priority: higher goes first in the queue.
        :param skills: the levels it asks of whoever takes it, ``{"billing": 2}``.
        :param attributes: your own data, which rules may look at.
        :param by: the agent who acts; absent is your program, which may do anything.
        :param id: your id of the command, handed on to its events.
        :param explain: note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :raises InvalidCommand: it cannot be read; nothing has changed then.

        >>> events = desk.open("c1", inbox="main", channel="chat", at="2026-11-20T09:00:00Z")
        >>> events.decision.agent
        'anna'
        """
    def propose_json(self, /, command: str, *, explain: bool = False) -> Events:
        """
        Reads a command from JSON text and returns the events that it would give now; the desk stays as it is.

        :param explain: note who was considered.
        :raises InvalidCommand: it cannot be read, with all its problems.
        """
    @property
    def scripts(self, /) -> Scripts | None:
        """
        The scripts that its steps may name; ``None`` without any.
        """
    def set_scripts(self, /, scripts: ScriptSource) -> None:
        """
        Gives the desk another set of scripts, which counts from the next question on.

        :param scripts: a ``Scripts``, a folder, or a dict of names and texts.
        :raises ScriptProblem: the scripts have problems; the desk keeps those it had.
        :raises InvalidDocument: the document asks for a script, or a parameter of one, that is not there.
        """
    def snapshot(self, /) -> str:
        """
        The whole desk as JSON text: the same bytes for the same desk.
        """
    def status(self, /, agent: Id, at: At, *, zone: tzinfo | str | None = None) -> Status:
        """
        Whether an agent is available at an instant, why, since when and until when.

        :param agent: the agent's id.
        :param at: an aware datetime, seconds since 1970, or RFC 3339 text.
        :param zone: the zone of the answer, a ``ZoneInfo`` or its name; that of ``at`` when absent.
        :raises NotFound: no such agent.

        >>> desk.status("anna", "2026-11-20T09:00:00Z", zone="Europe/Stockholm")
        Status("available", "working_hours", since=2026-11-20T09:00+01:00, until=2026-11-20T17:00+01:00)
        """
    @property
    def strategies(self, /) -> dict[str, Strategy | None]:
        """
        The strategies in Python, by name; ``None`` stands for one that is announced, and still to come.
        """
    def working_time(self, /, start: At, end: At, *, agent: Id | None = None, team: Id | None = None, inbox: Id | None = None, channel: Id | None = None) -> timedelta:
        """
        The working time between two instants, by the schedule of an agent, of a team (at least one main member at work), or
        the office hours of a channel.

        :param agent: whose; or ``team``; or ``inbox`` and ``channel``.
        :raises InvalidValue: ``end`` is before ``start``.
        :raises NotFound: no such agent, team, inbox or channel.
        """

@final
class DeskView:
    """
    The desk at the instant of the decision; it can be read only.
    """
    def __repr__(self, /) -> str: ...
    @property
    def agents(self, /) -> Agents:
        """
        All agents, in document order.
        """
    @property
    def available(self, /) -> Agents:
        """
        Those who are available, in document order.
        """
    @property
    def now(self, /) -> datetime:
        """
        The instant of the decision, in the zone of the inbox.
        """
    @property
    def queue_length(self, /) -> int:
        """
        How many conversations wait.
        """
    @property
    def seed(self, /) -> int:
        """
        The seed of the desk: with the id of the conversation it makes what looks like chance and is the same every time.
        """

@disjoint_base
class Event:
    """
    Something that happened to a desk. `frontdesk.events` has a class for each type.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, happening: Happening) -> Self: ...
    @property
    def _agent(self, /) -> str | None: ...
    @property
    def _conversation(self, /) -> str | None: ...
    def _data(self, /) -> dict[str, Any]:
        """
        Its keys; not to be changed.
        """
    @property
    def _home(self, /) -> tzinfo:
        """
        The zone of sentences about it.
        """
    @property
    def _home_name(self, /) -> str | None:
        """
        The name of the desk's zone, where it came from a desk.
        """
    def _instant(self, /, key: str) -> datetime | None:
        """
        The instant under a key, in the zone of the event.
        """
    @staticmethod
    def _read(text: str, zone: tzinfo | str | None = None, home: str | None = None) -> events.Event:
        """
        An event from its JSON, to speak a zone.
        """
    @property
    def _zone(self, /) -> tzinfo: ...
    @property
    def at(self, /) -> datetime:
        """
        When it happened, in the zone of the command; for what fell due, the instant at which it did.
        """
    @property
    def by(self, /) -> str | None:
        """
        The agent whose command caused it: in all that the command did, and in none of what fell due before it.
        """
    @property
    def id(self, /) -> str | None:
        """
        The id of the command that caused it, if it had one.
        """
    @property
    def seq(self, /) -> int:
        """
        Its number, counting from 1. A `refused` is not a part of the log: it has the number that the next event takes.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The event as in JSON: instants as text, absent rather than `None` but for an `until`.
        """
    def to_json(self, /) -> str:
        """
        The event as canonical JSON text, a line for the log.
        """

@final
class Events(Sequence["events.Event"]):
    """
    The events that a command gave, in their order: a sequence.

    A command that was not allowed or not possible raises nothing: it gives one ``Refused``, and has changed nothing. Look at
    ``refused``, or let ``raise_if_refused`` raise:

    >>> given = desk.close("c9", at="2026-11-20T09:00:00Z")
    >>> given.refused.code
    Code.UNKNOWN_CONVERSATION
    """
    @property
    def __dict__(self, /) -> dict[str, Any]:  # type: ignore[override]
        """
        Its events as in JSON, under ``events``: what ``vars`` gives, and FastAPI answers with where no type is said.
        """
    def __eq__(self, other: object, /) -> bool: ...
    @classmethod
    def __get_pydantic_core_schema__(cls, /, _source: Any, _handler: Any) -> Any:
        """
        For pydantic: events are taken as they are, or from what ``to_dict`` gives, and dumped as that.
        """
    @overload
    def __getitem__(self, index: int, /) -> events.Event: ...
    @overload
    def __getitem__(self, index: slice, /) -> Events: ...
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> Iterator[events.Event]: ...
    def __len__(self, /) -> int: ...
    def __new__(cls, /, events: Iterable[events.Event] | None = None) -> Self: ...
    def __reduce__(self, /) -> tuple[Any, ...]: ...
    def __repr__(self, /) -> str: ...
    @property
    def decision(self, /) -> Decision | None:
        """
        What was decided about a conversation in the last of these events that decides on one; ``None`` without any.
        """
    @property
    def decisions(self, /) -> tuple[Decision, ...]:
        """
        All that was decided about conversations: who got them, or that nobody did.
        """
    @staticmethod
    def from_json(text: str, *, zone: tzinfo | str | None = None) -> Events:
        """
        Events from JSON: one a line, as ``to_json_lines`` writes them, or a list, as ``to_json`` does.

        :param zone: the zone of their instants, and of the sentences about them; UTC when absent.
        :raises InvalidEvent: one cannot be read, with its line or its place in the list.
        """
    def of_conversation(self, /, conversation: Id) -> Events:
        """
        Those that are about a conversation.
        """
    def raise_if_refused(self, /) -> Events:
        """
        Gives the events themselves, unless the command was refused.

        :raises NotPermitted: the actor may not do that.
        :raises NotPossible: that cannot be done now.
        :raises NotFound: there is no such agent, team, inbox, channel or conversation; a ``NotPossible``, too.
        """
    @property
    def refused(self, /) -> events.Refused | None:
        """
        The event that says why the command was refused; ``None`` when it was carried out.
        """
    def to_dict(self, /) -> list[dict[str, Any]]:
        """
        The events as in JSON.
        """
    def to_json(self, /) -> str:
        """
        The events as one JSON text, a list: for an answer. See ``to_json_lines`` for a log.
        """
    def to_json_lines(self, /) -> str:
        """
        The events as JSON, one a line, for a log: what is written behind another is read with it.
        """

@final
class Happening:
    """
    The data that the classes of events share.
    """

@final
class InboxView:
    """
    The inbox that a conversation arrived in. It equals its id.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def id(self, /) -> str:
        """
        Its id.
        """
    @property
    def time_zone(self, /) -> tzinfo:
        """
        The zone it lives in: that of all datetimes here.
        """

@final
class Kept:
    """
    A desk on its way into an object of Python's.
    """

@final
class Scripts:
    """
    Routing scripts and what they are made of: read and checked as a whole, never changed, shared by as many desks as there are.

    They come from a folder with ``.rhai`` files, from paths of such files, or from a dict of names and texts. A step names
    one: ``"strategy": {"script": "quiet_first", "params": {...}}``.

    :raises ScriptProblem: all problems of all scripts, each with file, line and column.

    >>> scripts = Scripts({"quiet_first": "fn score(agent, conversation, desk) { -agent.load }"})
    >>> scripts.names, scripts.hooks_of("quiet_first")
    (['quiet_first'], ['score'])
    """
    def __new__(cls, /, source: ScriptSource) -> Self: ...
    def __reduce__(self, /) -> tuple[Any, ...]: ...
    def __repr__(self, /) -> str: ...
    def hooks_of(self, /, script: str) -> list[str] | None:
        """
        What a script defines: ``eligible``, ``score``, ``pick``, ``priority``, ``fallback``; ``None`` when there is none of
        that name.
        """
    @property
    def names(self, /) -> list[str]:
        """
        Their names, sorted.
        """
    def params_of(self, /, script: str) -> dict[str, Any] | None:
        """
        The parameters of a script with their defaults; ``None`` when there is none of that name.
        """

@final
class Status:
    """
    Whether an agent is available, why, and from when to when.

    `since` to `until` is the longest span around the instant asked about in which state and reason stay the same, on what
    is known now; `None` where it has no bound, or none between 2000 and 2200. Both are in the zone of the question. As a
    truth value it says whether the agent is available.
    """
    __match_args__: Final[
        tuple[
            Literal["state"],
            Literal["reason"],
            Literal["since"],
            Literal["until"],
            Literal["by"],
            Literal["note"],
        ]
    ]
    def __bool__(self, /) -> bool: ...
    @property
    def __dict__(self, /) -> dict[str, Any]:  # type: ignore[override]
        """
        Its fields: what ``vars`` gives, and FastAPI answers with.
        """
    def __eq__(self, other: object, /) -> bool: ...
    @classmethod
    def __get_pydantic_core_schema__(cls, /, _source: Any, _handler: Any) -> Any:
        """
        For pydantic: a status is taken as it is, or from its fields, and dumped as its fields.
        """
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, ...]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(text: str, zone: tzinfo) -> Status:
        """
        A status from its JSON, to speak a zone.
        """
    @property
    def available(self, /) -> bool:
        """
        Whether the agent takes new conversations.
        """
    @property
    def by(self, /) -> str | None:
        """
        The agent who set it, where someone did.
        """
    @property
    def note(self, /) -> str | None:
        """
        What was noted with the absence or the status.
        """
    @property
    def reason(self, /) -> Reason:
        """
        Why.
        """
    @property
    def since(self, /) -> datetime | None:
        """
        Since when; `None` without bound.
        """
    @property
    def state(self, /) -> State:
        """
        `available` or `away`.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The status as in JSON: instants as text, absent rather than `None` but for `since` and `until`.
        """
    def to_json(self, /) -> str:
        """
        The status as canonical JSON text.
        """
    @property
    def until(self, /) -> datetime | None:
        """
        Until when; `None` when no change is in sight.
        """

def check(document: Document) -> str:
    """
    The document that a value describes, as it is written: canonical JSON text.

    :raises InvalidDocument: all its problems.
    """

def instant(at: At) -> str:
    """
    Returns an instant as in JSON.
    """

def json(value: Any, about: str = "document") -> str:
    """
    A value of Python's as JSON text; `about` says what it is to be.
    """

def length(length: Length) -> int:
    """
    Milliseconds of a length of time.
    """

def read_calendar(calendar: bytes, zone: str, away: str | None) -> str:
    """
    The absences of a calendar, where no desk is at hand.
    """

def read_holidays(calendar: bytes, summaries: SupportsGetItem[int, str], categories: SupportsGetItem[int, str], first_day: str | None, last_day: str | None) -> str:
    """
    The holidays of a calendar.
    """

def schema(name: str) -> str:
    """
    The JSON Schema of that name, as text.
    """

def zone(zone: tzinfo | str) -> tzinfo:
    """
    The zone of a name.
    """
