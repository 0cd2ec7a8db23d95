"""What all tests share."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk import Desk

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]


def document(**more: Any) -> Any:
    """A small desk."""
    base: dict[str, Any] = {
        "version": 1,
        "time_zone": "Europe/Stockholm",
        "working_hours": [{"days": WEEKDAYS, "start": "09:00", "end": "17:00"}],
        "teams": [{"id": "support"}],
        "agents": [{"id": "anna", "team": "support"}, {"id": "bo", "team": "support"}],
        "inboxes": [
            {
                "id": "main",
                "channels": [
                    {
                        "id": "chat",
                        "kind": "chat",
                        "rules": [{"id": "everyone", "steps": [{"assign_to": {"teams": ["support"]}}]}],
                    }
                ],
            }
        ],
    }
    return base | more


@pytest.fixture
def desk() -> Desk:
    """A small desk, before its first command."""
    return Desk(document())
