"""Schemas of answers for pydantic and FastAPI. Only pydantic imports this module.

Pydantic supports answers that are dataclasses. The others are written alike: instants as ISO 8601 with their offset, and
every field present. Events and decisions are written as in a log.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic_core import core_schema

from . import _native
from ._native import Events, Status, Turn
from ._result import _canonical
from .enums import Reason, State

Schema = core_schema.CoreSchema


def of_status(cls: type[Status]) -> Schema:
    """The schema of a status: its fields."""
    instant = core_schema.nullable_schema(core_schema.datetime_schema(tz_constraint="aware"))
    text = core_schema.nullable_schema(core_schema.str_schema())
    fields = {
        "state": core_schema.enum_schema(State, list(State), sub_type="str"),
        "reason": core_schema.enum_schema(Reason, list(Reason), sub_type="str"),
        "since": instant,
        "until": instant,
        "by": text,
        "note": text,
        "status": text,
    }
    described = core_schema.typed_dict_schema(
        {
            name: core_schema.typed_dict_field(field, required=name not in ("by", "note", "status"))
            for name, field in fields.items()
        }
    )

    def made(given: dict[str, Any]) -> Status:
        zones = [each.tzinfo for each in given.values() if isinstance(each, datetime) and each.tzinfo is not None]
        fields = {
            key: _canonical(value) for key, value in given.items() if value is not None or key in ("since", "until")
        }
        return cls._from_json(json.dumps(fields), zones[0] if zones else _native.zone("UTC"))

    return _either(cls, described, made, vars)


def of_event(cls: type[Any]) -> Schema:
    """The schema of an event, as in a log."""

    def made(given: dict[str, Any]) -> Any:
        event = cls.from_json(json.dumps(given))
        if not isinstance(event, cls):
            raise ValueError(f"the event is {event.type}, not {cls.type}")
        return event

    return _either(cls, _object(), made, lambda event: event.to_dict())


def of_decision(cls: type[Any]) -> Schema:
    """The schema of a decision: its event."""
    from ._event import Event

    def made(given: dict[str, Any]) -> Any:
        return cls(Event.from_json(json.dumps(given)))

    return _either(cls, _object(), made, lambda decision: decision.to_dict())


def of_events(cls: type[Events]) -> Schema:
    """The schema of events: a list, each as in a log."""
    described = core_schema.list_schema(_object())

    def made(given: list[dict[str, Any]]) -> Events:
        return cls.from_json(json.dumps(given))

    return _either(cls, described, made, lambda events: events.to_dict())


def of_turn(cls: type[Turn]) -> Schema:
    """The schema of a turn, as in a log."""

    def made(given: dict[str, Any]) -> Turn:
        return cls.from_json(json.dumps(given))

    return _either(cls, _object(), made, lambda turn: turn.to_dict())


def of_rows(cls: type[Any], row: type[Any], handler: Callable[[Any], Schema], made: Callable[[Any], Any]) -> Schema:
    """The schema of a sequence of rows, which pydantic supports."""
    return _either(cls, core_schema.list_schema(handler(row)), made, list)


def _object() -> Schema:
    return core_schema.dict_schema(core_schema.str_schema(), core_schema.any_schema())


def _either(cls: type[Any], described: Schema, made: Callable[[Any], Any], written: Callable[[Any], Any]) -> Schema:
    """A schema that accepts instances, or values that another schema describes, and writes the latter."""
    parsed = core_schema.no_info_after_validator_function(made, described)
    return core_schema.json_or_python_schema(
        json_schema=parsed,
        python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), parsed], mode="left_to_right"),
        serialization=core_schema.plain_serializer_function_ser_schema(
            written, return_schema=described, when_used="json"
        ),
    )
