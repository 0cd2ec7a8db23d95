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
from collections.abc import Callable
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
from frontdesk.typing import At, Id, Length, WorkingTime
from typing import Any, Final, SupportsIndex, final
from typing_extensions import disjoint_base

__all__ = ["VERSION", "AgentView", "Agents", "AgentsIterator", "ChannelView", "ContactView", "ConversationView", "Desk", "DeskView", "Event", "Events", "Happening", "InboxView", "Kept", "Scripts", "SharedDesk", "Status", "Turn", "check", "due", "instant", "json", "length", "migrate", "read_calendar", "read_holidays", "schema", "zone"]

VERSION: Final[str]
"""
The version of the package.
"""

@final
class AgentView:
    """
    A read-only view of an agent at the instant of a decision. It equals the agent's id.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def attributes(self, /) -> Mapping[str, Any]:
        """
        Your own data about the agent.
        """
    @property
    def capacity(self, /) -> int | None:
        """
        The largest total weight; `None` if there is no limit.
        """
    @property
    def holding(self, /) -> int:
        """
        The number of conversations, pending offers and wrap-ups that the agent holds.
        """
    @property
    def id(self, /) -> str:
        """
        The id of the agent.
        """
    def is_in(self, /, team: str) -> bool:
        """
        `True` if the agent is a main or extra member of a team.
        """
    @property
    def last_assigned(self, /) -> datetime | None:
        """
        The instant at which the agent was last given or offered a conversation.
        """
    @property
    def last_idle(self, /) -> datetime | None:
        """
        The instant at which the agent last became idle; `None` if the agent never held anything.
        """
    @property
    def load(self, /) -> int:
        """
        The weight of all that the agent holds: conversations, pending offers and wrap-ups.
        """
    @property
    def name(self, /) -> str | None:
        """
        The display name.
        """
    @property
    def reason(self, /) -> Reason:
        """
        The reason of the status.
        """
    @property
    def room(self, /) -> int | None:
        """
        The weight that is still free for conversations of this kind; `None` if there is no limit.
        """
    @property
    def since(self, /) -> datetime | None:
        """
        The start of the status: since when state and reason are the same.
        """
    @property
    def skills(self, /) -> Mapping[str, int]:
        """
        The levels of skills: ``agent.skills["lang:sv"]`` is 0 if the agent lacks the skill.
        """
    @property
    def status(self, /) -> State:
        """
        `available` or `away`.
        """
    @property
    def team(self, /) -> str | None:
        """
        The main team.
        """
    @property
    def teams(self, /) -> tuple[str, ...]:
        """
        The main team, then the extra teams.
        """
    @property
    def working_until(self, /) -> datetime | None:
        """
        The instant at which the agent turns away; `None` for an agent who is away, or if no such instant is known.
        """

@final
class Agents:
    """
    A read-only sequence of agents in document order.
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
        The agent of an id; ``None`` if the agent is not in the sequence.
        """

@final
class AgentsIterator:
    """
    An iterator over agents.
    """
    def __iter__(self, /) -> AgentsIterator: ...
    def __next__(self, /) -> AgentView: ...

@final
class ChannelView:
    """
    The channel of a conversation. It equals the channel's id.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def id(self, /) -> str:
        """
        The id of the channel.
        """
    @property
    def kind(self, /) -> str:
        """
        The kind of the channel, such as ``chat``.
        """
    @property
    def waiting(self, /) -> int:
        """
        The number of conversations that wait in this channel.
        """
    @property
    def weight(self, /) -> int:
        """
        The weight of a conversation of this channel.
        """

