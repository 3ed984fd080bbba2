"""Values as Teamwork writes them: strings all, and ``""`` for what is absent."""

from datetime import UTC, date, datetime
from decimal import Decimal

from rest_framework import serializers

from agency import money
from agency.api.rows import ColumnMixin

DATE = "%Y%m%d"
MOMENT = "%Y-%m-%dT%H:%M:%SZ"


class TextOut(ColumnMixin, serializers.Field):
    """Any value as a string."""

    schema = {"type": "string"}
    is_never_null = True  # absent is ""

    def __init__(self, **kwargs) -> None:
        super().__init__(read_only=True, **kwargs)

    def convert(self, value):
        return "" if value is None else str(value)


class FlagOut(TextOut):
    """Yes and no as ``1`` and ``0``."""

    schema = {"enum": ["0", "1"]}

    def convert(self, value):
        return "1" if value else "0"


class DateOut(TextOut):
    """A date as ``20150617``."""

    schema = {"type": "string", "pattern": "^([0-9]{8})?$"}

    def convert(self, value: date | None):
        return "" if value is None else value.strftime(DATE)


class MomentOut(TextOut):
    """A moment in UTC as ``2015-06-17T12:00:47Z``."""

    schema = {"type": "string", "pattern": r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?$"}

    def convert(self, value: datetime | None):
        return "" if value is None else value.astimezone(UTC).strftime(MOMENT)


class MoneyText(TextOut):
    """An amount as ``116.67``, with its currency's decimals."""

    schema = {"type": "string", "pattern": r"^(-?[0-9]+(\.[0-9]+)?)?$"}

    def __init__(self, *, currency: str = "currency", **kwargs) -> None:
        self.currency_path = currency
        super().__init__(**kwargs)

    @property
    def paths(self):
        return [*super().paths, self.currency_path.replace(".", "__")]

    def convert(self, value: Decimal | None, currency):
        return "" if value is None else f"{money.shown(value, currency or 'AUD'):f}"


class DateIn(serializers.DateField):
    """A date as ``20150617``; ``2015-06-17`` is read as well."""

    schema = {"type": "string", "pattern": r"^\d{4}-?\d\d-?\d\d$"}

    def __init__(self, **kwargs) -> None:
        super().__init__(input_formats=[DATE, "iso-8601"], **kwargs)


class FlagIn(serializers.BooleanField):
    """``1``, ``yes`` or ``true``, and their contraries."""

    schema = {"enum": [True, False, "1", "0", "true", "false", "yes", "no"]}


class AmountText(serializers.DecimalField):
    """An amount in a body: a number or a numeric string; ``""`` is none."""

    def __init__(self, **kwargs) -> None:
        limits = {"min_value": -money.LARGEST, "max_value": money.LARGEST}
        super().__init__(max_digits=19, decimal_places=4, **limits | kwargs)

    def run_validation(self, data=serializers.empty):
        return super().run_validation(None if data == "" and self.allow_null else data)

    def to_internal_value(self, data):
        if isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)
