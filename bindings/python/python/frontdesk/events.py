"""Everything that can happen to a desk: a class for each type of event.

Written by ``bindings/generate`` from the core's JSON Schemas: change those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, cast

from ._event import Event
from ._native import Events
from .enums import (
    AssignedBecause,
    ChangeType,
    ClosedBecause,
    Code,
    FilteredBecause,
    MessageFrom,
    NoticeKind,
    Reason,
    State,
    UnassignedBecause,
)
from .results import Contact, Setting

__all__ = [
    "Assigned",
    "Blocked",
    "Closed",
    "DeskChanged",
    "Erased",
    "Event",
    "Events",
    "Filtered",
    "Forgotten",
    "HandedToBot",
    "Hidden",
    "Kept",
    "MessageNoted",
    "Notice",
    "OfferDeclined",
    "OfferExpired",
    "OfferWithdrawn",
    "Offered",
    "Opened",
    "OwnerNotified",
    "Prioritized",
    "Queued",
    "Refused",
    "Reopened",
    "Restored",
    "ScriptFailed",
    "Sent",
    "SentToVoicemail",
    "Snoozed",
    "Started",
    "StatusChanged",
    "StepEntered",
    "Trashed",
    "Unassigned",
    "Unblocked",
    "Unfiltered",
    "Unhidden",
    "Updated",
    "WrapUpEnded",
]


class Started(Event):
    """The desk started: its first command was `advance`, or changed nothing else."""

    __slots__ = ()
    __match_args__ = ()
    type: ClassVar[str] = "started"


class StatusChanged(Event):
    """The state or reason of an agent changed, or a status was set."""

    __slots__ = ()
    __match_args__ = ("agent", "state", "reason", "until", "note", "requeue_at", "set", "status")
    type: ClassVar[str] = "status_changed"

    @property
    def agent(self) -> str:
        """The agent."""
        return cast("str", self._agent)

    @property
    def state(self) -> State:
        """The state: available or away."""
        return State(self._data()["state"])

    @property
    def reason(self) -> Reason:
        """The reason."""
        return Reason(self._data()["reason"])

    @property
    def until(self) -> datetime | None:
        """The end of the status, as far as is known."""
        return self._instant("until")

    @property
    def note(self) -> str | None:
        """The note of the status or absence."""
        return cast("str | None", self._data().get("note"))

    @property
    def requeue_at(self) -> datetime | None:
        """The instant at which the conversations that the agent now holds are unassigned and routed again, unless
        the agent replies or returns before; absent if the agent keeps them, or holds none.
        """
        return self._instant("requeue_at")

    @property
    def set(self) -> Setting | None:
        """The status that was set; absent if the schedule changed it."""
        return Setting._of(self._data().get("set"), self._zone)

    @property
    def status(self) -> str | None:
        """The status of the document that the agent has; absent if it is none of these."""
        return cast("str | None", self._data().get("status"))


class Notice(Event):
    """An agent is to be notified."""

    __slots__ = ()
    __match_args__ = ("agent", "notice")
    type: ClassVar[str] = "notice"

    @property
    def agent(self) -> str:
        """The agent."""
        return cast("str", self._agent)

    @property
    def notice(self) -> NoticeKind:
        """The reason for the notice."""
        return NoticeKind(self._data()["notice"])


class Opened(Event):
    """A conversation arrived."""

    __slots__ = ()
    __match_args__ = (
        "conversation",
        "inbox",
        "channel",
        "attributes",
        "contact",
        "forwarded_by",
        "from_",
        "priority",
        "skills",
    )
    type: ClassVar[str] = "opened"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def inbox(self) -> str:
        """The inbox it arrived in."""
        return cast("str", self._data()["inbox"])

    @property
    def channel(self) -> str:
        """The channel it arrived by."""
        return cast("str", self._data()["channel"])

    @property
    def attributes(self) -> Mapping[str, Any]:
        """The embedder's own data."""
        return cast("Mapping[str, Any]", self._data().get("attributes", {}))

    @property
    def contact(self) -> Contact | None:
        """The person who writes or calls."""
        return Contact._of(self._data().get("contact"), self._zone)

    @property
    def forwarded_by(self) -> str | None:
        """The address of who forwarded it, if it was forwarded."""
        return cast("str | None", self._data().get("forwarded_by"))

    @property
    def from_(self) -> str | None:
        """The address of the sender, such as that of a mail."""
        return cast("str | None", self._data().get("from"))

    @property
    def priority(self) -> int:
        """The priority in the queue; higher goes first."""
        return int(self._data().get("priority", 0))

    @property
    def skills(self) -> Mapping[str, int]:
        """The required levels of skills."""
        return cast("Mapping[str, int]", self._data().get("skills", {}))


