"""Pages of a long table, without counting or passing over all of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Model

if TYPE_CHECKING:
    _Paginator = Paginator[Model]
else:
    _Paginator = Paginator

#: The most rows that are counted, and paged through: for others there is the search.
MOST = 2_000


class FirstRows(_Paginator):
    """The first pages of a table. Its count is at most ``MOST``, whatever the table has."""

    @cached_property
    def count(self) -> int:
        """The number of rows, as far as it was counted."""
        rows: Any = self.object_list
        return int(rows.order_by()[:MOST].count())


class Rows(ChangeList):
    """A list of rows that may have keys of several columns."""

    def url_for_result(self, result: Any) -> str:
        """The address of a row's page."""
        return str(cast("Any", self.model_admin).url_of(result))
