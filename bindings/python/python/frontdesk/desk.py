"""The desk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, TypeVar

from . import _input, _native, _strategies
from ._native import Events, Scripts, Turn
from ._questions import Questions
from .problems import Problem
from .typing import At, Document, Entry, Id, ScriptSource, Strategy, StrategySource

__all__ = ["Desk", "check", "find_warnings"]

_S = TypeVar("_S", bound=Strategy)


class Desk(Questions):
    """A desk: its agents, the conversations they hold, and the queue.

    It is created from a document, which describes agents with their hours and absences, teams, inboxes with channels and
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
    ``next_wakeup`` says when to come back. ``why``, ``story`` and ``decision`` explain; ``may`` says beforehand whether a command
    would be refused.

    **A command that is refused raises nothing**: a conversation that is not there, an agent who may not. Its events are one
    ``Refused`` then, and the desk is as it was. Look at ``refused``, or let ``raise_if_refused`` raise:

    >>> given = desk.close("c9", at="2026-11-20T09:00:00Z")
    >>> given.refused.message
    'there is no conversation "c9"'
    >>> given.raise_if_refused()
    Traceback (most recent call last):
    frontdesk.problems.NothingThere: unknown_conversation: there is no conversation "c9"

    A command that cannot be read raises ``InvalidCommand``.

    It has no clock: every call names its instant. Instants are aware datetimes, seconds since 1970, or RFC 3339 text; answers
    are datetimes in the zone of the question, or in that given as ``zone``. The times of a document are local times without a
    zone: naive datetimes, dates, times to the minute.

    To keep a desk, store its ``snapshot``, or its turns: see ``propose`` and ``rebuild``. It can be pickled and copied, too. It may be
    used from many threads at once.

    **Strategies of your own**: a step may name a routing script, or a function in Python: see ``strategy``.

    :param document: The document that describes the desk.
    :param scripts: Routing scripts that its steps may name: a ``Scripts``, a folder, or a dict of names and texts.
    :param strategies: Strategies in Python that its steps may name: a dict of names and callables, or only the names of
        those that come later. With scripts or strategies given, every name that a step asks for has to be among them.
    :param explain: Record with every command the agents considered, with the reasons against them.
    :raises InvalidDocument: The document has problems; all are listed, each with its path, and from text with line and column.
    """

    __slots__ = ()

    # Commands with a friendlier signature than a generated one; the others are in `Commands`.

    def assign(
        self,
        conversation: Id,
        *,
        at: At,
        agent: Id | None = None,
        team: Id | None = None,
        to: Mapping[str, Id] | None = None,
        or_substitute: bool = False,
        distribute: bool = False,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Assigns a conversation by hand to an agent or a team. ``refused`` of the events gives the reason of a refusal.

        :param conversation: The conversation.
        :param agent: The new holder.
        :param team: The team whose members may take it.
        :param to: The same as in JSON: ``{"agent": id}`` or ``{"team": id}``.
        :param or_substitute: Assign it to the substitute while the agent is out of office and somebody stands in.
        :param distribute: Route it among the members of the team, instead of leaving it to them.
        :param at: The instant. No earlier than the last command.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Record the agents considered.
        :raises InvalidCommand: The command cannot be read; nothing has changed.
        """
        keys = _input.assignment(conversation, agent, team, to, or_substitute, distribute)
        return self._command("assign", at, keys, by, id, explain)

    def handle(self, command: Entry, *, explain: bool = False) -> Events:
        """Runs a command given as a dict with its ``type``, as in JSON.

        :raises InvalidCommand: The command cannot be read; nothing has changed.

        >>> desk.handle({"type": "advance", "at": "2026-11-20T09:00:00Z"})
        Events(Started(seq=1, at=2026-11-20T09:00+00:00))
        """
        return self.handle_json(_native.json(command, "command"), explain=explain)

    def propose(self, command: Entry, *, explain: bool = False) -> Turn:
        """Returns the turn that a command would be now; the desk stays as it is.

        It calls the same scripts and strategies, and takes as long. To make the changes, apply the turn. A program that
        stores turns proposes, stores the turn, and then applies it, so that nothing is carried out that is not stored.

        :param command: The command, a dict with its ``type``, as for ``handle``.
        :param explain: Record the agents considered.
        :raises InvalidCommand: The command cannot be read.

        >>> turn = desk.propose({"type": "set_status", "at": "2026-11-20T09:00:00Z", "agent": "bo", "status": "away"})
        >>> desk.now is None
        True
        >>> turn.turn, [event.type for event in turn.events]
        (2, ['status_changed'])
        >>> desk.apply(turn)
        """
        return self.propose_json(_native.json(command, "command"), explain=explain)

    # Strategies in Python.

    def strategy(self, name: str, *, everyone: bool = True, history: bool = True) -> Callable[[_S], _S]:
        """Registers a strategy in Python, for the steps that name it as their script.

        The callable takes the ``candidates``, the ``conversation`` and the ``desk``, which are read-only views (see
        ``frontdesk.strategies``), and returns a candidate, its id, a dict of scores, or ``None`` for nobody. Its further
        parameters are those that a step may set under ``params``, so each has a default.

        >>> rules = [{"id": "all", "steps": [{
        ...     "assign_to": "everyone", "on_error": "least_busy",
        ...     "strategy": {"script": "by_skill", "params": {"skill": "billing"}}}]}]
        >>> desk = Desk({"version": 1, "time_zone": "UTC",
        ...     "agents": [{"id": "anna"}, {"id": "bo", "skills": {"billing": 4}}],
        ...     "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": rules}]}]})
        >>> @desk.strategy("by_skill")
        ... def by_skill(candidates, conversation, desk, *, skill="general"):
        ...     return max(candidates, key=lambda agent: (agent.skills[skill], -agent.load))
        >>> desk.open("c1", inbox="main", channel="chat", at="2026-11-20T09:00:00Z").decision
        Decision('c1', 'assigned', agent='bo', rule='all', step=1, strategy='strategy:by_skill')

        **Hooks**: a class may have methods beside ``choose``, which takes the same as the callable: ``eligible(agent,
        conversation, desk)`` gives ``True``, ``False``, or a text that says why the agent is refused; ``priority(conversation,
        desk)`` gives the priority of the conversation in the queue, or ``None``; ``fallback(conversation, desk)`` says what
        follows when the steps reached find nobody: ``None`` (as the rule says), ``"next"``, the number of a later step, or an
        ``otherwise`` as in a rule. ``choose`` may give a reason that explanations show: ``return agent, "speaks Swedish"``.

        >>> @desk.strategy("by_skill")
        ... class BySkill:
        ...     def eligible(self, agent, conversation, desk, *, skill="general"):
        ...         return skill in agent.skills or f"knows nothing of {skill}"
        ...     def choose(self, candidates, conversation, desk):
        ...         return candidates[0], "comes first"
        >>> decision = desk.open("c2", inbox="main", channel="chat", at="2026-11-20T09:00:00Z", explain=True).decision
        >>> decision.considered[0].detail["because"]
        'knows nothing of billing'

        **Failures**: if it raises, or returns neither a candidate nor scores, the events have a ``ScriptFailed``, once per
        conversation for the same line, and the step does what its ``on_error`` says; no conversation is lost. A
        ``BaseException`` that is not an ``Exception`` (``KeyboardInterrupt``, ``SystemExit``) is raised by the command, which
        then has no effect.

        **Limits**: it must not use the desk that calls it (``Reentered``), nor wait for another thread that does, because the
        desk is in the middle of a command. It should use its arguments alone: if it reads a clock or random numbers, the same
        commands give different events. The events rebuild the desk in any case, without calling it.

        **Snapshots and pickles** have no callables. Register them again on a restored desk, by this decorator or as
        ``restore(…, strategies=…)``; ``missing_strategies`` lists them, and until then their steps do what ``on_error``
        says. A copy keeps them.

        :param name: The name that steps use; a strategy of the same name is replaced. Of a class, an object is made.
        :param everyone: ``False`` if it does not use ``desk.agents``, which then has the candidates only; faster on a large
            desk.
        :param history: ``False`` if it does not use the history of the contact, which is then empty; faster with very many
            conversations.
        :raises ScriptProblem: The callable cannot be called with the three views alone, or a script has this name.
        :raises InvalidDocument: A step sets an unknown parameter, or one of another type.
        """

        name = _strategies.name_of(name)

        def register(function: _S) -> _S:
            strategy = _strategies.made_of(function)
            self._set_strategy(name, strategy, *_strategies.shape(name, strategy), everyone, history)
            return function

        return register

    # Storing and copying.

    def warnings(self) -> list[Problem]:
        """The warnings of the current document and its scripts: see ``find_warnings``."""
        found: list[Problem] = self._warnings(None)
        return found

    @classmethod
    def restore(
        cls,
        snapshot: str,
        *,
        scripts: ScriptSource | None = None,
        strategies: StrategySource | None = None,
        explain: bool = False,
    ) -> Desk:
        """Restores a desk from its snapshot; it continues as if it had never stopped.

        :param scripts: The scripts that its steps name; a snapshot has none.
        :param strategies: The strategies in Python that its steps name; a snapshot has none.
        :param explain: Note with every command who was considered.
        :raises InvalidSnapshot: The snapshot cannot be read.

        >>> Desk.restore(desk.snapshot()).snapshot() == desk.snapshot()
        True
        """
        restored: Desk = cls._restore(snapshot, scripts, strategies, explain)
        return restored

    @classmethod
    def rebuild(
        cls,
        turns: Iterable[Turn],
        *,
        scripts: ScriptSource | None = None,
        strategies: StrategySource | None = None,
        explain: bool = False,
    ) -> Desk:
        """Rebuilds a desk exactly from all its turns, in order; the first holds its document.

        Nothing is decided again. A log of events, from before there were turns, is applied to a new desk, event by event;
        ``check_complete`` then says whether it is whole.

        :param turns: The turns, without a gap.
        :param scripts: The scripts that its steps name; a log has none.
        :param strategies: The strategies in Python that its steps name; a log has none.
        :param explain: Record with every command the agents considered.
        :raises InvalidTurn: The first turn is missing, or a turn is not the next, or contradicts those before it.

        >>> from frontdesk import Desk, Turn
        >>> desk = Desk({"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}]})
        >>> first = Turn.first(desk.document())
        >>> turn = desk.propose({"type": "advance", "at": "2026-11-20T09:00:00Z"})
        >>> desk.apply(turn)
        >>> Desk.rebuild([first, turn]) == desk
        True
        """
        rebuilt: Desk = cls._rebuild(_input.all_of(Turn, "turns", turns), scripts, strategies, explain)
        return rebuilt

    def copy(self) -> Desk:
        """An independent copy of the desk, to try commands on."""
        copied: Desk = self._copy()
        return copied

    def __copy__(self) -> Desk:
        return self.copy()

    def __deepcopy__(self, _memo: object) -> Desk:
        return self.copy()

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restored, (type(self), self.snapshot(), self.scripts, self.explains, tuple(self.strategies)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Desk) and (self is other or self.snapshot() == other.snapshot())

    __hash__: ClassVar[None] = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        document = self.document()
        counted = [(len(document.get(key, [])), key) for key in ("agents", "teams", "inboxes")]
        now = self.now
        said = [f"{count} {key if count != 1 else _one(key)}" for count, key in counted]
        return f"<Desk {', '.join(said)}; {f'at {now.isoformat()}' if now else 'not begun'}>"

    def _repr_html_(self) -> str:
        from .html import desk

        return desk(self)


