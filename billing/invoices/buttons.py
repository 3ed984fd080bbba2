"""Actions that the slices above put on an invoice's page.

``buttons.add(make)`` in the app's ``ready()``; ``make(invoice, staff)`` gives an ``Action``, or
None where there is nothing to do.
"""

from collections.abc import Callable

from agency.ui.views import Action
from billing.invoices.models import Invoice

_makers: list[Callable] = []


def add(make: Callable[[Invoice, object], Action | None]) -> None:
    """Let ``make`` decide, page by page, whether it has an action."""
    if make not in _makers:
        _makers.append(make)


def buttons_for(invoice: Invoice, staff) -> list[Action]:
    """The actions of the other slices, in the order in which they were added."""
    made = (make(invoice, staff) for make in _makers)
    return [action for action in made if action is not None]
