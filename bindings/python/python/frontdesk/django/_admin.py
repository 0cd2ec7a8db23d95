"""The pages of the admin: desks, turns and commands handed in, to be read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timezone
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.timezone import is_naive, make_aware

from frontdesk import Event, Problem
from frontdesk import Turn as Read

from . import _personal, _words, conf
from ._paging import FirstRows, Rows
from .models import Conversation, Desk, Lease, Pending, Snapshot, Subject, Turn

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin

#: The parameter with the name of the desk that a list shows.
_DESK = "desk"

#: The most turns of a conversation that are listed: the newest.
_TURNS = 500


class ReadOnly(_ModelAdmin):
    """Rows that are looked at, and never changed here."""

    actions = None
    list_per_page = 50
    show_full_result_count = False
    paginator = FirstRows

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds rows."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes rows."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes rows."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """All of them."""
        return self.get_fields(request, obj)

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[Rows]:
        """The list, whose links have the whole key of a row."""
        return Rows

    def url_of(self, row: Any) -> str:
        """The address of a row's page."""
        return _page_of(self, str(self.opts.model_name), row.pk)


class OfDesk(admin.SimpleListFilter):
    """The rows of one desk, the first if none is chosen: the tables are in the order of their desks."""

    title = "desk"
    parameter_name = _DESK

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The desks."""
        return [(name, name) for name in _names()]

    def has_output(self) -> bool:
        """Always: a filter without output is not applied."""
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of the desk."""
        return queryset.filter(desk=_shown(request))

    def choices(self, changelist: Any) -> Iterator[Any]:
        """The desks, each with its link."""
        shown = self.value() or next((name for name, _ in self.lookup_choices), "")
        for name, title in self.lookup_choices:
            query = changelist.get_query_string({_DESK: name})
            yield {"selected": name == shown, "query_string": query, "display": title}


class IsWaiting(admin.SimpleListFilter):
    """The commands that are not decided yet."""

    title = "state"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choice beside all of them."""
        return [("1", "waiting")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of the choice."""
        return queryset.filter(decided_at=None) if self.value() == "1" else queryset


class DeskAdmin(ReadOnly):
    """The desks of the database."""

    list_display = ("desk", "last_turn", "wakes", "is_due", "waiting")
    fields = ("desk", "last_turn", "wakes", "is_due", "waiting", "newest_snapshot", "last_erasure", "lease", "log")

    @admin.display(description="to be advanced at")
    def wakes(self, desk: Desk) -> datetime | None:
        """When something falls due."""
        return desk.wakes_at

    @admin.display(description="due", boolean=True)
    def is_due(self, desk: Desk) -> bool:
        """Whether it has to be advanced."""
        now = conf.now()
        return desk.wakes_at is not None and isinstance(now, datetime) and desk.wakes_at <= now

    @admin.display(description="commands that wait")
    def waiting(self, desk: Desk) -> int:
        """The number of commands that were handed in and are not decided."""
        return len(_rows(Pending, desk).filter(desk=desk.desk, decided_at=None)[:1000])

    @admin.display(description="newest snapshot")
    def newest_snapshot(self, desk: Desk) -> str | None:
        """The turn of the newest snapshot."""
        newest = (
            _rows(Snapshot, desk)
            .filter(desk=desk.desk, part=0)
            .order_by("-turn")
            .values_list("turn", flat=True)
            .first()
        )
        return None if newest is None else f"after turn {newest}"

    @admin.display(description="last erasure")
    def last_erasure(self, desk: Desk) -> str | None:
        """The turn of the last erasure of a contact."""
        return f"in turn {desk.erased_turn}" if desk.erased_turn else None

    @admin.display(description="decides what was handed in")
    def lease(self, desk: Desk) -> str | None:
        """The worker that has the lease."""
        lease = _rows(Lease, desk).filter(desk=desk.desk, ends_at__gt=datetime.now(timezone.utc)).first()
        return f"{lease.holder} until {lease.ends_at:%H:%M:%S} UTC" if lease and lease.holder else None

    @admin.display(description="log")
    def log(self, desk: Desk) -> str:
        """The links to its turns and commands."""
        links = [("turn", "Turns"), ("pending", "Commands handed in")]
        rows = ((_list_of(self, model, desk=desk.desk), text) for model, text in links)
        return format_html_join(" · ", '<a href="{}">{}</a>', rows)


