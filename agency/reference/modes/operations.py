"""Payment modes are made, changed and retired here."""

from django.db import transaction

from agency.errors import ConflictError
from agency.reference import writing
from agency.reference.modes.models import PaymentMode


@transaction.atomic
def create(*, name: str, description: str = "", by) -> PaymentMode:
    _require_free(name)
    return writing.add(PaymentMode(name=name, description=description), by=by, name=name)


@transaction.atomic
def update(mode: PaymentMode, *, by, **values) -> PaymentMode:
    """Change the name, the description, or whether it is in use."""
    if "name" in values:
        _require_free(values["name"], besides=mode)
    return writing.change(mode, by=by, **values)


def _require_free(name: str, besides: PaymentMode | None = None) -> None:
    same = PaymentMode.objects.filter(name__iexact=name)
    if besides:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise ConflictError(f"There is a payment mode “{name}” already.", field="name")
