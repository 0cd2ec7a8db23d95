"""Starts `run` twice with a wheel, looks at what it serves, and stops it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

RUN = Path(__file__).resolve().parent.parent / "run"
DESK = "/admin/frontdesk_helpdesk/thedesk/"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class Visitor:
    """Somebody with a browser."""

    def __init__(self, port: int) -> None:
        self.site = f"http://localhost:{port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str, **form: str) -> str:
        """A page, or the one that a form leads to."""
        data = urllib.parse.urlencode(form).encode() if form else None
        with self.opener.open(self.site + path, data, timeout=30) as answer:
            text: str = answer.read().decode()
            return text

    def token(self, page: str) -> str:
        """What a form has against forgery."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found is not None, "there is no form"
        return found[1]

    def wait(self, process: subprocess.Popen[bytes]) -> None:
        """Waits until the server answers."""
        for _ in range(1200):
            assert process.poll() is None, "it stopped"
            try:
                self.get("/")
                return
            except urllib.error.URLError:
                time.sleep(0.25)
        raise SystemExit("it does not answer")


def visit(wheel: str, title: str) -> str:
    """Starts it, sends a ticket, looks at the desk, stops it; gives what the desk's page says."""
    port = free_port()
    process = subprocess.Popen(["bash", RUN], env=os.environ | {"FRONTDESK_WHEEL": wheel, "HELPDESK_PORT": str(port)})
    try:
        visitor = Visitor(port)
        visitor.wait(process)
        form = visitor.get("/tickets/submit/")
        queue = re.search(r'<option value="(\d+)"[^>]*>\s*Help', form)
        assert queue is not None, "there is no queue"
        given = {"queue": queue[1], "title": title, "body": "Help!", "priority": "3", "submitter_email": "a@b.example"}
        visitor.get("/tickets/submit/", csrfmiddlewaretoken=visitor.token(form), due_date="", **given)
        login = visitor.get("/admin/login/?next=" + DESK)
        who = {"username": "admin", "password": "demo", "next": DESK}
        return visitor.get("/admin/login/?next=" + DESK, csrfmiddlewaretoken=visitor.token(login), **who)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


first = visit(sys.argv[1], "The first")
assert "Anna Berg" in first and "The first" in first
second = visit(sys.argv[1], "The second")
assert "The first" in second and "The second" in second
print("It started twice, and the second time it knew the ticket of the first.")
