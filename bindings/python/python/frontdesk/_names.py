"""The base class of the enums of names."""

from __future__ import annotations

from enum import Enum


class Name(str, Enum):
    """A name of the contract. It equals its text in JSON."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"

    def __format__(self, form: str) -> str:
        return str.__format__(self, form)
