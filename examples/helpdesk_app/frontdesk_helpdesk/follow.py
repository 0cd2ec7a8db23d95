"""Tells the desk what became of a ticket.

`follow` compares a ticket with its conversation and gives the commands that make up the difference. So it may be called
at any time and any number of times, and what was missed, by a change that went past Django, is made good the next time.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from helpdesk.models import FollowUp, Ticket, TicketCustomFieldValue

from frontdesk import Conversation, Desk, Events, NotFound, Whereabouts
from frontdesk.enums import MessageFrom
from frontdesk.shared import SharedDesk

from . import arrival, effects, shared

#: helpdesk counts from 1, critical, to 5, very low; for a desk the higher goes first.
NORMAL = 3

#: The desk has nothing to do for these, whatever becomes of their tickets.
_OVER = (Whereabouts.CLOSED, *effects.AWAY)


def arrive(ticket: Ticket) -> None:
    """A ticket is complete: its conversation is opened."""
    with shared.session() as work:
        _Following(work, ticket).go(chosen=ticket.assigned_to_id is not None)


def follow(ticket: Ticket, *, chosen: bool = False) -> None:
    """A ticket was saved.

    :param chosen: Whether somebody chose who has it, or that nobody has; else that is the desk's to say.
    """
    if not _desk_follows(ticket):
        return
    with shared.session() as work:
        _Following(work, ticket).go(chosen=chosen)


def wrote(followup: FollowUp) -> None:
    """Somebody wrote to a ticket. Staff take it if nobody has it; a customer wakes it, and opens its reply window anew."""
    ticket, user = followup.ticket, followup.user
    if not (followup.public and followup.comment and _desk_follows(ticket)):
        return
    is_staff = user is not None and user.is_staff
    with shared.session() as work:
        conversation = work.desk.conversation(_id(ticket))
        # What a message opens again is helpdesk's to say: of such a ticket the desk knows by now.
        if conversation is None or conversation.state is Whereabouts.CLOSED:
            return
        if not is_staff:
            work.keep(work.shared.message(_id(ticket), MessageFrom.VISITOR, message=str(followup.pk)))
        elif is_agent(work.desk, user.get_username()):
            work.keep(work.shared.reply(_id(ticket), message=str(followup.pk), by=user.get_username()))
        effects.apply(work, ticket)


def gone(ticket_id: int) -> None:
    """A ticket was deleted."""
    with shared.session() as work:
        _forget(work, ticket_id)


def _forget(work: shared.Session, ticket_id: int) -> None:
    """Takes the conversation of a ticket that is gone off the desk, and out of its views."""
    name = str(ticket_id)
    conversation = work.desk.conversation(name)
    if conversation is None:
        return
    if conversation.state not in _OVER:
        work.keep(work.shared.close(name))
    work.keep(work.shared.forget(name))
    effects.apply(work)


def route_again(ticket: Ticket) -> None:
    """Lets the desk route an unassigned ticket again that it was to leave alone.

    What was released stays so until it is reopened, and only what is closed can be.
    """
    with shared.session() as work:
        work.keep(work.shared.close(_id(ticket)))
        work.keep(work.shared.reopen(_id(ticket)))
        effects.apply(work, ticket)


def time_passed(desk: SharedDesk, events: Events) -> None:
    """The time of the desk has passed, in the transaction that is open: the tickets are told."""
    work = shared.Session(desk)
    work.keep(events)
    effects.apply(work)


def catch_up() -> int:
    """Follows every ticket whose conversation is not as it should be: new ones, too, of a time before the desk.

    :return: How many there were.
    """
    desk = shared.copy()
    known = {one.conversation: one for one in desk.conversations()}
    open_ones = {key for key, one in known.items() if one.state is not Whereabouts.CLOSED}
    queues = _queues(desk)
    tickets = Ticket.objects.filter(Q(status__in=Ticket.OPEN_STATUSES) | Q(pk__in=open_ones))
    suspects: list[int] = []
    for ticket in tickets.select_related("queue", "assigned_to").order_by("created", "id"):
        open_ones.discard(_id(ticket))
        if not _agrees(ticket, known.get(_id(ticket)), queues):
            suspects.append(ticket.pk)
    return sum(_caught_up(pk) for pk in [*suspects, *map(int, open_ones)])


def _caught_up(pk: int) -> bool:
    """Follows a ticket that seemed to differ from its conversation, as others may have changed both since.

    :return: Whether it did differ.
    """
    with shared.session() as work:
        ticket = Ticket.objects.select_related("queue", "assigned_to").filter(pk=pk).first()
        conversation = work.desk.conversation(str(pk))
        if ticket is None:
            _forget(work, pk)
            return conversation is not None
        if _agrees(ticket, conversation, _queues(work.desk)):
            return False
        _Following(work, ticket).go(chosen=ticket.assigned_to_id is not None)
        return True


class _Following:
    """One ticket against its conversation."""

    def __init__(self, work: shared.Session, ticket: Ticket) -> None:
        self.work = work
        self.ticket = ticket
        self.id = _id(ticket)
        document = work.desk.document()
        self.inboxes = {inbox["id"]: inbox for inbox in document.get("inboxes", [])}

    def go(self, *, chosen: bool) -> None:
        """Gives the commands, and the tickets what came of them."""
        refused = self._commands(chosen)
        if refused is not None:
            effects.refused(self.work, self.ticket, refused)
        effects.apply(self.work, self.ticket)

    def _commands(self, chosen: bool) -> Events | None:
        """Gives the commands.

        :return: That of who has it, if it was refused.
        """
        desk = self.work.shared
        found = self._found()
        if found is not None and found.state in effects.AWAY:
            if self._is_closed() or arrival.current().actor is None:
                return self._stays_away(chosen)
            self._bring_back()
            found = self._now()
        if self._is_closed():
            if found is not None and found.state not in _OVER:
                self._keep(desk.close(self.id))
            return None
        if found is None:
            self._open(chosen)
        else:
            if found.state is Whereabouts.CLOSED or (found.state is Whereabouts.SNOOZED and not self.ticket.on_hold):
                self._keep(desk.reopen(self.id))
            self._update(found)
        refused = self._choose() if chosen else None
        if self.ticket.on_hold and self._now().state is not Whereabouts.SNOOZED:
            self._keep(desk.snooze(self.id))
        return refused

    def _is_closed(self) -> bool:
        return _is_closed(self.ticket, set(self.inboxes))

    def _stays_away(self, chosen: bool) -> Events | None:
        """Leaves it in the spam or the trash, whoever wrote to it: only staff take it out. Nobody can be given it there."""
        user = self.ticket.assigned_to
        if not chosen or user is None:
            return None
        return self._keep(self.work.shared.assign(self.id, agent=user.get_username()))

    def _bring_back(self) -> None:
        """Takes it out of the spam or the trash: staff opened its ticket again."""
        if self._now().state is Whereabouts.TRASH:
            self._keep(self.work.shared.restore_conversation(self.id))
        if self._now().state is Whereabouts.SPAM:
            self._keep(self.work.shared.not_spam(self.id))

    def _open(self, chosen: bool) -> None:
        attributes = _attributes(self.ticket)
        if chosen:
            # A rule of the document leaves these to whoever was chosen; without it routing would take a turn first.
            attributes["chosen"] = True
        self._keep(
            self.work.shared.open(
                self.id,
                inbox=self.ticket.queue.slug,
                channel=self._channel(),
                contact=_contact(self.ticket),
                from_=_sender(self.ticket),
                priority=_priority(self.ticket),
                attributes=attributes,
            )
        )

    def _update(self, found: Conversation) -> None:
        """The changes of the ticket. Those of a closed one are passed on when it is open again."""
        changes: dict[str, Any] = {}
        if found.inbox != self.ticket.queue.slug:
            changes |= {"inbox": self.ticket.queue.slug, "channel": self._channel(found.channel)}
        if found.priority != _priority(self.ticket):
            changes["priority"] = _priority(self.ticket)
        attributes = _attributes(self.ticket)
        if attributes != {key: value for key, value in found.attributes.items() if key != "chosen"}:
            changes["attributes"] = attributes
        if changes:
            self._keep(self.work.shared.update(self.id, **changes))

    def _choose(self) -> Events | None:
        """Gives it to whom somebody chose, or to nobody."""
        desk, now = self.work.shared, self._now()
        holder = now.agent if now.state is Whereabouts.ASSIGNED else None
        user = self.ticket.assigned_to
        if user is None:
            return self._keep(desk.release(self.id)) if holder is not None else None
        chosen = user.get_username()
        if not is_agent(self.work.desk, chosen):
            self._keep(desk.put_agent(chosen, guest(user)))
        if now.state is Whereabouts.OFFERED and now.agent == chosen:
            return self._keep(desk.accept(self.id, chosen))
        if holder == chosen:
            return None
        actor = arrival.current().actor
        by = actor if actor is not None and is_agent(self.work.desk, actor) else None
        return self._keep(desk.assign(self.id, agent=chosen, by=by))

    def _channel(self, wanted: str | None = None) -> str:
        """The channel by which it arrives, or else the first of its inbox."""
        wanted = wanted or arrival.current().channel
        channels = [channel["id"] for channel in self.inboxes[self.ticket.queue.slug]["channels"]]
        return wanted if wanted in channels else channels[0]

    def _found(self) -> Conversation | None:
        return self.work.desk.conversation(self.id)

    def _now(self) -> Conversation:
        found = self._found()
        assert found is not None
        return found

    def _keep(self, events: Events) -> Events | None:
        """Notes events; gives them back if they say that the command was refused."""
        self.work.keep(events)
        return events if events.refused is not None else None


def _id(ticket: Ticket) -> str:
    return str(ticket.pk)


def _desk_follows(ticket: Ticket) -> bool:
    """``True`` if the desk has a ticket, which it gets when the ticket is complete."""
    return shared.exists() and shared.knows(_id(ticket))


def _is_closed(ticket: Ticket, queues: set[str]) -> bool:
    """``True`` if the desk has nothing to do for a ticket, for example because its queue is not an inbox."""
    return (
        ticket.status not in Ticket.OPEN_STATUSES or ticket.merged_to_id is not None or ticket.queue.slug not in queues
    )


def _queues(desk: Desk) -> set[str]:
    """The queues that are inboxes of a desk."""
    return {inbox["id"] for inbox in desk.document().get("inboxes", [])}


def _agrees(ticket: Ticket, conversation: Conversation | None, queues: set[str]) -> bool:
    """``True`` if a conversation agrees with its ticket."""
    if conversation is not None and conversation.state in effects.AWAY:
        return _is_closed(ticket, queues) and ticket.assigned_to is None
    is_closed = conversation is None or conversation.state is Whereabouts.CLOSED
    if conversation is None or is_closed or _is_closed(ticket, queues):
        return is_closed and _is_closed(ticket, queues)
    if (conversation.state is Whereabouts.SNOOZED) != bool(ticket.on_hold):
        return False
    holder = conversation.agent if conversation.state is Whereabouts.ASSIGNED else None
    has = ticket.assigned_to.get_username() if ticket.assigned_to else None
    return conversation.inbox == ticket.queue.slug and (conversation.state is Whereabouts.SNOOZED or holder == has)


def is_agent(desk: Desk, name: str) -> bool:
    """``True`` if a user is an agent of the desk."""
    try:
        desk.zone_of(name)
    except NotFound:
        return False
    return True


def guest(user: Any) -> dict[str, Any]:
    """The agent that a user becomes who is none: a guest, never at work, so that the desk knows what they hold."""
    name = user.get_username()
    return {"id": name, "name": user.get_full_name() or name, "working_hours": [], "attributes": {"guest": True}}


def _priority(ticket: Ticket) -> int:
    return NORMAL - int(ticket.priority)


def _contact(ticket: Ticket) -> dict[str, Any] | None:
    """The contact of a ticket; known with an account or an earlier ticket."""
    email = (ticket.submitter_email or "").strip().lower()
    if not email:
        return None
    wrote = Ticket.objects.filter(submitter_email__iexact=email).exclude(pk=ticket.pk).exists()
    known = wrote or get_user_model().objects.filter(email__iexact=email).exists()
    return {"id": email, "known": known, "attributes": {"domain": email.rpartition("@")[2]}}


def _sender(ticket: Ticket) -> str | None:
    """The address by which filters know what is spam. What staff enter for a customer is none."""
    return None if arrival.current().actor else (ticket.submitter_email or "").strip() or None


def _attributes(ticket: Ticket) -> dict[str, Any]:
    """The fields of one's own that helpdesk has for tickets, by name: rules may look at them."""
    values = TicketCustomFieldValue.objects.filter(ticket=ticket).select_related("field")
    return {value.field.name: value.value for value in values if value.value}
