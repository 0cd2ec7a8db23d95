"""The names of the contract.

Written by ``tools/generate.py`` from the core's JSON Schemas: change those.
"""

from __future__ import annotations

from ._names import Name


class State(Name):
    """Whether someone takes conversations."""

    AVAILABLE = "available"
    """Takes new conversations."""
    AWAY = "away"
    """Does not."""


class Reason(Name):
    """Why someone is available or away."""

    WORKING_HOURS = "working_hours"
    """Inside working hours."""
    ALWAYS_ON = "always_on"
    """Has no working hours, so is always at work."""
    SET_AVAILABLE = "set_available"
    """Set available by hand while the schedule says away."""
    OUTSIDE_WORKING_HOURS = "outside_working_hours"
    """Outside working hours."""
    HOLIDAY = "holiday"
    """On a holiday."""
    OUT_OF_OFFICE = "out_of_office"
    """In an absence."""
    SET_AWAY = "set_away"
    """Set away by hand, until set otherwise."""
    SET_AWAY_BY_OTHER = "set_away_by_other"
    """Set away by someone else."""
    TEMPORARILY_AWAY = "temporarily_away"
    """Set away for a while."""
    DEACTIVATED = "deactivated"
    """Deactivated."""


class VisitorState(Name):
    """Whether a visitor finds someone."""

    ONLINE = "online"
    """Someone is there."""
    AWAY = "away"
    """Nobody is there just now."""
    CLOSED = "closed"
    """Outside office hours."""
    HIDDEN = "hidden"
    """The channel is not shown."""


class NoticeKind(Name):
    """What a notice is about."""

    SET_AWAY_BY_OTHER = "set_away_by_other"
    """Someone else set the agent away."""
    MISSED_OFFERS = "missed_offers"
    """The agent is away because offers were missed."""


class AssignedBecause(Name):
    """Why a conversation went to someone without a rule."""

    BY_HAND = "by_hand"
    """By hand."""
    REPLIED = "replied"
    """They replied to it."""
    HELD_BEFORE = "held_before"
    """They held it before it was closed or snoozed."""


class UnassignedBecause(Name):
    """Why a conversation is held by nobody."""

    NO_RULE = "no_rule"
    """No rule of the channel is for it."""
    OTHERWISE = "otherwise"
    """The rule says so after its last step."""
    RELEASED = "released"
    """Released by hand."""
    AGENT_AWAY = "agent_away"
    """Who held it set themself away."""
    REMOVED = "removed"
    """Who held it, or the team it was given to, was removed."""
    NO_INBOX_ACCESS = "no_inbox_access"
    """Who held it, or everyone of the team it was given to, has no access to its inbox any more."""


class Code(Name):
    """The kind of a problem or refusal."""

    INVALID_JSON = "invalid_json"
    INVALID_CALENDAR = "invalid_calendar"
    UNKNOWN_KEY = "unknown_key"
    DUPLICATE_KEY = "duplicate_key"
    MISSING_KEY = "missing_key"
    WRONG_TYPE = "wrong_type"
    INVALID_VALUE = "invalid_value"
    CONFLICT = "conflict"
    DUPLICATE_ID = "duplicate_id"
    UNKNOWN_REFERENCE = "unknown_reference"
    UNKNOWN_SCRIPT = "unknown_script"
    INVALID_SCRIPT = "invalid_script"
    UNKNOWN_HOOK = "unknown_hook"
    UNKNOWN_PARAMETER = "unknown_parameter"
    UNKNOWN_ZONE = "unknown_zone"
    INVALID_TIME = "invalid_time"
    MISSING_OFFSET = "missing_offset"
    INVALID_DURATION = "invalid_duration"
    INVALID_RECURRENCE = "invalid_recurrence"
    TOO_MANY_OCCURRENCES = "too_many_occurrences"
    OUT_OF_RANGE = "out_of_range"
    UNSUPPORTED_VERSION = "unsupported_version"
    UNSUPPORTED_FEATURE = "unsupported_feature"
    UNKNOWN_AGENT = "unknown_agent"
    UNKNOWN_TEAM = "unknown_team"
    UNKNOWN_INBOX = "unknown_inbox"
    UNKNOWN_CHANNEL = "unknown_channel"
    UNKNOWN_CONVERSATION = "unknown_conversation"
    CONVERSATION_EXISTS = "conversation_exists"
    TIME_GOES_BACK = "time_goes_back"
    NOT_PERMITTED = "not_permitted"
    NO_INBOX_ACCESS = "no_inbox_access"
    DEACTIVATED = "deactivated"
    CONVERSATION_CLOSED = "conversation_closed"
    CONVERSATION_OPEN = "conversation_open"
    NOT_OFFERED = "not_offered"
    NOT_WITH_BOT = "not_with_bot"
    NOT_HELD = "not_held"
    IN_USE = "in_use"
    ACTOR_REQUIRED = "actor_required"
    ID_MISMATCH = "id_mismatch"
    TIME_IS_UP = "time_is_up"
    LEAP_TOO_LONG = "leap_too_long"
    IN_THE_PAST = "in_the_past"
    NEVER_MATCHES = "never_matches"
    NEVER_REACHED = "never_reached"
    NOBODY_THERE = "nobody_there"
    NEVER_OPEN = "never_open"
    NO_EFFECT = "no_effect"
    UNKNOWN_MEMBER = "unknown_member"
    NOT_A_CONDITION = "not_a_condition"
    UNUSED = "unused"
    UNLIKELY_RECURRENCE = "unlikely_recurrence"


class Ineligible(Name):
    """The first check that an agent failed, in the order in which they are asked."""

    NOT_IN_TARGET = "not_in_target"
    """The step does not name it."""
    DEACTIVATED = "deactivated"
    """It does not work here any more."""
    NO_SEAT = "no_seat"
    """It has no seat, or not one that gets conversations."""
    NO_INBOX_ACCESS = "no_inbox_access"
    """It may not work in the inbox."""
    DECLINED = "declined"
    """It declined this conversation, and has not come back since."""
    MISSING_SKILL = "missing_skill"
    """It lacks a skill, or the level asked."""
    AWAY = "away"
    """It is away."""
    ENDING_SOON = "ending_soon"
    """Its availability ends too soon."""
    AT_CAPACITY = "at_capacity"
    """Taking it would pass a limit."""
    ZERO_WEIGHT = "zero_weight"
    """Its weight in the rotation is 0."""
    REJECTED_BY_SCRIPT = "rejected_by_script"
    """The script of the step refused it."""


class Severity(Name):
    """Whether a problem stands in the way."""

    ERROR = "error"
    """The input is refused."""
    WARNING = "warning"
    """The input is taken, though it cannot be meant so."""
