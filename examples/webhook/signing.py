"""Signatures of requests, by HMAC-SHA256 over time, method, target and body: they prove origin and content."""

import hashlib
import hmac
from datetime import datetime
from urllib.parse import urlsplit

#: How old a request may be, in seconds: whoever overhears one cannot send it again later.
OLDEST = 300


def signature(secret: str, at: str, method: str, target: str, body: bytes) -> str:
    """The signature of a request. The time is in seconds since 1970; the target is the path with its query."""
    return hmac.new(secret.encode(), f"{at}\n{method}\n{target}\n".encode() + body, hashlib.sha256).hexdigest()


def signed_headers(secret: str, at: datetime, method: str, target: str, body: bytes) -> dict[str, str]:
    """The headers of a request that carry its time and its signature."""
    stamp = str(int(at.timestamp()))
    return {"x-timestamp": stamp, "x-signature": signature(secret, stamp, method, target, body)}


def is_right(secret: str, now: datetime, at: str, sent: str, method: str, target: str, body: bytes) -> bool:
    """``True`` if a request is fresh, and was signed by somebody who knows the secret."""
    is_fresh = at.isascii() and at.isdigit() and len(at) < 12 and abs(now.timestamp() - int(at)) <= OLDEST
    right = signature(secret, at, method, target, body)
    return is_fresh and hmac.compare_digest(right.encode(), sent.encode("utf-8", "replace"))


def target_of(url: str) -> str:
    """The target of a request to a URL, as its signature has it."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
