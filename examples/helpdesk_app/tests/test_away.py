"""Spam and trash: what becomes of a ticket whose conversation is there, and who takes it out again."""

from __future__ import annotations

from django.urls import reverse
from helpdesk.models import FollowUp, Queue, Ticket

from frontdesk.django import advance
from frontdesk.enums import View
from frontdesk_helpdesk import effects, follow, shared

from . import clock
from .desk import HelpdeskTestCase, document
from .test_arrivals import message, receive


class Away(HelpdeskTestCase):
    def give(self, command: str, ticket: Ticket) -> None:
        """Gives the desk a command about a ticket."""
        with shared.session() as work:
            work.give({"type": command, "conversation": str(ticket.pk)}).raise_if_refused()
            effects.apply(work)

    def status(self, ticket: Ticket) -> int:
        """What helpdesk says of a ticket."""
        status: int = Ticket.objects.get(pk=ticket.pk).status
        return status

    def full(self) -> tuple[Ticket, Ticket, Ticket]:
        """Anna and Bo have one each, and a third waits."""
        return self.ticket("One"), self.ticket("Two"), self.ticket("Three")

    def test_in_the_spam_nobody_has_it_and_helpdesk_has_it_closed(self) -> None:
        one, _, three = self.full()
        self.give("mark_spam", one)
        self.assertEqual((self.state(one), self.owner(one)), ("spam", None))
        self.assertEqual(self.status(one), Ticket.CLOSED_STATUS)
        self.assertEqual(self.owner(three), "anna", "there is room for the next")
        self.give("not_spam", one)
        self.assertEqual((self.state(one), self.status(one)), ("queued", Ticket.REOPENED_STATUS))

    def test_out_of_the_trash_it_is_as_it_was(self) -> None:
        one, two, _ = self.full()
        self.log_in("ada")
        self.update(one, new_status=Ticket.RESOLVED_STATUS)
        for ticket in (one, two):
            self.give("trash", ticket)
        self.assertEqual((self.status(one), self.status(two)), (Ticket.RESOLVED_STATUS, Ticket.CLOSED_STATUS))
        for ticket in (one, two):
            self.give("restore", ticket)
        self.assertEqual((self.state(one), self.status(one)), ("closed", Ticket.RESOLVED_STATUS))
        self.assertEqual((self.state(two), self.status(two)), ("assigned", Ticket.REOPENED_STATUS))

    def test_out_of_the_trash_into_the_spam(self) -> None:
        one = self.ticket()
        for command in ("mark_spam", "trash", "restore"):
            self.give(command, one)
        self.assertEqual((self.state(one), self.status(one)), ("spam", Ticket.CLOSED_STATUS))

    def test_nothing_is_on_hold_there(self) -> None:
        one = self.ticket()
        self.log_in("ada")
        self.client.post(reverse("helpdesk:hold", args=[one.pk]))
        self.give("trash", one)
        self.assertFalse(Ticket.objects.get(pk=one.pk).on_hold)
        self.give("restore", one)
        self.assertEqual((self.state(one), self.owner(one)), ("assigned", "bo"), "routed: Bo waited longer")

    def test_a_mail_does_not_take_it_out(self) -> None:
        spam = receive(message("Win a car"))
        self.give("mark_spam", spam)
        again = receive(message(f"Re: Win a car [help-{spam.pk}]", "Hurry up."))
        self.assertEqual((again.pk, self.state(spam), self.status(spam)), (spam.pk, "spam", Ticket.CLOSED_STATUS))
        self.assertIn("Hurry up.", FollowUp.objects.filter(ticket=spam).latest("id").comment)

    def test_staff_take_it_out_by_opening_it_again(self) -> None:
        one = self.ticket()
        self.log_in("bo")
        for command in ("mark_spam", "trash"):
            self.give(command, one)
            self.update(one, new_status=Ticket.REOPENED_STATUS)
            self.assertEqual((self.state(one), self.status(one)), ("assigned", Ticket.REOPENED_STATUS), command)

    def test_staff_take_it_out_of_the_trash_although_it_was_closed(self) -> None:
        one = self.ticket()
        self.log_in("bo")
        self.update(one, new_status=Ticket.CLOSED_STATUS)
        self.give("trash", one)
        self.update(one, new_status=Ticket.REOPENED_STATUS)
        self.assertEqual((self.state(one), self.status(one)), ("assigned", Ticket.REOPENED_STATUS))

    def test_nobody_can_be_given_it_there(self) -> None:
        one = self.ticket()
        self.give("mark_spam", one)
        self.log_in("ada")
        self.update(one, owner=self.user("bo").pk)
        self.assertEqual((self.owner(one), self.state(one)), (None, "spam"))
        self.assertEqual(self.notes(one)[-1].title, "Not assigned to bo")
        self.assertIn("is in the spam", self.notes(one)[-1].comment)

    def test_deleted_it_leaves_the_views(self) -> None:
        one, two, _ = self.full()
        self.give("trash", one)
        self.give("mark_spam", two)
        self.log_in("ada")
        for ticket in (one, two):
            self.client.post(reverse("helpdesk:delete", args=[ticket.pk]))
        counts = shared.copy().view_counts()
        self.assertEqual([counts[view] for view in (View.TRASH, View.SPAM, View.ALL_CLOSED)], [0, 0, 0])

    def test_what_went_past_django_is_made_good(self) -> None:
        one, two, _ = self.full()
        self.give("trash", one)
        self.give("mark_spam", two)
        self.assertEqual(follow.catch_up(), 0)
        Ticket.objects.filter(pk=one.pk).update(status=Ticket.OPEN_STATUS)
        Ticket.objects.filter(pk=two.pk).update(assigned_to=self.user("emi"))
        self.assertEqual(follow.catch_up(), 2)
        self.assertEqual((self.status(one), self.owner(two)), (Ticket.CLOSED_STATUS, None))

    def test_forgotten_by_the_desk_it_stays_closed_and_can_be_opened(self) -> None:
        one = self.ticket()
        self.give("trash", one)
        clock.pass_by(days=31)
        advance(shared.NAME)
        self.assertIsNone(shared.copy().conversation(str(one.pk)))
        self.assertEqual(self.status(one), Ticket.CLOSED_STATUS)
        self.log_in("ada")
        self.assertEqual(self.client.get(reverse("helpdesk:view", args=[one.pk])).status_code, 200)
        self.update(one, new_status=Ticket.REOPENED_STATUS)
        self.assertIn(self.state(one), ("assigned", "queued"))


