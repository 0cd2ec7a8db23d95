"""The app."""

from django.apps import AppConfig


class FrontdeskHelpdeskConfig(AppConfig):
    """Listens to helpdesk once everything is loaded."""

    name = "frontdesk_helpdesk"
    verbose_name = "Availability and routing"

    def ready(self) -> None:
        from . import signals

        signals.connect()
