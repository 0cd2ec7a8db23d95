"""The desk's page in a browser: what people see and do there. Pictures go to the folder `HELPDESK_PICTURES`, if it is named."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import skipUnless

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.test import override_settings
from django.urls import reverse
from helpdesk.models import Ticket
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from frontdesk.django import advance
from frontdesk_helpdesk import arrival, shared

from . import clock
from .desk import Helpdesk
from .settings import FRONTDESK

CHROMIUM = os.environ.get("HELPDESK_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PICTURES = Path(os.environ.get("HELPDESK_PICTURES") or tempfile.gettempdir())
DESK = "admin:frontdesk_helpdesk_thedesk_changelist"

HELP = [
    "The export stops at row 65,536",
    "Cannot log in",
    "Printer icon is missing",
    "How do I change my address?",
    "Slow since Monday",
    "Wrong total on the invoice",
    "Cannot attach a file",
    "Lost my password",
]
BILLING = ["Charged twice in October", "Invoice with our new address"]


@skipUnless(CHROMIUM, "no Chromium on this machine")
@override_settings(FRONTDESK=FRONTDESK)
class InABrowser(Helpdesk, StaticLiveServerTestCase):
    browser: Browser

    @classmethod
    def setUpClass(cls) -> None:
        # Playwright runs an event loop in this thread, where Django would else refuse to use the database.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        super().setUpClass()
        playwright = sync_playwright().start()
        cls.addClassCleanup(playwright.stop)
        cls.browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        cls.addClassCleanup(cls.browser.close)

    def setUp(self) -> None:
        super().setUp()
        for name in ("dev", "noa", "kai"):
            get_user_model().objects.create_user(name, f"{name}@example.com", "demo", is_staff=True)
        self.install(json.loads((settings.BASE / "demo" / "desk.json").read_text()))
        for number, title in enumerate(HELP):
            self.ticket(title, submitter_email=f"kim{number}@customer.example", priority=2 if number == 1 else 3)
        for title in BILLING:
            self.ticket(title, queue="billing", submitter_email="lee@shop.example")

    @contextmanager
    def page(self, name: str, answers: tuple[int, ...] = (), **context: Any) -> Iterator[Page]:
        """A page of somebody who is logged in. It may say nothing on its console, and ask for nothing that is not there.

        :param answers: What else than success may be answered.
        """
        self.log_in(name)
        made = self.browser.new_context(**context)
        made.add_cookies(
            [{"name": "sessionid", "value": self.client.cookies["sessionid"].value, "url": self.live_server_url}]
        )
        page = made.new_page()
        wrong: list[str] = []

        def said(message: ConsoleMessage) -> None:
            is_answer = any(f"status of {answer}" in message.text for answer in answers)
            if message.type in ("error", "warning") and not is_answer:
                wrong.append(f"{message.text} {message.location.get('url')}")

        page.on("console", said)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        yield page
        made.close()
        self.assertEqual(wrong, [])

    def url(self, name: str, *args: object) -> str:
        return self.live_server_url + reverse(name, args=args)

    def test_the_page_by_day_by_night_and_on_a_telephone(self) -> None:
        sizes = {"wide": (1280, 900), "narrow": (390, 844), "smallest": (360, 740)}
        for scheme in ("light", "dark"):
            for size, (width, height) in sizes.items():
                with self.page("ada", color_scheme=scheme, viewport={"width": width, "height": height}) as page:
                    page.goto(self.url(DESK))
                    self.assertEqual(page.locator(".person-entry").count(), 7)
                    self.assertTrue(page.get_by_text("Anna Berg").first.is_visible())
                    beyond = page.evaluate(
                        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                    )
                    self.assertLessEqual(beyond, 0, f"{size}: wider than its window")
                    page.screenshot(path=PICTURES / f"desk-{size}-{scheme}.png", full_page=True)

    def test_somebody_goes_to_lunch_and_another_gets_the_ticket(self) -> None:
        with self.page("ada", viewport={"width": 1280, "height": 900}) as page:
            page.goto(self.url(DESK))
            page.get_by_text("Carmen Ruiz").first.click()
            form = page.locator(".person-entry", has_text="Carmen Ruiz").locator("form").first
            page.screenshot(path=PICTURES / "desk-editing.png", full_page=True)
            form.get_by_label("Status").select_option("available")
            form.get_by_role("button", name="Set").click()
            page.locator(".person-entry", has_text="Carmen Ruiz").get_by_text("set available").wait_for()
            page.locator(".messagelist").get_by_text("Carmen Ruiz is available").wait_for()
            page.screenshot(path=PICTURES / "desk-said.png", full_page=True)
            self.assertIn("Carmen Ruiz", page.locator("section", has_text="Given last").inner_text())

    def test_others_are_looked_at_without_forms(self) -> None:
        # Bo has no permissions in the demo.
        with self.page("bo", viewport={"width": 360, "height": 740}) as page:
            page.goto(self.url(DESK))
            for name, forms in (("Bo Lindqvist", 3), ("Emi Sato", 0)):
                entry = page.locator(".person-entry", has_text=name)
                entry.locator("summary").click()
                self.assertEqual(entry.locator("form").count(), forms, name)
            beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            self.assertLessEqual(beyond, 0)
            page.screenshot(path=PICTURES / "desk-of-bo.png", full_page=True)

    def test_the_problems_of_a_document(self) -> None:
        with self.page("ada", answers=(422,), viewport={"width": 1000, "height": 700}) as page:
            page.goto(self.url("admin:desk_document"))
            text = page.locator("textarea").input_value()
            wrong = text.replace("Europe/Stockholm", "Europe/Stokholm", 1).replace(
                '"team": "support"', '"team": "suport"', 1
            )
            page.locator("textarea").fill(wrong)
            page.get_by_role("button", name="Save").click()
            alert = page.get_by_role("alert")
            alert.get_by_text("2 problems; nothing was changed").wait_for()
            self.assertIn("did you mean Europe/Stockholm?", alert.inner_text())
            self.assertEqual(page.locator("textarea").input_value(), wrong, "what was typed is still there")
            page.screenshot(path=PICTURES / "document.png")

    def test_the_story_of_a_ticket(self) -> None:
        with self.page("anna", viewport={"width": 1280, "height": 900}) as page:
            page.goto(self.url("helpdesk:view", Ticket.objects.earliest("id").pk))
            page.get_by_text("Why anna?").click()
            page.get_by_text("It went to Anna Berg at once").wait_for()
            page.screenshot(path=PICTURES / "ticket.png")

    def asked(self) -> Ticket:
        """A ticket that came by messenger."""
        with arrival.as_of(arrival.Arrival("messenger")):
            return self.ticket("Is the shop open on Sunday?", submitter_email="noor@messenger.example")

    def narrow_enough(self, page: Page) -> None:
        """Nothing is wider than the window."""
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self.assertLessEqual(beyond, 0)

    def test_the_views_by_day_by_night_and_on_a_telephone(self) -> None:
        self.asked()
        self.ticket("W" * 60, submitter_email="kim@customer.example")
        for scheme in ("light", "dark"):
            for size, (width, height) in {"wide": (1280, 900), "middle": (1030, 800), "narrow": (400, 844)}.items():
                with self.page("anna", color_scheme=scheme, viewport={"width": width, "height": height}) as page:
                    page.goto(self.url("admin:desk_view", "all_open"))
                    current = page.get_by_role("navigation", name="Views").locator("[aria-current=page]")
                    self.assertEqual(current.inner_text().split(), ["All", "open", "12"])
                    self.assertTrue(page.get_by_role("link", name="Lost my password").is_visible())
                    self.narrow_enough(page)
                    page.screenshot(path=PICTURES / f"views-{size}-{scheme}.png", full_page=True)

    def test_into_the_spam_and_out_again(self) -> None:
        with self.page("anna", viewport={"width": 1280, "height": 900}) as page:
            page.goto(self.url("admin:desk_view", "mine"))
            page.get_by_role("link", name="Printer icon is missing").click()
            desk = page.get_by_role("region", name="The desk")
            desk.get_by_role("button", name="Spam").click()
            page.get_by_text("“Printer icon is missing”: Marked as spam.").wait_for()
            self.assertTrue(desk.get_by_role("button", name="Take").is_disabled())
            desk.get_by_text("is in the spam; take it out of there first").wait_for()
            page.screenshot(path=PICTURES / "ticket-spam.png", full_page=True)
            desk.get_by_role("link", name="Views").click()
            page.get_by_role("navigation", name="Views").get_by_role("link", name="Spam 1").click()
            page.get_by_role("link", name="Printer icon is missing").click()
            desk.get_by_role("button", name="Not spam").click()
            page.get_by_text("“Printer icon is missing”: Taken out of the spam.").wait_for()

    def test_the_reply_window_stands_where_one_writes(self) -> None:
        ticket = self.asked()
        for days, said, size in ((0, "open until Fri 27 Nov 10:00", 1280), (8, "closed Fri 27 Nov 10:00", 400)):
            clock.pass_by(days=days)
            advance(shared.NAME)
            with self.page("anna", viewport={"width": size, "height": 900}) as page:
                page.goto(self.url("helpdesk:view", ticket.pk))
                page.get_by_role("tab", name="Respond").click()
                form = page.locator("#ticket-respond-form")
                form.get_by_text(said).wait_for()
                self.assertEqual(form.get_by_label("Is this update public?").is_enabled(), days == 0)
                self.assertEqual(form.locator("#commentBox").get_attribute("aria-describedby"), "frontdesk-window")
                page.locator("#respond-tab-pane.show").wait_for()
                self.narrow_enough(page)
                page.screenshot(path=PICTURES / f"reply-window-{size}.png", full_page=True, animations="disabled")

    def test_an_answer_from_a_page_that_grew_old(self) -> None:
        ticket = Ticket.objects.get(title="Lost my password")
        with self.page("anna", viewport={"width": 1280, "height": 900}) as page:
            page.goto(self.url("helpdesk:view", ticket.pk))
            page.get_by_text("Why nobody?").wait_for()
            Ticket.objects.get(title="Cannot log in").delete()
            for other in Ticket.objects.filter(title__in=["Wrong total on the invoice", "Cannot attach a file"]):
                other.delete()
            self.assertEqual(self.owner(ticket), "bo")
            page.get_by_role("tab", name="Respond").click()
            page.locator("#commentBox").fill("I looked at the log.")
            page.locator("#ticket-respond-form").get_by_role("button", name="Save").click()
            page.get_by_text("I looked at the log.").first.wait_for()
        self.assertEqual(self.owner(ticket), "bo")