class TurnAdmin(ReadOnly):
    """The turns of a desk, the newest first."""

    list_display = ("turn", "when", "command", "about", "by", "events")
    list_filter = (OfDesk,)
    ordering = ("-turn",)
    sortable_by = ("turn", "when")
    search_fields = ("turn",)
    search_help_text = "A conversation, the id of a command; or a number, a date or a time, for the turns up to that"
    fields = _FIELDS = ("desk", "turn", "when", "command", "by", "command_id", "conversations", "what_happened")

    def url_of(self, row: Any) -> str:
        """The address of a turn's page, which has the name of its desk."""
        return _page_of_turn(self, row.desk_id, row.turn)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The turn of a page."""
        turn, _, desk = object_id.partition("-")
        return self.get_queryset(request).filter(desk=desk, turn=turn).first() if turn.isdecimal() else None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The turns about a conversation, that of a command, or those up to a number or an instant. Each is found by an index."""
        term, desk = search_term.strip(), _shown(request)
        if not term:
            return queryset, False
        about = Conversation.objects.using(queryset.db).filter(desk=desk, conversation=term)
        turns = list(about.order_by("-turn").values_list("turn", flat=True)[:_TURNS])
        if turns:
            return queryset.filter(turn__in=turns), False
        last = _turn_until(queryset, term)
        return queryset.filter(command_id=term) if last is None else queryset.filter(turn__lte=last), False

    @admin.display(description="at", ordering="at")
    def when(self, turn: Turn) -> datetime | None:
        """The instant of the command."""
        return turn.at

    @admin.display(description="command")
    def command(self, turn: Turn) -> str:
        """The type of the command."""
        return _words.kind_of(turn.content.get("command"))

    @admin.display(description="about")
    def about(self, turn: Turn) -> str:
        """What the command is about."""
        return _words.about_of(turn.content.get("command"))

    @admin.display(description="by")
    def by(self, turn: Turn) -> str | None:
        """The agent who gave it; nobody if the program did."""
        return cast("str | None", (turn.content.get("command") or {}).get("by"))

    @admin.display(description="events")
    def events(self, turn: Turn) -> str:
        """What happened, in short."""
        kinds = [str(event["type"]).replace("_", " ") for event in turn.content.get("events", [])]
        return ", ".join(kinds[:5]) + (f" and {len(kinds) - 5} more" if len(kinds) > 5 else "")

    @admin.display(description="conversations")
    def conversations(self, turn: Turn) -> str:
        """The conversations that it is about, each with a link to all its turns."""
        about = _rows(Conversation, turn).filter(desk=turn.desk_id, turn=turn.turn)
        names = sorted(about.values_list("conversation", flat=True)[:_TURNS])
        rows = ((_list_of(self, "turn", desk=turn.desk_id, q=name), name) for name in names)
        return format_html_join(", ", '<a href="{}">{}</a>', rows)

    @admin.display(description="what happened")
    def what_happened(self, turn: Turn) -> str:
        """The events in words, with their reasons."""
        return format_html('<div style="white-space: pre-wrap">{}</div>', "\n".join(_told(turn)))

    @admin.display(description="text")
    def text(self, turn: Turn) -> str:
        """The turn as JSON, without personal values."""
        return _preformatted(turn.content)

    @admin.display(description="text")
    def whole_text(self, turn: Turn) -> str:
        """The turn as JSON, with the personal values that are not erased."""
        return _preformatted(_joined(turn))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fields, with the personal values for who may see them."""
        text = "whole_text" if _sees_personal(request) else "text"
        return (*self._FIELDS, text, "digest")


class PendingAdmin(ReadOnly):
    """The commands that were handed in, the last first."""

    list_display = ("number", "command_id", "handed_in", "decided", "outcome")
    list_filter = (OfDesk, IsWaiting)
    sortable_by = ()
    search_fields = ("=command_id",)
    search_help_text = "The id of a command"
    fields = _FIELDS = ("desk", "number", "command_id", "handed_in", "decided", "outcome")

    @admin.display(description="handed in at")
    def handed_in(self, row: Pending) -> datetime:
        """When it was handed in."""
        return row.handed_in_at

    @admin.display(description="decided at")
    def decided(self, row: Pending) -> datetime | None:
        """When it was decided."""
        return row.decided_at

    @admin.display(description="outcome")
    def outcome(self, row: Pending) -> str:
        """What became of it."""
        if row.turn is not None:
            return format_html('<a href="{}">turn {}</a>', _page_of_turn(self, row.desk_id, row.turn), row.turn)
        return "refused" if row.refused else "waits" if row.decided_at is None else "nothing happened"

    @admin.display(description="command")
    def text(self, row: Pending) -> str:
        """The command as JSON, as long as it waits. Personal values are in it."""
        return _preformatted(json.loads(row.command)) if row.command else ""

    @admin.display(description="refusal")
    def refusal(self, row: Pending) -> str:
        """The answer, if it was refused."""
        return _preformatted(json.loads(row.refused)) if row.refused else ""

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fields; the command itself for those who may see personal data."""
        return (*self._FIELDS, "refusal", "text") if _sees_personal(request) else self._FIELDS


