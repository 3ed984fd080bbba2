"""Currencies are taken into use here, and their rates kept."""

import csv
import io
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction

from agency.errors import BusinessError, ConflictError
from agency.reference import organisation, writing
from agency.reference.currencies.models import Currency, ExchangeRate

MOST_ROWS = 1_000
SEPARATORS = ("decimal_separator", "thousand_separator")


@transaction.atomic
def update(currency: Currency, *, by, **values) -> Currency:
    """Change how a currency is written, or whether documents may use it; its code stays.

    Raises ``ConflictError`` where the base currency would go out of use.
    """
    if currency.code == organisation.current().base_currency and not values.get("is_active", True):
        raise ConflictError("The base currency stays in use.", field="is_active")
    marks = [values.get(name, getattr(currency, name)) for name in SEPARATORS]
    if marks[0] == marks[1]:
        raise BusinessError("The two separators must differ.", field="thousand_separator")
    return writing.change(currency, by=by, **values)


@transaction.atomic
def set_rate(
    currency: Currency, *, on: date, rate: Decimal, source: str = "entered", by
) -> ExchangeRate:
    """Keep how much of the base currency one unit bought on a day (at most 8 decimals).

    A second rate of the same day replaces the first. Issued documents keep theirs.
    """
    base = organisation.current().base_currency
    if currency.code == base:
        raise BusinessError(f"{base} is the base currency: its rate is always 1.", field="currency")
    if on > organisation.today():
        raise BusinessError("A rate is known from its day on, not before.", field="on")
    known = ExchangeRate.objects.select_for_update().filter(currency=currency, on=on).first()
    if known:
        return writing.change(known, by=by, rate=rate, source=source)
    fresh = ExchangeRate(currency=currency, on=on, rate=rate, source=source)
    return writing.add(fresh, by=by, rate=rate, on=on)


@transaction.atomic
def remove_rate(rate: ExchangeRate, *, by) -> None:
    """Forget a rate; documents that used it keep their figures."""
    writing.remove(rate, by=by)


@transaction.atomic
def import_rates(text: str, *, by, source: str = "imported") -> int:
    """Keep the rates of a table with the columns date, currency and rate; all rows or none.

    Dates are ISO 8601, rates as in ``set_rate``. Raises ``BusinessError`` naming the row.
    """
    rows = _rows(text)
    codes = {currency.code: currency for currency in Currency.objects.all()}
    for number, row in enumerate(rows, start=1):
        try:
            currency, on, rate = _read(row, codes)
            set_rate(currency, on=on, rate=rate, source=source, by=by)
        except BusinessError as error:
            raise BusinessError(f"Row {number}: {error.message}", field="table") from error
    return len(rows)


def _rows(text: str) -> list[list[str]]:
    try:
        rows = [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise BusinessError("These are no comma-separated rows.", field="table") from error
    if rows and rows[0][0].strip().lower() == "date":
        rows = rows[1:]
    if not rows:
        raise BusinessError("The table has no rows.", field="table")
    if len(rows) > MOST_ROWS:
        raise BusinessError(f"A table has at most {MOST_ROWS} rows.", field="table")
    return rows


def _read(row: list[str], codes: dict[str, Currency]) -> tuple[Currency, date, Decimal]:
    if len(row) != 3:
        raise BusinessError("Write date, currency and rate, with commas between.")
    day, code, rate = (cell.strip() for cell in row)
    if code.upper() not in codes:
        raise BusinessError(f"“{code[:20]}” is not a currency.")
    try:
        return codes[code.upper()], date.fromisoformat(day), Decimal(rate)
    except ValueError as error:
        raise BusinessError(f"“{day[:20]}” is not a date such as 2026-11-20.") from error
    except InvalidOperation as error:
        raise BusinessError(f"“{rate[:20]}” is not a number.") from error
