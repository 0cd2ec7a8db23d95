"""The desk in Django's admin: its page, its document, and its log to look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import pluralize
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST
from helpdesk.models import Ticket
from helpdesk.user import HelpdeskUser

from frontdesk import Desk, InvalidValue, Problem, Refusal
from frontdesk.django import advance
from frontdesk.enums import View

from . import buttons, documents, effects, follow, forms, shared
from .acting import Acting
from .effects import names_of
from .listing import Listing
from .models import TheDesk
from .overview import Overview, absence_text, when

_HERE = "admin:frontdesk_helpdesk_thedesk_changelist"


class ReadOnly(admin.ModelAdmin):
    """Looked at, never changed here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(TheDesk)
class DeskAdmin(ReadOnly):
    """The desk's page and its actions."""

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("status/", self.set_status, "status"),
            ("absence/", self.add_absence, "absence"),
            ("absence/remove/", self.remove_absence, "remove_absence"),
            ("advance/", self.advance, "advance"),
            ("route/<int:ticket_id>/", self.route, "route"),
            ("ticket/<int:ticket_id>/<slug:action>/", self.press, "press"),
        ]
        own = [
            path(url, self.admin_site.admin_view(require_POST(view)), name=f"desk_{name}") for url, view, name in pages
        ]
        document = path("document/", self.admin_site.admin_view(self.document), name="desk_document")
        views = path("views/<slug:view>/", self.admin_site.admin_view(self.views), name="desk_view")
        return [*own, document, views, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Shows who is available, the week ahead, and the queue with reasons."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        given = {
            **self.admin_site.each_context(request),
            "title": "The desk",
            "may_edit": request.user.has_perm("frontdesk_helpdesk.edit_document"),
            "lengths": forms.LENGTHS,
        }
        if shared.exists():
            given["desk"] = Overview(Acting.of(request))
        return render(request, "frontdesk_helpdesk/desk.html", given)

    # The actions. The desk decides who may do them: a user who is an agent acts as that agent.

    def set_status(self, request: HttpRequest) -> HttpResponse:
        """Sets an agent available or away."""
        form = forms.StatusForm(request.POST)
        if not form.is_valid():
            return _invalid(request, form)
        agent = form.cleaned_data["agent"]
        return self._carry_out(request, lambda _: form.command(), lambda work: _status_said(work, agent))

    def add_absence(self, request: HttpRequest) -> HttpResponse:
        """Adds an absence."""
        form = forms.AbsenceForm(request.POST)
        if not form.is_valid():
            return _invalid(request, form)
        agent = form.cleaned_data["agent"]
        said = absence_text(form.entry())
        return self._carry_out(
            request,
            lambda desk: _out_of_office(agent, [*_absences(desk, agent), form.entry()]),
            lambda work: f"{names_of(work.desk)[agent]} is out of office: {said}.",
        )

    def remove_absence(self, request: HttpRequest) -> HttpResponse:
        """Removes an absence, identified by its content, because its index may have changed."""
        agent, said = request.POST.get("agent", ""), request.POST.get("absence", "")
        return self._carry_out(
            request,
            lambda desk: _out_of_office(agent, _absences_without(desk, agent, said)),
            lambda work: f"The absence of {names_of(work.desk)[agent]} is removed: {said}.",
        )

    def advance(self, request: HttpRequest) -> HttpResponse:
        """Lets time pass."""
        self._may_act(request)
        events, missed = advance(shared.NAME), follow.catch_up()
        messages.success(
            request,
            f"Time has passed: {len(events)} event{pluralize(len(events))}, "
            f"{missed} ticket{pluralize(missed)} caught up with.",
        )
        return redirect(_HERE)

    def route(self, request: HttpRequest, ticket_id: int) -> HttpResponse:
        """Gives a ticket that waits for a hand back to the desk."""
        self._may_act(request)
        ticket = get_object_or_404(Ticket, pk=ticket_id)
        follow.route_again(ticket)
        owner = ticket.assigned_to
        said = f"{owner.get_full_name() or owner.get_username()} has it now" if owner else "it waits"
        messages.success(request, f"“{ticket.title}” is the desk's again: {said}.")
        return redirect(_HERE)

    def press(self, request: HttpRequest, ticket_id: int, action: str) -> HttpResponse:
        """Does with a ticket what one of its buttons says."""
        self._may_act(request)
        # Of the queues that helpdesk shows them, where it restricts these.
        shown = HelpdeskUser(request.user).accessible_tickets().select_related("assigned_to")
        ticket = get_object_or_404(shown, pk=ticket_id)
        wanted, acting = buttons.ACTIONS.get(action), Acting.of(request)
        if wanted is None:
            raise Http404
        try:
            with shared.session() as work:
                if acting.by(work.desk) is None:
                    raise PermissionDenied
                said = buttons.press(work, acting, wanted, ticket)
            messages.success(request, f"“{ticket.title}”: {said}.")
        except Problem as wrong:
            _tell(request, wrong)
        return redirect("helpdesk:view", ticket.pk)

    def views(self, request: HttpRequest, view: str) -> HttpResponse:
        """A view of the conversations, page by page, beside a list of all views."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if view not in list(View):
            raise Http404
        given = {**self.admin_site.each_context(request), "title": "Views"}
        if shared.exists():
            try:
                given["listing"] = Listing(Acting.of(request), View(view), request.GET.get("after"))
            except InvalidValue:
                messages.error(request, "This page is not there any more: here is the first.")
                return redirect("admin:desk_view", view)
        return render(request, "frontdesk_helpdesk/views.html", given)

    def document(self, request: HttpRequest) -> HttpResponse:
        """The document, to read and to change."""
        if not request.user.has_perm("frontdesk_helpdesk.edit_document"):
            raise PermissionDenied
        found: list[Problem] = []
        if request.method == "POST":
            form = forms.DocumentForm(request.POST)
            if form.is_valid():
                text = form.cleaned_data["document"]
                found = documents.problems(text) or _change(request, text)
                if not found:
                    return HttpResponseRedirect(reverse(_HERE))
        else:
            text = documents.text_of(shared.copy().document()) if shared.exists() else ""
            form = forms.DocumentForm(initial={"document": text})
        given = {
            **self.admin_site.each_context(request),
            "title": "The desk's document",
            "form": form,
            "problems": found,
        }
        return render(request, "frontdesk_helpdesk/document.html", given, status=422 if found else 200)

    def _may_act(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _carry_out(
        self,
        request: HttpRequest,
        command_for: Callable[[Desk], dict[str, Any]],
        said: Callable[[shared.Session], str],
    ) -> HttpResponse:
        """Gives the desk a command in the name of the user, and says on the page what came of it."""
        self._may_act(request)
        try:
            with shared.session() as work:
                by = Acting.of(request).by(work.desk)
                if by is None:
                    raise PermissionDenied
                work.give({**command_for(work.desk), **by}).raise_if_refused()
                effects.apply(work)
                done = said(work)
            messages.success(request, done)
        except Problem as wrong:
            _tell(request, wrong)
        return redirect(_HERE)


def _status_said(work: shared.Session, agent: str) -> str:
    """The current status of an agent, and its end."""
    status = work.desk.status(agent, work.at)
    until = f" until {when(status.until, work.at)}" if status.until else ""
    return f"{names_of(work.desk)[agent]} is {status.state}{until}: {str(status.reason).replace('_', ' ')}."


def _absences(desk: Desk, agent: str) -> list[dict[str, Any]]:
    agents = desk.document().get("agents", [])
    return [absence for entry in agents if entry["id"] == agent for absence in entry.get("out_of_office", [])]


def _absences_without(desk: Desk, agent: str, said: str) -> list[dict[str, Any]]:
    """The absences of an agent but one.

    :raises InvalidValue: It is gone already.
    """
    absences = _absences(desk, agent)
    others = [one for one in absences if absence_text(one) != said]
    if len(others) == len(absences):
        gone = f"{names_of(desk)[agent]} has no such absence any more, so that nothing changed: {said}"
        raise InvalidValue("invalid_value", gone)
    return others


def _out_of_office(agent: str, absences: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "set_out_of_office", "agent": agent, "out_of_office": absences}


def _change(request: HttpRequest, text: str) -> list[Problem]:
    """Gives the desk a document, the first or another, and says so on the page.

    :return: Why that cannot be.
    """
    try:
        if not shared.exists():
            shared.install(text)
            follow.catch_up()
            messages.success(request, "The desk has its document, and the tickets that were there.")
        elif documents.change(text):
            messages.success(request, "The desk has its new document.")
        else:
            messages.info(request, "The document is the same as before: nothing changed.")
    except Refusal as refusal:
        return [refusal]
    return []


def _invalid(request: HttpRequest, form: Form) -> HttpResponse:
    for name, errors in form.errors.items():
        for error in errors:
            messages.error(request, f"{error}" if name == "__all__" else f"{name.replace('_', ' ')}: {error}")
    return redirect(_HERE)


def _tell(request: HttpRequest, wrong: Problem) -> None:
    for problem in wrong.problems:
        hint = f" ({problem.hint})" if problem.hint else ""
        messages.error(request, f"{problem.message}{hint}")