@final
class ContactView:
    """
    The person who writes or calls.
    """
    def __repr__(self, /) -> str: ...
    @property
    def attributes(self, /) -> Mapping[str, Any]:
        """
        Your own data about the contact.
        """
    @property
    def history(self, /) -> tuple[Held, ...]:
        """
        The agents who held conversations of the contact, by id; each conversation counts for the last agent who held it.
        """
    @property
    def id(self, /) -> str | None:
        """
        The id of the contact.
        """
    @property
    def known(self, /) -> bool:
        """
        `True` if the contact was recognised.
        """
    @property
    def last_agent(self, /) -> str | None:
        """
        The id of the agent who last held a conversation of the contact.
        """
    def last_with(self, /, agent: AgentView | str) -> datetime | None:
        """
        The instant at which the latest of these was opened; ``None`` if there are none.
        """
    @property
    def owner(self, /) -> str | None:
        """
        The id of the agent who looks after the contact.
        """
    def times_with(self, /, agent: AgentView | str) -> int:
        """
        The number of the contact's conversations that an agent was the last to hold.
        """

@final
class ConversationView:
    """
    A read-only view of the conversation that a strategy decides.
    """
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def attributes(self, /) -> Mapping[str, Any]:
        """
        Your own data about the conversation.
        """
    @property
    def channel(self, /) -> ChannelView:
        """
        The channel of the conversation.
        """
    @property
    def contact(self, /) -> ContactView:
        """
        The person who writes or calls.
        """
    @property
    def id(self, /) -> str:
        """
        The id of the conversation.
        """
    @property
    def inbox(self, /) -> InboxView:
        """
        The inbox of the conversation.
        """
    @property
    def kind(self, /) -> str:
        """
        The kind of the channel, such as ``chat``.
        """
    @property
    def opened_at(self, /) -> datetime:
        """
        The instant at which the conversation was opened.
        """
    @property
    def priority(self, /) -> int:
        """
        The priority of the conversation; higher goes first.
        """
    @property
    def rule(self, /) -> str | None:
        """
        The rule that routes the conversation.
        """
    @property
    def skills(self, /) -> Mapping[str, int]:
        """
        The required levels: ``conversation.skills["billing"]`` is 0 if none is required.
        """
    @property
    def step(self, /) -> int:
        """
        The step that asks the strategy, from 1.
        """
    @property
    def waiting(self, /) -> timedelta:
        """
        The time since the conversation was opened or last reopened, in whole seconds.
        """