class Arriving(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        given = document()
        given["inboxes"][0]["filters"] = {"block": ["@lottery.example"]}
        self.install(given)

    def test_a_blocked_sender_is_spam_on_arrival(self) -> None:
        spam = receive(message("Win a car", sender="Win <win@lottery.example>"))
        self.assertEqual((self.state(spam), self.owner(spam)), ("spam", None))
        self.assertEqual(Ticket.objects.get(pk=spam.pk).status, Ticket.CLOSED_STATUS)
        (note,) = self.notes(spam)
        self.assertEqual((note.title, note.comment), ("In the spam", "frontdesk: blocked sender @lottery.example."))

    def test_what_staff_enter_for_them_is_none(self) -> None:
        self.log_in("ada")
        form = {"title": "By phone", "body": "Hi", "priority": "3", "due_date": "", "assigned_to": ""}
        form |= {"queue": str(Queue.objects.get(slug="help").pk), "submitter_email": "kim@lottery.example"}
        self.assertEqual(self.client.post(reverse("helpdesk:submit"), form).status_code, 302)
        self.assertEqual(self.state(Ticket.objects.latest("id")), "assigned")


class Customers(HelpdeskTestCase):
    def answer(self, ticket: Ticket) -> None:
        """A customer answers by mail."""
        self.assertEqual(receive(message(f"Re: [help-{ticket.pk}]", "It still does not.")).pk, ticket.pk)

    def test_an_answer_takes_a_ticket_off_hold(self) -> None:
        one = self.ticket()
        self.log_in("ada")
        self.client.post(reverse("helpdesk:hold", args=[one.pk]))
        self.assertEqual(self.state(one), "snoozed")
        self.answer(one)
        self.assertEqual((self.state(one), self.owner(one)), ("assigned", "anna"))
        self.assertFalse(Ticket.objects.get(pk=one.pk).on_hold)

    def test_the_desk_knows_when_they_wrote_last(self) -> None:
        one = self.ticket()
        clock.pass_by(hours=2)
        self.answer(one)
        conversation = shared.copy().conversation(str(one.pk))
        assert conversation is not None
        self.assertEqual(conversation.last_message_at, clock.now())
        self.assertEqual(self.owner(one), "anna")
