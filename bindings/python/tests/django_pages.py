"""The pages of the tests' project: the admin, and views that give a desk commands."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.urls import path

from frontdesk.django import desk, retry


def opened(request: HttpRequest, conversation: str) -> HttpResponse:
    """Opens a conversation beside a row of the project's."""
    Group.objects.create(name=conversation)
    events = desk("support").open(conversation, inbox="main", channel="chat")
    if request.GET:
        raise RuntimeError("on purpose")
    return HttpResponse(events.decision.agent if events.decision else "")


urlpatterns = [
    path("admin/", admin.site.urls),
    path("open/<conversation>/", opened),
    path("again/<conversation>/", retry(opened)),
]
