"""The desk as the admin lists it: its page is in the place of a list."""

from __future__ import annotations

from typing import ClassVar

from frontdesk.django import models as frontdesk


class TheDesk(frontdesk.Desk):
    """The desk of the helpdesk. Who may view it may use its page."""

    class Meta:
        proxy = True
        verbose_name = "desk"
        verbose_name_plural = "the desk"
        permissions: ClassVar = [("edit_document", "Can edit the desk's document")]
