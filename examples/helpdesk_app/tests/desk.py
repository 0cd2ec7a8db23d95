"""A small helpdesk for tests: two queues, four agents, and a clock that stands at Friday 10:00 in Stockholm."""

from __future__ import annotations

import copy
import json
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection
from django.test import Client, TestCase, TransactionTestCase, override_settings
from django.urls import reverse
from helpdesk.models import FollowUp, Queue, Ticket

from frontdesk.django import desk
from frontdesk.django.models import Desk as Row
from frontdesk.django.models import Turn
from frontdesk_helpdesk import follow, shared
from frontdesk_helpdesk.management.commands.check_desk import differences

from . import clock
from .settings import FRONTDESK

_CHOSEN = {
    "id": "chosen",
    "match": {"attributes.chosen": True},
    "steps": [{"assign_to": "contact_owner"}],
    "otherwise": "unassigned",
}


def _channel(id: str, kind: str, team: str) -> dict[str, Any]:
    return {"id": id, "kind": kind, "rules": [_CHOSEN, {"id": team, "steps": [{"assign_to": {"teams": [team]}}]}]}


def _channels(team: str) -> list[dict[str, Any]]:
    return [_channel("email", "email", team), _channel("web", "form", team), _channel("staff", "form", team)]


DOCUMENT: dict[str, Any] = {
    "version": 1,
    "time_zone": "Europe/Stockholm",
    "working_hours": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "09:00", "end": "17:00"}],
    "teams": [{"id": "support", "name": "Support"}, {"id": "billing"}],
    "agents": [
        {"id": "anna", "name": "Anna Berg", "team": "support", "capacity": 1},
        {"id": "bo", "name": "Bo Lindqvist", "team": "support", "capacity": 1, "permissions": ["manage_availability"]},
        {"id": "carmen", "name": "Carmen Ruiz", "team": "support", "time_zone": "America/New_York", "capacity": 1},
        {"id": "emi", "name": "Emi Sato", "team": "billing"},
    ],
    "inboxes": [
        {"id": "help", "channels": _channels("support")},
        {"id": "billing", "access": {"teams": ["billing"]}, "channels": _channels("billing")},
    ],
}


def document() -> dict[str, Any]:
    """The document, to change it."""
    return copy.deepcopy(DOCUMENT)


def remove_desk() -> None:
    """Removes the desk with its log, for which there is no command: nobody needs one in earnest."""
    with connection.cursor() as cursor:
        for table in ("turns", "conversations", "snapshots", "subjects", "pending", "commands", "leases", "desks"):
            cursor.execute(f"DELETE FROM frontdesk_{table}")


def last_turn() -> int:
    """The number of the last turn of the log."""
    return Row.objects.get(pk=shared.NAME).last_turn


def digest() -> str:
    """What tells the log from any other."""
    return Turn.objects.get(desk=shared.NAME, turn=last_turn()).digest


class Helpdesk:
    """What tests do with it."""

    client: Client

    def setUp(self) -> None:
        clock.set_to(clock.FRIDAY)
        call_command("loaddata", "emailtemplate", verbosity=0)
        users = get_user_model().objects
        for name in ("anna", "bo", "carmen", "emi"):
            user = users.create_user(name, f"{name}@example.com", "demo", is_staff=True)
            user.user_permissions.set(Permission.objects.filter(codename="view_thedesk"))
        users.create_superuser("ada", "ada@example.com", "demo")
        for slug in ("help", "billing", "elsewhere"):
            Queue.objects.create(
                slug=slug, title=slug.title(), allow_public_submission=True, email_address=f"{slug}@desk.example"
            )
        self.install(DOCUMENT)

    def install(self, given: dict[str, Any]) -> None:
        """A new desk, in the place of the one there is."""
        remove_desk()
        shared.install(json.dumps(given))

    def user(self, name: str) -> Any:
        """An account."""
        return get_user_model().objects.get(username=name)

    def log_in(self, name: str) -> None:
        """Requests are this user's from now on."""
        self.client.force_login(self.user(name))

    def ticket(self, title: str = "Help!", queue: str = "help", **further: Any) -> Ticket:
        """A ticket that arrived."""
        given = {"submitter_email": "kim@customer.example", "description": "It does not work."} | further
        ticket = Ticket.objects.create(title=title, queue=Queue.objects.get(slug=queue), **given)
        follow.arrive(ticket)
        return ticket

    def owner(self, ticket: Ticket) -> str | None:
        """Who has a ticket, as the database says."""
        owner = Ticket.objects.get(pk=ticket.pk).assigned_to
        return owner.username if owner else None

    def state(self, ticket: Ticket) -> str:
        """Where its conversation is."""
        conversation = shared.copy().conversation(str(ticket.pk))
        assert conversation is not None
        return str(conversation.state)

    def notes(self, ticket: Ticket) -> list[FollowUp]:
        """What frontdesk noted on a ticket."""
        return list(FollowUp.objects.filter(ticket=ticket, public=False, user=None).order_by("id"))

    def update(self, ticket: Ticket, **form: Any) -> None:
        """Sends the form below a ticket."""
        now = Ticket.objects.get(pk=ticket.pk)
        given = {
            "comment": "",
            "new_status": now.status,
            "title": now.title,
            "priority": now.priority,
            "queue": now.queue_id,
            "owner": now.assigned_to_id or 0,
        } | form
        response = self.client.post(reverse("helpdesk:update", args=[ticket.pk]), given)
        assert response.status_code == 302, response.content

    def tearDown(self) -> None:
        """Whatever a test did: the desk is what its log says, and the tickets are as the desk says."""
        if shared.exists():
            desk(shared.NAME).verify()
            assert differences() == []


@override_settings(FRONTDESK=FRONTDESK, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
class HelpdeskTestCase(Helpdesk, TestCase):
    """Each test in a transaction that is rolled back."""


@override_settings(FRONTDESK=FRONTDESK, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
class CommittingTestCase(Helpdesk, TransactionTestCase):
    """Tests that need what they do to be seen by others."""
