"""A method for each command.

Written by ``bindings/generate`` from the core's JSON Schemas: change those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ._native import Desk as Native
from .enums import State
from .events import Events
from .results import Contact
from .typing import At, Entry, Id, Length


class Commands(Native):
    """The commands of a desk."""

    __slots__ = ()

    def update(
        self,
        conversation: Id,
        *,
        at: At,
        attributes: Mapping[str, Any] | None = None,
        channel: Id | None = None,
        contact: Contact | Mapping[str, Any] | None = None,
        inbox: Id | None = None,
        priority: int | None = None,
        skills: Mapping[str, int] | None = None,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Something about a conversation is replaced.

        :param conversation: Which, not closed.
        :param at: When. No earlier than the last command.
        :param attributes: The embedder's own data: all of it.
        :param channel: The channel of that inbox.
        :param contact: Who writes or calls: the whole contact.
        :param inbox: The inbox it is in.
        :param priority: Higher goes first in the queue. Within ±2^53.
        :param skills: The levels it asks: all of them.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        if attributes is not None:
            fields["attributes"] = attributes
        if channel is not None:
            fields["channel"] = channel
        if contact is not None:
            fields["contact"] = contact
        if inbox is not None:
            fields["inbox"] = inbox
        if priority is not None:
            fields["priority"] = priority
        if skills is not None:
            fields["skills"] = skills
        return self._command("update", at, fields, by, id, explain)

    def close(
        self,
        conversation: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """A conversation is done.

        :param conversation: Which.
        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("close", at, fields, by, id, explain)

    def reopen(
        self,
        conversation: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """A closed or snoozed conversation is open again.

        :param conversation: Which.
        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("reopen", at, fields, by, id, explain)

    def release(
        self,
        conversation: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Who holds it lets go of it.

        :param conversation: Which.
        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("release", at, fields, by, id, explain)

    def snooze(
        self,
        conversation: Id,
        *,
        at: At,
        duration: Length | None = None,
        until: At | None = None,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """A conversation sleeps.

        :param conversation: Which.
        :param at: When. No earlier than the last command.
        :param duration: For how long, from the command on.
        :param until: Until when.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        if duration is not None:
            fields["duration"] = duration
        if until is not None:
            fields["until"] = until
        return self._command("snooze", at, fields, by, id, explain)

    def accept(
        self,
        conversation: Id,
        agent: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """An agent takes what was offered.

        :param conversation: Which.
        :param agent: Who has the offer.
        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation, "agent": agent}
        return self._command("accept", at, fields, by, id, explain)

    def decline(
        self,
        conversation: Id,
        agent: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """An agent does not take what was offered.

        :param conversation: Which.
        :param agent: Who has the offer.
        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation, "agent": agent}
        return self._command("decline", at, fields, by, id, explain)

    def reply(
        self,
        conversation: Id,
        *,
        at: At,
        by: Id,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """The actor, the `by` of the command, answers a conversation.

        :param conversation: Which.
        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("reply", at, fields, by, id, explain)

    def hand_over(
        self,
        conversation: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """A bot gives a conversation to the people.

        :param conversation: Which.
        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("hand_over", at, fields, by, id, explain)

    def set_status(
        self,
        agent: Id,
        status: State | str,
        *,
        at: At,
        duration: Length | None = None,
        note: str | None = None,
        until: At | None = None,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """A status is set.

        :param agent: Whose.
        :param status: Available or away.
        :param at: When. No earlier than the last command.
        :param duration: For how long, from the command on.
        :param note: What to tell about it.
        :param until: Until when.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"agent": agent, "status": status}
        if duration is not None:
            fields["duration"] = duration
        if note is not None:
            fields["note"] = note
        if until is not None:
            fields["until"] = until
        return self._command("set_status", at, fields, by, id, explain)

    def set_working_hours(
        self,
        agent: Id,
        working_hours: Iterable[Entry],
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """The weekly hours of an agent are replaced.

        :param agent: Whose.
        :param working_hours: All of them, in the agent's zone; an empty list means never.
        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"agent": agent, "working_hours": working_hours}
        return self._command("set_working_hours", at, fields, by, id, explain)

    def set_date_hours(
        self,
        agent: Id,
        date_hours: Iterable[Entry],
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """The date hours of an agent are replaced.

        :param agent: Whose.
        :param date_hours: All of them, in the agent's zone, each date once.
        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"agent": agent, "date_hours": date_hours}
        return self._command("set_date_hours", at, fields, by, id, explain)

    def set_out_of_office(
        self,
        agent: Id,
        out_of_office: Iterable[Entry],
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """The absences of an agent are replaced.

        :param agent: Whose.
        :param out_of_office: All of them.
        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"agent": agent, "out_of_office": out_of_office}
        return self._command("set_out_of_office", at, fields, by, id, explain)

    def put_agent(
        self,
        agent: Id,
        entry: Entry,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """An agent is added or replaced.

        :param agent:
        :param entry: The whole agent, as in a document.
        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"agent": agent, "entry": entry}
        return self._command("put_agent", at, fields, by, id, explain)

    def put_team(
        self,
        team: Id,
        entry: Entry,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """A team is added or replaced.

        :param team:
        :param entry: The whole team, as in a document.
        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"team": team, "entry": entry}
        return self._command("put_team", at, fields, by, id, explain)

    def put_inbox(
        self,
        inbox: Id,
        entry: Entry,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """An inbox is added or replaced.

        :param inbox:
        :param entry: The whole inbox with its channels, as in a document.
        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"inbox": inbox, "entry": entry}
        return self._command("put_inbox", at, fields, by, id, explain)

    def remove_agent(
        self,
        agent: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """An agent is removed.

        :param agent: Which.
        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"agent": agent}
        return self._command("remove_agent", at, fields, by, id, explain)

    def remove_team(
        self,
        team: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """A team is removed.

        :param team: Which.
        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"team": team}
        return self._command("remove_team", at, fields, by, id, explain)

    def remove_inbox(
        self,
        inbox: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """An inbox is removed.

        :param inbox: Which; none of its conversations may be open.
        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"inbox": inbox}
        return self._command("remove_inbox", at, fields, by, id, explain)

    def advance(
        self,
        at: At,
        *,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Time passes.

        :param at: When. No earlier than the last command.
        :param by: The agent who acts; absent is the embedding program, which may do anything.
        :param id: The embedder's id of the command, handed on to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {}
        return self._command("advance", at, fields, by, id, explain)
