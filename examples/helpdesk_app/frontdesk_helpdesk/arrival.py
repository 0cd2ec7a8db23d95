"""By which channel something arrives, and who acts: known from the request, if there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class Arrival:
    """How something arrives."""

    channel: str
    """The id of a channel: of the document's, or else the first of the inbox is taken."""
    actor: str | None = None
    """The user name of the member of staff who acts."""


#: What arrives outside of a request is what helpdesk's command `get_email` reads.
_BY_EMAIL = Arrival("email")

_current: ContextVar[Arrival] = ContextVar("arrival")


def current() -> Arrival:
    """How what is handled now arrived."""
    return _current.get(_BY_EMAIL)


@contextmanager
def as_of(arrival: Arrival) -> Iterator[None]:
    """Lets what is done within arrive so."""
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
