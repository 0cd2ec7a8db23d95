"""Tickets arrive: by helpdesk's own views, its parser of mails, its API, and past all of them."""

from __future__ import annotations

import logging
import tempfile
from email.message import EmailMessage
from pathlib import Path
from unittest import mock
from zlib import crc32

from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from helpdesk.email import extract_email_metadata
from helpdesk.models import CustomField, Queue, Ticket

from frontdesk_helpdesk import follow, shared

from .desk import CommittingTestCase, HelpdeskTestCase, document, remove_desk


def message(
    subject: str, body: str = "It does not work.", sender: str = "Kim <kim@customer.example>", **headers: str
) -> str:
    """A mail as it is sent."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "help@desk.example", subject
    made["Message-ID"] = f"<{crc32((subject + body).encode())}@customer.example>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(body)
    made.add_alternative(f"<html><body><p>{body}</p></body></html>", subtype="html")
    return made.as_string()


def receive(text: str, queue: str = "help") -> Ticket:
    """Lets helpdesk read a mail, as its command `get_email` does."""
    ticket = extract_email_metadata(text, Queue.objects.get(slug=queue), logging.getLogger("test"))
    assert ticket is not None
    return ticket


class Arrivals(HelpdeskTestCase):
    def submit(self, queue: str = "help", **further: object) -> Ticket:
        form = {
            "queue": Queue.objects.get(slug=queue).pk,
            "title": "By form",
            "body": "Help!",
            "priority": "3",
            "submitter_email": "kim@customer.example",
            "due_date": "",
        } | further
        response = self.client.post(reverse("helpdesk:submit"), form)
        self.assertEqual(response.status_code, 302, response.content.decode())
        return Ticket.objects.latest("id")

    def channel(self, ticket: Ticket) -> str:
        conversation = shared.copy().conversation(str(ticket.pk))
        assert conversation is not None
        return conversation.channel

    def test_a_customers_form(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            ticket = self.submit()
        self.assertEqual((self.owner(ticket), self.channel(ticket)), ("anna", "web"))
        self.assertIn("anna@example.com", [to for sent in mail.outbox for to in sent.to])
        (note,) = self.notes(ticket)
        self.assertEqual(note.title, "Assigned to Anna Berg by frontdesk")
        self.assertIn("It went to Anna Berg, by step 1 of the rule support (least_busy).", note.comment)
        self.assertIn("* **Anna Berg**: could take it (load 0)", note.comment)
        self.assertIn("* Carmen Ruiz: away, outside working hours until Fri 20 Nov 15:00", note.comment)
        self.assertFalse(note.public)

    def test_the_form_of_staff(self) -> None:
        self.log_in("ada")
        ticket = self.submit(assigned_to="")
        self.assertEqual((self.owner(ticket), self.channel(ticket)), ("anna", "staff"))

    def test_staff_choose_an_owner_and_no_turn_is_taken(self) -> None:
        self.log_in("ada")
        chosen = self.submit(assigned_to=str(self.user("bo").pk))
        self.assertEqual(self.owner(chosen), "bo")
        self.assertEqual([event.agent for event in shared.log(str(chosen.pk)) if event.type == "assigned"], ["bo"])
        self.assertEqual(self.notes(chosen)[0].title, "Waits to be given to somebody by hand")

    def test_the_default_owner_of_a_queue_is_a_choice(self) -> None:
        Queue.objects.filter(slug="help").update(default_owner=self.user("carmen"))
        self.assertEqual(self.owner(self.submit()), "carmen")

    def test_a_mail(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            ticket = receive(message("The export stops", Importance="high"))
        self.assertEqual((self.owner(ticket), self.channel(ticket), self.state(ticket)), ("anna", "email", "assigned"))
        conversation = shared.copy().conversation(str(ticket.pk))
        assert conversation is not None and conversation.contact is not None
        self.assertEqual(
            conversation.contact.to_dict(), {"id": "kim@customer.example", "attributes": {"domain": "customer.example"}}
        )
        self.assertEqual(conversation.priority, 1)
        self.assertIn("[help-", [sent.subject for sent in mail.outbox if sent.to == ["anna@example.com"]][0])

    def test_an_answer_opens_a_resolved_ticket_again_for_who_had_it(self) -> None:
        ticket = receive(message("The export stops"))
        other = receive(message("Another"))
        self.assertEqual((self.owner(ticket), self.owner(other)), ("anna", "bo"))
        self.log_in("anna")
        self.update(ticket, new_status=Ticket.RESOLVED_STATUS, comment="Done", public=True)
        self.assertEqual(self.state(ticket), "closed")
        again = receive(message(f"Re: The export stops [help-{ticket.pk}]", "It stops again."))
        self.assertEqual((again.pk, again.status), (ticket.pk, Ticket.REOPENED_STATUS))
        self.assertEqual((self.owner(ticket), self.state(ticket)), ("anna", "assigned"))

    def test_an_answer_waits_when_who_had_it_is_full(self) -> None:
        first = receive(message("First"))
        self.log_in("anna")
        self.update(first, new_status=Ticket.CLOSED_STATUS)
        receive(message("Second")), receive(message("Third"))
        receive(message(f"Re: First [help-{first.pk}]", "Once more."))
        self.assertEqual((self.owner(first), self.state(first)), (None, "queued"))

    def test_a_mail_read_outside_of_any_transaction_is_the_same(self) -> None:
        # As `get_email` does it: the ticket is certain before the desk knows of it.
        with self.captureOnCommitCallbacks(execute=True):
            ticket = Ticket.objects.create(title="By script", queue=Queue.objects.get(slug="help"))
        self.assertEqual((self.owner(ticket), self.channel(ticket)), ("anna", "email"))

    def test_the_api(self) -> None:
        self.log_in("ada")
        with self.captureOnCommitCallbacks(execute=True):
            response = self.client.post(
                "/api/tickets/",
                {
                    "queue": Queue.objects.get(slug="help").pk,
                    "title": "By API",
                    "description": "x",
                    "priority": 2,
                    "submitter_email": "a@b.example",
                },
                content_type="application/json",
            )
        self.assertEqual(response.status_code, 201, response.content)
        ticket = Ticket.objects.latest("id")
        self.assertEqual(self.owner(ticket), "anna")

    def test_a_queue_that_is_no_inbox_is_left_alone(self) -> None:
        ticket = self.submit("elsewhere")
        self.assertIsNone(self.owner(ticket))
        self.assertFalse(shared.knows(str(ticket.pk)))
        self.assertEqual(follow.catch_up(), 0)

    def test_a_field_of_ones_own_is_there_when_the_rules_are_read(self) -> None:
        CustomField.objects.create(name="plan", label="Plan", data_type="varchar", max_length=20, staff_only=False)
        given = document()
        rule = {"id": "gold", "match": {"attributes.plan": "gold"}, "steps": [{"assign_to": {"agents": ["bo"]}}]}
        given["inboxes"][0]["channels"][1]["rules"].insert(0, rule)
        self.install(given)
        self.assertEqual(self.owner(self.submit(custom_plan="gold")), "bo")

    def test_without_a_desk_helpdesk_is_what_it_was(self) -> None:
        remove_desk()
        self.assertIsNone(self.owner(self.submit()))


class FromAMailbox(CommittingTestCase):
    """helpdesk's own command reads a mailbox, here a folder. It works outside of any transaction."""

    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        Queue.objects.filter(slug="help").update(
            allow_email_submission=True, email_box_type="local", email_box_local_dir=folder.name, email_box_interval=0
        )

    def get_email(self, *messages: str) -> list[Ticket]:
        """Lets it read messages; gives all tickets there are."""
        for number, text in enumerate(messages):
            (self.folder / f"{number}.eml").write_text(text)
        call_command("get_email", "--quiet")
        return list(Ticket.objects.order_by("title"))

    def test_mails_become_tickets_that_somebody_has(self) -> None:
        tickets = self.get_email(message("A"), message("B"), message("C"))
        self.assertEqual({self.owner(ticket) for ticket in tickets}, {"anna", "bo", None})
        self.assertEqual(list(self.folder.iterdir()), [])
        told = {to for sent in mail.outbox for to in sent.to if "Assigned To You" in sent.subject}
        self.assertEqual(told, {"anna@example.com", "bo@example.com"})

    def test_an_answer_finds_its_ticket(self) -> None:
        (ticket,) = self.get_email(message("A"))
        self.log_in("anna")
        self.update(ticket, new_status=Ticket.CLOSED_STATUS)
        (again,) = self.get_email(message(f"Re: A [help-{ticket.pk}]", "Once more."))
        self.assertEqual((again.status, self.owner(again)), (Ticket.REOPENED_STATUS, "anna"))

    def test_a_desk_that_fails_makes_no_ticket_twice(self) -> None:
        with (
            mock.patch("frontdesk_helpdesk.shared.session", side_effect=RuntimeError("broken")),
            self.assertLogs("django.db", "ERROR"),
        ):
            (ticket,) = self.get_email(message("A"))
        self.assertIsNone(self.owner(ticket))
        self.assertEqual(follow.catch_up(), 1)
        self.assertEqual(self.owner(ticket), "anna")
