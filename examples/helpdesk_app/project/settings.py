"""A helpdesk on SQLite. What differs between machines comes from the environment."""

import os
import secrets
from pathlib import Path

from django.contrib.messages import constants as message_levels

BASE = Path(__file__).resolve().parent.parent
#: Where the database, uploads and the secret key are.
HOME = Path(os.environ.get("HELPDESK_HOME", BASE / "data"))
HOME.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """The key of this installation, made at its first start."""
    file = HOME / "secret_key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


SECRET_KEY = os.environ.get("HELPDESK_SECRET_KEY") or _secret_key()
DEBUG = os.environ.get("HELPDESK_DEBUG", "") == "1"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]

INSTALLED_APPS = [
    # Before helpdesk: it adds a panel to its ticket page.
    "frontdesk_helpdesk",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.humanize",
    "rest_framework",
    "helpdesk",
    # The desk: its tables, its log in the admin, and the commands that let its time pass and check it.
    "frontdesk.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Tells the desk by which channel a ticket arrives, and who acts.
    "frontdesk_helpdesk.arrival.ArrivalMiddleware",
]
ROOT_URLCONF = "project.urls"
WSGI_APPLICATION = "project.wsgi.application"
SITE_ID = 1
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("HELPDESK_DATABASE", HOME / "helpdesk.sqlite3"),
        # A request changes its tickets and the desk together, or neither.
        "ATOMIC_REQUESTS": True,
        "OPTIONS": {
            # A transaction takes the lock when it begins: of two workers one waits, none fails half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
        # A file, as in earnest: the tests open it from several threads and processes.
        "TEST": {"NAME": HOME / "test.sqlite3"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
MEDIA_URL = "media/"
MEDIA_ROOT = HOME / "media"
LOGIN_URL = "helpdesk:login"
LOGIN_REDIRECT_URL = "helpdesk:home"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = HOME / "mail"
DEFAULT_FROM_EMAIL = "helpdesk@example.com"

#: helpdesk makes a class of Bootstrap of it, which has no "error"; the admin has.
MESSAGE_TAGS = {message_levels.ERROR: "danger error"}

HELPDESK_SUBMIT_A_TICKET_PUBLIC = True
# Teams are the desk's here; helpdesk's own need another package.
HELPDESK_TEAMS_MODE_ENABLED = False
# A customer who answers a resolved ticket opens it again; by default only a closed one.
HELPDESK_EMAIL_REOPEN_STATUSES = (3, 4)

#: With the agents considered, for the notes on tickets. The tests put a clock of their own here.
FRONTDESK: dict[str, object] = {"EXPLAIN": True}