class MessageNoted(Event):
    """A message was written. The contact's first answer to a conversation that was sent brings it into the inbox."""

    __slots__ = ()
    __match_args__ = ("conversation", "from_", "closes_at", "message")
    type: ClassVar[str] = "message_noted"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def from_(self) -> MessageFrom:
        """Who wrote it; an agent is named in `by`."""
        return MessageFrom(self._data()["from"])

    @property
    def closes_at(self) -> datetime | None:
        """The instant at which the conversation that a bot has is closed by itself, unless the contact writes
        before; absent if it is not.
        """
        return self._instant("closes_at")

    @property
    def message(self) -> str | None:
        """The id of the message, if it was told."""
        return cast("str | None", self._data().get("message"))


class Sent(Event):
    """A conversation that an agent began was sent: nobody holds it, and it is in no inbox until the contact
    answers.
    """

    __slots__ = ()
    __match_args__ = ("conversation",)
    type: ClassVar[str] = "sent"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)


class Filtered(Event):
    """A conversation went into the spam."""

    __slots__ = ()
    __match_args__ = ("conversation", "agent", "reason", "matched")
    type: ClassVar[str] = "filtered"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def agent(self) -> str | None:
        """The agent who held it."""
        return self._agent

    @property
    def reason(self) -> FilteredBecause:
        """The reason."""
        return FilteredBecause(self._data()["reason"])

    @property
    def matched(self) -> str | None:
        """The address or domain that is blocked, or the role that the address names; absent if it was marked by
        hand, and if the address was erased. Only an address is personal.
        """
        return cast("str | None", self._data().get("matched"))


class Unfiltered(Event):
    """A conversation came out of the spam, to be routed."""

    __slots__ = ()
    __match_args__ = ("conversation",)
    type: ClassVar[str] = "unfiltered"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)


class Trashed(Event):
    """A conversation went into the trash."""

    __slots__ = ()
    __match_args__ = ("conversation", "agent", "until")
    type: ClassVar[str] = "trashed"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def agent(self) -> str | None:
        """The agent who held it."""
        return self._agent

    @property
    def until(self) -> datetime | None:
        """The instant at which it is forgotten; absent if it is not."""
        return self._instant("until")


class Restored(Event):
    """A conversation came out of the trash, as it was; one that was open is routed."""

    __slots__ = ()
    __match_args__ = ("conversation",)
    type: ClassVar[str] = "restored"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)


class Hidden(Event):
    """A message was hidden."""

    __slots__ = ()
    __match_args__ = ("conversation", "message")
    type: ClassVar[str] = "hidden"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def message(self) -> str:
        """The message."""
        return cast("str", self._data()["message"])


class Unhidden(Event):
    """A hidden message is shown again."""

    __slots__ = ()
    __match_args__ = ("conversation", "message")
    type: ClassVar[str] = "unhidden"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def message(self) -> str:
        """The message."""
        return cast("str", self._data()["message"])


class Blocked(Event):
    """A sender was blocked."""

    __slots__ = ()
    __match_args__ = ("sender", "inbox")
    type: ClassVar[str] = "blocked"

    @property
    def sender(self) -> str:
        """The address, or the domain such as `@example.net`, as addresses are compared."""
        return cast("str", self._data()["sender"])

    @property
    def inbox(self) -> str | None:
        """The inbox in which the sender is blocked; absent for all."""
        return cast("str | None", self._data().get("inbox"))


