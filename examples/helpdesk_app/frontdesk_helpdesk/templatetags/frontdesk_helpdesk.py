"""For templates: the story of a ticket, its buttons, and what is said where one answers it."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.http import HttpRequest
from helpdesk.models import Ticket

from frontdesk import Conversation, Line
from frontdesk_helpdesk import buttons, clock, composer, shared
from frontdesk_helpdesk.acting import Acting

register = template.Library()


@dataclass(frozen=True)
class Panel:
    """What the desk says of a ticket to who looks at it."""

    conversation: Conversation
    buttons: list[buttons.Button]
    reasons: list[tuple[str, str]]
    composer: composer.Composer | None


@register.simple_tag
def ticket_story(ticket: Ticket) -> list[Line]:
    """The story of a ticket in plain sentences; empty if the desk does not have it."""
    name = str(ticket.pk)
    if not shared.exists() or not shared.knows(name):
        return []
    return shared.copy().story(name, shared.log(name))


@register.simple_tag
def ticket_panel(request: HttpRequest, ticket: Ticket) -> Panel | None:
    """What may be done with a ticket; ``None`` if the desk does not have it, or is none of the user's business."""
    if not request.user.has_perm("frontdesk_helpdesk.view_thedesk") or not shared.exists():
        return None
    desk, acting, at = shared.copy(), Acting.of(request), clock.now()
    if desk.is_due(at):
        # As a command would find it, whether `frontdesk_advance` runs or not.
        desk.advance(at)
    conversation = desk.conversation(str(ticket.pk))
    if conversation is None:
        return None
    said = composer.of(desk, acting, ticket, at)
    offered = buttons.offered(desk, acting, ticket, at)
    return Panel(conversation, offered, buttons.reasons(offered), said)
