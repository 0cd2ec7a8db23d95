"""The page of views: who sees which conversations, how many, and page by page."""

from __future__ import annotations

import re
from unittest import mock
from urllib.parse import unquote

from django.urls import reverse
from helpdesk.models import FollowUp, Ticket

from frontdesk_helpdesk import effects, follow, listing, shared
from frontdesk_helpdesk.acting import Acting

from .desk import HelpdeskTestCase


class Views(HelpdeskTestCase):
    def page(self, view: str, **query: str) -> str:
        """A page of a view."""
        response = self.client.get(reverse("admin:desk_view", args=[view]), query)
        self.assertEqual(response.status_code, 200)
        return response.content.decode()

    def counts(self, view: str = "unassigned") -> dict[str, int]:
        """The views in the list that have something, and how many."""
        found = re.findall(r"<span>([\w ]+)</span> <b[^>]*>(\d+)</b>", self.page(view))
        self.assertEqual(len(found), len(dict(found)))
        return {label: int(count) for label, count in found if count != "0"}

    def titles(self, page: str) -> list[str]:
        """The tickets on a page."""
        return re.findall(r'<td><a href="[^"]*">([^<]*)</a>', page)

    def give(self, command: str, ticket: Ticket) -> None:
        """Gives the desk a command about a ticket."""
        with shared.session() as work:
            work.give({"type": command, "conversation": str(ticket.pk)}).raise_if_refused()
            effects.apply(work)

    def some(self) -> None:
        """Anna and Bo have one each, one waits, one is Emi's, one closed, one spam, one in the trash."""
        for title in ("One", "Two", "Three"):
            self.ticket(title)
        self.ticket("Invoice", "billing")
        for command in ("close", "mark_spam", "trash"):
            self.give(command, self.ticket(command))

    def test_the_counts_are_those_of_who_looks(self) -> None:
        self.some()
        away = {"All closed": 1, "Spam": 1, "Trash": 1}
        self.log_in("anna")
        self.assertEqual(self.counts(), {"Unassigned": 1, "Mine": 1, "All open": 3, "Email": 3} | away)
        self.log_in("emi")
        self.assertEqual(self.counts()["Mine"], 1)
        self.assertEqual(self.counts()["All open"], 4, "the inbox of all and that of her team")
        self.log_in("ada")
        self.assertEqual(self.counts(), {"Unassigned": 1, "All open": 4, "Email": 4} | away, "she has none of her own")

    def test_every_view_has_as_many_as_its_count_says(self) -> None:
        self.some()
        for name in ("anna", "emi", "ada"):
            self.log_in(name)
            counts = self.counts()
            for views in listing.GROUPS.values():
                for view in views:
                    label = str(view).replace("_", " ").capitalize()
                    self.assertEqual(len(self.titles(self.page(view))), counts.get(label, 0), f"{view} of {name}")

    def test_where_each_is(self) -> None:
        self.some()
        self.log_in("anna")
        said = re.sub(r"<[^>]*>|\s+", " ", self.page("all_open"))
        self.assertRegex(
            said, r"Three +Help · email · kim@customer\.example +waits +opened +10:00 +last message +10:00"
        )
        self.assertRegex(said, r"Two +Help · email · kim@customer\.example +Bo Lindqvist")
        self.assertRegex(re.sub(r"<[^>]*>|\s+", " ", self.page("spam")), r"mark_spam +Help .* spam")
        self.assertEqual(self.titles(self.page("mine")), ["One"])

    def test_page_by_page_while_tickets_come_and_go(self) -> None:
        for number in range(7):
            self.ticket(f"Ticket {number}")
        self.log_in("anna")
        seen: list[str] = []
        query: dict[str, str] = {}
        with mock.patch.object(listing, "PAGE", 3):
            while True:
                page = self.page("all_open", **query)
                seen += self.titles(page)
                self.ticket(f"New {len(seen)}")
                url = re.search(r'href="[^"]*\?after=([^"]+)" rel="next"', page)
                if url is None:
                    break
                query = {"after": unquote(url[1])}
            self.assertEqual(seen, [f"Ticket {number}" for number in reversed(range(7))])
            self.assertIn("First page", self.page("all_open", **query))

    def test_a_cursor_of_nothing_leads_to_the_first_page(self) -> None:
        self.log_in("anna")
        response = self.client.get(reverse("admin:desk_view", args=["all_open"]), {"after": "x"}, follow=True)
        self.assertEqual(response.redirect_chain, [(reverse("admin:desk_view", args=["all_open"]), 302)])

    def test_a_ticket_that_is_gone(self) -> None:
        ticket = self.ticket()
        self.give("trash", ticket)
        FollowUp.objects.filter(ticket=ticket).delete()
        Ticket.objects.filter(pk=ticket.pk)._raw_delete("default")
        self.log_in("anna")
        self.assertIn(f"ticket {ticket.pk}, which is gone", self.page("trash"))
        self.assertEqual(follow.catch_up(), 1)
        self.assertIn("Nothing here.", self.page("trash"))

    def test_who_is_nobody_on_the_desk_has_no_views(self) -> None:
        self.log_in("bo")
        with mock.patch("frontdesk_helpdesk.acting.Acting.of", return_value=Acting("kim", False)):
            self.assertIn("You are not an agent of this desk", self.page("all_open"))
        self.user("bo").user_permissions.clear()
        self.assertEqual(self.client.get(reverse("admin:desk_view", args=["all_open"])).status_code, 403)

    def test_there_are_no_other_views(self) -> None:
        self.log_in("anna")
        self.assertEqual(self.client.get(reverse("admin:desk_view", args=["everything"])).status_code, 404)