class Unblocked(Event):
    """The block of a sender ended."""

    __slots__ = ()
    __match_args__ = ("sender", "inbox")
    type: ClassVar[str] = "unblocked"

    @property
    def sender(self) -> str:
        """The address, or the domain."""
        return cast("str", self._data()["sender"])

    @property
    def inbox(self) -> str | None:
        """The inbox in which the sender was blocked; absent for all."""
        return cast("str | None", self._data().get("inbox"))


class Updated(Event):
    """Data of a conversation was replaced; the event has all of it."""

    __slots__ = ()
    __match_args__ = (
        "conversation",
        "inbox",
        "channel",
        "attributes",
        "contact",
        "forwarded_by",
        "from_",
        "goes_on",
        "priority",
        "skills",
    )
    type: ClassVar[str] = "updated"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def inbox(self) -> str:
        """The inbox it arrived in."""
        return cast("str", self._data()["inbox"])

    @property
    def channel(self) -> str:
        """The channel it arrived by."""
        return cast("str", self._data()["channel"])

    @property
    def attributes(self) -> Mapping[str, Any]:
        """The embedder's own data."""
        return cast("Mapping[str, Any]", self._data().get("attributes", {}))

    @property
    def contact(self) -> Contact | None:
        """The person who writes or calls."""
        return Contact._of(self._data().get("contact"), self._zone)

    @property
    def forwarded_by(self) -> str | None:
        """The address of who forwarded it, if it was forwarded."""
        return cast("str | None", self._data().get("forwarded_by"))

    @property
    def from_(self) -> str | None:
        """The address of the sender, such as that of a mail."""
        return cast("str | None", self._data().get("from"))

    @property
    def goes_on(self) -> bool:
        """`true` if it keeps its rule, its step and the wait there, or stays unassigned. Absent if it is routed
        from the start, and if it is not routed: held, with a team or a bot, snoozed, or gone to voicemail.
        """
        return bool(self._data().get("goes_on", False))

    @property
    def priority(self) -> int:
        """The priority in the queue; higher goes first."""
        return int(self._data().get("priority", 0))

    @property
    def skills(self) -> Mapping[str, int]:
        """The required levels of skills."""
        return cast("Mapping[str, int]", self._data().get("skills", {}))


class Offered(Event):
    """A conversation is offered to an agent, who may accept it."""

    __slots__ = ()
    __match_args__ = (
        "conversation",
        "agent",
        "until",
        "rule",
        "step",
        "strategy",
        "substitute_for",
        "team",
        "wait_until",
        "weights",
    )
    type: ClassVar[str] = "offered"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def agent(self) -> str:
        """The agent."""
        return cast("str", self._agent)

    @property
    def until(self) -> datetime | None:
        """The end of the offer."""
        return self._instant("until")

    @property
    def rule(self) -> str | None:
        """The rule; absent if it was distributed among the members of a team."""
        return cast("str | None", self._data().get("rule"))

    @property
    def step(self) -> int | None:
        """The step, from 1; absent without a rule."""
        return cast("int | None", self._data().get("step"))

    @property
    def strategy(self) -> str | None:
        """The strategy: a built-in one, `script:NAME`, or `strategy:NAME` for one of the embedder."""
        return cast("str | None", self._data().get("strategy"))

    @property
    def substitute_for(self) -> str | None:
        """The agent out of office for whom this one stands in; absent if the step itself names the agent."""
        return cast("str | None", self._data().get("substitute_for"))

    @property
    def team(self) -> str | None:
        """The team among whose members it is distributed; absent if a rule routes it."""
        return cast("str | None", self._data().get("team"))

    @property
    def wait_until(self) -> datetime | None:
        """The instant at which the next step is added, of a step that waits in office hours; null if none is in
        sight. Absent for other steps, and if the conversation had reached the step before.
        """
        return self._instant("wait_until")

    @property
    def weights(self) -> Mapping[str, Any]:
        """The running weights of `weighted_round_robin` after its choice, of each agent it chose among; absent for
        other strategies.
        """
        return cast("Mapping[str, Any]", self._data().get("weights", {}))


