"""The desk's page in Django's admin."""

from __future__ import annotations

import json
import re

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.html import strip_tags

from frontdesk_helpdesk import shared

from . import clock
from .desk import HelpdeskTestCase, document, last_turn, remove_desk

PAGE = "admin:frontdesk_helpdesk_thedesk_changelist"


class Page(HelpdeskTestCase):
    def page(self) -> str:
        response = self.client.get(reverse(PAGE))
        self.assertEqual(response.status_code, 200)
        return " ".join(strip_tags(response.content.decode().split('<div class="desk">')[1]).split())

    def post(self, name: str, **form: object) -> list[str]:
        """What is said on the page that a form leads to."""
        response = self.client.post(reverse(f"admin:desk_{name}"), form, follow=True)
        self.assertEqual(response.status_code, 200)
        return [str(message) for message in response.context["messages"]]

    def test_who_is_available_until_when_and_what_waits_why(self) -> None:
        for title in ("One", "Two", "Three"):
            self.ticket(title)
        self.log_in("anna")
        said = self.page()
        self.assertIn("3 of 4 available", said)
        self.assertIn("Anna Berg Support · 10:00 there available working hours until 17:00 1 of 1", said)
        self.assertIn("Carmen Ruiz Support · 04:00 there away outside working hours until 15:00 0 of 1", said)
        self.assertIn("Three Help · 3. Normal 10:00 support, step 1 Anna Berg, Bo Lindqvist: full: 1 of 1", said)
        self.assertIn("billing nobody from 17:00 to Mon 09:00", said)

    def test_it_is_for_staff_who_may_see_it(self) -> None:
        self.user("anna").user_permissions.clear()
        self.log_in("anna")
        self.assertEqual(self.client.get(reverse(PAGE)).status_code, 403)
        self.client.logout()
        self.assertEqual(self.client.get(reverse(PAGE)).status_code, 302)

    def test_it_says_when_the_desk_is_behind_and_looking_changes_nothing(self) -> None:
        clock.pass_by(hours=-4)
        ticket = self.ticket()
        clock.pass_by(hours=4)
        self.log_in("ada")
        self.assertIn("Something fell due at 09:00", self.page())
        self.assertIsNone(self.owner(ticket))
        self.assertIn("Time has passed", self.post("advance")[0])
        self.assertEqual(self.owner(ticket), "anna")

    def test_ones_own_status(self) -> None:
        self.log_in("anna")
        said = self.post("status", agent="anna", status="away", duration="1h", note="Lunch")
        self.assertEqual(said, ["Anna Berg is away until 11:00: temporarily away."])
        self.assertIn("temporarily away until 11:00 “Lunch”", self.page())
        self.assertEqual(self.owner(self.ticket()), "bo")

    def test_that_of_others_needs_a_permission_of_the_desks(self) -> None:
        self.log_in("anna")
        (said,) = self.post("status", agent="emi", status="away")
        self.assertIn("anna", said)
        self.assertTrue(shared.copy().status("emi", clock.now()).available)
        self.log_in("bo")
        said_to_bo = self.post("status", agent="emi", status="away")
        self.assertEqual(said_to_bo, ["Emi Sato is away: set away by other."])
        self.assertIn("set away by other, by Bo Lindqvist", self.page())

    def test_setting_somebody_available_gives_them_what_waits(self) -> None:
        self.ticket(), self.ticket()
        three = self.ticket()
        self.log_in("ada")
        self.post("status", agent="carmen", status="available")
        self.assertEqual(self.owner(three), "carmen")

    def test_the_hours_in_notes_are_those_of_the_desk_whatever_they_came_from(self) -> None:
        clock.pass_by(hours=-4)
        ticket = self.ticket()
        self.log_in("ada")
        self.post("status", agent="carmen", status="available")
        waits, assigned = self.notes(ticket)
        self.assertEqual(assigned.title, "Assigned to Carmen Ruiz by frontdesk")
        self.assertIn("It went to Carmen Ruiz, by step 1", assigned.comment)
        for note in (waits, assigned):
            self.assertIn(
                "Anna Berg: away, outside working hours until Fri 20 Nov 09:00 Europe/Stockholm", note.comment
            )

    def test_absences_come_and_go(self) -> None:
        self.log_in("anna")
        self.assertEqual(
            self.post("absence", agent="anna", first_day="2026-11-20", start="09:30", end="12:00", note="Dentist"),
            ["Anna Berg is out of office: 2026-11-20 09:30 – 2026-11-20 12:00 “Dentist”."],
        )
        self.assertEqual(
            self.post("absence", agent="anna", first_day="2026-12-01", last_day="2026-12-04"),
            ["Anna Berg is out of office: 2026-12-01 – 2026-12-04."],
        )
        said = self.page()
        self.assertIn("out of office until 12:00 “Dentist”", said)
        self.assertIn("2026-12-01 – 2026-12-04", said)
        (removed,) = self.post("remove_absence", agent="anna", absence="2026-11-20 09:30 – 2026-11-20 12:00 “Dentist”")
        self.assertIn("The absence of Anna Berg is removed", removed)
        self.assertTrue(shared.copy().status("anna", clock.now()).available)
        self.assertEqual(
            shared.copy().document()["agents"][0]["out_of_office"],
            [{"first_day": "2026-12-01", "last_day": "2026-12-04"}],
        )

    def test_an_absence_that_is_gone_is_not_removed_again(self) -> None:
        self.log_in("anna")
        self.assertEqual(
            self.post("remove_absence", agent="anna", absence="2026-12-01 – 2026-12-04"),
            ["Anna Berg has no such absence any more, so that nothing changed: 2026-12-01 – 2026-12-04"],
        )

    def test_an_absence_that_cannot_be(self) -> None:
        self.log_in("anna")
        self.assertIn("Give both times", self.post("absence", agent="anna", first_day="2026-11-20", start="09:30")[0])
        (said, *_) = self.post("absence", agent="anna", first_day="2026-11-20", last_day="2026-11-19")
        self.assertIn("last_day", said)
        self.assertNotIn("out_of_office", shared.copy().document()["agents"][0])

    def forms(self, name: str) -> dict[str, set[str]]:
        """The forms that somebody is shown, by what they are for: the agents they are about."""
        self.log_in(name)
        page = self.client.get(reverse(PAGE)).content.decode()
        shown: dict[str, set[str]] = {"status": set(), "absence": set(), "remove_absence": set()}
        for form in re.findall(r"<form.*?</form>", page, re.DOTALL):
            agent = re.search(r'name="agent" value="(\w+)"', form)
            for kind in shown:
                if agent and f'action="{reverse(f"admin:desk_{kind}")}"' in form:
                    shown[kind].add(agent[1])
        return shown

    def test_a_form_is_there_for_whom_the_desk_lets_one_act(self) -> None:
        given = document()
        given["agents"][1]["out_of_office"] = [{"first_day": "2026-12-01", "last_day": "2026-12-01"}]
        self.install(given)
        everyone = {"anna", "bo", "carmen", "emi"}
        self.assertEqual(self.forms("ada"), {"status": everyone, "absence": everyone, "remove_absence": {"bo"}})
        self.assertEqual(self.forms("anna"), {"status": {"anna"}, "absence": {"anna"}, "remove_absence": set()})
        self.assertEqual(self.forms("bo"), {"status": everyone, "absence": {"bo"}, "remove_absence": {"bo"}})
        self.assertIn("2026-12-01", self.page(), "absences are shown to all")
        get_user_model().objects.create_superuser("root", "root@example.com", "demo")
        self.assertEqual(self.forms("root")["status"], everyone)

    def test_what_is_shown_is_what_is_carried_out(self) -> None:
        for name in ("anna", "bo", "carmen", "emi", "ada"):
            shown = self.forms(name)["status"]
            for agent in ("anna", "bo", "carmen", "emi"):
                before = last_turn()
                self.post("status", agent=agent, status="away")
                self.assertEqual(last_turn() > before, agent in shown, f"{name} sets {agent}")
                self.log_in("ada")
                self.post("status", agent=agent, status="available")
                self.log_in(name)

    def test_a_length_of_time_is_offered_to_who_may_give_one(self) -> None:
        given = document()
        given["settings"] = {"entitlements": {"temporarily_away": ["sales"]}}
        given["agents"][0]["seat"] = "sales"
        self.install(given)
        self.log_in("anna")
        self.assertContains(self.client.get(reverse(PAGE)), 'name="duration"', 1)
        self.log_in("emi")
        self.assertNotContains(self.client.get(reverse(PAGE)), 'name="duration"')

    def test_whole_days_are_told_as_days(self) -> None:
        given = document()
        given["agents"][0]["out_of_office"] = [
            {"first_day": "2026-11-20", "last_day": "2026-11-20"},
            {"first_day": "2026-11-22", "last_day": "2026-11-24"},
        ]
        self.install(given)
        self.log_in("ada")
        page = self.client.get(reverse(PAGE)).content.decode()
        self.assertIn('title="Fri out of office"', page)
        self.assertIn('title="Sun–Tue out of office"', page)
        self.assertNotIn("00:00–", page)

    def test_given_back_to_the_desk_it_says_who_has_it(self) -> None:
        ticket = self.ticket("Mine?")
        self.log_in("ada")
        self.update(ticket, owner=0)
        said = self.client.post(reverse("admin:desk_route", args=[ticket.pk]), follow=True).context["messages"]
        self.assertEqual([str(one) for one in said], ["“Mine?” is the desk's again: anna has it now."])

    def test_who_is_nobody_here_may_do_nothing(self) -> None:
        self.user("anna").user_permissions.clear()
        self.log_in("anna")
        self.assertEqual(
            self.client.post(reverse("admin:desk_status"), {"agent": "anna", "status": "away"}).status_code, 403
        )
        self.assertEqual(self.client.get(reverse("admin:desk_document")).status_code, 403)

    def test_the_story_on_the_ticket(self) -> None:
        ticket = self.ticket()
        self.log_in("anna")
        said = strip_tags(self.client.get(reverse("helpdesk:view", args=[ticket.pk])).content.decode())
        self.assertIn("Why anna?", said)
        self.assertIn("It went to Anna Berg at once, by step 1 of the rule support (least busy)", said)

    def test_the_log(self) -> None:
        self.ticket()
        self.log_in("ada")
        self.assertContains(self.client.get(reverse("admin:frontdesk_turn_changelist")), "opened, assigned")
        page = self.client.get(reverse("admin:frontdesk_turn_change", args=[f"2-{shared.NAME}"]))
        self.assertContains(page, "It went to anna, by step 1 of the rule support (least_busy).")

    def test_without_a_desk_it_asks_for_a_document(self) -> None:
        remove_desk()
        self.log_in("ada")
        self.assertIn("There is no desk yet. Give it a document.", self.page())