def _restored(
    cls: type[Desk], snapshot: str, scripts: Scripts | None, explain: bool, announced: Iterable[str] = ()
) -> Desk:
    return cls.restore(snapshot, scripts=scripts, strategies=tuple(announced) or None, explain=explain)


def check(document: Document, *, scripts: ScriptSource | None = None, strategies: StrategySource | None = None) -> Any:
    """Reads a document and returns it in canonical form: a dict, as ``frontdesk.document.DeskDocument`` types it.

    :param scripts: The scripts that its steps may name.
    :param strategies: The strategies in Python that its steps may name, or their names.
    :raises InvalidDocument: The document has problems; all are listed.

    >>> check({"version": 1, "time_zone": "UTC", "agents": [{"id": "anna", "capacity": 3}]})["agents"]
    [{'id': 'anna', 'active': True, 'capacity': {'total': 3}}]
    """
    if scripts is not None or strategies is not None:
        return Desk(document, scripts=scripts, strategies=strategies).document()
    return json.loads(_native.check(document))


def find_warnings(
    document: Document, *, scripts: ScriptSource | None = None, strategies: StrategySource | None = None
) -> list[Problem]:
    """The warnings of a document: a rule that cannot be reached, a condition that is never met, a key without effect.

    Each is a ``Problem`` whose ``severity`` is ``Severity.WARNING``, with a path, a hint, and from text line and column; it is
    returned, not raised, as the document is valid. The path of a script's warning is its file.

    :param scripts: The scripts that its steps may name.
    :param strategies: The strategies in Python that its steps may name, or their names.
    :raises InvalidDocument: The document has problems; all are listed.

    >>> for warning in find_warnings({"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}], "inboxes": [{
    ...     "id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [
    ...         {"id": "vip", "match": {"attributes.plan": []}, "steps": [{"assign_to": "everyone"}]}]}]}]}):
    ...     print(warning.code, "at", warning.path)
    never_matches at $.inboxes[0].channels[0].rules[0].match["attributes.plan"]
    """
    found: list[Problem] = Desk(document, scripts=scripts, strategies=strategies)._warnings(document)
    return found


def _one(many: str) -> str:
    return "inbox" if many == "inboxes" else many.removesuffix("s")
