"""A list page opened once more outside of a request, with the rights of its person as of now."""

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from agency.errors import BusinessError, NotAllowedError

LOST = "You may no longer do this."


def list_page(path: str, staff):
    """The view of the list at ``path``, as ``staff`` would find it: same rows, filters, columns.

    Raises ``NotAllowedError`` where the person has left or lost the right.
    """
    address, _, query = path.partition("?")
    try:
        match = resolve(address)
    except Resolver404 as error:
        raise BusinessError("This list is no longer there.") from error
    request = HttpRequest()
    request.method, request.path, request.GET = "GET", address, QueryDict(query)
    request.user, request.resolver_match = staff, match
    view = match.func.view_class(**match.func.view_initkwargs)
    view.setup(request, *match.args, **match.kwargs)
    if not staff.is_active or not view.may(view.level):
        raise NotAllowedError(LOST)
    return view


def step_of(view, key: str):
    """A step of the list's bulk bar, if its person may still take it."""
    action = view.bulk_action(key)
    if action is None:
        raise BusinessError("There is no such step any more.")
    if not view.may(action.level):
        raise NotAllowedError(LOST)
    return action
