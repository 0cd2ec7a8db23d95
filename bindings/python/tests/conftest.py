"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import django_project
import pytest

from frontdesk import Desk

if TYPE_CHECKING:
    from frontdesk.shared import SharedDesk

# Before the modules of tests are imported, which import models.
django_project.configured()

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


@pytest.fixture(scope="session")
def databases() -> Iterator[list[str]]:
    """The databases of the Django app, as Django makes them for tests."""
    from django.db import connections
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases, teardown_test_environment

    aliases = [alias for alias in django_project.ALIASES if alias in connections.databases]
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False, aliases=dict.fromkeys(aliases), serialized_aliases=set())
    yield aliases
    connections.close_all()
    teardown_databases(made, verbosity=0)
    teardown_test_environment()


@pytest.fixture(params=django_project.ALIASES)
def alias(request: pytest.FixtureRequest, databases: list[str]) -> Iterator[str]:
    """A database of the Django app, empty, to which the router writes; and the clock, at its first instant."""
    from django.core.management import call_command
    from django.test import override_settings

    from frontdesk.django import _desks

    if request.param not in databases:
        pytest.skip(f"{django_project.ALIASES[request.param]} is not set: run it by bash .ci/databases")
    router = django_project.Router()
    router.alias = request.param
    django_project.clock.now = django_project.FRIDAY
    with override_settings(DATABASE_ROUTERS=[router]):
        yield request.param
        call_command("flush", database=request.param, verbosity=0, interactive=False)
    _desks.forget()


@pytest.fixture
def support(alias: str) -> SharedDesk:
    """The desk ``support`` of anna and bo, who take one conversation each."""
    from frontdesk.django import create

    agents = [{"id": "anna", "name": "Anna Berg", "capacity": 1}, {"id": "bo", "capacity": 1}]
    rules = [{"id": "all", "steps": [{"assign_to": "everyone"}]}]
    inbox = {"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": rules}]}
    given: Any = {"version": 1, "time_zone": "Europe/Stockholm", "agents": agents, "inboxes": [inbox]}
    return create("support", given)
