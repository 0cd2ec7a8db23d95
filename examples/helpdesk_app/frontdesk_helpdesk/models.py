"""The stored desk: its state and its events."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class DeskState(models.Model):
    """The desk: a snapshot, and by its digest which event of the log was the last.

    There is one row. Whoever changes the desk locks it first, so that two workers never decide on the same desk.
    """

    time_zone = models.CharField(max_length=64)
    snapshot = models.TextField(help_text="The desk as it was after the event snapshot_seq.")
    snapshot_seq = models.BigIntegerField(default=0)
    epoch = models.IntegerField(default=0, help_text="How often the snapshot was replaced by something but events.")
    seq = models.BigIntegerField(default=0, help_text="The last event.")
    digest = models.CharField(max_length=64, help_text="What tells this history from any other.")
    next_wakeup = models.DateTimeField(null=True, blank=True, help_text="When something falls due next.")

    class Meta:
        verbose_name = "desk"
        verbose_name_plural = "the desk"
        permissions: ClassVar = [("edit_document", "Can edit the desk's document")]

    def __str__(self) -> str:
        return f"the desk after event {self.seq}"


class DeskEvent(models.Model):
    """An event of the desk, as frontdesk wrote it. It never changes: the events make up the desk."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    type = models.CharField(max_length=32)
    conversation = models.CharField(max_length=64, blank=True, db_index=True)
    agent = models.CharField(max_length=150, blank=True)
    json = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-seq"]
        verbose_name = "event of the desk"
        verbose_name_plural = "events of the desk"

    def __str__(self) -> str:
        return f"{self.seq} {self.type}"
