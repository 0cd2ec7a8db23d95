"""The settings of the project, with the clock of the tests: for processes that a test starts."""

from project.settings import *  # noqa: F403

FRONTDESK_CLOCK = "tests.clock.now"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
