"""The settings of the project, with the clock of the tests: for processes that a test starts."""

from project.settings import *  # noqa: F403

# The clock may be ahead of the database's, as that of the machine may be set to anything.
FRONTDESK = {"EXPLAIN": True, "CLOCK": "tests.clock.now", "SKEW": 1e12}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
