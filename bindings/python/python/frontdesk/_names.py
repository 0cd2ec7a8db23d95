"""What all enums of the contract's names have in common."""

from __future__ import annotations

from enum import Enum


class Name(str, Enum):
    """A name of the contract. It is the text that stands in JSON, so that it equals that, too."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"

    def __format__(self, form: str) -> str:
        return str.__format__(self, form)
