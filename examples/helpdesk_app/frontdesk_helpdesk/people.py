"""Accounts and agents: an agent is the account of that user name."""

from __future__ import annotations

from typing import Any

from . import effects, shared


def follow_account(user: Any) -> None:
    """Whoever may not log in does not work here, and gets nothing."""
    with shared.session() as work:
        for agent in work.desk.document().get("agents", []):
            if agent["id"] == user.get_username() and agent["active"] != user.is_active:
                work.keep(work.shared.put_agent(agent["id"], agent | {"active": user.is_active}))
        effects.apply(work)
