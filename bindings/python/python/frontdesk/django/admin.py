"""The log in Django's admin: registers what is to be seen there."""

from __future__ import annotations

from django.contrib import admin

from ._admin import DeskAdmin, PendingAdmin, TurnAdmin
from .models import Desk, Pending, Turn

admin.site.register(Desk, DeskAdmin)
admin.site.register(Turn, TurnAdmin)
admin.site.register(Pending, PendingAdmin)