@disjoint_base
class Desk:
    """
    The native half of a desk.
    """
    def __new__(cls, /, document: Document, *, scripts: ScriptSource | None = None, strategies: StrategySource | None = None, explain: bool = False) -> Self: ...
    def _command(self, /, type_: str, at: At, fields: dict[str, Any], by: Id | None, id: Id | None, explain: bool) -> Events:
        """
        Runs a command of a type with its further keys.
        """
    def _copy(self, /) -> Any:
        """
        An independent copy of the desk.
        """
    def _coverage(self, /, start: At, end: At, team: Id | None, extra: bool, inbox: Id | None, step: Length | None, who: bool, zone: tzinfo | str | None) -> tuple[list[datetime], list[datetime], list[int], list[int] | None, list[tuple[str, ...]] | None]:
        """
        The columns of a coverage: start, end and count; with a step also the least count; and the ids, if asked for.
        """
    def _read_absences(self, /, agent: Id, calendar: bytes, away: str | None, name: str | None) -> str:
        """
        Reads the absences of a calendar, and compares them with those the agent has.
        """
    def _read_hours(self, /, agent: Id, calendar: bytes) -> str:
        """
        Reads the working hours of a calendar, in the zone of an agent.
        """
    @classmethod
    def _rebuild(cls, /, turns: Iterable[Turn], scripts: Any | None, strategies: Any | None, explain: bool) -> Any:
        """
        Rebuilds a desk of this class from turns.
        """
    @classmethod
    def _restore(cls, /, snapshot: str, scripts: Any | None, strategies: Any | None, explain: bool) -> Any:
        """
        Restores a desk of this class from a snapshot.
        """
    def _schedule(self, /, agent: Id, start: At, end: At, zone: tzinfo | str | None) -> list[tuple[datetime, datetime, State, Reason]]:
        """
        The rows of a schedule: start, end, state and reason.
        """
    def _set_strategy(self, /, name: str, function: Strategy, params: str | None, hooks: dict[str, list[str] | None], everyone: bool, history: bool) -> None:
        """
        Adds a strategy, or replaces the one of the same name.
        """
    def _warnings(self, /, document: Any | None) -> Any:
        """
        The warnings of the document; with line and column if the text of the document is given.
        """
    def _write_absences(self, /, agent: Id, at: At) -> str:
        """
        Writes the absences of an agent as iCalendar.
        """
    def _write_free_busy(self, /, agent: Id, start: At, end: At, at: At) -> str:
        """
        Writes free/busy time: when an agent is out of office or on holiday.
        """
    def _write_hours(self, /, agent: Id, at: At) -> str:
        """
        Writes the working hours of an agent as iCalendar.
        """
    @property
    def _zone(self, /) -> str:
        """
        The name of the zone of the desk.
        """
    def after(self, /, at: At, time: WorkingTime, *, agent: Id | None = None, team: Id | None = None, inbox: Id | None = None, channel: Id | None = None, zone: tzinfo | str | None = None) -> datetime | None:
        """
        The instant at which this much working time has passed since ``at``: a reply deadline. ``None`` if there is not that
        much before 2200.

        :param time: a timedelta, text such as ``"1h30m"``, or working days such as ``{"working_days": 2}``: the same time on
            the wall clock on another date with hours; with ``"end_of_day": True`` the end of its hours.
        :param agent: the agent; alternatively ``team``, or ``inbox`` and ``channel``.
        """
    def apply(self, /, event: Turn | events.Event) -> None:
        """
        Applies a turn, whole or not at all; or one event of a log from before there were turns. Nothing is decided again: no
        schedule, script or strategy is asked.

        A turn has to be the next one. The first turn changes nothing: its document has to be that of the desk. A turn
        without a number changes nothing either.

        :param event: a ``Turn``, or an event.
        :raises InvalidTurn: the turn is not the next one of this desk, or does not fit it; the desk is as it was.
        :raises InvalidEvent: the event is not the next one of this desk; it is not applied.
        """
    def ask_json(self, /, question: str) -> str:
        """
        Answers any question as JSON text, in the form that all bindings share.

        :raises InvalidQuestion: the question cannot be read.
        """
    def available(self, /, at: At, *, team: Id | None = None, extra: bool = False, inbox: Id | None = None) -> list[str]:
        """
        The agents available at an instant, in document order.

        :param at: an aware datetime, seconds since 1970, or RFC 3339 text.
        :param team: only main members of this team; with ``extra=True`` also extra members.
        :param inbox: only agents with access to this inbox.
        :raises NotFound: no such team or inbox.
        """
    def before(self, /, at: At, time: WorkingTime, *, agent: Id | None = None, team: Id | None = None, inbox: Id | None = None, channel: Id | None = None, zone: tzinfo | str | None = None) -> datetime | None:
        """
        The latest instant from which this much working time passes until ``at``. ``None`` if there is not that much since
        2000.

        :param time: a timedelta, text such as ``"1h30m"``, or working days such as ``{"working_days": 2}``: the same time on
            the wall clock on another date with hours; with ``"end_of_day": True`` the end of its hours.
        :param agent: the agent; alternatively ``team``, or ``inbox`` and ``channel``.
        """
    def check_complete(self, /) -> None:
        """
        Checks that the events applied one by one end where those of a command did.

        :raises InvalidEvent: the events of the last command are incomplete.
        """
    @property
    def explains(self, /) -> bool:
        """
        `True` if every command records who was considered.
        """
    def handle_json(self, /, command: str, *, explain: bool = False) -> Events:
        """
        Reads a command from JSON text and runs it.

        :param explain: record who was considered.
        :raises InvalidCommand: the command cannot be read, with all its problems; nothing has changed.
        """
    def may_json(self, /, command: str) -> str:
        """
        Reads a command from JSON text and says, as JSON text, whether it is allowed now; the desk stays as it is.

        :raises InvalidCommand: it cannot be read, with all its problems.
        """
    @property
    def missing_strategies(self, /) -> list[str]:
        """
        The names in steps that are neither a script nor a strategy, in the order of the document. A step with such a name
        does what its ``on_error`` says.

        >>> desk.missing_strategies
        []
        """
    def next_available(self, /, agent: Id, at: At, *, zone: tzinfo | str | None = None) -> datetime | None:
        """
        The first instant from ``at`` on at which an agent is available; ``None`` if there is none before 2200.

        :raises NotFound: no such agent.
        """
    def next_change(self, /, agent: Id, at: At, *, zone: tzinfo | str | None = None) -> datetime | None:
        """
        The next instant at which the state or reason of an agent changes; ``None`` if there is no such change before 2200.

        :raises NotFound: no such agent.
        """
    @property
    def next_wakeup(self, /) -> datetime | None:
        """
        The instant of the next due event, in UTC; ``None`` if there is none. Advance the desk then, or before.
        """
    @property
    def now(self, /) -> datetime | None:
        """
        The instant of the last event, in UTC; ``None`` before the first.
        """
    def open(self, /, conversation: Id, *, inbox: Id, channel: Id, at: At, contact: Contact | Mapping[str, Any] | None = None, priority: int | None = None, skills: Mapping[str, int] | None = None, attributes: Mapping[str, Any] | None = None, from_: str | None = None, forwarded_by: str | None = None, outbound: bool = False, by: Id | None = None, id: Id | None = None, explain: bool = False) -> Events:
        """
        Opens a conversation. A refusal raises nothing: ``refused`` of the events gives the reason.

        :param conversation: a new id.
        :param inbox: the inbox.
        :param channel: the channel of the inbox.
        :param at: the instant; not before the last command.
        :param contact: the person who writes or calls: ``{"id", "owner", "known", "attributes"}``.
        :param priority: the priority; higher goes first in the queue.
        :param skills: the levels that the conversation requires, ``{"billing": 2}``.
        :param attributes: your own data, which rules may use.
        :param from_: the address of the sender, by which the inbox filters spam; if outbound, that of the contact.
        :param forwarded_by: the address of who forwarded it; ``from_`` is the sender all the same, unless
            ``original_sender`` of the channel is false.
        :param outbound: ``True`` if the agent of ``by``, which is then required, wrote first: it is in nobody's inbox
            until the contact answers.
        :param by: the agent who acts; if absent, your program, which may do anything.
        :param id: your id of the command, copied to its events.
        :param explain: record who was considered, for ``decision.considered`` and ``decision.explain()``.
        :raises InvalidCommand: the command cannot be read; nothing has changed.

        >>> events = desk.open("c1", inbox="main", channel="chat", at="2026-11-20T09:00:00Z")
        >>> events.decision.agent
        'anna'
        """
    def propose_json(self, /, command: str, *, explain: bool = False) -> Turn:
        """
        Reads a command from JSON text and returns the turn that it would be now; the desk stays as it is.

        :param explain: note who was considered.
        :raises InvalidCommand: it cannot be read, with all its problems.
        """
    @property
    def scripts(self, /) -> Scripts | None:
        """
        The scripts that its steps may name; ``None`` if there are none.
        """
    def set_scripts(self, /, scripts: ScriptSource) -> None:
        """
        Replaces the scripts of the desk, from the next question or command on.

        :param scripts: a ``Scripts``, a folder, or a dict of names and texts.
        :raises ScriptProblem: the scripts have problems; the desk keeps the old ones.
        :raises InvalidDocument: the document names a script or a parameter that does not exist.
        """
    def snapshot(self, /) -> str:
        """
        The whole desk as JSON text; equal desks give equal bytes.
        """
    def status(self, /, agent: Id, at: At, *, zone: tzinfo | str | None = None) -> Status:
        """
        Status of an agent at an instant: state, reason, since and until.

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
        The strategies in Python, by name; ``None`` for a name that was announced and has no callable yet.
        """
    @property
    def turn(self, /) -> int:
        """
        The number of the last turn; 0 while no log of turns has begun.
        """
    def working_time(self, /, start: At, end: At, *, agent: Id | None = None, team: Id | None = None, inbox: Id | None = None, channel: Id | None = None) -> timedelta:
        """
        The working time between two instants, by the schedule of an agent, of a team (at least one main member works), or by
        the office hours of a channel.

        :param agent: the agent; alternatively ``team``, or ``inbox`` and ``channel``.
        :raises InvalidValue: ``end`` is before ``start``.
        :raises NotFound: no such agent, team, inbox or channel.
        """

