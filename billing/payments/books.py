"""What the books hear of our payments.

The books stand above this slice and make themselves known by ``keep_with``.
"""

from collections.abc import Callable

from agency.errors import ConflictError
from billing.payments.models import Payment

# What the books have of a payment; the rest is ours alone.
BOOKED = {"amount", "paid_on"}

_tell: Callable | None = None
_hears: Callable[[Payment], bool] | None = None


def keep_with(tell: Callable, hears: Callable[[Payment], bool]) -> None:
    """Name ``tell(payment, by=…)``, and ``hears(payment)``: whether the books follow it at all."""
    globals().update(_tell=tell, _hears=hears)


def tell(payment: Payment, *, by) -> None:
    """Let the books follow what became of a payment, after the transaction."""
    if _tell is not None:
        _tell(payment, by=by)


def require_told(payment: Payment) -> None:
    """Raise ``ConflictError`` where the books have a payment and would not hear of its change."""
    if payment.xero_payment_id and not (_hears and _hears(payment)):
        raise ConflictError("Xero has this payment: change it there, it is followed here.")
