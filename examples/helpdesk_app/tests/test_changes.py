"""What is done to tickets in helpdesk reaches the desk, and what the desk decides reaches the tickets."""

from __future__ import annotations

from unittest import mock

from django.core import mail
from django.urls import reverse
from helpdesk.models import FollowUp, Queue, Ticket

from frontdesk.events import Assigned
from frontdesk_helpdesk import follow, shared

from . import clock
from .desk import HelpdeskTestCase, last_turn


class Changes(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.log_in("ada")

    def full(self) -> tuple[Ticket, Ticket, Ticket]:
        """Anna and Bo have one each, and a third waits."""
        tickets = (self.ticket("One"), self.ticket("Two"), self.ticket("Three"))
        self.assertEqual([self.owner(ticket) for ticket in tickets], ["anna", "bo", None])
        return tickets

    def test_closing_makes_room_for_the_next_that_waits(self) -> None:
        one, _, three = self.full()
        with self.captureOnCommitCallbacks(execute=True):
            self.update(one, new_status=Ticket.CLOSED_STATUS)
        self.assertEqual((self.owner(three), self.state(one)), ("anna", "closed"))
        self.assertEqual(
            [note.title for note in self.notes(three)], ["Waits for somebody", "Assigned to Anna Berg by frontdesk"]
        )
        self.assertEqual(
            [sent.to for sent in mail.outbox if "help-3" in sent.subject or f"help-{three.pk}" in sent.subject],
            [["anna@example.com"]],
        )
        self.assertEqual(self.owner(one), "anna", "a closed ticket keeps its owner")

    def test_resolving_makes_room_too(self) -> None:
        one, _, three = self.full()
        self.update(one, new_status=Ticket.RESOLVED_STATUS, comment="Done", public=True)
        self.assertEqual(self.owner(three), "anna")

    def test_several_closed_at_once_from_copies_that_grow_old(self) -> None:
        # Closing the first gives the third to Anna; helpdesk then closes the third from a copy in which nobody has it.
        one, two, three = self.full()
        four = self.ticket("Four")
        ids = [one.pk, three.pk]
        self.client.post(reverse("helpdesk:mass_update"), {"ticket_id": ids, "action": "close"})
        self.assertEqual(
            [self.state(ticket) for ticket in (one, two, three, four)], ["closed", "assigned", "closed", "assigned"]
        )
        self.assertEqual((self.owner(three), self.owner(four)), ("anna", "anna"))

    def test_a_stale_copy_does_not_take_a_ticket_away(self) -> None:
        one, _, three = self.full()
        stale = Ticket.objects.get(pk=three.pk)
        self.update(one, new_status=Ticket.CLOSED_STATUS)
        stale.title = "Three, really"
        stale.save()
        self.assertEqual((self.owner(three), stale.assigned_to), ("anna", self.user("anna")))

    def test_taking_a_ticket_that_waits(self) -> None:
        _, _, three = self.full()
        self.log_in("carmen")
        self.client.get(reverse("helpdesk:view", args=[three.pk]) + "?take")
        self.assertEqual((self.owner(three), self.state(three)), ("carmen", "assigned"))
        (assigned,) = [event for event in shared.log(str(three.pk)) if event.type == "assigned"]
        assert isinstance(assigned, Assigned)
        self.assertEqual((assigned.reason, assigned.by), ("by_hand", "carmen"))

    def test_assigning_passes_capacity_by(self) -> None:
        *_, three = self.full()
        self.update(three, owner=self.user("anna").pk)
        self.assertEqual((self.owner(three), shared.copy().table(clock.now())[0].load), ("anna", 2))

    def test_assigned_to_somebody_who_is_not_on_the_desk(self) -> None:
        *_, three = self.full()
        self.update(three, owner=self.user("ada").pk)
        self.assertEqual((self.owner(three), self.state(three)), ("ada", "assigned"))
        guest = shared.copy().document()["agents"][-1]
        self.assertEqual((guest["id"], guest["working_hours"]), ("ada", []))
        self.assertEqual(shared.copy().available(clock.now()), ["anna", "bo", "emi"])

    def test_who_may_not_see_a_queue_gets_nothing_of_it(self) -> None:
        ticket = self.ticket("Invoice", "billing")
        self.assertEqual(self.owner(ticket), "emi")
        self.update(ticket, owner=self.user("anna").pk)
        self.assertEqual(self.owner(ticket), "emi")
        self.assertEqual(self.notes(ticket)[-1].title, "Not assigned to anna")
        self.assertIn("no access", self.notes(ticket)[-1].comment)

    def test_taken_away_it_is_left_alone_until_it_is_given_back(self) -> None:
        one, _, three = self.full()
        self.update(one, owner=0)
        self.assertEqual((self.owner(one), self.state(one)), (None, "unassigned"))
        self.assertEqual(self.owner(three), "anna")
        self.client.post(reverse("admin:desk_route", args=[one.pk]))
        self.assertEqual(self.state(one), "queued")

    def test_an_answer_makes_it_theirs(self) -> None:
        *_, three = self.full()
        self.log_in("carmen")
        self.update(three, comment="Have you tried turning it off?", public=True)
        self.assertEqual((self.owner(three), self.state(three)), ("carmen", "assigned"))
        self.assertEqual(Ticket.objects.get(pk=three.pk).followup_set.filter(user__username="carmen").count(), 1)

    def test_an_answer_from_a_page_that_grew_old_takes_it_from_nobody(self) -> None:
        one, _, three = self.full()
        self.update(one, new_status=Ticket.CLOSED_STATUS)
        self.update(three, comment="I looked at the log.", public=True, owner=0, frontdesk_owner=0)
        self.assertEqual((self.owner(three), self.state(three)), ("anna", "assigned"))
        self.update(three, comment="Nobody.", owner=0, frontdesk_owner=self.user("anna").pk)
        self.assertEqual((self.owner(three), self.state(three)), (None, "unassigned"), "this time somebody chose")

    def test_a_note_among_staff_makes_it_nobodys(self) -> None:
        *_, three = self.full()
        self.log_in("carmen")
        self.update(three, comment="Not for me.")
        self.assertIsNone(self.owner(three))

    def test_on_hold_it_weighs_nothing(self) -> None:
        one, _, three = self.full()
        self.client.post(reverse("helpdesk:hold", args=[one.pk]))
        self.assertEqual((self.state(one), self.owner(one), self.owner(three)), ("snoozed", "anna", "anna"))
        self.client.post(reverse("helpdesk:unhold", args=[one.pk]))
        self.assertEqual((self.state(one), self.owner(one)), ("queued", None), "Anna is full now")

    def test_off_hold_it_goes_back_to_who_had_it(self) -> None:
        one = self.ticket()
        self.client.post(reverse("helpdesk:hold", args=[one.pk]))
        self.client.post(reverse("helpdesk:unhold", args=[one.pk]))
        self.assertEqual((self.state(one), self.owner(one)), ("assigned", "anna"))

    def test_another_queue_while_it_waits(self) -> None:
        *_, three = self.full()
        self.update(three, queue=Queue.objects.get(slug="billing").pk)
        self.assertEqual(self.owner(three), "emi")

    def test_a_queue_that_is_no_inbox(self) -> None:
        one, _, three = self.full()
        self.update(one, queue=Queue.objects.get(slug="elsewhere").pk)
        self.assertEqual((self.state(one), self.owner(three)), ("closed", "anna"))

    def test_a_higher_priority_is_served_first(self) -> None:
        one, _, three = self.full()
        four = self.ticket("Four")
        self.update(four, priority=1)
        self.assertEqual(shared.copy().queue, [str(four.pk), str(three.pk)])
        self.update(one, new_status=Ticket.CLOSED_STATUS)
        self.assertEqual((self.owner(three), self.owner(four)), (None, "anna"))

    def test_deleted(self) -> None:
        one, _, three = self.full()
        self.client.post(reverse("helpdesk:delete", args=[one.pk]))
        self.assertEqual(self.owner(three), "anna")

    def test_merged(self) -> None:
        one, two, three = self.full()
        Ticket.objects.filter(pk=two.pk).update(merged_to=one)
        Ticket.objects.get(pk=two.pk).save()
        self.assertEqual((self.state(two), self.owner(three)), ("closed", "bo"))

    def test_reopened_by_staff_for_somebody_else(self) -> None:
        one, *_ = self.full()
        self.update(one, new_status=Ticket.CLOSED_STATUS)
        self.update(one, new_status=Ticket.REOPENED_STATUS, owner=self.user("carmen").pk)
        self.assertEqual((self.owner(one), self.state(one)), ("carmen", "assigned"))

    def test_a_deactivated_account_gets_nothing_and_keeps_what_it_has(self) -> None:
        one, _, three = self.full()
        anna = self.user("anna")
        anna.is_active = False
        anna.save()
        self.assertEqual(str(shared.copy().status("anna", clock.now()).reason), "deactivated")
        self.update(one, new_status=Ticket.CLOSED_STATUS)
        self.assertIsNone(self.owner(three))
        anna.is_active = True
        anna.save()
        self.assertEqual(self.owner(three), "anna")

    def test_what_went_past_django_is_made_good(self) -> None:
        one, two, three = self.full()
        Ticket.objects.filter(pk=one.pk).update(status=Ticket.CLOSED_STATUS)
        Ticket.objects.filter(pk=two.pk).update(assigned_to=self.user("carmen"))
        before = Ticket.objects.bulk_create([Ticket(title="Old", queue=Queue.objects.get(slug="billing"))])
        self.assertEqual(follow.catch_up(), 3)
        self.assertEqual(follow.catch_up(), 0)
        self.assertEqual([self.owner(ticket) for ticket in (two, three, *before)], ["carmen", "anna", "emi"])

    def test_what_only_seemed_to_differ_is_left_as_it_is(self) -> None:
        one, *_ = self.full()
        old = shared.copy()
        self.update(one, new_status=Ticket.CLOSED_STATUS)
        before = last_turn()
        with mock.patch("frontdesk_helpdesk.shared.copy", return_value=old):
            self.assertEqual(follow.catch_up(), 0)
        self.assertEqual(last_turn(), before)

    def test_one_that_vanished_past_django(self) -> None:
        one, _, three = self.full()
        FollowUp.objects.filter(ticket=one).delete()
        Ticket.objects.filter(pk=one.pk)._raw_delete("default")
        self.assertEqual(follow.catch_up(), 1)
        self.assertEqual(self.owner(three), "anna")

    def test_escalation_moves_it_forward(self) -> None:
        *_, three = self.full()
        three.priority = 2
        three.save()
        conversation = shared.copy().conversation(str(three.pk))
        assert conversation is not None
        self.assertEqual(conversation.priority, 1)

    def test_no_note_comes_back_as_a_change(self) -> None:
        one, *_ = self.full()
        before = last_turn()
        FollowUp.objects.create(ticket=one, title="Nothing", public=False)
        self.assertEqual(last_turn(), before)
