"""Read-only views of the agents, the conversation and the desk, for strategies in Python.

A strategy is any callable that takes these views and decides who gets the conversation:

>>> def quiet_first(candidates, conversation, desk, *, boost=20):
...     def score(agent):
...         return -agent.load + (boost if conversation.contact.owner == agent else 0)
...     return {agent: score(agent) for agent in candidates}

It returns an agent, an agent's id, ``None`` for nobody, or a dict of scores: the highest wins, then the lower load, then
the least recently assigned; agents without a score are refused. All datetimes are
in the zone of the inbox. See ``Desk.strategy``.
"""

from __future__ import annotations

from ._native import Agents, AgentView, ChannelView, ContactView, ConversationView, DeskView, InboxView
from ._strategies import Held

__all__ = [
    "AgentView",
    "Agents",
    "ChannelView",
    "ContactView",
    "ConversationView",
    "DeskView",
    "Held",
    "InboxView",
]
