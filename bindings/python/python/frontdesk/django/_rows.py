"""What the models have in common: rows that are read, and written by ``frontdesk.shared`` alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django.db import NotSupportedError, models

if TYPE_CHECKING:
    _QuerySet = models.QuerySet["Row"]
else:
    _QuerySet = models.QuerySet

_READ_ONLY = "the log is read here, and written by the commands of a desk: frontdesk.django.desk(name)"


class ReadOnly(_QuerySet):
    """Rows that cannot be changed from here."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise NotSupportedError(_READ_ONLY)

    create = get_or_create = update_or_create = bulk_create = bulk_update = update = delete = _refuse


class Row(models.Model):
    """A row of a table whose key has several columns, for which Django before 5.2 has no field. The last of them stands for the key
    in Django: with several desks, ask for rows by all of them.
    """

    #: The fields of the key.
    KEY: ClassVar[tuple[str, ...]] = ("pk",)

    objects: ClassVar[models.Manager[Any]] = ReadOnly.as_manager()

    class Meta:
        abstract = True

    @property
    def key(self) -> tuple[Any, ...]:
        """The values of the key."""
        return tuple(getattr(self, name) for name in self.KEY)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and type(self) is type(other) and self.key == other.key

    def __hash__(self) -> int:
        return hash((type(self), self.key))

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None
    ) -> None:
        """Reads the row again, by its whole key."""
        rows = from_queryset if from_queryset is not None else type(self)._base_manager.using(using or self._state.db)
        row = rows.get(**dict(zip(self.KEY, self.key)))
        for field in self._meta.concrete_fields:
            if fields is None or field.attname in fields or field.name in fields:
                setattr(self, field.attname, getattr(row, field.attname))

    def save(self, *_: object, **__: object) -> NoReturn:
        """Refuses: rows are read."""
        raise NotSupportedError(_READ_ONLY)

    def delete(self, *_: object, **__: object) -> NoReturn:
        """Refuses: rows are read."""
        raise NotSupportedError(_READ_ONLY)
