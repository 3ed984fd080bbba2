"""The organisation's particulars are changed here."""

from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import transaction

from agency.errors import BusinessError, ConflictError, NotAllowedError
from agency.records.history import changed
from agency.reference import organisation, writing
from agency.reference.organisation import abn, logo
from agency.reference.organisation.models import Organisation

# What decides over money: where clients pay to, which tax is charged, which period is closed.
MONEY = {
    "abn",
    "is_tax_registered",
    "base_currency",
    "bank_name",
    "bank_account_name",
    "bank_bsb",
    "bank_account_number",
    "locked_before",
}


@transaction.atomic
def update(*, by, **values) -> Organisation:
    """Change the organisation's record.

    ``logo`` is an upload, or False to take it away. Raises ``BusinessError`` naming the field:
    an ABN whose checksum is wrong, an unknown currency, country or time zone, no picture.
    ``NotAllowedError`` where one of ``MONEY`` changes without ``settings:manage``.
    """
    own, _ = Organisation.objects.get_or_create(pk=1)
    own = writing.locked(own)
    values = _cleaned(values)
    _require_right(MONEY & changed(own, values).keys(), by=by)
    if "locked_before" in values and values["locked_before"] != own.locked_before:
        _require_over(values["locked_before"])
    if "base_currency" in values and values["base_currency"] != own.base_currency:
        _require_new_base(own, values["base_currency"])
    if "country" in values:
        _require_country(values["country"])
    own = writing.change(own, by=by, **values)
    organisation.forget()
    transaction.on_commit(organisation.forget)
    return own


def _cleaned(values: dict[str, Any]) -> dict[str, Any]:
    cleaned = {name: _one_line(name, value) for name, value in values.items()}
    if "abn" in cleaned:
        cleaned["abn"] = abn.digits_of(cleaned["abn"])
    if "logo" in cleaned:
        cleaned |= _stored_logo(cleaned.pop("logo"))
    return cleaned


def _one_line(name: str, value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) and name != "invoice_text" else value


def _stored_logo(sent) -> dict[str, str]:
    """The stored name of a new logo. Old files stay: issued invoices print them."""
    if sent is False:
        return {"logo": ""}
    if not sent or isinstance(sent, str) or getattr(sent, "_committed", False):
        return {}
    field = Organisation._meta.get_field("logo")
    file = logo.file_of(sent)
    name = field.generate_filename(Organisation(pk=1), str(file.name))
    return {"logo": name if field.storage.exists(name) else field.storage.save(name, file)}


def _require_right(fields: set[str], *, by) -> None:
    if fields and by is not None and not by.has_perm("settings:manage"):
        raise NotAllowedError("This needs settings:manage.", field=min(fields))


def _require_over(day: date | None) -> None:
    if day and day > organisation.today() + timedelta(days=1):
        raise BusinessError("A period can be closed once it is over.", field="locked_before")


def _require_new_base(own: Organisation, code: str) -> None:
    rates = apps.get_model("reference", "ExchangeRate").objects
    currencies = apps.get_model("reference", "Currency").objects
    if not currencies.filter(code=code, is_active=True).exists():
        raise BusinessError(f"“{code}” is not a currency in use.", field="base_currency")
    if rates.exists():
        raise ConflictError(
            f"There are exchange rates against {own.base_currency}. Delete them first.",
            field="base_currency",
        )


def _require_country(code: str) -> None:
    if not apps.get_model("reference", "Country").objects.filter(alpha2=code).exists():
        raise BusinessError(f"“{code}” is not a country code.", field="country")