@final
class DeskView:
    """
    A read-only view of the desk at the instant of the decision.
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
        The available agents, in document order.
        """
    @property
    def now(self, /) -> datetime:
        """
        The instant of the decision, in the zone of the inbox.
        """
    @property
    def queue_length(self, /) -> int:
        """
        The number of waiting conversations.
        """
    @property
    def seed(self, /) -> int:
        """
        The seed of the desk: with the id of the conversation, a source of pseudo-random numbers that are the same in every
        run.
        """

@disjoint_base
class Event:
    """
    An event of a desk. `frontdesk.events` has a class for each type.
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
        The fields of the event; not to be modified.
        """
    @property
    def _home(self, /) -> tzinfo:
        """
        The zone of sentences about the event.
        """
    @property
    def _home_name(self, /) -> str | None:
        """
        The name of the desk's zone, if the event came from a desk.
        """
    def _instant(self, /, key: str) -> datetime | None:
        """
        Returns the instant of a key, in the zone of the event.
        """
    @staticmethod
    def _read(text: str, zone: tzinfo | str | None = None, home: str | None = None) -> events.Event:
        """
        Reads an event from JSON, with the zone of its instants.
        """
    @property
    def _zone(self, /) -> tzinfo: ...
    @property
    def at(self, /) -> datetime:
        """
        The instant of the event, in the zone of the command; for a due event, the instant at which it fell due.
        """
    @property
    def by(self, /) -> str | None:
        """
        The agent whose command caused the event; absent for events that fell due before the command.
        """
    @property
    def id(self, /) -> str | None:
        """
        The id of the command that caused it, if it had one.
        """
    @property
    def seq(self, /) -> int:
        """
        The number of the event, from 1. A `refused` is not part of the log: its number is that of the next event.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The event as in JSON: instants are texts, and absent values are left out, except an `until` of `None`.
        """
    def to_json(self, /) -> str:
        """
        The event as canonical JSON text: a line of a log.
        """

