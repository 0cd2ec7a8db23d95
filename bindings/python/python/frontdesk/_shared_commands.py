"""A method for each command to a shared desk.

Written by ``bindings/generate`` from the core's JSON Schemas: change those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import EllipsisType
from typing import Any

from ._native import SharedDesk as Native
from .enums import MessageFrom, State
from .events import Events
from .results import Contact
from .typing import At, Entry, Id, Length


class SharedCommands(Native):
    """The commands of a shared desk."""

    __slots__ = ()

    def update(
        self,
        conversation: Id,
        *,
        attributes: Mapping[str, Any] | None = None,
        channel: Id | None = None,
        contact: Contact | Mapping[str, Any] | None = None,
        inbox: Id | None = None,
        priority: int | None = None,
        skills: Mapping[str, int] | None = None,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Replaces data of a conversation.

        :param conversation: The conversation, not closed.
        :param attributes: All attributes: the embedder's own data.
        :param channel: The channel of this inbox.
        :param contact: The whole contact: the person who writes or calls.
        :param inbox: The inbox of the conversation.
        :param priority: The priority: higher goes first in the queue. Within ±2^53.
        :param skills: All required levels of skills.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        return self._command("update", fields, by, id)

    def close(
        self,
        conversation: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Closes a conversation.

        :param conversation: The conversation.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("close", fields, by, id)

    def reopen(
        self,
        conversation: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Reopens a closed or snoozed conversation.

        :param conversation: The conversation.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("reopen", fields, by, id)

    def release(
        self,
        conversation: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Releases a conversation from the agent who holds it.

        :param conversation: The conversation.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("release", fields, by, id)

    def snooze(
        self,
        conversation: Id,
        *,
        duration: Length | None = None,
        until: At | None = None,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Snoozes a conversation.

        :param conversation: The conversation.
        :param duration: For how long, from the command on.
        :param until: Until when.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        if duration is not None:
            fields["duration"] = duration
        if until is not None:
            fields["until"] = until
        return self._command("snooze", fields, by, id)

    def accept(
        self,
        conversation: Id,
        agent: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Accepts an offer.

        :param conversation: The conversation.
        :param agent: The agent who has the offer.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation, "agent": agent}
        return self._command("accept", fields, by, id)

    def decline(
        self,
        conversation: Id,
        agent: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Declines an offer.

        :param conversation: The conversation.
        :param agent: The agent who has the offer.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation, "agent": agent}
        return self._command("decline", fields, by, id)

    def reply(
        self,
        conversation: Id,
        *,
        message: Id | None = None,
        by: Id,
        id: Id | None = None,
    ) -> Events:
        """Replies to a conversation, as the agent of `by`: a message that also takes what nobody holds.

        :param conversation: The conversation.
        :param message: The id of the message.
        :param by: The agent who acts; required, as the program alone cannot give this command.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        if message is not None:
            fields["message"] = message
        return self._command("reply", fields, by, id)

    def message(
        self,
        conversation: Id,
        from_: MessageFrom | str,
        *,
        message: Id | None = None,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Tells of a message: who wrote it. The text stays with the embedder.

        :param conversation: The conversation.
        :param from_: Who wrote it; an agent is named in `by`.
        :param message: The id of the message.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation, "from": from_}
        if message is not None:
            fields["message"] = message
        return self._command("message", fields, by, id)

    def hand_over(
        self,
        conversation: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Hands a conversation over from a bot to the agents.

        :param conversation: The conversation.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("hand_over", fields, by, id)

    def transfer(
        self,
        conversation: Id,
        inbox: Id,
        channel: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Moves a conversation to a channel, takes it from whoever has it, and routes it there, in its place in
        the queue.

        :param conversation: The conversation, not closed. A snoozed one wakes.
        :param inbox: The inbox to which it goes.
        :param channel: The channel of this inbox: another, or its own, whose rules then route it anew.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation, "inbox": inbox, "channel": channel}
        return self._command("transfer", fields, by, id)

    def mark_spam(
        self,
        conversation: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Moves a conversation into the spam: this one only.

        :param conversation: The conversation.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("mark_spam", fields, by, id)

    def not_spam(
        self,
        conversation: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Takes a conversation out of the spam, and routes it.

        :param conversation: The conversation.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("not_spam", fields, by, id)

    def block(
        self,
        *,
        conversation: Id | None = None,
        inbox: Id | None = None,
        sender: Id | None = None,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Blocks a sender: what the sender opens from now on is spam.

        :param conversation: The conversation whose sender is blocked in its inbox, and which moves into the spam.
        :param inbox: The inbox in which the sender is blocked; all inboxes when absent.
        :param sender: The sender: an address, or a domain such as `@example.net`.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        return self._command("block", fields, by, id)

    def unblock(
        self,
        sender: Id,
        *,
        inbox: Id | None = None,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Ends the block of a sender, for what the sender opens from now on.

        :param sender: The sender: an address, or a domain such as `@example.net`.
        :param inbox: The inbox in which the sender was blocked; absent for a block in all inboxes.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"sender": sender}
        if inbox is not None:
            fields["inbox"] = inbox
        return self._command("unblock", fields, by, id)

    def trash(
        self,
        conversation: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Moves a conversation into the trash, where it is forgotten after `forget_trash_after`.

        :param conversation: The conversation.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("trash", fields, by, id)

    def restore_conversation(
        self,
        conversation: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Takes a conversation out of the trash, as it was; an open one is routed.

        :param conversation: The conversation.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("restore", fields, by, id)

    def hide(
        self,
        conversation: Id,
        message: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Hides a message.

        :param conversation: The conversation.
        :param message: The id of the message.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation, "message": message}
        return self._command("hide", fields, by, id)

    def unhide(
        self,
        conversation: Id,
        message: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Shows a hidden message again.

        :param conversation: The conversation.
        :param message: The id of the message.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation, "message": message}
        return self._command("unhide", fields, by, id)

    def forget(
        self,
        conversation: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Forgets a conversation that is closed, or in the trash or spam, at once, as the settings do later: its
        id is then unknown.

        :param conversation: The conversation.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"conversation": conversation}
        return self._command("forget", fields, by, id)

    def set_status(
        self,
        agent: Id,
        status: State | str,
        *,
        duration: Length | None = None,
        note: str | None = None,
        until: At | None = None,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Sets the status of an agent.

        :param agent: The agent.
        :param status: The new status: available, away, or one of the document's statuses by its id.
        :param duration: For how long, from the command on.
        :param note: A note for others, such as "Lunch".
        :param until: Until when.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
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
        return self._command("set_status", fields, by, id)

    def set_working_hours(
        self,
        agent: Id,
        working_hours: Iterable[Entry],
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Replaces the weekly hours of an agent.

        :param agent: The agent.
        :param working_hours: All weekly hours, in the agent's zone; an empty list means never.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"agent": agent, "working_hours": working_hours}
        return self._command("set_working_hours", fields, by, id)

    def set_date_hours(
        self,
        agent: Id,
        date_hours: Iterable[Entry],
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Replaces the date hours of an agent.

        :param agent: The agent.
        :param date_hours: All date hours, in the agent's zone, each date once.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"agent": agent, "date_hours": date_hours}
        return self._command("set_date_hours", fields, by, id)

    def set_out_of_office(
        self,
        agent: Id,
        out_of_office: Iterable[Entry],
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Replaces the absences of an agent.

        :param agent: The agent.
        :param out_of_office: All absences.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"agent": agent, "out_of_office": out_of_office}
        return self._command("set_out_of_office", fields, by, id)

    def put_agent(
        self,
        agent: Id,
        entry: Entry,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Adds or replaces an agent.

        :param agent: The id of the agent, new or known.
        :param entry: The whole agent, as in a document.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"agent": agent, "entry": entry}
        return self._command("put_agent", fields, by, id)

    def put_team(
        self,
        team: Id,
        entry: Entry,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Adds or replaces a team.

        :param team: The id of the team, new or known.
        :param entry: The whole team, as in a document.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"team": team, "entry": entry}
        return self._command("put_team", fields, by, id)

    def put_inbox(
        self,
        inbox: Id,
        entry: Entry,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Adds or replaces an inbox.

        :param inbox: The id of the inbox, new or known.
        :param entry: The whole inbox with its channels, as in a document.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"inbox": inbox, "entry": entry}
        return self._command("put_inbox", fields, by, id)

    def put_holiday(
        self,
        holiday: Id,
        entry: Entry,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Adds or replaces a holiday.

        :param holiday: The id of the holiday, new or known.
        :param entry: The whole holiday, as in a document.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"holiday": holiday, "entry": entry}
        return self._command("put_holiday", fields, by, id)

    def configure(
        self,
        *,
        document: Entry | None = None,
        kinds: Iterable[Entry] | None = None,
        settings: Entry | None = None,
        statuses: Iterable[Entry] | None = None,
        table_filters: Iterable[Entry] | None = None,
        time_zone: str | None = None,
        working_hours: Iterable[Entry] | None | EllipsisType = ...,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Replaces parts of the document, or takes over what differs in a whole one. People keep what they hold,
        as far as they may hold it.

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
        return self._command("configure", fields, by, id)

    def remove_agent(
        self,
        agent: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Removes an agent.

        :param agent: The agent.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"agent": agent}
        return self._command("remove_agent", fields, by, id)

    def remove_team(
        self,
        team: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Removes a team.

        :param team: The team.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"team": team}
        return self._command("remove_team", fields, by, id)

    def remove_inbox(
        self,
        inbox: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Removes an inbox.

        :param inbox: The inbox; none of its conversations may be open.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"inbox": inbox}
        return self._command("remove_inbox", fields, by, id)

    def remove_holiday(
        self,
        holiday: Id,
        *,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Removes a holiday.

        :param holiday: The holiday.
        :param by: The agent who acts; if absent, the embedding program, which may do anything.
        :param id: The embedder's id of the command, copied to its events.
        :returns: The events. A refused command raises nothing: ``refused`` gives the reason.
        :raises InvalidCommand: It cannot be read; nothing has changed then.
        """
        fields: dict[str, Any] = {"holiday": holiday}
        return self._command("remove_holiday", fields, by, id)
