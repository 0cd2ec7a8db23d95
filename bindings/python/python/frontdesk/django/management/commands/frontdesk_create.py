"""``manage.py frontdesk_create``: creates a desk of a document."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from frontdesk import Problem, check, find_warnings
from frontdesk.django import conf, create, retry
from frontdesk.django._desks import alias_of


class Command(BaseCommand):
    """Checks a document, and creates a desk of it."""

    help = "Creates a desk of a document. All problems of the document are listed, with path, line and hint; then nothing is done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("desk", metavar="DESK", help="the name of the desk")
        parser.add_argument(
            "document", metavar="DOCUMENT", help="the file with the document as JSON; - for the standard input"
        )
        parser.add_argument("--database", metavar="ALIAS", help="the database; that to which the router writes desks")
        parser.add_argument(
            "--check", action="store_true", dest="only_check", help="check the document, and create nothing"
        )

    def handle(self, *, desk: str, document: str, database: str | None, only_check: bool, **_: Any) -> None:
        text, scripts, alias = _text(document), conf.given().get("SCRIPTS"), alias_of(database)
        try:
            checked = check(text, scripts=scripts)
            for warning in find_warnings(text, scripts=scripts):
                self.stderr.write(str(warning))
            if not only_check:
                retry(using=alias)(create)(desk, text, using=alias)
        except Problem as problem:
            raise CommandError(str(problem)) from problem
        content = f"agents: {len(checked.get('agents', []))}, inboxes: {len(checked.get('inboxes', []))}"
        self.stdout.write(
            f"{document} is a document of a desk; {content}" if only_check else f"{desk}: created; {content}"
        )


def _text(document: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if document == "-" else Path(document).read_bytes()
    except OSError as error:
        raise CommandError(f"{document} cannot be read: {error.strerror}") from error
