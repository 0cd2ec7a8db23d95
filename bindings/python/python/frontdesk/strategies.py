"""What a strategy in Python sees: views of the agents, the conversation and the desk, which can be read only.

A strategy is any callable that is given them and says who gets the conversation:

>>> def quiet_first(candidates, conversation, desk, *, boost=20):
...     def score(agent):
...         return -agent.load + (boost if conversation.contact.owner == agent else 0)
...     return {agent: score(agent) for agent in candidates}

It answers with an agent, with an agent's id, with ``None`` for nobody, or with a dict of scores: the highest wins, equal
ones go to the lower load, then to who was least recently assigned, and whoever has no score is refused. All datetimes are
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
