"""Buttons that other apps put on a budget's page.

``buttons.add(make)`` in the app's ``ready()``; ``make(budget, staff)`` gives an ``Action``, or
None where there is nothing to do or the person may not. The last primary one stands out.
"""

from collections.abc import Callable

from agency.ui.views import Action
from budgets.budgets.models import Budget

_makers: list[Callable] = []


def add(make: Callable[[Budget, object], Action | None]) -> None:
    """Let ``make`` decide, page by page, whether it has a button."""
    if make not in _makers:
        _makers.append(make)


def buttons_for(budget: Budget, staff) -> list[Action]:
    """The buttons of the other apps, in the order in which they were added."""
    made = (make(budget, staff) for make in _makers)
    return [action for action in made if action is not None]
