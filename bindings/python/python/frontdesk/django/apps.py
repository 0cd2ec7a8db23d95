"""The app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.core.signals import setting_changed
from django.db.models.signals import pre_migrate


class FrontdeskConfig(AppConfig):
    """The app, as ``INSTALLED_APPS`` finds it."""

    name = "frontdesk.django"
    label = "frontdesk"
    verbose_name: Any = "Desks"
    default_auto_field: Any = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import _desks, _schema
        from ._checks import check_settings, check_tables

        checks.register(check_settings)
        checks.register(check_tables, checks.Tags.database)
        pre_migrate.connect(_schema.without_migrations, sender=self, dispatch_uid="frontdesk.without_migrations")
        setting_changed.connect(_desks.setting_changed, dispatch_uid="frontdesk.setting_changed")
