"""The log in Django's admin."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_project import FRIDAY, clock

from frontdesk.django import create, desk
from frontdesk.django.models import Turn

#: Turns of one instant are few.
SORTED_TIES = "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY"

CONTACT = {"id": "x", "attributes": {"name": "Xaver", "plan": "gold"}}


@pytest.fixture
def client(support: object) -> Client:
    """Somebody who may see everything, after three turns."""
    desk("support").open("c1", inbox="main", channel="chat", contact=CONTACT, id="b7")
    clock.pass_by(minutes=1)
    desk("support").close("c1", by="anna")
    return logged_in("ada", "desk", "turn", "pending", "subject")


def logged_in(name: str, *models: str) -> Client:
    """A user who may see the rows of some models."""
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=[f"view_{model}" for model in models]))
    client = Client()
    client.force_login(user)
    return client


def read(client: Client, address: str, **query: str) -> str:
    """The text of a page."""
    response = client.get(address, query)
    assert response.status_code == 200, response.content
    content = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub("<[^>]*>", " ", content)).split())


def turns(client: Client, **query: str) -> list[int]:
    """The numbers of the turns in the list."""
    response = client.get(reverse("admin:frontdesk_turn_changelist"), query)
    assert response.status_code == 200, response.content
    return [row.turn for row in response.context["cl"].result_list]


def page_of(desk: str, turn: int) -> str:
    """The address of a turn's page."""
    return reverse("admin:frontdesk_turn_change", args=[f"{turn}-{desk}"])


class TestTurns:
    def test_the_list(self, client: Client) -> None:
        said = read(client, reverse("admin:frontdesk_turn_changelist"))
        assert "2 Nov. 20, 2026, 10 a.m. open c1 main chat x - opened, assigned" in said.replace(" None ", " - ")
        assert "close c1 anna closed" in said
        assert turns(client) == [3, 2, 1]

    def test_a_desk_is_shown_at_a_time(self, client: Client) -> None:
        create("other", {"version": 1, "time_zone": "UTC"})
        assert turns(client) == [1], "the first, by name"
        assert turns(client, desk="support") == [3, 2, 1]
        links = client.get(reverse("admin:frontdesk_turn_changelist"), {"desk": "support"}).content.decode()
        assert f'href="{page_of("support", 3)}' in links
        assert read(client, page_of("other", 1)) != read(client, page_of("support", 1))

    def test_those_of_a_conversation(self, client: Client) -> None:
        desk("support").open("c2", inbox="main", channel="chat")
        assert turns(client, q="c1") == [3, 2]
        assert turns(client, q=" c2 ") == [4]
        assert turns(client, q="c3") == []

    def test_that_of_a_command_and_those_up_to_a_number_or_an_instant(self, client: Client) -> None:
        assert turns(client, q="b7") == [2]
        assert turns(client, q="2") == [2, 1]
        assert turns(client, q="9") == [3, 2, 1]
        assert turns(client, q="9" * 30) == []
        assert turns(client, q="2026-11-19") == [1]
        assert turns(client, q="2026-11-20") == [3, 2, 1]
        assert turns(client, q="2026-11-20 10:00:59") == [2, 1]
        assert turns(client, q="2026-11-20T09:00:59Z") == [2, 1]
        assert turns(client, q="2026-13-45") == []

    def test_a_turn(self, client: Client) -> None:
        said = read(client, page_of("support", 2))
        assert "open c1 main chat x: • opened c1 • c1: It went to anna, by step 1 of the rule all (least_busy)." in said
        assert "bo: could take it (load 0)" in said, "with the reasons"
        assert '"name": "Xaver"' in said

    def test_personal_values_are_for_those_who_may_see_them(self, client: Client) -> None:
        said = read(logged_in("bo", "turn"), page_of("support", 2))
        assert "Xaver" not in said and '"attributes": { "personal": 1 }' in said
        assert "c1: It went to anna" in said
        said = read(logged_in("emi", "turn"), page_of("support", 1))
        assert "the document that the desk began with" in said and "Anna Berg" not in said
        desk("support").erase("x")
        assert "Xaver" not in read(client, page_of("support", 2))

    def test_a_turn_that_cannot_be_read(self, client: Client, alias: str) -> None:
        with connections[alias].cursor() as cursor:
            cursor.execute("UPDATE frontdesk_turns SET body = REPLACE(body, 'opened', 'unheard_of') WHERE turn = 2")
        assert "The events cannot be read" in read(client, page_of("support", 2))
        assert turns(client) == [3, 2, 1]

    def test_one_that_is_not_there(self, client: Client) -> None:
        for key in ("9-support", "1-nobody's", "support", "x-support", "1"):
            assert client.get(reverse("admin:frontdesk_turn_change", args=[key])).status_code == 302

    def test_desks_with_any_name(self, client: Client) -> None:
        name = 'a/b-c "d" é:1'
        create(name, {"version": 1, "time_zone": "UTC"})
        response = client.get(reverse("admin:frontdesk_turn_changelist"), {"desk": name})
        (address,) = set(re.findall(r'href="([^"]*/change/[^"]*)"', response.content.decode()))
        assert name in read(client, unescape(address))


