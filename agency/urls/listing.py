"""Every endpoint of the site: method, path, the right that it needs, and where its code stands."""

import inspect
import re
from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.contrib.admindocs.views import simplify_regex
from django.urls import URLPattern, get_resolver
from rest_framework.permissions import AllowAny, IsAuthenticated

from agency.api.permissions import LEVEL_OF_ACTION

ANYONE, SIGNED_IN, UNDECLARED = "anyone", "signed in", "undeclared"
ADMIN = "/admin"  # its own pages ask the same backend for each model
# Views that carry no declaration of ours: signing in comes before any right.
OPEN_MODULES = ("agency.health", "agency.staff.signin.views")
METHODS = ("get", "post", "put", "patch", "delete")


class Endpoint(NamedTuple):
    """One method of one path."""

    method: str
    path: str
    permission: str
    place: str


def endpoints() -> list[Endpoint]:
    """All endpoints by path, then by method."""
    found = {
        Endpoint(method.upper(), path, permission_at(path, view, handler), place_of(view, handler))
        for path, callback in routes(get_resolver().url_patterns)
        for view in [view_of(callback)]
        for method, handler in handlers(callback, view)
    }
    return sorted(found, key=lambda one: (one.path, METHODS.index(one.method.lower())))


def routes(patterns, prefix: str = "") -> Iterator[tuple[str, object]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield readable(route), pattern.callback
        else:
            yield from routes(pattern.url_patterns, route)


def readable(route: str) -> str:
    """``/api/invoices/:pk`` for either way of writing a route."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r":\1", simplify_regex(route))


def view_of(callback):
    """The class behind a route, or the function itself."""
    return getattr(callback, "cls", None) or getattr(callback, "view_class", None) or callback


def handlers(callback, view) -> Iterator[tuple[str, object]]:
    """Each method that a route answers, with the function that answers it."""
    if actions := getattr(callback, "actions", None):
        known = (method for method in METHODS if method in actions)  # HEAD comes with a request
        yield from ((method, getattr(view, actions[method])) for method in known)
    elif inspect.isclass(view):
        allowed = [method for method in METHODS if method in view.http_method_names]
        yield from ((name, getattr(view, name)) for name in allowed if hasattr(view, name))
    else:
        yield "get", view


def permission_at(path: str, view, handler) -> str:
    return "admin" if path.startswith(ADMIN) else permission_of(view, handler)


def permission_of(view, handler) -> str:
    """What a caller needs: ``invoices:update``, or who may come."""
    if said := declared(view, handler, "permission"):
        return said
    if (tool := declared(view, handler, "tool")) is not None:
        level = declared(view, handler, "level") or LEVEL_OF_ACTION.get(handler.__name__)
        return f"{tool}:{level}" if tool and level else SIGNED_IN if tool == "" else UNDECLARED
    required = getattr(view, "permission_classes", [])
    if AllowAny in required:
        return ANYONE
    if IsAuthenticated in required:
        return SIGNED_IN
    module = inspect.unwrap(view).__module__
    return ANYONE if module.startswith(OPEN_MODULES) else UNDECLARED


def declared(view, handler, name: str):
    """What the method says of itself, or its view for all of them."""
    return getattr(handler, name, getattr(view, name, None))


def place_of(view, handler) -> str:
    """``file:line`` of the method, or of its view where the method is inherited."""
    written_here = handler.__name__ in vars(view) if inspect.isclass(view) else True
    code = inspect.unwrap(handler if written_here else view)
    file, line = inspect.getsourcefile(code), inspect.getsourcelines(code)[1]
    return f"{file.removeprefix(f'{settings.BASE_DIR}/')}:{line}"
