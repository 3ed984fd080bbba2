"""What an amount that somebody typed must be."""

from decimal import Decimal

from agency import money
from agency.errors import BusinessError


def require_whole(amount: Decimal, currency: str, *, field: str = "amount") -> None:
    """Raise ``BusinessError`` for more decimals than the currency has: JPY 0, AUD 2, KWD 3."""
    if amount != money.rounded(amount, currency):
        raise BusinessError(f"{currency} has {money.decimals(currency)} decimals.", field=field)
