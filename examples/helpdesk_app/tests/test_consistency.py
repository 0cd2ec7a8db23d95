"""Desk and tickets change together or not at all, whoever else works at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from unittest import mock

from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse
from helpdesk.models import Queue, Ticket

from frontdesk.django import _desks, desk
from frontdesk_helpdesk import follow, shared

from .desk import CommittingTestCase, digest, document, last_turn

HERE = Path(__file__).resolve().parent.parent


def submit(client: Client, title: str) -> int:
    """Sends the form of customers; gives the status of the answer."""
    form = {
        "queue": Queue.objects.get(slug="help").pk,
        "title": title,
        "body": "Help!",
        "priority": "3",
        "submitter_email": "kim@customer.example",
        "due_date": "",
    }
    return client.post(reverse("helpdesk:submit"), form).status_code


class Consistency(CommittingTestCase):
    def test_a_view_that_fails_leaves_neither_ticket_nor_decision(self) -> None:
        self.ticket("Before")
        before = digest()
        client = Client(raise_request_exception=False)
        # The last thing that helpdesk does; the desk has decided by then.
        with mock.patch("helpdesk.views.public.HttpResponseRedirect", side_effect=RuntimeError("no such page")):
            self.assertEqual(submit(client, "Lost"), 500)
        self.assertEqual((Ticket.objects.count(), digest()), (1, before))
        self.assertEqual(submit(client, "After"), 302)
        self.assertEqual(self.owner(Ticket.objects.get(title="After")), "bo", "as if the lost one had never been")

    def test_a_desk_that_fails_leaves_no_ticket(self) -> None:
        client = Client(raise_request_exception=False)
        with mock.patch("frontdesk_helpdesk.effects.apply", side_effect=RuntimeError("broken")):
            self.assertEqual(submit(client, "Lost"), 500)
        self.assertEqual((Ticket.objects.count(), last_turn()), (0, 1))

    def test_a_savepoint_that_is_rolled_back(self) -> None:
        with transaction.atomic():
            self.ticket("Kept")
            try:
                with transaction.atomic():
                    self.ticket("Lost")
                    raise RuntimeError
            except RuntimeError:
                pass
            last = self.ticket("Last")
        self.assertEqual(self.owner(last), "bo")
        self.assertEqual(Ticket.objects.count(), 2)

    def test_mail_is_sent_only_for_what_is_certain(self) -> None:
        from django.core import mail

        with self.assertRaises(RuntimeError), transaction.atomic():
            self.ticket("Lost")
            raise RuntimeError
        self.assertEqual(mail.outbox, [])

    def test_many_threads_never_give_one_agent_too_much(self) -> None:
        def customer(number: int) -> list[int]:
            try:
                return [submit(Client(), f"{number}.{ticket}") for ticket in range(5)]
            finally:
                connections.close_all()

        with ThreadPoolExecutor(8) as pool:
            answers = [answer for answers in pool.map(customer, range(8)) for answer in answers]
        self.assertEqual(answers, [302] * 40)
        self.all_is_well(40)

    def test_two_processes(self) -> None:
        given = document()
        for agent in given["agents"][:2]:
            agent["capacity"] = 7
        self.install(given)
        workers = [self.worker(name) for name in ("a", "b")]
        for worker in workers:
            said, _ = worker.communicate(timeout=120)
            self.assertEqual((worker.returncode, said.strip()), (0, "302 " * 9 + "302"))
        owners = Counter(Ticket.objects.values_list("assigned_to__username", flat=True))
        self.assertEqual(owners, {"anna": 7, "bo": 7, None: 6})
        # What the others did is read from the log; then this process goes on.
        Ticket.objects.filter(assigned_to__username="anna").first().delete()
        self.all_is_well(19, limit=7)

    def worker(self, name: str) -> subprocess.Popen[str]:
        """Another process that sends ten tickets."""
        program = (
            "import django; django.setup()\n"
            "from django.test import Client\n"
            "from tests.test_consistency import submit\n"
            f"print(*[submit(Client(), f'{name}{{number}}') for number in range(10)])"
        )
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "HELPDESK_DATABASE": str(connection.settings_dict["NAME"]),
        }
        return subprocess.Popen(
            [sys.executable, "-c", program], cwd=HERE, env=environment, stdout=subprocess.PIPE, text=True
        )

    def all_is_well(self, count: int, limit: int = 1) -> None:
        """Every ticket is there once, nobody has too much, and the rest waits."""
        self.assertEqual(Ticket.objects.count(), count)
        owners = Counter(Ticket.objects.values_list("assigned_to__username", flat=True))
        waiting = owners.pop(None, 0)
        self.assertEqual(owners, {"anna": limit, "bo": limit})
        self.assertEqual(len(shared.copy().queue), waiting)
        self.assertEqual(desk(shared.NAME).verify(), (1, last_turn(), 0))

    def test_a_log_that_somebody_changed_is_noticed(self) -> None:
        self.ticket()
        self.ticket()
        change = "UPDATE frontdesk_turns SET body = REPLACE(body, %s, %s) WHERE turn = 3"
        with connection.cursor() as cursor:
            cursor.execute(change, ['"agent":"bo"', '"agent":"no"'])
            with self.assertRaisesMessage(CommandError, "is damaged at turn 3"):
                call_command("check_desk")
            cursor.execute(change, ['"agent":"no"', '"agent":"bo"'])
        call_command("check_desk", stdout=StringIO())

    def test_a_ticket_that_differs_is_noticed(self) -> None:
        ticket = self.ticket()
        Ticket.objects.filter(pk=ticket.pk).update(assigned_to=self.user("carmen"))
        with self.assertRaisesMessage(CommandError, f"ticket {ticket.pk} is with carmen, its conversation with anna"):
            call_command("check_desk")
        follow.catch_up()

    def test_a_process_that_starts_reads_snapshot_and_log(self) -> None:
        self.ticket("One")
        desk(shared.NAME).put_snapshot()
        two = self.ticket("Two")
        _desks.forget()
        three = self.ticket("Three")
        self.assertEqual((self.owner(two), self.owner(three)), ("bo", None))
        self.assertEqual(desk(shared.NAME).verify().snapshots, 1)