class TestOthers:
    def test_desks(self, client: Client) -> None:
        desk("support").open("c2", inbox="main", channel="chat")
        desk("support").snooze("c2", duration="1h")
        desk("support").hand_in({"type": "reopen", "conversation": "c2", "id": "b8"})
        desk("support").put_snapshot()
        said = read(client, reverse("admin:frontdesk_desk_changelist"))
        assert "support 5 Nov. 20, 2026, 11:01 a.m. 1" in said
        page = reverse("admin:frontdesk_desk_change", args=["support"])
        assert "after turn 5" in read(client, page)
        links = re.findall(r'href="([^"]*desk=support)"', client.get(page).content.decode())
        assert len(links) == 2 and all(client.get(link).status_code == 200 for link in links)

    def test_commands_handed_in(self, client: Client) -> None:
        one = {"type": "open", "conversation": "c2", "inbox": "main", "channel": "chat", "contact": CONTACT, "id": "b8"}
        desk("support").hand_in(one)
        desk("support").hand_in({"type": "close", "conversation": "nobody", "id": "b9"})
        lists = reverse("admin:frontdesk_pending_changelist")
        pages = re.findall(r'href="([^"]*/change/)[^"]*"', client.get(lists).content.decode())
        other = logged_in("bo", "pending")
        assert [("Xaver" in read(who, pages[-1])) for who in (client, other)] == [True, False]
        assert "b8" in read(client, lists, waiting="1")
        assert desk("support").serve() == 2
        assert "b8" not in read(client, lists, waiting="1")
        said = read(client, lists)
        assert "turn 4" in said and "refused" in said
        assert "unknown" in read(client, pages[0]).lower()
        assert "Xaver" not in read(client, pages[-1])
        assert [("b9" in read(client, lists, q=term)) for term in ("b9", "b8")] == [True, False]

    def test_nothing_is_changed(self, client: Client) -> None:
        root = Client()
        root.force_login(User.objects.create_superuser("root", "root@example.com", "demo"))
        for model, key in (("desk", "support"), ("turn", "2-support")):
            assert root.get(reverse(f"admin:frontdesk_{model}_add")).status_code == 403
            assert root.post(reverse(f"admin:frontdesk_{model}_change", args=[key]), {}).status_code == 403
            assert root.post(reverse(f"admin:frontdesk_{model}_delete", args=[key]), {"post": "yes"}).status_code == 403
        assert root.get("/admin/").status_code == 200

    def test_who_may_see_nothing_sees_nothing(self, client: Client) -> None:
        other = logged_in("bo")
        for model in ("desk", "turn", "pending"):
            assert other.get(reverse(f"admin:frontdesk_{model}_changelist")).status_code == 403


@pytest.mark.parametrize("alias", ["default"], indirect=True)
class TestManyTurns:
    @pytest.fixture
    def many(self, client: Client, alias: str) -> Client:
        """The log with so many turns that a list has them not all."""
        turn, rows = Turn.objects.get(turn=3), []
        for number in range(4, 5_000):
            at = int((FRIDAY + timedelta(seconds=number)).timestamp() * 1000)
            rows.append(("support", number, f"id{number}", at, turn.body, turn.digest))
        with connections[alias].cursor() as cursor:
            cursor.executemany("INSERT INTO frontdesk_turns VALUES (%s, %s, %s, %s, %s, %s)", rows)
            cursor.execute(
                "INSERT INTO frontdesk_conversations SELECT desk, 'c9', turn FROM frontdesk_turns WHERE turn > 3"
            )
            cursor.execute("ANALYZE")
        return client

    @pytest.mark.parametrize(
        "query",
        [{}, {"p": "40"}, {"q": "c1"}, {"q": "c9"}, {"q": "id77"}, {"q": "77"}, {"q": "2026-11-20 10:30"}, {"o": "-2"}],
    )
    def test_no_list_passes_over_all_turns(self, many: Client, alias: str, query: dict[str, str]) -> None:
        with CaptureQueriesContext(connections[alias]) as captured:
            assert turns(many, **query)
        asked = [
            it["sql"] for it in captured if "frontdesk_turns" in it["sql"] or "frontdesk_conversations" in it["sql"]
        ]
        assert asked
        for statement in asked:
            plan = " / ".join(self.plan(alias, statement)).replace(SORTED_TIES, "")
            assert "SCAN frontdesk" not in plan and "B-TREE" not in plan, (statement, plan)
            assert re.search(r"LIMIT \d+|\bturn\" IN \(|\"command_id\" = ", statement), statement

    def plan(self, alias: str, statement: str) -> list[str]:
        """The steps by which SQLite answers a query."""
        with connections[alias].cursor() as cursor:
            steps: list[Any] = cursor.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        return [step[3] for step in steps]

    def test_the_first_pages_can_be_paged_through(self, many: Client) -> None:
        assert turns(many)[0] == 4_999
        assert turns(many, p="40")[-1] == 3_000
        response = many.get(reverse("admin:frontdesk_turn_changelist"), {"p": "41"})
        assert response.status_code == 302, "there is no such page"
        assert turns(many, q="2999")[0] == 2_999
