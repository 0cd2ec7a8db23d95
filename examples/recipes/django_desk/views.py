"""The routes."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from frontdesk import Events
from frontdesk.django import desk
from frontdesk.problems import InvalidInput, NotFound, Problem, Refusal

from .models import Ticket, write


# ANCHOR: problems
class Problems:
    """Answers with a problem of frontdesk: what is wrong, where in the request, and what may be meant."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, _: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, Problem):
            return None
        kinds = {Refusal: 409, NotFound: 404, InvalidInput: 422}
        status = next((status for kind, status in kinds.items() if isinstance(problem, kind)), 503)
        if status == 503:
            logging.error("the desk cannot be used", exc_info=problem)
            return JsonResponse({"message": "the desk cannot be used: try again later"}, status=503)
        said = {"code": problem.code, "message": problem.message, "path": problem.path, "hint": problem.hint}
        return JsonResponse(said, status=status)


# ANCHOR_END: problems


# ANCHOR: views
def carry_out(work: Callable[[], Events]) -> None:
    """Runs work in a transaction. A refused command undoes all of it."""
    with transaction.atomic():
        write(desk("support"), work().raise_if_refused())


@require_POST
def arrived(request: HttpRequest) -> HttpResponse:
    body = json.loads(request.body)
    ticket, title = str(body["id"]), str(body["title"])

    def both() -> Events:
        # Once, however often it is sent: the command by its id, the ticket by its key.
        Ticket.objects.get_or_create(pk=ticket, defaults={"title": title})
        return desk("support").open(
            ticket, inbox="main", channel=body["channel"], priority=body.get("priority"), id=f"open {ticket}"
        )

    carry_out(both)
    return state_of(ticket)


@require_POST
def accepted(request: HttpRequest, ticket: str) -> HttpResponse:
    agent = json.loads(request.body)["agent"]
    carry_out(lambda: desk("support").accept(ticket, agent))
    return state_of(ticket)


@require_POST
def closed(_: HttpRequest, ticket: str) -> HttpResponse:
    carry_out(lambda: desk("support").close(ticket))
    return state_of(ticket)


@require_GET
def why(_: HttpRequest, ticket: str) -> HttpResponse:
    """Why her? The story of a conversation, with the reasons of each decision."""
    shared = desk("support")
    return JsonResponse([str(line) for line in shared.desk.story(ticket, shared.events_about(ticket))], safe=False)


@require_GET
def is_open(_: HttpRequest, channel: str) -> HttpResponse:
    """Is the channel open, and if not, when?"""
    return JsonResponse(desk("support").desk.visitor("main", channel, timezone.now()).to_dict())


def state_of(ticket: str) -> HttpResponse:
    return JsonResponse(Ticket.objects.values("id", "state", "agent").get(pk=ticket))


urlpatterns = [
    path("tickets", arrived),
    path("tickets/<ticket>/accept", accepted),
    path("tickets/<ticket>/close", closed),
    path("tickets/<ticket>/why", why),
    path("channels/<channel>", is_open),
]
# ANCHOR_END: views
