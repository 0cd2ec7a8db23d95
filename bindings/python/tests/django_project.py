"""A project of Django for the tests, in this process: the settings, the pages, and a clock that stands still."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime, timedelta, timezone
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.parse import unquote, urlsplit

import django
from django.conf import settings

#: The databases of the app, each with the variable of its server; that of SQLite is a file.
ALIASES = {"default": None, "app_postgres": "FRONTDESK_POSTGRES_URL", "app_mysql": "FRONTDESK_MYSQL_URL"}

FRIDAY = datetime(2026, 11, 20, 9, tzinfo=timezone.utc)


class Clock:
    """A clock that is set."""

    now = FRIDAY

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **length: float) -> None:
        """Lets it run: ``pass_by(hours=2)``."""
        self.now += timedelta(**length)


clock = Clock()

#: The setting: a clock that may be ahead of the database's, as that of the machine may be set to anything.
FRONTDESK = {"CLOCK": clock, "SKEW": 1e12, "EXPLAIN": True}


def configured() -> None:
    """Configures Django, the first time."""
    if settings.configured:
        return
    folder = tempfile.mkdtemp(prefix="frontdesk-")
    settings.configure(
        DATABASES=_databases(folder),
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        FRONTDESK=FRONTDESK,
        INSTALLED_APPS=[
            "django.contrib.admin",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.messages",
            "django.contrib.sessions",
            "frontdesk.django",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ROOT_URLCONF="django_pages",
        SECRET_KEY="of the tests",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        TIME_ZONE="Europe/Stockholm",
        USE_TZ=True,
    )
    django.setup()


def _databases(folder: str) -> dict[str, Any]:
    """The databases of the app, and those over whose connections shared desks are tested without it."""
    databases: dict[str, Any] = {
        "default": _sqlite(f"{folder}/app.db"),
        "sqlite": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/desk.db"},
    }
    pooled = os.environ.get("FRONTDESK_PGBOUNCER_URL")
    if pooled:
        databases["pooled"] = _server("postgresql", pooled)
    postgres, mysql = os.environ.get("FRONTDESK_POSTGRES_URL"), os.environ.get("FRONTDESK_MYSQL_URL")
    if postgres:
        databases["postgres"] = _server("postgresql", postgres)
        databases["app_postgres"] = _server("postgresql", postgres)
    if mysql:
        if not find_spec("MySQLdb"):
            import_module("pymysql").install_as_MySQLdb()
        databases["mysql"] = _server("mysql", mysql)
        databases["app_mysql"] = _server("mysql", mysql)
    return databases


def _sqlite(name: str) -> dict[str, Any]:
    options: dict[str, Any] = {"timeout": 30}
    if django.VERSION >= (5, 1):
        options |= {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode = WAL"}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options, "TEST": {"NAME": f"{name}.test"}}


def _server(engine: str, address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "ENGINE": f"django.db.backends.{engine}",
        "HOST": parts.hostname,
        "PORT": parts.port,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "NAME": parts.path.strip("/"),
    }


class Router:
    """Everything is in one database, which a test sets."""

    alias = "default"

    def db_for_read(self, _model: Any, **_: Any) -> str:
        """The database of reads."""
        return self.alias

    db_for_write = db_for_read