class Assigned(Event):
    """A conversation was assigned to an agent or a team."""

    __slots__ = ()
    __match_args__ = (
        "conversation",
        "agent",
        "reason",
        "rule",
        "step",
        "strategy",
        "substitute_for",
        "team",
        "weights",
    )
    type: ClassVar[str] = "assigned"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def agent(self) -> str | None:
        """The agent."""
        return self._agent

    @property
    def reason(self) -> AssignedBecause | None:
        """The reason, if no rule decided."""
        return self._named(AssignedBecause, "reason")

    @property
    def rule(self) -> str | None:
        """The rule; absent if it was distributed among the members of a team."""
        return cast("str | None", self._data().get("rule"))

    @property
    def step(self) -> int | None:
        """The step, from 1; absent without a rule."""
        return cast("int | None", self._data().get("step"))

    @property
    def strategy(self) -> str | None:
        """The strategy: a built-in one, `script:NAME`, or `strategy:NAME` for one of the embedder."""
        return cast("str | None", self._data().get("strategy"))

    @property
    def substitute_for(self) -> str | None:
        """The agent out of office for whom this one stands in; absent if the step, or who assigned it, named the
        agent.
        """
        return cast("str | None", self._data().get("substitute_for"))

    @property
    def team(self) -> str | None:
        """The team: to which it was assigned, or, if an agent has it, among whose members it was distributed."""
        return cast("str | None", self._data().get("team"))

    @property
    def weights(self) -> Mapping[str, Any]:
        """The running weights of `weighted_round_robin` after its choice, of each agent it chose among; absent for
        other strategies.
        """
        return cast("Mapping[str, Any]", self._data().get("weights", {}))


class Unassigned(Event):
    """A conversation became unassigned."""

    __slots__ = ()
    __match_args__ = ("conversation", "agent", "reason", "rule", "waiting_limit")
    type: ClassVar[str] = "unassigned"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def agent(self) -> str | None:
        """The agent who held it."""
        return self._agent

    @property
    def reason(self) -> UnassignedBecause:
        """The reason."""
        return UnassignedBecause(self._data()["reason"])

    @property
    def rule(self) -> str | None:
        """The rule that left it unassigned."""
        return cast("str | None", self._data().get("rule"))

    @property
    def waiting_limit(self) -> Any:
        """The limit of the channel that was reached; absent if it was none."""
        return self._data().get("waiting_limit")


class Kept(Event):
    """The agent who holds a conversation replied to it after working hours or while out of office, and so keeps
    it: it was to be routed again.
    """

    __slots__ = ()
    __match_args__ = ("conversation", "agent")
    type: ClassVar[str] = "kept"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def agent(self) -> str:
        """The agent."""
        return cast("str", self._agent)


class Queued(Event):
    """A conversation waits: at a step, after all steps for any of them, or for a member of a team."""

    __slots__ = ()
    __match_args__ = ("conversation", "from_step", "rule", "step", "team", "until")
    type: ClassVar[str] = "queued"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def from_step(self) -> int | None:
        """The first step that may take it; absent for the first of all."""
        return cast("int | None", self._data().get("from_step"))

    @property
    def rule(self) -> str | None:
        """The rule that routes it; for the members of a team, the one whose last strategy chooses among them."""
        return cast("str | None", self._data().get("rule"))

    @property
    def step(self) -> int | None:
        """The step it has reached, from 1; absent if it waits for the members of a team."""
        return cast("int | None", self._data().get("step"))

    @property
    def team(self) -> str | None:
        """The team for whose members it waits; absent if it waits for those whom its rule names."""
        return cast("str | None", self._data().get("team"))

    @property
    def until(self) -> datetime | None:
        """The instant at which the next step is added; null if none is in sight, as in a channel without any more
        office hours. Absent after all steps.
        """
        return self._instant("until")


class StepEntered(Event):
    """A waiting conversation reached its next step."""

    __slots__ = ()
    __match_args__ = ("conversation", "rule", "step", "until")
    type: ClassVar[str] = "step_entered"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def rule(self) -> str:
        """The rule that routes it."""
        return cast("str", self._data()["rule"])

    @property
    def step(self) -> int:
        """The step it has reached, from 1."""
        return cast("int", self._data()["step"])

    @property
    def until(self) -> datetime | None:
        """The instant at which the next step is added; null if none is in sight. Absent if there is none to wait
        for.
        """
        return self._instant("until")


