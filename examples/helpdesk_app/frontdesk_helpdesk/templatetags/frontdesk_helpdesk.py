"""For templates: the story of a ticket."""

from __future__ import annotations

from django import template
from helpdesk.models import Ticket

from frontdesk import Line
from frontdesk_helpdesk import store

register = template.Library()


@register.simple_tag
def ticket_story(ticket: Ticket) -> list[Line]:
    """The story of a ticket in plain sentences; empty if the desk does not have it."""
    name = str(ticket.pk)
    if not store.exists() or not store.knows(name):
        return []
    return store.copy().story(name, store.log(name))
