"""One step for many chosen rows: each through its operation, refusals told by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction

from agency.errors import BusinessError

AT_ONCE = 25  # rows that the request works through itself; more go to the background
LIMIT = 10_000  # rows that one step may be asked for
TOGETHER = 200  # rows of one transaction, where an operation takes many


@dataclass(frozen=True, kw_only=True)
class BulkAction:
    """A button of the bulk bar.

    ``run(row, by=staff, **values)`` is the operation; ``values`` come from ``form_class``, asked
    in a dialog first. ``together(rows, by=staff, **values)`` is the same for many rows, all or
    none. ``allows(row)`` hides the button while a chosen row does not allow the step. ``done``
    names the result: "approved" makes "3 approved".
    """

    key: str
    label: str
    run: Callable[..., Any]
    together: Callable[..., Any] | None = None
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


class Refusal(NamedTuple):
    """A row that did not go through, why, and the path of its page."""

    label: str
    reason: str
    path: str = ""


@dataclass(frozen=True)
class Outcome:
    """How many rows went through, and which were refused."""

    done: int
    refused: list[Refusal]


def reason_of(error: Exception) -> str:
    """Why a row was refused; what is no refusal is raised again."""
    if isinstance(error, BusinessError):
        return str(error)
    raise error


def run(
    action: BulkAction,
    rows: list,
    *,
    by,
    values: dict | None = None,
    reason_of: Callable[[Exception], str] = reason_of,
) -> Outcome:
    """Run the step on each row in its own transaction; one refusal does not stop the others.

    Rows that an operation takes together are tried so first, so that people hear of them once.
    """
    values = values or {}
    if action.together and len(rows) > 1 and _all_went(action, rows, by, values, reason_of):
        return Outcome(len(rows), [])
    done, refused = 0, []
    for row in rows:
        try:
            with transaction.atomic():
                action.run(row, by=by, **values)
        except Exception as error:  # noqa: BLE001 ``reason_of`` raises what is no refusal
            refused.append(Refusal(str(row), reason_of(error), _path_of(row)))
        else:
            done += 1
    return Outcome(done, refused)


def _all_went(action: BulkAction, rows: list, by, values: dict, reason_of: Callable) -> bool:
    try:
        with transaction.atomic():
            action.together(rows, by=by, **values)
    except Exception as error:  # noqa: BLE001 ``reason_of`` raises what is no refusal
        reason_of(error)
        return False
    return True


def _path_of(row) -> str:
    return row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