@final
class Events(Sequence["events.Event"]):
    """
    The events of a command in order: a sequence.

    A command that is not allowed or not possible raises nothing: it returns one ``Refused``, and changes nothing. Look at
    ``refused``, or call ``raise_if_refused``:

    >>> given = desk.close("c9", at="2026-11-20T09:00:00Z")
    >>> given.refused.code
    Code.UNKNOWN_CONVERSATION
    """
    @property
    def __dict__(self, /) -> dict[str, Any]:  # type: ignore[override]
        """
        The events as in JSON, under ``events``: used by ``vars``, and by FastAPI for responses without a type.
        """
    def __eq__(self, other: object, /) -> bool: ...
    @classmethod
    def __get_pydantic_core_schema__(cls, /, _source: Any, _handler: Any) -> Any:
        """
        The schema for pydantic: accepts events, or values as ``to_dict`` returns them, and dumps the latter.
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
        The last decision about a conversation in these events; ``None`` if there is none.
        """
    @property
    def decisions(self, /) -> tuple[Decision, ...]:
        """
        All decisions about conversations, including those that nobody gets one.
        """
    @staticmethod
    def from_json(text: str, *, zone: tzinfo | str | None = None) -> Events:
        """
        Reads events from JSON: one per line, as ``to_json_lines`` writes them, or a list, as ``to_json`` does.

        :param zone: the zone of their instants, and of the sentences about them; UTC if absent.
        :raises InvalidEvent: an event cannot be read; with its line or its index in the list.
        """
    def of_conversation(self, /, conversation: Id) -> Events:
        """
        The events about a conversation.
        """
    def raise_if_refused(self, /) -> Events:
        """
        Returns the events themselves, unless the command was refused.

        :raises NotPermitted: the actor may not do this.
        :raises NotPossible: this cannot be done now.
        :raises NotFound: there is no such agent, team, inbox, channel or conversation; also a ``NotPossible``.
        """
    @property
    def refused(self, /) -> events.Refused | None:
        """
        The event with the reason of a refusal; ``None`` if the command was carried out.
        """
    def to_dict(self, /) -> list[dict[str, Any]]:
        """
        The events as in JSON.
        """
    def to_json(self, /) -> str:
        """
        The events as one JSON list, for a response. Use ``to_json_lines`` for a log.
        """
    def to_json_lines(self, /) -> str:
        """
        The events as JSON, one per line, for a log. Appending the text to a log gives a valid log.
        """

