"""Availability and routing for helpdesks: who is available, who gets this conversation, and why.

>>> from frontdesk import Desk
>>> desk = Desk({"version": 1, "time_zone": "Europe/Stockholm", "agents": [{"id": "anna", "working_hours": [
...     {"days": ["mon", "tue", "wed", "thu", "fri"], "start": "09:00", "end": "17:00"}]}]})
>>> status = desk.status("anna", "2026-11-20T17:30:00+01:00", zone="Europe/Stockholm")
>>> status.state, status.reason
(State.AWAY, Reason.OUTSIDE_WORKING_HOURS)
>>> print(status.until)
2026-11-23 09:00:00+01:00

``help(Desk)`` is the manual. Everything is in one of these modules: ``frontdesk.events`` has a class for each type of
event, ``frontdesk.enums`` the names of the contract, ``frontdesk.results`` the answers, ``frontdesk.problems`` the
exceptions, ``frontdesk.strategies`` the views for strategies in Python, ``frontdesk.typing`` the types of arguments.
"""

from __future__ import annotations

from . import enums, events, problems, results, strategies
from ._deadline import deadline
from ._native import VERSION as __version__
from ._native import Scripts, Status, Turn
from ._schema import schema
from .coverage import Coverage, Stretch
from .decision import Decision
from .desk import Desk, check, find_warnings
from .enums import Code, Ineligible, Reason, Severity, State, View, ViewSort, VisitorState
from .events import Event, Events
from .problems import (
    InvalidCalendar,
    InvalidCommand,
    InvalidDocument,
    InvalidEvent,
    InvalidInput,
    InvalidQuestion,
    InvalidSnapshot,
    InvalidTime,
    InvalidTurn,
    InvalidValue,
    NotFound,
    NotPermitted,
    NotPossible,
    Position,
    Problem,
    Reentered,
    Refusal,
    ScriptProblem,
    TimeIsUp,
    WrongType,
)
from .results import (
    AgentInboxes,
    AgentRow,
    Considered,
    Contact,
    Conversation,
    Line,
    May,
    Page,
    Period,
    PlaceInQueue,
    ReplyWindowEnds,
    StepConsidered,
    VisitorView,
    Whereabouts,
)
from .schedule import Schedule

__all__ = [
    "AgentInboxes",
    "AgentRow",
    "Code",
    "Considered",
    "Contact",
    "Conversation",
    "Coverage",
    "Decision",
    "Desk",
    "Event",
    "Events",
    "Ineligible",
    "InvalidCalendar",
    "InvalidCommand",
    "InvalidDocument",
    "InvalidEvent",
    "InvalidInput",
    "InvalidQuestion",
    "InvalidSnapshot",
    "InvalidTime",
    "InvalidTurn",
    "InvalidValue",
    "Line",
    "May",
    "NotFound",
    "NotPermitted",
    "NotPossible",
    "Page",
    "Period",
    "PlaceInQueue",
    "Position",
    "Problem",
    "Reason",
    "Reentered",
    "Refusal",
    "ReplyWindowEnds",
    "Schedule",
    "ScriptProblem",
    "Scripts",
    "Severity",
    "State",
    "Status",
    "StepConsidered",
    "Stretch",
    "TimeIsUp",
    "Turn",
    "View",
    "ViewSort",
    "VisitorState",
    "VisitorView",
    "Whereabouts",
    "WrongType",
    "__version__",
    "check",
    "deadline",
    "enums",
    "events",
    "find_warnings",
    "problems",
    "results",
    "schema",
    "strategies",
]
