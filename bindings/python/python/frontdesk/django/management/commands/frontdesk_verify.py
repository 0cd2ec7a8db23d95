"""``manage.py frontdesk_verify``: checks the logs of desks."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from frontdesk import Problem
from frontdesk.django import desk
from frontdesk.django._desks import alias_of
from frontdesk.django.models import Desk


class Command(BaseCommand):
    """Checks each log, and says what is wrong with it."""

    help = (
        "Checks the whole logs of desks: no turn is missing or changed, each can be applied, and each snapshot is what the turns give. A "
        "line for each desk; the exit status is 1 if one is not whole."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("desks", nargs="*", metavar="DESK", help="the desks; all if none is named")
        parser.add_argument("--database", metavar="ALIAS", help="the database; that to which the router writes desks")

    def handle(self, *, desks: list[str], database: str | None, **_: Any) -> None:
        alias = alias_of(database)
        try:
            names = desks or list(Desk.objects.using(alias).values_list("desk", flat=True))
            failed = sum(not self._is_whole(name, alias) for name in names)
        except Error as error:
            raise CommandError(f"the database {alias!r} fails: {str(error).strip()}") from error
        if failed:
            raise CommandError(f"{failed} of {len(names)} desks {'is' if failed == 1 else 'are'} not whole")

    def _is_whole(self, name: str, alias: str) -> bool:
        try:
            found = desk(name, using=alias).verify()
        except Problem as problem:
            self.stderr.write(f"{name}: {problem}")
            return False
        self.stdout.write(f"{name}: turns {found.first} to {found.last} are whole, and {_counted(found.snapshots)}")
        return True


def _counted(snapshots: int) -> str:
    return "1 snapshot" if snapshots == 1 else f"{snapshots or 'no'} snapshots"
