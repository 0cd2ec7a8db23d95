"""A Django app: desks in the project's database, in the transactions of its tickets.

``INSTALLED_APPS`` has ``"frontdesk.django"``, and ``manage.py migrate`` makes the tables. Then:

>>> from django.db import transaction
>>> from frontdesk.django import create, desk
>>> document = {"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}],
...     "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat",
...         "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}]}
>>> create("front", document)
<SharedDesk 'front': turn 1>
>>> with transaction.atomic():  # the ticket and its assignment are there together, or not at all
...     events = desk("front").open("c1", inbox="main", channel="chat", id="b7")
>>> events.decision.agent
'anna'

The admin shows the log. ``manage.py frontdesk_advance --loop`` lets the time of the desks pass, ``frontdesk_verify`` checks their logs, and
``frontdesk_create`` begins one. The setting ``FRONTDESK`` is described in ``frontdesk.django.conf``. It needs Django 4.2 or later.
"""

from __future__ import annotations

from ._advance import advance
from ._desks import create, desk
from ._retry import retry

__all__ = ["advance", "create", "desk", "retry"]
