"""What every page of the browser side builds on: the right is asked before anything is read."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import DataError, IntegrityError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from agency.api.errors import last_resort

READING = {"GET", "HEAD", "OPTIONS"}


class ToolPage(AccessMixin):
    """Signed in, and ``tool:level`` held; otherwise the sign-in page or 403.

    A page for everybody who is signed in says ``tool = ""``; leaving it out is an error.
    """

    tool: str | None = None
    level = "view"
    title = ""
    crumbs: list[tuple[str, str]] = []  # (label, url name or path)

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated or not self.may(self.level):
            return self.handle_no_permission()
        try:
            response = super().dispatch(request, *args, **kwargs)
        except (IntegrityError, DataError) as error:
            if request.method in READING:
                raise
            response = self.overtaken(error)
        # The same address answers page, table or dialog; none of them may stand in for another.
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        patch_cache_control(response, private=True, no_cache=True)
        return response

    def overtaken(self, error: Exception) -> HttpResponse:
        """Say what the database alone refused, as after a race; nothing was written."""
        messages.error(self.request, last_resort(error, self.request)[1])
        if self.request.htmx:
            return HttpResponse(status=204)
        return done(self.request, url=self.request.get_full_path())

    def may(self, level: str) -> bool:
        """Whether the person at the keyboard holds this page's tool at ``level``."""
        if self.tool is None:
            raise ImproperlyConfigured(f"{type(self).__name__} declares no tool.")
        return not self.tool or self.request.user.has_perm(f"{self.tool}:{level}")

    def get_title(self) -> str:
        return self.title

    def get_crumbs(self) -> list[tuple[str, str]]:
        """The way here: [(label, path)], without the page itself."""
        return [(label, path_of(url)) for label, url in self.crumbs]

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        return {"title": self.get_title(), "crumbs": self.get_crumbs(), **context}


def needs(level: str):
    """Let a method of a page ask for more than the page itself: ``@needs("update") def post``."""

    def declare(handler):
        @wraps(handler)
        def asked(self, request, *args, **kwargs):
            if not self.may(level):
                raise PermissionDenied
            return handler(self, request, *args, **kwargs)

        asked.level = level
        return asked

    return declare


def path_of(url: str) -> str:
    """A path as it is; a route's name as its path."""
    return url if not url or url.startswith(("/", "?", "#")) else reverse(url)


def visible(queryset, staff):
    """The rows that this person may see; every business queryset must know the answer."""
    return queryset.all().visible_to(staff)


def done(request, *events: str, url: str = "") -> HttpResponse:
    """Answer a small form or button: htmx closes the dialog and refreshes, else go to ``url``.

    ``events`` name what changed (``payments``); parts of the page that wait for them by
    ``hx-trigger="payments from:body"`` load again. Without an event the page is loaded anew.
    """
    if not request.htmx:
        return HttpResponse(status=303, headers={"Location": url or request.path})
    if url:
        return HttpResponseClientRedirect(url)
    response = HttpResponse(status=204)
    trigger_client_event(response, "close-dialog", {})
    if not events:
        response["HX-Refresh"] = "true"
    for event in events:
        trigger_client_event(response, event, {})
    return response