@final
class Happening:
    """
    The data that the classes of events share.
    """

@final
class InboxView:
    """
    The inbox of a conversation. It equals the inbox's id.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def id(self, /) -> str:
        """
        The id of the inbox.
        """
    @property
    def time_zone(self, /) -> tzinfo:
        """
        The zone of the inbox, in which all datetimes of the views are.
        """

@final
class Kept:
    """
    A desk that is being moved into a Python object.
    """

@final
class Scripts:
    """
    Routing scripts: read and checked as a whole, immutable, and shared by any number of desks.

    The source is a folder with ``.rhai`` files, paths of such files, or a dict of names and texts. A step names a script:
    ``"strategy": {"script": "quiet_first", "params": {...}}``.

    :raises ScriptProblem: the scripts have problems; all are listed, each with file, line and column.

    >>> scripts = Scripts({"quiet_first": "fn score(agent, conversation, desk) { -agent.load }"})
    >>> scripts.names, scripts.hooks_of("quiet_first")
    (['quiet_first'], ['score'])
    """
    def __new__(cls, /, source: ScriptSource) -> Self: ...
    def __reduce__(self, /) -> tuple[Any, ...]: ...
    def __repr__(self, /) -> str: ...
    def hooks_of(self, /, script: str) -> list[str] | None:
        """
        The hooks that a script defines: ``eligible``, ``score``, ``pick``, ``priority``, ``fallback``; ``None`` if there is
        no script of that name.
        """
    @property
    def names(self, /) -> list[str]:
        """
        The names of the scripts, sorted.
        """
    def params_of(self, /, script: str) -> dict[str, Any] | None:
        """
        The parameters of a script with their defaults; ``None`` if there is no script of that name.
        """

@disjoint_base
class SharedDesk:
    """
    The native half of a shared desk.
    """
    def __new__(cls, /, sql: Any, name: str, document: Document | None, scripts: ScriptSource | None, explain: bool, clock: Callable[[], At] | None, skew: float | None) -> Self:
        """
        Loads a desk, or creates it if a document is given.
        """
    def _at(self, /, at: At) -> Any:
        """
        The desk as it was at an instant.
        """
    def _at_turn(self, /, turn: int) -> Any:
        """
        The desk as it was after a turn.
        """
    def _command(self, /, type_: str, fields: dict[str, Any], by: Id | None, id: Id | None) -> Events:
        """
        Carries out a command of a type with its further keys.
        """
    def _desk(self, /) -> Any:
        """
        A copy of the desk as it is in the log now.
        """
    def _hand_in(self, /, commands: list[str]) -> None:
        """
        Hands commands in, each as JSON text.
        """
    def _wait_for(self, /, command_ids: list[str], seconds: float) -> list[Events | None]:
        """
        Waits for the events of commands that were handed in.
        """
    def advance(self, /) -> Events:
        """
        Lets the time pass up to now; returns all events.
        """
    def answer(self, /, command_id: str) -> Events | None:
        """
        The events of a command that was handed in; ``None`` if it is not decided yet.
        """
    def compact(self, /, before: At) -> int:
        """
        Removes turns before the newest snapshot up to an instant; returns how many.
        """
    @property
    def digest(self, /) -> str:
        """
        The digest of the last turn that was read, and of all turns before it.
        """
    def erase(self, /, contact: str) -> Events:
        """
        Erases the data of a contact, in the desk and in the log.
        """
    def events_about(self, /, conversation: str) -> Events:
        """
        All events of the log about a conversation.
        """
    def follow(self, /) -> int:
        """
        Applies the turns that are in the log and not in the desk yet. Returns by how many turns the desk is another one than before:
        0 if the log has nothing new.
        """
    def handle_json(self, /, command: str) -> Events:
        """
        Carries out a command as JSON text.
        """
    @property
    def name(self, /) -> str:
        """
        The name of the desk.
        """
    def put_snapshot(self, /) -> int:
        """
        Adds a snapshot of the desk to the log; returns its turn.
        """
    def serve(self, /) -> int | None:
        """
        Decides what was handed in; returns how many commands were decided, and ``None`` if another worker does. Those that this program
        cannot read it leaves to a newer one, and warns of the first.
        """
    @property
    def turn(self, /) -> int:
        """
        The number of the last turn that was read.
        """
    def turn_of(self, /, turn: SupportsIndex) -> Turn:
        """
        A turn of the log.
        """
    def verify(self, /) -> tuple[int, int, int]:
        """
        Checks the whole log; returns its first and last turn, and the number of snapshots.
        """
    def why(self, /, turn: SupportsIndex) -> Turn:
        """
        A past turn, decided again with explanations.
        """

@final
class Status:
    """
    The status of an agent at an instant: state, reason, since and until.

    `since` to `until` is the longest span around the instant in which state, reason and status stay the same, as far as is known
    now; `None` if a bound is missing or outside of 2000 to 2200. Both are in the zone of the question. A status is true if
    the agent is available.
    """
    __match_args__: Final[
        tuple[
            Literal["state"],
            Literal["reason"],
            Literal["since"],
            Literal["until"],
            Literal["by"],
            Literal["note"],
            Literal["status"],
        ]
    ]
    def __bool__(self, /) -> bool: ...
    @property
    def __dict__(self, /) -> dict[str, Any]:  # type: ignore[override]
        """
        The fields: used by ``vars``, and by FastAPI for responses.
        """
    def __eq__(self, other: object, /) -> bool: ...
    @classmethod
    def __get_pydantic_core_schema__(cls, /, _source: Any, _handler: Any) -> Any:
        """
        The schema for pydantic: accepts a status or its fields, and dumps its fields.
        """
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, ...]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(text: str, zone: tzinfo) -> Status:
        """
        Reads a status from JSON, with the zone of its instants.
        """
    @property
    def available(self, /) -> bool:
        """
        `True` if the agent takes new conversations.
        """
    @property
    def by(self, /) -> str | None:
        """
        The agent who set the status, if one did.
        """
    @property
    def note(self, /) -> str | None:
        """
        The note of the absence or of the status.
        """
    @property
    def reason(self, /) -> Reason:
        """
        The reason of the state.
        """
    @property
    def since(self, /) -> datetime | None:
        """
        The start of the status; `None` if it has none.
        """
    @property
    def state(self, /) -> State:
        """
        `available` or `away`.
        """
    @property
    def status(self, /) -> str | None:
        """
        The status of the document that was set, by its id; `None` if it is none of these.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The status as in JSON: instants are texts, and absent values are left out, except `since` and `until`.
        """
    def to_json(self, /) -> str:
        """
        The status as canonical JSON text.
        """
    @property
    def until(self, /) -> datetime | None:
        """
        The end of the status; `None` if no change is known.
        """

@final
class Turn:
    """
    A command with all its events, or the document that a desk began with: what is stored of a desk.

    Turns are numbered from 1 without a gap. The first holds the document; ``propose`` gives the others. Store each before it
    is applied, and all of them rebuild the desk:

    >>> from frontdesk import Desk, Turn
    >>> desk = Desk({"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}]})
    >>> log = [Turn.first(desk.document())]
    >>> turn = desk.propose({"type": "set_status", "at": "2026-11-20T09:00:00Z", "agent": "anna", "status": "away"})
    >>> log.append(turn)
    >>> desk.apply(turn)
    >>> Desk.rebuild(Turn.from_json(turn.to_json()) for turn in log).turn
    2

    A command that is refused, or gives nothing, has a turn without a number: there is nothing to store, and to apply it
    changes nothing.
    """
    @property
    def __dict__(self, /) -> dict[str, Any]:  # type: ignore[override]
        """
        The turn as in JSON: used by ``vars``, and by FastAPI for responses without a type.
        """
    def __eq__(self, other: object, /) -> bool: ...
    @classmethod
    def __get_pydantic_core_schema__(cls, /, _source: Any, _handler: Any) -> Any:
        """
        The schema for pydantic: accepts turns, or values as ``to_dict`` returns them, and dumps the latter.
        """
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, ...]: ...
    def __repr__(self, /) -> str: ...
    @property
    def at(self, /) -> datetime | None:
        """
        The instant of the command, in its zone; ``None`` for the first turn.
        """
    @property
    def command(self, /) -> dict[str, Any] | None:
        """
        The command as in JSON, which ``desk.handle`` takes; ``None`` for the first turn.
        """
    @property
    def command_id(self, /) -> str | None:
        """
        Your id of the command, if it had one.
        """
    @property
    def document(self, /) -> dict[str, Any] | None:
        """
        The document as in JSON; ``None`` but for the first turn.
        """
    @property
    def events(self, /) -> Events:
        """
        The events; none for the first turn.
        """
    @staticmethod
    def first(document: Document) -> Turn:
        """
        The first turn of a desk, with its document.

        :param document: The document, as ``Desk`` takes it; ``desk.document()`` for a desk that has had events before.
        :raises InvalidDocument: The document has problems.
        """
    @staticmethod
    def from_json(text: str, *, zone: tzinfo | str | None = None) -> Turn:
        """
        Reads a turn from JSON text. Unknown keys are ignored.

        :param zone: The zone of its instants, and of sentences about its events; UTC if absent.
        :raises InvalidTurn: The turn cannot be read, is cut short or contradicts itself, with all its problems.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The turn as in JSON.
        """
    def to_json(self, /) -> str:
        """
        The turn as canonical JSON text: a line of a log.
        """
    @property
    def turn(self, /) -> int | None:
        """
        The number, from 1; ``None`` if the command was refused, or gave no events: then there is nothing to store.
        """
    @property
    def version(self, /) -> int:
        """
        The version of the format, 1.
        """

def check(document: Document) -> str:
    """
    Reads a document and returns it as canonical JSON text.

    :raises InvalidDocument: the document has problems; all are listed.
    """

def due(sql: Any, at: At, most: int) -> list[str]:
    """
    The desks that have to be advanced by now, or have commands to be decided.
    """

def instant(at: At, path: str = "$.at") -> str:
    """
    Returns an instant at a path of a question, as in JSON.
    """

def json(value: Any, about: str = "document") -> str:
    """
    Converts a Python value to JSON text; `about` names the kind of value for errors.
    """

def length(length: Length) -> int:
    """
    Returns a length of time in milliseconds.
    """

def migrate(sql: Any) -> None:
    """
    Makes the tables, or brings them up to date.
    """

def read_calendar(calendar: bytes, zone: str, away: str | None) -> str:
    """
    Reads the absences of a calendar without a desk.
    """

def read_holidays(calendar: bytes, summaries: SupportsGetItem[int, str], categories: SupportsGetItem[int, str], first_day: str | None, last_day: str | None) -> str:
    """
    Reads the holidays of a calendar.
    """

def schema(name: str) -> str:
    """
    The JSON Schema of a name, as text.
    """

def zone(zone: tzinfo | str) -> tzinfo:
    """
    Returns the zone of a name.
    """
