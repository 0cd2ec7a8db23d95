"""`manage.py load_demo`: queues, people and a desk to look at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.core.management.base import BaseCommand
from helpdesk.models import EmailTemplate, Queue, Ticket

from frontdesk_helpdesk import arrival, documents, effects, follow, shared

DEMO = Path(settings.BASE) / "demo"


class Command(BaseCommand):
    """Creates missing data, and leaves existing data as it is."""

    help = "Makes the demo: two queues, seven agents, an administrator and the desk. What is there already stays."

    def handle(self, **_: Any) -> None:
        if not EmailTemplate.objects.exists():
            call_command("loaddata", "emailtemplate", verbosity=0)
        people = json.loads((DEMO / "people.json").read_text())
        self._queues(people["queues"])
        self._accounts(people["accounts"])
        if not shared.exists():
            text = (DEMO / "desk.json").read_text()
            for problem in documents.problems(text):
                raise problem
            shared.install(text)
            self._tickets(people["tickets"])

    def _queues(self, queues: list[dict[str, Any]]) -> None:
        for queue in queues:
            Queue.objects.get_or_create(slug=queue["slug"], defaults=queue)

    def _accounts(self, accounts: list[dict[str, Any]]) -> None:
        users = get_user_model().objects
        for account in accounts:
            if users.filter(username=account["username"]).exists():
                continue
            given: dict[str, Any] = {"is_staff": True, "email": f"{account['username']}@example.com"} | account
            user = users.create_user(**given, password="demo")
            user.user_permissions.set(Permission.objects.filter(codename="view_thedesk"))

    def _tickets(self, tickets: list[dict[str, Any]]) -> None:
        for ticket in tickets:
            queue = Queue.objects.get(slug=ticket.pop("queue"))
            channel, in_trash = ticket.pop("channel", "email"), ticket.pop("in_trash", False)
            with arrival.as_of(arrival.Arrival(channel)):
                arrived = Ticket.objects.create(queue=queue, **ticket)
                follow.arrive(arrived)
            if in_trash:
                self._trash(arrived)
        self.stdout.write(f"{len(tickets)} tickets arrived; log in as admin, password demo.")

    def _trash(self, ticket: Ticket) -> None:
        with shared.session() as work:
            work.keep(work.shared.trash(str(ticket.pk)))
            effects.apply(work, ticket)