class TheDocument(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.log_in("ada")

    def save(self, given: dict[str, object] | str) -> str:
        """Saves a document; gives what is said of it."""
        text = given if isinstance(given, str) else json.dumps(given, indent=2)
        response = self.client.post(reverse("admin:desk_document"), {"document": text})
        return " ".join(strip_tags(response.content.decode()).split()) if response.status_code == 422 else ""

    def test_all_problems_are_shown_with_path_line_and_hint(self) -> None:
        wrong = document()
        wrong["time_zone"] = "Europe/Stokholm"
        wrong["agents"][0]["team"] = "suport"
        before = shared.copy().document()
        said = self.save(wrong)
        self.assertIn("2 problems; nothing was changed", said)
        self.assertIn("did you mean Europe/Stockholm? unknown_zone at $.time_zone, line 3, column 16", said)
        self.assertIn("unknown_reference at $.agents[0].team, line", said)
        self.assertEqual(shared.copy().document(), before)

    def test_agents_are_accounts_and_inboxes_queues(self) -> None:
        wrong = document()
        wrong["agents"][0]["id"], wrong["inboxes"][0]["id"] = "ana", "halp"
        said = self.save(wrong)
        self.assertIn(
            "no user with the name &#x27;ana&#x27;; did you mean anna? unknown_reference at $.agents[0].id", said
        )
        self.assertIn("did you mean help? unknown_reference at $.inboxes[0].id", said)

    def test_what_came_of_it_is_said(self) -> None:
        given = document()
        for name, said in (
            ("Anna Berg", "The document is the same as before: nothing changed."),
            ("Anna Berg-Lund", "The desk has its new document."),
        ):
            given["agents"][0]["name"] = name
            page = self.client.post(reverse("admin:desk_document"), {"document": json.dumps(given)}, follow=True)
            self.assertEqual([str(one) for one in page.context["messages"]], [said])

    def test_no_file_is_ever_read_for_it(self) -> None:
        self.assertIn("invalid_json", self.save("/etc/hostname"))

    def test_it_changes_while_people_hold_and_wait(self) -> None:
        one, two, three = self.ticket("One"), self.ticket("Two"), self.ticket("Three")
        given = document()
        given["agents"][0]["capacity"] = 2
        del given["agents"][2]
        self.assertEqual(self.save(given), "")
        self.assertEqual([self.owner(ticket) for ticket in (one, two, three)], ["anna", "bo", "anna"])

    def test_what_has_no_command_changes_too(self) -> None:
        ticket = self.ticket("One")
        given = document()
        given["holidays"] = [{"id": "today", "dates": ["2026-11-20"]}]
        self.assertEqual(self.save(given), "")
        self.assertEqual(str(shared.copy().status("anna", clock.now()).reason), "holiday")
        self.assertEqual((self.owner(ticket), self.owner(self.ticket("Two"))), ("anna", None))
        self.assertEqual(self.save(document()), "")
        self.assertEqual(shared.copy().queue, [], "nobody is on holiday any more")

    def test_an_inbox_in_use_stays_and_so_does_all_else(self) -> None:
        self.ticket("Invoice", "billing")
        given = document()
        given["inboxes"] = given["inboxes"][:1]
        given["holidays"] = [{"id": "today", "dates": ["2026-11-20"]}]
        self.assertIn("in_use", self.save(given))
        self.assertEqual(shared.copy().document()["inboxes"][1]["id"], "billing")
        self.assertNotIn("holidays", shared.copy().document())

    def test_the_first_document_takes_in_the_tickets_of_before(self) -> None:
        remove_desk()
        from helpdesk.models import Queue, Ticket

        old = Ticket.objects.create(title="Old", queue=Queue.objects.get(slug="help"))
        self.assertEqual(self.save(document()), "")
        self.assertEqual(self.owner(old), "anna")
