"""The buttons of a ticket: what the desk allows can be pressed, and what is shown is what is carried out."""

from __future__ import annotations

import re
from typing import Any
from unittest import mock

from django.urls import reverse
from django.utils.html import strip_tags
from helpdesk.models import FollowUp, Ticket

from frontdesk.django import advance
from frontdesk_helpdesk import buttons, shared

from . import clock
from .desk import HelpdeskTestCase, digest, document, last_turn


class Buttons(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.log_in("anna")

    def page(self, ticket: Ticket) -> str:
        """The page of a ticket."""
        response = self.client.get(reverse("helpdesk:view", args=[ticket.pk]))
        self.assertEqual(response.status_code, 200)
        return response.content.decode()

    def shown(self, ticket: Ticket) -> dict[str, bool]:
        """The buttons on its page, and whether each can be pressed."""
        found = re.findall(
            r"<button type=\"submit\" class=\"btn btn-sm[^\"]*\"([^>]*)>([^<]+)</button>", self.page(ticket)
        )
        return {label: "disabled" not in attributes for attributes, label in found}

    def press(self, action: str, ticket: Ticket) -> str:
        """What is said after a button was pressed."""
        url = reverse("admin:desk_press", args=[ticket.pk, action])
        response = self.client.post(url, follow=True)
        self.assertEqual(response.status_code, 200)
        (said,) = response.context["messages"]
        return str(said)

    def status(self, ticket: Ticket) -> int:
        """What helpdesk says of a ticket."""
        status: int = Ticket.objects.get(pk=ticket.pk).status
        return status

    def test_taking_and_releasing(self) -> None:
        self.ticket("One"), self.ticket("Two")
        three = self.ticket("Three")
        self.assertEqual(self.press("take", three), "“Three”: Assigned to Anna Berg.")
        self.assertEqual((self.owner(three), self.state(three)), ("anna", "assigned"))
        self.assertNotIn("Take", self.shown(three), "it is theirs already")
        (assigned,) = [event for event in shared.log(str(three.pk)) if event.type == "assigned"]
        self.assertEqual(assigned.by, "anna")
        self.press("release", three)
        self.assertEqual((self.owner(three), self.state(three)), (None, "unassigned"))

    def test_closing_and_reopening(self) -> None:
        one = self.ticket()
        self.press("close", one)
        self.assertEqual((self.state(one), self.status(one), self.owner(one)), ("closed", Ticket.CLOSED_STATUS, "anna"))
        self.press("reopen", one)
        self.assertEqual((self.state(one), self.status(one)), ("assigned", Ticket.REOPENED_STATUS))
        notes = FollowUp.objects.filter(ticket=one, user=self.user("anna")).order_by("id")
        self.assertEqual(
            [(note.title, note.new_status, note.public) for note in notes],
            [("Closed", Ticket.CLOSED_STATUS, False), ("Reopened", Ticket.REOPENED_STATUS, False)],
        )

    def test_snoozing_and_waking(self) -> None:
        one = self.ticket()
        self.press("snooze", one)
        self.assertEqual((self.state(one), Ticket.objects.get(pk=one.pk).on_hold), ("snoozed", True))
        self.assertTrue(self.shown(one)["Wake"])
        self.press("wake", one)
        self.assertEqual((self.state(one), Ticket.objects.get(pk=one.pk).on_hold), ("assigned", False))

    def test_spam_and_trash(self) -> None:
        one = self.ticket()
        for there, back, state in (("spam", "not_spam", "spam"), ("trash", "restore", "trash")):
            self.press(there, one)
            self.assertEqual((self.state(one), self.status(one)), (state, Ticket.CLOSED_STATUS))
            self.press(back, one)
            self.assertEqual((self.state(one), self.status(one)), ("assigned", Ticket.REOPENED_STATUS))
        self.assertEqual(
            list(
                FollowUp.objects.filter(ticket=one, user=self.user("anna"))
                .order_by("id")
                .values_list("title", flat=True)
            ),
            ["Marked as spam", "Taken out of the spam", "Moved to the trash", "Restored from the trash"],
        )

    def test_only_what_the_desk_allows_can_be_pressed_and_else_it_says_why(self) -> None:
        one = self.ticket()
        self.assertEqual(self.shown(one), dict.fromkeys(["Release", "Close", "Snooze", "Spam", "Trash"], True))
        self.press("spam", one)
        grey = dict.fromkeys(["Take", "Release", "Close", "Snooze"], False)
        self.assertEqual(self.shown(one), grey | {"Not spam": True, "Trash": True})
        said = strip_tags(self.page(one))
        self.assertIn(
            f"Take, Release, Close, Snooze: The conversation &quot;{one.pk}&quot; is in the spam; take it out of there first.",
            said,
        )

    def test_what_is_shown_is_what_is_carried_out(self) -> None:
        given = document()
        given["agents"][0]["active"] = False
        self.install(given)
        for name in ("anna", "bo", "emi", "ada"):
            for queue in ("help", "billing"):
                ticket = self.ticket("Any", queue)
                self.log_in(name)
                for action in ("take", "release", "spam", "not_spam", "trash", "restore", "snooze", "wake", "close"):
                    shown = self.shown(ticket).get(buttons.ACTIONS[action].label, False)
                    before = last_turn()
                    self.press(action, ticket)
                    self.assertEqual(last_turn() > before, shown, f"{name}: {action} in {queue}")

    def test_a_time_from_which_it_is_possible(self) -> None:
        one = self.with_bot()
        self.assertFalse(self.shown(one)["Close"])
        self.assertIn("Possible from Fri 20 Nov 10:30 (Europe/Stockholm).", strip_tags(self.page(one)))
        clock.pass_by(minutes=30)
        self.assertTrue(self.shown(one)["Close"])
        self.press("close", one)
        self.assertEqual((self.state(one), self.status(one)), ("closed", Ticket.CLOSED_STATUS))

    def test_what_the_desk_closes_by_itself(self) -> None:
        one = self.with_bot(close_idle_bots=True)
        clock.pass_by(minutes=30)
        advance(shared.NAME)
        self.assertEqual((self.state(one), self.status(one)), ("closed", Ticket.CLOSED_STATUS))

    def with_bot(self, **further: Any) -> Ticket:
        """A ticket that a bot has."""
        given = document()
        rules = [{"id": "bot", "steps": [{"assign_to": {"bot": "helper"}}]}]
        given["inboxes"][0]["channels"][0] |= {"rules": rules, **further}
        self.install(given)
        ticket = self.ticket()
        self.assertEqual(self.state(ticket), "with_bot")
        return ticket

    def test_what_the_desk_refuses_changes_nothing(self) -> None:
        one = self.ticket("Invoice", "billing")
        before = digest()
        self.assertIn("no access", self.press("spam", one))
        self.assertEqual((digest(), self.owner(one)), (before, "emi"))

    def test_a_superuser_takes_one_as_a_guest(self) -> None:
        one = self.ticket()
        self.log_in("ada")
        self.assertTrue(self.shown(one)["Take"])
        self.press("take", one)
        self.assertEqual(self.owner(one), "ada")
        self.press("trash", one)
        self.assertEqual(len(shared.copy().document()["agents"]), 5, "and only once")

    def test_they_are_for_agents_who_may_see_the_desk(self) -> None:
        one = self.ticket()
        self.user("anna").user_permissions.clear()
        self.assertEqual(self.shown(one), {})
        url = reverse("admin:desk_press", args=[one.pk, "trash"])
        self.assertEqual(self.client.post(url).status_code, 403)
        self.log_in("ada")
        self.assertEqual(self.client.get(url).status_code, 405)
        unknown = reverse("admin:desk_press", args=[one.pk, "explode"])
        self.assertEqual(self.client.post(unknown).status_code, 404)

    @mock.patch("helpdesk.settings.HELPDESK_ENABLE_PER_QUEUE_STAFF_PERMISSION", True)
    def test_they_are_for_queues_that_helpdesk_shows(self) -> None:
        one = self.ticket()
        self.log_in("bo")
        url = reverse("admin:desk_press", args=[one.pk, "trash"])
        self.assertEqual(self.client.post(url).status_code, 404)
        self.assertEqual(self.state(one), "assigned")

    def test_the_desk_has_no_buttons_for_what_it_does_not_have(self) -> None:
        self.assertEqual(self.shown(self.ticket("Elsewhere", "elsewhere")), {})
