"""What is said where one answers a ticket, and what becomes of an answer that cannot be sent."""

from __future__ import annotations

import re
from typing import Any

from django.core import mail
from django.urls import reverse
from helpdesk.models import FollowUp, Ticket

from frontdesk_helpdesk import arrival, follow, shared

from . import clock
from .desk import HelpdeskTestCase, document


class Answers(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        given = document()
        channel: dict[str, Any] = {**given["inboxes"][0]["channels"][0], "id": "messenger", "kind": "messenger"}
        given["inboxes"][0]["channels"].append({**channel, "reply_window": {"automated": "24h", "person": "7d"}})
        self.install(given)
        with arrival.as_of(arrival.Arrival("messenger")):
            self.asked = self.ticket("Asked", submitter_email="noor@messenger.example")
        self.log_in("anna")

    def said(self, ticket: Ticket) -> str:
        """What is said where one answers."""
        page = self.client.get(reverse("helpdesk:view", args=[ticket.pk])).content.decode()
        found = re.search(r'id="frontdesk-window"[^>]*>([^<]*)<', page)
        return found[1] if found else ""

    def test_until_when_it_may_be_answered(self) -> None:
        said = "Reply window: open until Fri 27 Nov 10:00,"
        automatic = "Sat 21 Nov 10:00 (Europe/Stockholm)."
        self.assertEqual(self.said(self.asked), f"{said} for automatic messages until {automatic}")
        clock.pass_by(days=2)
        self.assertEqual(self.said(self.asked), f"{said} closed for automatic messages since {automatic}")

    def test_nothing_is_said_where_there_is_no_window(self) -> None:
        self.assertEqual(self.said(self.ticket()), "")

    def test_it_is_closed(self) -> None:
        clock.pass_by(days=7)
        for name in ("anna", "ada"):
            self.log_in(name)
            self.assertIn("The reply window closed Fri 27 Nov 10:00 (Europe/Stockholm).", self.said(self.asked))

    def test_an_answer_after_it_is_kept_as_a_private_note(self) -> None:
        clock.pass_by(days=7)
        url = reverse("helpdesk:update", args=[self.asked.pk])
        form = {"comment": "We are.", "public": "1", "new_status": 1, "title": "Asked", "priority": 3}
        response = self.client.post(url, form | {"queue": self.asked.queue_id, "owner": -1}, follow=True)
        self.assertIn("Your answer was not sent.", str([str(one) for one in response.context["messages"]]))
        note = FollowUp.objects.get(ticket=self.asked, comment="We are.")
        self.assertFalse(note.public)
        self.assertNotIn("message_noted", [event.type for event in shared.log(str(self.asked.pk))])

    def test_neither_is_a_mail_sent_that_it_is_resolved(self) -> None:
        clock.pass_by(days=7)
        self.update(self.asked, new_status=Ticket.RESOLVED_STATUS, public=True)
        self.assertNotIn("noor@messenger.example", [to for sent in mail.outbox for to in sent.to])
        self.assertEqual(self.state(self.asked), "closed")

    def test_an_answer_in_time_is_sent(self) -> None:
        clock.pass_by(days=6)
        self.update(self.asked, comment="We are.", public=True)
        self.assertTrue(FollowUp.objects.get(ticket=self.asked, comment="We are.").public)
        self.assertIn("noor@messenger.example", [to for sent in mail.outbox for to in sent.to])

    def test_it_opens_again_when_the_customer_writes(self) -> None:
        clock.pass_by(days=8)
        FollowUp.objects.create(ticket=self.asked, comment="Still there?", public=True)
        follow.wrote(FollowUp.objects.latest("id"))
        self.assertIn("open until Sat 05 Dec 10:00", self.said(self.asked))

    def test_in_the_spam_nothing_is_answered(self) -> None:
        self.client.post(reverse("admin:desk_press", args=[self.asked.pk, "spam"]))
        self.assertIn("in the spam", self.said(self.asked))
        self.update(self.asked, comment="Stop it.", public=True)
        self.assertFalse(FollowUp.objects.get(ticket=self.asked, comment="Stop it.").public)