class OfferExpired(Event):
    """An offer was not accepted in time."""

    __slots__ = ()
    __match_args__ = ("conversation", "agent")
    type: ClassVar[str] = "offer_expired"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def agent(self) -> str:
        """The agent who had the offer."""
        return cast("str", self._agent)


class OfferDeclined(Event):
    """An agent declined an offer."""

    __slots__ = ()
    __match_args__ = ("conversation", "agent")
    type: ClassVar[str] = "offer_declined"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def agent(self) -> str:
        """The agent who had the offer."""
        return cast("str", self._agent)


class OfferWithdrawn(Event):
    """An offer was taken back."""

    __slots__ = ()
    __match_args__ = ("conversation", "agent")
    type: ClassVar[str] = "offer_withdrawn"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def agent(self) -> str:
        """The agent who had the offer."""
        return cast("str", self._agent)


class SentToVoicemail(Event):
    """The contact hears a message."""

    __slots__ = ()
    __match_args__ = ("conversation", "voicemail", "rule", "waiting_limit")
    type: ClassVar[str] = "sent_to_voicemail"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def voicemail(self) -> str:
        """The message."""
        return cast("str", self._data()["voicemail"])

    @property
    def rule(self) -> str | None:
        """The rule that sent it there; absent outside office hours."""
        return cast("str | None", self._data().get("rule"))

    @property
    def waiting_limit(self) -> Any:
        """The limit of the channel that was reached; absent if it was none."""
        return self._data().get("waiting_limit")


class OwnerNotified(Event):
    """The contact's owner is to be mailed."""

    __slots__ = ()
    __match_args__ = ("conversation", "agent", "rule", "waiting_limit")
    type: ClassVar[str] = "owner_notified"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def agent(self) -> str:
        """The owner."""
        return cast("str", self._agent)

    @property
    def rule(self) -> str | None:
        """The rule that asked for it; absent outside office hours."""
        return cast("str | None", self._data().get("rule"))

    @property
    def waiting_limit(self) -> Any:
        """The limit of the channel that was reached; absent if it was none."""
        return self._data().get("waiting_limit")


class HandedToBot(Event):
    """A bot takes a conversation."""

    __slots__ = ()
    __match_args__ = ("conversation", "bot", "closes_at", "rule", "step", "waiting_limit")
    type: ClassVar[str] = "handed_to_bot"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def bot(self) -> str:
        """The bot."""
        return cast("str", self._data()["bot"])

    @property
    def closes_at(self) -> datetime | None:
        """The instant at which it is closed by itself, unless the contact writes before; absent if it is not."""
        return self._instant("closes_at")

    @property
    def rule(self) -> str | None:
        """The rule that assigned the bot; absent outside office hours."""
        return cast("str | None", self._data().get("rule"))

    @property
    def step(self) -> int | None:
        """The step, from 1; absent after all steps."""
        return cast("int | None", self._data().get("step"))

    @property
    def waiting_limit(self) -> Any:
        """The limit of the channel that was reached; absent if it was none."""
        return self._data().get("waiting_limit")


class Closed(Event):
    """A conversation was closed."""

    __slots__ = ()
    __match_args__ = ("conversation", "agent", "reason", "until")
    type: ClassVar[str] = "closed"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def agent(self) -> str | None:
        """The agent who held it."""
        return self._agent

    @property
    def reason(self) -> ClosedBecause | None:
        """The reason, if nobody closed it."""
        return self._named(ClosedBecause, "reason")

    @property
    def until(self) -> datetime | None:
        """The end of the wrap-up; absent without one."""
        return self._instant("until")


class WrapUpEnded(Event):
    """The wrap-up of a closed conversation ended."""

    __slots__ = ()
    __match_args__ = ("conversation", "agent")
    type: ClassVar[str] = "wrap_up_ended"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def agent(self) -> str:
        """The agent who wrapped it up."""
        return cast("str", self._agent)


