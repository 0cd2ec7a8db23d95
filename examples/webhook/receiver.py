"""A tiny helpdesk that hears what the webhook tells: `python receiver.py`, with the WEBHOOK_SECRET of the webhook."""

import json
import os
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer

from signing import is_right

ADDRESS = ("127.0.0.1", 8001)


class Receiver(BaseHTTPRequestHandler):
    """Checks each delivery, and prints its decisions."""

    #: The last delivery. Keep yours in your database, in the transaction of what you do about its decisions.
    last = 0

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        at, sent = self.headers.get("x-timestamp", ""), self.headers.get("x-signature", "")
        is_signed = is_right(
            os.environ["WEBHOOK_SECRET"], datetime.now(timezone.utc), at, sent, "POST", self.path, body
        )
        if is_signed:
            self.hear(json.loads(body))
        self.send_response(204 if is_signed else 401)
        self.end_headers()

    def hear(self, told: dict[str, object]) -> None:
        """Prints a delivery, unless it is a repeat. Deliveries come in order, so that the last number is enough to know one."""
        delivery = told["delivery"]
        assert isinstance(delivery, int)
        if delivery > Receiver.last:
            print(json.dumps(told, indent=2), flush=True)
            Receiver.last = delivery


if __name__ == "__main__":
    HTTPServer(ADDRESS, Receiver).serve_forever()
