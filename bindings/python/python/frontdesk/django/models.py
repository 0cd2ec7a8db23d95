"""The tables of desks as models, to be read: for the admin, and for queries of your own.

>>> from frontdesk.django.models import Conversation, Desk
>>> Desk.objects.get(pk="support").last_turn
1
>>> list(Conversation.objects.filter(desk="support", conversation="c1").values_list("turn", flat=True))
[]

They are as the tables of ``frontdesk.shared`` are, which the migrations make by its ``migrate``. Nothing is written by them.
"""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.db import models

from ._fields import (
    Counted,
    IdField,
    InstantField,
    MaybeId,
    MaybeInstant,
    MaybeNumber,
    MaybeShortText,
    MaybeText,
    Number,
    ShortText,
    SmallNumber,
    Text,
    maybe_id,
    maybe_instant,
    maybe_number,
    maybe_short_text,
    maybe_text,
)
from ._rows import Row

__all__ = ["Conversation", "Desk", "Lease", "Pending", "RemovedCommand", "Snapshot", "Subject", "Turn"]


def _desk() -> models.ForeignKey[Desk, Desk]:
    """The desk of a row. The tables have no constraint for it: all rows are of a desk."""
    return models.ForeignKey(
        "Desk", models.DO_NOTHING, db_column="desk", db_constraint=False, db_index=False, related_name="+"
    )


class Desk(Row):
    """A desk, and what of it is known without its log."""

    objects: ClassVar[models.Manager[Desk]]

    desk: IdField = IdField(primary_key=True)
    last_turn: Number = Number()
    wakes_at: MaybeInstant = maybe_instant()
    erased_turn: Number = Number()

    class Meta(Row.Meta):
        db_table = "frontdesk_desks"
        ordering: ClassVar[list[str]] = ["desk"]

    def __str__(self) -> str:
        return self.desk


class Lease(Row):
    """The worker that decides what was handed in to a desk, until an instant of the database's clock."""

    objects: ClassVar[models.Manager[Lease]]

    desk: IdField = IdField(primary_key=True)
    holder: MaybeShortText = maybe_short_text(100)
    ends_at: InstantField = InstantField()

    class Meta(Row.Meta):
        db_table = "frontdesk_leases"
        ordering: ClassVar[list[str]] = ["desk"]

    def __str__(self) -> str:
        return f"{self.desk} by {self.holder or 'nobody'}"


class Turn(Row):
    """A turn: a command and its events, in which personal values are references; or the document that a desk began with."""

    objects: ClassVar[models.Manager[Turn]]

    KEY: ClassVar[tuple[str, ...]] = ("desk_id", "turn")

    desk: models.ForeignKey[Desk, Desk] = _desk()
    desk_id: str
    turn: Number = Number(primary_key=True)
    command_id: MaybeId = maybe_id()
    at: InstantField = InstantField()
    body: Text = Text()
    digest: ShortText = ShortText(max_length=64)

    class Meta(Row.Meta):
        db_table = "frontdesk_turns"
        ordering: ClassVar[list[str]] = ["-turn"]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.turn}"

    @property
    def content(self) -> dict[str, Any]:
        """The turn as in JSON. A personal value is an object with its number, ``{"personal": 3}``: ``desk(…).turn_of(…)`` has it."""
        content: dict[str, Any] = json.loads(self.body)
        return content


class RemovedCommand(Row):
    """The id of a command whose turn was removed by ``compact``, so that it is not carried out again."""

    KEY: ClassVar[tuple[str, ...]] = ("desk_id", "command_id")
    objects: ClassVar[models.Manager[RemovedCommand]]

    desk: models.ForeignKey[Desk, Desk] = _desk()
    desk_id: str
    command_id: IdField = IdField(primary_key=True)
    turn: Number = Number()

    class Meta(Row.Meta):
        db_table = "frontdesk_commands"
        ordering: ClassVar[list[str]] = ["-turn"]

    def __str__(self) -> str:
        return f"{self.command_id} of {self.desk_id} {self.turn}"


class Conversation(Row):
    """A conversation that a turn is about."""

    objects: ClassVar[models.Manager[Conversation]]

    KEY: ClassVar[tuple[str, ...]] = ("desk_id", "conversation", "turn")

    desk: models.ForeignKey[Desk, Desk] = _desk()
    desk_id: str
    conversation: IdField = IdField()
    turn: Number = Number(primary_key=True)

    class Meta(Row.Meta):
        db_table = "frontdesk_conversations"
        ordering: ClassVar[list[str]] = ["-turn"]

    def __str__(self) -> str:
        return f"{self.conversation} in {self.desk_id} {self.turn}"


class Snapshot(Row):
    """A part of a snapshot of a desk after a turn."""

    objects: ClassVar[models.Manager[Snapshot]]

    KEY: ClassVar[tuple[str, ...]] = ("desk_id", "turn", "part")

    desk: models.ForeignKey[Desk, Desk] = _desk()
    desk_id: str
    turn: Number = Number(primary_key=True)
    part: SmallNumber = SmallNumber()
    digest: ShortText = ShortText(max_length=64)
    body: Text = Text()

    class Meta(Row.Meta):
        db_table = "frontdesk_snapshots"
        ordering: ClassVar[list[str]] = ["-turn", "part"]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.turn}, part {self.part}"


class Subject(Row):
    """The personal values of a turn, or of a snapshot, that are of one subject. Who may view this may see them in the admin."""

    objects: ClassVar[models.Manager[Subject]]

    KEY: ClassVar[tuple[str, ...]] = ("desk_id", "turn", "of_snapshot", "subject")

    desk: models.ForeignKey[Desk, Desk] = _desk()
    desk_id: str
    turn: Number = Number(primary_key=True)
    of_snapshot: SmallNumber = SmallNumber()
    subject: IdField = IdField()
    personal: Text = Text()

    class Meta(Row.Meta):
        db_table = "frontdesk_subjects"
        ordering: ClassVar[list[str]] = ["-turn", "subject"]
        verbose_name = "personal data"
        verbose_name_plural = "personal data"

    def __str__(self) -> str:
        return f"{self.subject} in {self.desk_id} {self.turn}"


class Pending(Row):
    """A command that was handed in. It is empty when it is decided: then it is in its turn, unless it was refused."""

    objects: ClassVar[models.Manager[Pending]]

    number: Counted = Counted(primary_key=True)
    desk: models.ForeignKey[Desk, Desk] = _desk()
    desk_id: str
    command_id: IdField = IdField()
    command: Text = Text()
    handed_in_at: InstantField = InstantField()
    decided_at: MaybeInstant = maybe_instant()
    turn: MaybeNumber = maybe_number()
    refused: MaybeText = maybe_text()

    class Meta(Row.Meta):
        db_table = "frontdesk_pending"
        ordering: ClassVar[list[str]] = ["-number"]
        verbose_name = "command handed in"
        verbose_name_plural = "commands handed in"

    def __str__(self) -> str:
        return f"{self.desk_id} {self.command_id}"
