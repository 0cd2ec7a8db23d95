"""Read-only views of the agents, the conversation and the desk, for strategies in Python.

A strategy is any callable that takes these views and decides who gets the conversation:

>>> def quiet_first(candidates, conversation, desk, *, boost=20):
...     def score(agent):
...         return -agent.load + (boost if conversation.contact.owner == agent else 0)
...     return {agent: score(agent) for agent in candidates}

It returns an agent, an agent's id, ``None`` for nobody, or a dict of scores: the highest wins, then the lower load, then
the least recently assigned; agents without a score are refused. An agent or id may be given with a reason that explanations
show: ``return agent, "speaks Swedish"``. All datetimes are in the zone of the inbox. See ``Desk.strategy``.

A class may have the hooks that scripts have, each with the parameters that it names:

>>> class BySkill:
...     def eligible(self, agent, conversation, desk, *, skill="general"):
...         return skill in agent.skills or f"knows nothing of {skill}"
...     def priority(self, conversation, desk):
...         return 10 if conversation.attributes.get("plan") == "gold" else None
...     def fallback(self, conversation, desk):
...         return "next"
...     def choose(self, candidates, conversation, desk):
...         return candidates[0]
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
