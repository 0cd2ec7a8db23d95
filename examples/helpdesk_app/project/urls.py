"""The helpdesk at /, Django's admin with the desk at /admin/."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def no_icon(_: HttpRequest) -> HttpResponse:
    """Browsers ask for one on every site."""
    return HttpResponse(status=204)


urlpatterns = [path("favicon.ico", no_icon), path("admin/", admin.site.urls), path("", include("helpdesk.urls"))]
