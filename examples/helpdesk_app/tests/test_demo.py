"""The demo: somebody is at work whenever one looks at it, and there is something in every corner of it."""

from __future__ import annotations

from datetime import datetime, timezone
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.test import SimpleTestCase, TestCase
from helpdesk.models import Ticket

from frontdesk import Desk
from frontdesk.enums import View
from frontdesk_helpdesk import shared
from frontdesk_helpdesk.management.commands.check_desk import differences


class Demo(SimpleTestCase):
    def test_somebody_is_at_work_at_any_hour(self) -> None:
        desk = Desk((settings.BASE / "demo" / "desk.json").read_text())
        start, end = datetime(2026, 10, 1, tzinfo=timezone.utc), datetime(2028, 1, 1, tzinfo=timezone.utc)
        holes = [row for row in desk.coverage(start, end, inbox="help", zone=desk.zone) if row.available == 0]
        self.assertEqual(holes, [])


class Loaded(TestCase):
    def test_one_is_spam_one_in_the_trash_and_one_has_a_reply_window(self) -> None:
        call_command("load_demo", stdout=StringIO())
        desk = shared.copy()
        counts = desk.view_counts()
        self.assertEqual([counts[view] for view in (View.SPAM, View.TRASH, View.MESSENGER)], [1, 1, 1])
        self.assertEqual(counts[View.ALL_OPEN] + 2, Ticket.objects.count())
        (asked,) = desk.view(View.MESSENGER).conversations
        reply = {"type": "reply", "conversation": asked.conversation, "at": desk.now, "by": "anna"}
        self.assertIsNotNone(desk.may(reply).reply_window)
        self.assertEqual(differences(), [])
