"""The demo: somebody is at work whenever one looks at it."""

from __future__ import annotations

from datetime import datetime, timezone

from django.conf import settings
from django.test import SimpleTestCase

from frontdesk import Desk


class Demo(SimpleTestCase):
    def test_somebody_is_at_work_at_any_hour(self) -> None:
        desk = Desk((settings.BASE / "demo" / "desk.json").read_text())
        start, end = datetime(2026, 10, 1, tzinfo=timezone.utc), datetime(2028, 1, 1, tzinfo=timezone.utc)
        holes = [row for row in desk.coverage(start, end, inbox="help", zone=desk.zone) if row.available == 0]
        self.assertEqual(holes, [])