class Forgotten(Event):
    """A closed conversation was forgotten: the desk knows nothing of it any more, and its id is free."""

    __slots__ = ()
    __match_args__ = ("conversation",)
    type: ClassVar[str] = "forgotten"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)


class Erased(Event):
    """The data of a contact was taken out of the desk."""

    __slots__ = ()
    __match_args__ = ("contact",)
    type: ClassVar[str] = "erased"

    @property
    def contact(self) -> str:
        """The contact."""
        return cast("str", self._data()["contact"])


class Reopened(Event):
    """A closed or snoozed conversation was reopened."""

    __slots__ = ()
    __match_args__ = ("conversation", "woke")
    type: ClassVar[str] = "reopened"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def woke(self) -> bool:
        """`true` if a snooze reached its end, so that the conversation keeps its place in the queue."""
        return bool(self._data().get("woke", False))


class Snoozed(Event):
    """A conversation was snoozed."""

    __slots__ = ()
    __match_args__ = ("conversation", "agent", "until")
    type: ClassVar[str] = "snoozed"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def agent(self) -> str | None:
        """The agent who held it."""
        return self._agent

    @property
    def until(self) -> datetime | None:
        """The end of the snooze; absent if it lasts until the conversation is reopened."""
        return self._instant("until")


class DeskChanged(Event):
    """The document was changed."""

    __slots__ = ()
    __match_args__ = ("agent", "change", "entry", "holiday", "inbox", "team")
    type: ClassVar[str] = "desk_changed"

    @property
    def agent(self) -> str | None:
        """The agent of the entry."""
        return self._agent

    @property
    def change(self) -> ChangeType:
        """The type of the command that changed them."""
        return ChangeType(self._data()["change"])

    @property
    def entry(self) -> Any:
        """The new entry, or the new list of hours or absences; of a `configure`, the parts of the document that
        differ, each as it is from now on. Absent if the entry was removed.
        """
        return self._data().get("entry")

    @property
    def holiday(self) -> str | None:
        """The holiday of the entry."""
        return cast("str | None", self._data().get("holiday"))

    @property
    def inbox(self) -> str | None:
        """The team or the inbox of the entry."""
        return cast("str | None", self._data().get("inbox"))

    @property
    def team(self) -> str | None:
        """The team or the inbox of the entry."""
        return cast("str | None", self._data().get("team"))


class Prioritized(Event):
    """A script of its rule, or a strategy of the embedder, was asked for the priority of a conversation in the
    queue.
    """

    __slots__ = ()
    __match_args__ = ("conversation", "rule", "again_at", "priority", "script", "strategy")
    type: ClassVar[str] = "prioritized"

    @property
    def conversation(self) -> str:
        """The conversation."""
        return cast("str", self._conversation)

    @property
    def rule(self) -> str:
        """The rule that routes it."""
        return cast("str", self._data()["rule"])

    @property
    def again_at(self) -> datetime | None:
        """The instant at which it is asked again; absent if it is not."""
        return self._instant("again_at")

    @property
    def priority(self) -> int:
        """The priority from now on, higher goes first; absent if it has that of its own, its channel, its rule and
        its steps.
        """
        return int(self._data().get("priority", 0))

    @property
    def script(self) -> str | None:
        """The script; absent if it was a strategy."""
        return cast("str | None", self._data().get("script"))

    @property
    def strategy(self) -> str | None:
        """The strategy of the embedder, if it was one."""
        return cast("str | None", self._data().get("strategy"))