def _sees_personal(request: HttpRequest) -> bool:
    return bool(cast("Any", request.user).has_perm("frontdesk.view_subject"))


def _rows(model: type[Any], beside: Any) -> QuerySet[Any]:
    """The rows of a model, in the database of a row."""
    return cast("QuerySet[Any]", model.objects.using(beside._state.db))


def _names() -> list[str]:
    """The names of all desks: there are few."""
    return list(Desk.objects.values_list("desk", flat=True))


def _shown(request: HttpRequest) -> str:
    """The name of the desk that a list shows: the chosen one, or the first."""
    return request.GET.get(_DESK) or next(iter(_names()), "")


def _turn_until(turns: QuerySet[Any], term: str) -> int | None:
    """The last turn up to what somebody searched for, if that is a number, a date or a time; ``None`` for another text."""
    if term.isdecimal() and len(term) < 19:
        return int(term)
    try:
        day, at = parse_date(term), parse_datetime(term)
    except ValueError:
        return None
    if day is not None:
        at = datetime.combine(day, time.max)
    if at is None:
        return None
    at = make_aware(at) if is_naive(at) else at
    last: int | None = turns.filter(at__lte=at).order_by("-at", "-turn").values_list("turn", flat=True).first()
    return last or 0


def _page_of(model_admin: ReadOnly, model: str, key: Any) -> str:
    """The address of a row's page."""
    return reverse(f"{model_admin.admin_site.name}:frontdesk_{model}_change", args=[quote(key)])


def _page_of_turn(model_admin: ReadOnly, desk: str, turn: int) -> str:
    return _page_of(model_admin, "turn", f"{turn}-{desk}")


def _list_of(model_admin: ReadOnly, model: str, **query: str) -> str:
    """The address of a list."""
    return f"{reverse(f'{model_admin.admin_site.name}:frontdesk_{model}_changelist')}?{urlencode(query)}"


def _joined(turn: Turn) -> Any:
    """The text of a turn with its personal values."""
    values: dict[int, Any] = {}
    for row in _rows(Subject, turn).filter(desk=turn.desk_id, turn=turn.turn, of_snapshot=0):
        values |= {int(number): value for number, value in json.loads(row.personal).items()}
    return _personal.joined(turn.content, values)


def _told(turn: Turn) -> Iterable[str]:
    content = turn.content
    yield f"{_words.of_command(content.get('command'))}:" if content.get("command") else _words.of_command(None)
    try:
        events: Iterable[Event] = Read.from_json(json.dumps(_personal.without(content))).events
    except Problem as problem:
        yield f"The events cannot be read: {problem}"
        return
    yield from (f"• {_words.of_event(event)}" for event in events)


def _preformatted(content: Any) -> str:
    return format_html(
        '<pre style="white-space: pre-wrap; margin: 0">{}</pre>', json.dumps(content, indent=2, ensure_ascii=False)
    )
