"""A method for each command.

Written by ``bindings/generate`` from the core's JSON Schemas: change those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import EllipsisType
from typing import Any

from ._native import Desk as Native
from .enums import MessageFrom, State
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
        """Replaces data of a conversation.

        :param conversation: The conversation, not closed.
        :param at: The instant of the command, no earlier than that of the last one.
        :param attributes: All attributes: the embedder's own data.
        :param channel: The channel of this inbox.
        :param contact: The whole contact: the person who writes or calls.
        :param inbox: The inbox of the conversation.
        :param priority: The priority: higher goes first in the queue. Within ±2^53.
        :param skills: All required levels of skills.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        """Closes a conversation.

        :param conversation: The conversation.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        """Reopens a closed or snoozed conversation.

        :param conversation: The conversation.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        """Releases a conversation from the agent who holds it.

        :param conversation: The conversation.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        """Snoozes a conversation.

        :param conversation: The conversation.
        :param at: The instant of the command, no earlier than that of the last one.
        :param duration: For how long, from the command on.
        :param until: Until when.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        """Accepts an offer.

        :param conversation: The conversation.
        :param agent: The agent who has the offer.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        """Declines an offer.

        :param conversation: The conversation.
        :param agent: The agent who has the offer.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        message: Id | None = None,
        by: Id,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Replies to a conversation, as the agent of `by`: a message that also takes what nobody holds.

        :param conversation: The conversation.
        :param at: The instant of the command, no earlier than that of the last one.
        :param message: The id of the message.
        :param by: The agent who acts; required, as the program alone cannot give this command.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        if message is not None:
            fields["message"] = message
        return self._command("reply", at, fields, by, id, explain)

    def message(
        self,
        conversation: Id,
        from_: MessageFrom | str,
        *,
        at: At,
        message: Id | None = None,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Tells of a message: who wrote it. The text stays with the embedder.

        :param conversation: The conversation.
        :param from_: Who wrote it; an agent is named in `by`.
        :param at: The instant of the command, no earlier than that of the last one.
        :param message: The id of the message.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation, "from": from_}
        if message is not None:
            fields["message"] = message
        return self._command("message", at, fields, by, id, explain)

    def hand_over(
        self,
        conversation: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Hands a conversation over from a bot to the agents.

        :param conversation: The conversation.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("hand_over", at, fields, by, id, explain)

    def transfer(
        self,
        conversation: Id,
        inbox: Id,
        channel: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Moves a conversation to a channel, takes it from whoever has it, and routes it there, in its place in
        the queue.

        :param conversation: The conversation, not closed. A snoozed one wakes.
        :param inbox: The inbox to which it goes.
        :param channel: The channel of this inbox: another, or its own, whose rules then route it anew.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation, "inbox": inbox, "channel": channel}
        return self._command("transfer", at, fields, by, id, explain)

    def mark_spam(
        self,
        conversation: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Moves a conversation into the spam: this one only.

        :param conversation: The conversation.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("mark_spam", at, fields, by, id, explain)

    def not_spam(
        self,
        conversation: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Takes a conversation out of the spam, and routes it.

        :param conversation: The conversation.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("not_spam", at, fields, by, id, explain)

    def block(
        self,
        *,
        at: At,
        conversation: Id | None = None,
        inbox: Id | None = None,
        sender: Id | None = None,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Blocks a sender: what the sender opens from now on is spam.

        :param at: The instant of the command, no earlier than that of the last one.
        :param conversation: The conversation whose sender is blocked in its inbox, and which moves into the spam.
        :param inbox: The inbox in which the sender is blocked; all inboxes when absent.
        :param sender: The sender: an address, or a domain such as `@example.net`.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {}
        if conversation is not None:
            fields["conversation"] = conversation
        if inbox is not None:
            fields["inbox"] = inbox
        if sender is not None:
            fields["sender"] = sender
        return self._command("block", at, fields, by, id, explain)

    def unblock(
        self,
        sender: Id,
        *,
        at: At,
        inbox: Id | None = None,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Ends the block of a sender, for what the sender opens from now on.

        :param sender: The sender: an address, or a domain such as `@example.net`.
        :param at: The instant of the command, no earlier than that of the last one.
        :param inbox: The inbox in which the sender was blocked; absent for a block in all inboxes.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"sender": sender}
        if inbox is not None:
            fields["inbox"] = inbox
        return self._command("unblock", at, fields, by, id, explain)

    def trash(
        self,
        conversation: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Moves a conversation into the trash, where it is forgotten after `forget_trash_after`.

        :param conversation: The conversation.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("trash", at, fields, by, id, explain)

    def restore_conversation(
        self,
        conversation: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Takes a conversation out of the trash, as it was; an open one is routed.

        :param conversation: The conversation.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("restore", at, fields, by, id, explain)

    def hide(
        self,
        conversation: Id,
        message: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Hides a message.

        :param conversation: The conversation.
        :param message: The id of the message.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation, "message": message}
        return self._command("hide", at, fields, by, id, explain)

    def unhide(
        self,
        conversation: Id,
        message: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Shows a hidden message again.

        :param conversation: The conversation.
        :param message: The id of the message.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation, "message": message}
        return self._command("unhide", at, fields, by, id, explain)

    def forget(
        self,
        conversation: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Forgets a conversation that is closed, or in the trash or spam, at once, as the settings do later: its
        id is then unknown.

        :param conversation: The conversation.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("forget", at, fields, by, id, explain)

    def erase(
        self,
        contact: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Takes the data of a contact out of the desk: the attributes in all conversations that are remembered.
        The ids stay.

        :param contact: The contact, whether the desk remembers it or not.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"contact": contact}
        return self._command("erase", at, fields, by, id, explain)

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
        """Sets the status of an agent.

        :param agent: The agent.
        :param status: The new status: available, away, or one of the document's statuses by its id.
        :param at: The instant of the command, no earlier than that of the last one.
        :param duration: For how long, from the command on.
        :param note: A note for others, such as "Lunch".
        :param until: Until when.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        """Replaces the weekly hours of an agent.

        :param agent: The agent.
        :param working_hours: All weekly hours, in the agent's zone; an empty list means never.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        """Replaces the date hours of an agent.

        :param agent: The agent.
        :param date_hours: All date hours, in the agent's zone, each date once.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        """Replaces the absences of an agent.

        :param agent: The agent.
        :param out_of_office: All absences.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        """Adds or replaces an agent.

        :param agent: The id of the agent, new or known.
        :param entry: The whole agent, as in a document.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        """Adds or replaces a team.

        :param team: The id of the team, new or known.
        :param entry: The whole team, as in a document.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        """Adds or replaces an inbox.

        :param inbox: The id of the inbox, new or known.
        :param entry: The whole inbox with its channels, as in a document.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"inbox": inbox, "entry": entry}
        return self._command("put_inbox", at, fields, by, id, explain)

    def put_holiday(
        self,
        holiday: Id,
        entry: Entry,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Adds or replaces a holiday.

        :param holiday: The id of the holiday, new or known.
        :param entry: The whole holiday, as in a document.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"holiday": holiday, "entry": entry}
        return self._command("put_holiday", at, fields, by, id, explain)

    def configure(
        self,
        *,
        at: At,
        document: Entry | None = None,
        kinds: Iterable[Entry] | None = None,
        settings: Entry | None = None,
        statuses: Iterable[Entry] | None = None,
        table_filters: Iterable[Entry] | None = None,
        time_zone: str | None = None,
        working_hours: Iterable[Entry] | None | EllipsisType = ...,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Replaces parts of the document, or takes over what differs in a whole one. People keep what they hold,
        as far as they may hold it.

        :param at: The instant of the command, no earlier than that of the last one.
        :param document: A whole document, instead of parts.
        :param kinds: Channel kinds beside the built-in ones: all of them.
        :param settings: The settings: all of them.
        :param statuses: Statuses beside available and away: all of them.
        :param table_filters: Filters of the table of agents, for everyone: all of them.
        :param time_zone: The zone of agents and inboxes without their own.
        :param working_hours: The hours of agents whose team, too, has none; null takes them out, and these agents
            are then always on.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {}
        if document is not None:
            fields["document"] = document
        if kinds is not None:
            fields["kinds"] = kinds
        if settings is not None:
            fields["settings"] = settings
        if statuses is not None:
            fields["statuses"] = statuses
        if table_filters is not None:
            fields["table_filters"] = table_filters
        if time_zone is not None:
            fields["time_zone"] = time_zone
        if working_hours is not ...:
            fields["working_hours"] = working_hours
        return self._command("configure", at, fields, by, id, explain)

    def remove_agent(
        self,
        agent: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Removes an agent.

        :param agent: The agent.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        """Removes a team.

        :param team: The team.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        """Removes an inbox.

        :param inbox: The inbox; none of its conversations may be open.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"inbox": inbox}
        return self._command("remove_inbox", at, fields, by, id, explain)

    def remove_holiday(
        self,
        holiday: Id,
        *,
        at: At,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Removes a holiday.

        :param holiday: The holiday.
        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"holiday": holiday}
        return self._command("remove_holiday", at, fields, by, id, explain)

    def advance(
        self,
        at: At,
        *,
        by: Id | None = None,
        id: Id | None = None,
        explain: bool = False,
    ) -> Events:
        """Lets time pass.

        :param at: The instant of the command, no earlier than that of the last one.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :param explain: Note who was considered, for ``decision.considered`` and ``decision.explain()``.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {}
        return self._command("advance", at, fields, by, id, explain)