class ScriptFailed(Event):
    """A script, a strategy of the embedder, or the `when` of a rule, failed. Reported once for the same place in
    the same text.
    """

    __slots__ = ()
    __match_args__ = (
        "conversation",
        "rule",
        "hook",
        "code",
        "message",
        "calls",
        "column",
        "file",
        "line",
        "on_error",
        "script",
        "script_version",
        "step",
        "strategy",
    )
    type: ClassVar[str] = "script_failed"

    @property
    def conversation(self) -> str:
        """The conversation that was routed."""
        return cast("str", self._conversation)

    @property
    def rule(self) -> str:
        """The rule."""
        return cast("str", self._data()["rule"])

    @property
    def hook(self) -> str:
        """The hook that failed, or `when`."""
        return cast("str", self._data()["hook"])

    @property
    def code(self) -> str:
        """The code: `script_error`, `over_budget`, `invalid_result`, `unknown_script`, or one of the script's or
        strategy's own.
        """
        return cast("str", self._data()["code"])

    @property
    def message(self) -> str:
        """A description of the failure, in a sentence."""
        return cast("str", self._data()["message"])

    @property
    def calls(self) -> tuple[str, ...]:
        """The calls that led to the failure, outermost first, each with its place: `helper (line 3, column 5)`."""
        return tuple(self._data().get("calls", ()))

    @property
    def column(self) -> int | None:
        """The character in the line, from 1."""
        return cast("int | None", self._data().get("column"))

    @property
    def file(self) -> str | None:
        """The file of the failing code."""
        return cast("str | None", self._data().get("file"))

    @property
    def line(self) -> int | None:
        """The line, from 1."""
        return cast("int | None", self._data().get("line"))

    @property
    def on_error(self) -> str | None:
        """The fallback of the step."""
        return cast("str | None", self._data().get("on_error"))

    @property
    def script(self) -> str | None:
        """The script; absent for a condition and for a strategy of the embedder."""
        return cast("str | None", self._data().get("script"))

    @property
    def script_version(self) -> str | None:
        """A hash of the text of the script, which distinguishes its versions."""
        return cast("str | None", self._data().get("script_version"))

    @property
    def step(self) -> int | None:
        """The step, from 1; absent for calls before the steps."""
        return cast("int | None", self._data().get("step"))

    @property
    def strategy(self) -> str | None:
        """The strategy of the embedder, if it is one that failed."""
        return cast("str | None", self._data().get("strategy"))


class Refused(Event):
    """A command was not permitted or not possible; nothing changed."""

    __slots__ = ()
    __match_args__ = ("conversation", "agent", "code", "message", "until")
    type: ClassVar[str] = "refused"

    @property
    def conversation(self) -> str | None:
        """The conversation that the command named."""
        return self._conversation

    @property
    def agent(self) -> str | None:
        """The agent that the command named."""
        return self._agent

    @property
    def code(self) -> Code:
        """The code of the reason."""
        return Code(self._data()["code"])

    @property
    def message(self) -> str:
        """The reason in a sentence."""
        return cast("str", self._data()["message"])

    @property
    def until(self) -> datetime | None:
        """The instant at which the command would be possible, if waiting helps; of a leap that is too long, the
        instant to advance to.
        """
        return self._instant("until")


_CLASSES: dict[str, type[Event]] = {
    "started": Started,
    "status_changed": StatusChanged,
    "notice": Notice,
    "opened": Opened,
    "message_noted": MessageNoted,
    "sent": Sent,
    "filtered": Filtered,
    "unfiltered": Unfiltered,
    "trashed": Trashed,
    "restored": Restored,
    "hidden": Hidden,
    "unhidden": Unhidden,
    "blocked": Blocked,
    "unblocked": Unblocked,
    "updated": Updated,
    "offered": Offered,
    "assigned": Assigned,
    "unassigned": Unassigned,
    "kept": Kept,
    "queued": Queued,
    "step_entered": StepEntered,
    "offer_expired": OfferExpired,
    "offer_declined": OfferDeclined,
    "offer_withdrawn": OfferWithdrawn,
    "sent_to_voicemail": SentToVoicemail,
    "owner_notified": OwnerNotified,
    "handed_to_bot": HandedToBot,
    "closed": Closed,
    "wrap_up_ended": WrapUpEnded,
    "forgotten": Forgotten,
    "erased": Erased,
    "reopened": Reopened,
    "snoozed": Snoozed,
    "desk_changed": DeskChanged,
    "prioritized": Prioritized,
    "script_failed": ScriptFailed,
    "refused": Refused,
}


def _class_of(type_: str) -> type[Event]:
    return _CLASSES.get(type_, Event)


# For match: events are a sequence.
_sequence: Any = Sequence
_sequence.register(Events)
