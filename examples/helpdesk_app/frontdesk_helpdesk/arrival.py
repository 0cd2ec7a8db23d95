"""The channel of an arrival, and the user who acts, taken from the request if there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from . import composer


@dataclass(frozen=True)
class Arrival:
    """The way of an arrival: its channel and the user who acts."""

    channel: str
    """The id of a channel: of the document's, or else the first of the inbox is taken."""
    actor: str | None = None
    """The user name of the member of staff who acts."""


#: What arrives outside of a request is what helpdesk's command `get_email` reads.
_BY_EMAIL = Arrival("email")

_current: ContextVar[Arrival] = ContextVar("arrival")


def current() -> Arrival:
    """The way of the current arrival."""
    return _current.get(_BY_EMAIL)


@contextmanager
def as_of(arrival: Arrival) -> Iterator[None]:
    """Sets the way of arrivals within the block."""
    token = _current.set(arrival)
    try:
        yield
    finally:
        _current.reset(token)


class ArrivalMiddleware:
    """Notes for the time of a request whether staff or a customer made it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        arrival = Arrival("staff", user.get_username()) if user.is_staff else Arrival("web")
        with as_of(arrival):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Corrects an answer to a ticket before helpdesk reads it.

        The owner is taken out if it is the one that the page showed: nobody chose it. Else whoever answers a ticket that
        waited when they opened its page would take it from who got it meanwhile. And an answer that cannot be sent to the
        customer any more becomes a private note.
        """
        match = request.resolver_match
        if request.method == "POST" and match is not None and match.view_name == "helpdesk:update":
            form = request.POST.copy()
            if form.pop("frontdesk_owner", None) == form.getlist("owner"):
                del form["owner"]
            if form.get("public"):
                composer.keep_private(request, form, match.kwargs["ticket_id"])
            request.POST = form  # type: ignore[assignment]
