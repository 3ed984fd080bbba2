"""One step for many chosen rows: each through its operation, refusals told by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from agency.errors import BusinessError

LIMIT = 1000  # rows in one request


@dataclass(frozen=True, kw_only=True)
class BulkAction:
    """A button of the bulk bar.

    ``run(row, by=staff, **values)`` is the operation; ``values`` come from ``form_class``, asked
    in a dialog first. ``allows(row)`` hides the button while a chosen row does not allow the step.
    ``done`` names the result: "approved" makes "3 approved".
    """

    key: str
    label: str
    run: Callable[..., Any]
    level: str = "update"
    icon: str = ""
    done: str = "done"
    confirm: str = ""
    form_class: type | None = None
    allows: Callable[[Any], bool] | None = None
    primary: bool = False
    danger: bool = False

    def offered(self, row) -> bool:
        return self.allows is None or self.allows(row)


@dataclass(frozen=True)
class Outcome:
    """How many rows went through, and which were refused, with the reason."""

    done: int
    refused: list[tuple[str, str]]


def run(action: BulkAction, rows, *, by, values: dict | None = None) -> Outcome:
    """Run the step on each row in its own transaction; one refusal does not stop the others."""
    done, refused = 0, []
    for row in rows:
        try:
            with transaction.atomic():
                action.run(row, by=by, **(values or {}))
        except BusinessError as error:
            refused.append((str(row), str(error)))
        else:
            done += 1
    return Outcome(done, refused)
