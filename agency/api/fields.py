"""Wire types that every dialect shares: ids, money, quantities."""

from decimal import Decimal

from django.apps import apps
from rest_framework import serializers

from agency import money
from agency.api.rows import ColumnMixin

LARGEST_ID = 2**63 - 1


def id_of(value) -> int | None:
    """An id sent as ``42`` or ``"42"``; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    text = str(value).strip()
    if not (text.isascii() and text.isdigit()):
        return None
    number = int(text) if len(text) < 20 else LARGEST_ID + 1
    return number if number <= LARGEST_ID else None


class IdField(ColumnMixin, serializers.Field):
    """An id, emitted as a string."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("read_only", True)
        super().__init__(**kwargs)

    def convert(self, value):
        return None if value is None else str(value)

    def to_representation(self, value):
        return self.convert(value)


class RelatedId(serializers.PrimaryKeyRelatedField):
    """An id in a body, looked up among the rows that the caller may see."""

    def __init__(self, label: str | None = None, **kwargs) -> None:
        self.model_label = label
        if label and not kwargs.get("many"):
            kwargs["queryset"] = ()
        super().__init__(**kwargs)

    def get_queryset(self):
        rows = apps.get_model(self.model_label).objects.all()
        scoped = getattr(rows, "visible_to", None)  # look-ups belong to everybody
        return scoped(self.context["request"].user) if scoped else rows

    def to_internal_value(self, data):
        pk = id_of(data)
        found = None if pk is None else self.get_queryset().filter(pk=pk).first()
        if found is None:
            self.fail("does_not_exist", pk_value=str(data)[:40])
        return found

    def to_representation(self, value):
        return str(value.pk)


class RelatedIds(serializers.ManyRelatedField):
    """A list of ids in a body, all looked up in one statement among what the caller may see."""

    default_error_messages = {
        "too_many": "Send at most {most} ids.",
        "unknown": "There is no record {ids}.",
    }
    most = 200

    def __init__(self, label: str, **kwargs) -> None:
        super().__init__(child_relation=RelatedId(label), **kwargs)

    def to_internal_value(self, data) -> list:
        if not isinstance(data, list):
            self.fail("not_a_list", input_type=type(data).__name__)
        if len(data) > self.most:
            self.fail("too_many", most=self.most)
        keys = {str(sent)[:40]: id_of(sent) for sent in data}
        rows = self.child_relation.get_queryset().in_bulk([pk for pk in keys.values() if pk])
        unknown = [sent for sent, pk in keys.items() if pk not in rows]
        if unknown:
            self.fail("unknown", ids=", ".join(unknown))
        return [rows[pk] for pk in dict.fromkeys(keys.values())]


class TextIn(serializers.CharField):
    """An optional text in a body; null empties it."""

    def __init__(self, **kwargs) -> None:
        kwargs = {"required": False, "allow_blank": True, "allow_null": True} | kwargs
        super().__init__(**kwargs)

    def run_validation(self, data=serializers.empty):
        value = super().run_validation(data)
        return "" if value is None else value


class HoursIn(serializers.DecimalField):
    """Hours in a body, read as whole minutes, half up."""

    def __init__(self, **kwargs) -> None:
        kwargs = {"min_value": Decimal(0), "max_value": Decimal(100_000)} | kwargs
        super().__init__(max_digits=12, decimal_places=4, **kwargs)

    def to_internal_value(self, data) -> int:
        if isinstance(data, bool):
            self.fail("invalid")
        return money.minutes_of(super().to_internal_value(data))

    def run_validators(self, value) -> None:
        super().run_validators(Decimal(value) / money.MINUTES_PER_HOUR)


class PeopleIds(ColumnMixin, serializers.ListField):
    """The ids in a column of ``agency.sql.people_of``, as strings in the order of the keys."""

    child = IdField()

    def convert(self, people):
        return [str(pk) for pk in sorted(person[0] for person in people or [])]


class PeopleNames(ColumnMixin, serializers.ListField):
    """The names in the same column, each beside its id of ``PeopleIds``."""

    child = serializers.CharField()

    def convert(self, people):
        return [" ".join(filter(None, person[1:])) for person in sorted(people or [])]


class MoneyOut(ColumnMixin, serializers.DecimalField):
    """A stored amount as a number with exactly its currency's decimals."""

    def __init__(self, *, currency: str = "currency", **kwargs) -> None:
        self.currency_path = currency
        kwargs.setdefault("read_only", True)
        super().__init__(max_digits=19, decimal_places=4, **kwargs)

    @property
    def paths(self) -> list[str]:
        return [*super().paths, self.currency_path.replace(".", "__")]

    def convert(self, value, currency):
        return None if value is None else money.shown(value, currency or "AUD")


class PlainOut(ColumnMixin, serializers.DecimalField):
    """A quantity, price or rate: a number with up to four decimals."""

    def __init__(self, *, least: int = 0, **kwargs) -> None:
        self.least = least
        kwargs.setdefault("read_only", True)
        super().__init__(max_digits=19, decimal_places=4, **kwargs)

    def convert(self, value):
        return None if value is None else money.plain(value, self.least)


class HoursOut(ColumnMixin, serializers.DecimalField):
    """Whole minutes as hours with up to four decimals."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("read_only", True)
        super().__init__(max_digits=12, decimal_places=4, **kwargs)

    def convert(self, value):
        return None if value is None else money.plain(Decimal(value) / money.MINUTES_PER_HOUR)


class AmountIn(serializers.DecimalField):
    """Money, a price or a quantity in a body: a number or a numeric string, four decimals."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("min_value", -money.LARGEST)
        kwargs.setdefault("max_value", money.LARGEST)
        super().__init__(max_digits=19, decimal_places=4, **kwargs)

    def to_internal_value(self, data):
        if isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class CurrencyIn(serializers.CharField):
    """An ISO 4217 code that the organisation knows; lower case is accepted."""

    default_error_messages = {"unknown": "“{code}” is not a known currency."}

    def __init__(self, **kwargs) -> None:
        super().__init__(max_length=3, **kwargs)

    def to_internal_value(self, data):
        code = super().to_internal_value(data).upper()
        if not apps.get_model("reference", "Currency").objects.filter(code=code).exists():
            self.fail("unknown", code=code)
        return code


class IdIn(serializers.Field):
    """An id in a body, sent as ``"42"`` or ``42``; the operation says whether it fits."""

    schema = {"type": ["string", "integer"], "pattern": "^[0-9]{1,19}$", "minimum": 1}
    default_error_messages = {"invalid": "“{value}” is not an id."}

    def to_internal_value(self, data):
        pk = id_of(data)
        if pk is None:
            self.fail("invalid", value=str(data)[:40])
        return pk


class PersonName(ColumnMixin, serializers.CharField):
    """The full name of the person that ``source`` leads to, or the e-mail address."""

    @property
    def paths(self) -> list[str]:
        person = self.source.replace(".", "__")
        return [f"{person}__{name}" for name in ("first_name", "last_name", "email")]

    def convert(self, first, last, email):
        return f"{first or ''} {last or ''}".strip() or email
