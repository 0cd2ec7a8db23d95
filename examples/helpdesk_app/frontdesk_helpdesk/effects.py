"""Tells the tickets what the desk decided: who has them, and in a private note why.

Everything is written past `Ticket.save`, whose signals would come back to the desk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.contrib.auth import get_user_model
from django.db import transaction
from helpdesk.lib import safe_template_context
from helpdesk.models import FollowUp, Ticket

from frontdesk import Conversation, Desk, Event, Events, Whereabouts
from frontdesk.decision import Decision, fared
from frontdesk.enums import AssignedBecause
from frontdesk.events import Assigned, Offered, Queued, Unassigned

from .store import Session

#: Where the desk has no say about whose a ticket is: its owner stays who it was.
_OWNER_STAYS = (Whereabouts.CLOSED, Whereabouts.SNOOZED)

#: Reasons for which no mail is sent: the agents did it themselves.
_BY_PEOPLE = (AssignedBecause.BY_HAND, AssignedBecause.REPLIED)


def apply(work: Session, ticket: Ticket | None = None) -> None:
    """Brings the tickets in line with the events of a session.

    :param ticket: The one that is being saved. It is changed, too, for whoever holds it may save it again.
    """
    names = dict.fromkeys(event.conversation for event in work.events if event.conversation is not None)
    if ticket is not None:
        names[str(ticket.pk)] = None
    for name in names:
        conversation = work.desk.conversation(name)
        if conversation is not None and conversation.state not in _OWNER_STAYS:
            _set_owner(work, conversation, ticket)
    FollowUp.objects.bulk_create(_notes(work))
    for event in work.events:
        _send(event)


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


def _notes(work: Session) -> Iterator[FollowUp]:
    names = names_of(work.desk)
    for event in work.events:
        title = _title(event, names)
        if title is not None and Ticket.objects.filter(pk=event.conversation).exists():
            comment = explained(Decision(event), names)
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
        case _:
            return None


def explained(decision: Decision, names: Mapping[str, str]) -> str:
    """A decision in Markdown, in which helpdesk shows notes: the outcome, and the result of every agent.

    Its times are those of the desk, each with the zone.
    """
    summary, *_ = decision.explain(names=names).splitlines()
    if not decision.is_explained:
        return summary
    considered = (one for one in decision.considered if one.reason != "not_in_target")
    zone = decision.zone
    rows = [
        f"* {_marked(names[one.agent], one.agent == decision.agent)}: {fared(one, zone=zone)}" for one in considered
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
