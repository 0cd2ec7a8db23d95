"""Tells the tickets what the desk decided: who has them, whether they are open, and in a private note why.

Everything is written past `Ticket.save`, whose signals would come back to the desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.contrib.auth import get_user_model
from django.db import transaction
from helpdesk.lib import safe_template_context
from helpdesk.models import FollowUp, Ticket

from frontdesk import Conversation, Desk, Event, Events, Whereabouts
from frontdesk.decision import Decision, fared
from frontdesk.enums import AssignedBecause, FilteredBecause
from frontdesk.events import (
    Assigned,
    Closed,
    Filtered,
    Offered,
    Queued,
    Reopened,
    Restored,
    Snoozed,
    Unassigned,
    Unfiltered,
)

from .shared import Session

#: Where the desk has no say about whose a ticket is: its owner stays who it was.
_OWNER_STAYS = (Whereabouts.CLOSED, Whereabouts.SNOOZED)

#: Out of the way: nobody has such a ticket, and for helpdesk, which knows neither, it is closed.
AWAY = (Whereabouts.SPAM, Whereabouts.TRASH)

#: Reasons for which no mail is sent: the agents did it themselves.
_BY_PEOPLE = (AssignedBecause.BY_HAND, AssignedBecause.REPLIED)


def apply(work: Session, ticket: Ticket | None = None) -> None:
    """Brings the tickets in line with the events of a session.

    :param ticket: The one that is being saved. It is changed, too, for whoever holds it may save it again.
    """
    names = dict.fromkeys(event.conversation for event in work.events if event.conversation is not None)
    if ticket is not None:
        names[str(ticket.pk)] = None
    desk = work.desk
    for name in names:
        conversation = desk.conversation(name)
        if conversation is None:
            continue
        if conversation.state not in _OWNER_STAYS:
            _set_owner(work, conversation, ticket)
        _set_status(work, conversation, ticket)
    FollowUp.objects.bulk_create(_notes(work))
    for event in work.events:
        _send(event)


def close(work: Session, ticket: Ticket) -> None:
    """Closes a ticket whose conversation was closed first."""
    _change(work, ticket.pk, ticket, Ticket.OPEN_STATUSES, Ticket.CLOSED_STATUS)


def refused(work: Session, ticket: Ticket, events: Events) -> None:
    """Tells on a ticket that it cannot go to whom somebody chose."""
    refusal = events.refused
    assert refusal is not None
    chosen = ticket.assigned_to
    title = f"Not assigned to {chosen}" if chosen else "Not released"
    note = FollowUp(ticket=ticket, date=work.at, title=title, comment=f"frontdesk: {refusal.message}.", public=False)
    FollowUp.objects.bulk_create([note])


def _set_owner(work: Session, conversation: Conversation, saved: Ticket | None) -> None:
    """Gives a ticket to who has its conversation."""
    holder = conversation.agent if conversation.state is Whereabouts.ASSIGNED else None
    user = None if holder is None else get_user_model().objects.filter(username=holder).first()
    pk = int(conversation.conversation)
    wrong = Ticket.objects.filter(pk=pk)
    wrong = wrong.exclude(assigned_to=user) if user else wrong.exclude(assigned_to=None)
    wrong.update(assigned_to=user, modified=work.at)
    if saved is not None and saved.pk == pk:
        saved.assigned_to = user


def _set_status(work: Session, conversation: Conversation, saved: Ticket | None) -> None:
    """Closes a ticket that is out of the way, opens one that came back, and takes one off hold that was woken."""
    pk = int(conversation.conversation)
    events = [event for event in work.events if event.conversation == conversation.conversation]
    is_open = conversation.state not in (Whereabouts.CLOSED, *AWAY)
    # A ticket may also be closed for the desk alone, by its queue say: so only what the desk closed by itself counts.
    ended = any(isinstance(event, Closed) and event.reason is not None for event in events)
    if conversation.state in AWAY or (ended and not is_open):
        _change(work, pk, saved, Ticket.OPEN_STATUSES, Ticket.CLOSED_STATUS)
    elif is_open and any(isinstance(event, (Unfiltered, Restored, Reopened)) for event in events):
        shut = [status for status, _ in Ticket.STATUS_CHOICES if status not in Ticket.OPEN_STATUSES]
        _change(work, pk, saved, shut, Ticket.REOPENED_STATUS)
    if conversation.state in AWAY or any(isinstance(event, (Snoozed, Reopened)) for event in events):
        _set_hold(work, pk, saved, conversation.state is Whereabouts.SNOOZED)


def _change(work: Session, pk: int, saved: Ticket | None, wrong: Iterable[int], right: int) -> None:
    """Gives a ticket a status in the place of some others."""
    wrong = list(wrong)
    Ticket.objects.filter(pk=pk, status__in=wrong).update(status=right, modified=work.at)
    if saved is not None and saved.pk == pk and saved.status in wrong:
        saved.status = right


def _set_hold(work: Session, pk: int, saved: Ticket | None, on_hold: bool) -> None:
    """Puts a ticket on hold, or takes it off."""
    Ticket.objects.filter(pk=pk).exclude(on_hold=on_hold).update(on_hold=on_hold, modified=work.at)
    if saved is not None and saved.pk == pk:
        saved.on_hold = on_hold


def _notes(work: Session) -> Iterator[FollowUp]:
    names = names_of(work.desk)
    for event in work.events:
        title = _title(event, names)
        if title is not None and Ticket.objects.filter(pk=event.conversation).exists():
            comment = _filtered_why(event) if isinstance(event, Filtered) else explained(Decision(event), names)
            yield FollowUp(ticket_id=event.conversation, date=event.at, title=title, comment=comment, public=False)


def _title(event: Event, names: Mapping[str, str]) -> str | None:
    """The events for notes, without manual changes, for which helpdesk writes its own."""
    match event:
        case Assigned(reason=AssignedBecause.BY_HAND):
            return None
        case Assigned(agent=str(agent)):
            return f"Assigned to {names[agent]} by frontdesk"
        case Assigned(team=team):
            return f"Given to the team {names[team or '']} by frontdesk"
        case Offered(agent=agent):
            return f"Offered to {names[agent]} by frontdesk"
        case Queued():
            return "Waits for somebody"
        case Unassigned(reason=reason) if reason != "released":
            return "Waits to be given to somebody by hand" if reason in ("no_rule", "otherwise") else "Given back"
        case Filtered(reason=reason) if reason is not FilteredBecause.BY_HAND and event.by is None:
            return "In the spam"
        case _:
            return None


def _filtered_why(event: Filtered) -> str:
    """The reason why a ticket is in the spam."""
    return f"frontdesk: {str(event.reason).replace('_', ' ')} {event.matched or ''}".rstrip() + "."


def explained(decision: Decision, names: Mapping[str, str]) -> str:
    """A decision in Markdown, in which helpdesk shows notes: the outcome, and the result of every agent of the target.

    Its times are those of the desk, each with the zone.
    """
    summary, *_ = decision.explain(names=names).splitlines()
    if not decision.is_explained:
        return summary
    zone = decision.zone
    rows = [
        f"* {_marked(names[one.agent], one.agent == decision.agent)}: {fared(one, zone=zone)}"
        for one in decision.considered
    ]
    return "\n".join([summary, "", *rows])


class Names(dict[str, str]):
    """The names of agents and teams by their ids; who is gone has only the id."""

    def __missing__(self, agent: str) -> str:
        return agent


def names_of(desk: Desk) -> Names:
    """The names of all who are on a desk, and of its teams."""
    document = desk.document()
    named = [*document.get("teams", []), *document.get("agents", [])]
    return Names((entry["id"], str(entry.get("name", entry["id"]))) for entry in named)


def _marked(name: str, strong: bool) -> str:
    return f"**{name}**" if strong else name


def _send(event: Event) -> None:
    """Mails who has something to do now, once it is certain."""
    match event:
        case Assigned(agent=str(agent), reason=reason) if reason not in _BY_PEOPLE:
            ticket_id = int(event.conversation)
            transaction.on_commit(lambda: _mail(ticket_id, agent), robust=True)


def _mail(ticket_id: int, agent: str) -> None:
    """Sends helpdesk's own mail, if the agent wants it and still has the ticket."""
    ticket = Ticket.objects.select_related("assigned_to", "queue").filter(pk=ticket_id).first()
    owner = ticket.assigned_to if ticket else None
    if ticket is None or owner is None or owner.get_username() != agent:
        return
    if owner.usersettings_helpdesk.email_on_ticket_assign:
        ticket.send({"assigned_to": ("assigned_owner", safe_template_context(ticket))}, fail_silently=True)
