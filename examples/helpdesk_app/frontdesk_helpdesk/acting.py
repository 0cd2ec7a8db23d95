"""The users of the desk's pages, and their permissions, which the desk decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from frontdesk import Desk, NotFound
from frontdesk.results import May as Answer


@dataclass(frozen=True)
class May:
    """The permissions of a user for an agent."""

    status: bool
    """Set them available or away."""
    for_a_while: bool
    """Set them away for a length of time."""
    absences: bool
    """Enter when they are out of office."""


@dataclass(frozen=True)
class Acting:
    """A user as the desk sees them."""

    name: str
    is_program: bool
    """``True`` for a superuser, who acts as the program itself and may do anything."""

    @classmethod
    def of(cls, request: HttpRequest) -> Acting:
        """The user of a request."""
        return cls(request.user.get_username(), bool(request.user.is_superuser))

    def by(self, desk: Desk) -> dict[str, str] | None:
        """The key ``by`` of their commands; ``None`` for who is nobody here, and may do nothing."""
        if self.is_program:
            return {}
        try:
            desk.zone_of(self.name)
        except NotFound:
            return None
        return {"by": self.name}

    def may(self, desk: Desk, at: datetime, command: dict[str, Any]) -> Answer:
        """Whether the user may give a command at an instant, and if not, why."""
        by = self.by(desk)
        if by is None:
            return Answer(False, message=f"{self.name} is not an agent of this desk")
        # The clocks of two machines differ a little, and a desk's time never goes back.
        return desk.may({**command, "at": max(at, desk.now or at), **by})

    def allowed(self, desk: Desk, at: datetime, agents: Iterable[str]) -> dict[str, May]:
        """The permissions for each agent."""

        def passes(type_: str, agent: str, **further: Any) -> bool:
            return self.may(desk, at, {"type": type_, "agent": agent, **further}).allowed

        return {
            agent: May(
                status=passes("set_status", agent, status="available"),
                for_a_while=passes("set_status", agent, status="away", duration="30m"),
                absences=passes("set_out_of_office", agent, out_of_office=[]),
            )
            for agent in agents
        }
