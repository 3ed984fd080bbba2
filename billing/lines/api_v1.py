"""The items of a document in the CRM dialect: estimates, credit notes and invoices share them."""

from typing import Any

from rest_framework import serializers

from agency.api.fields import AmountIn, MoneyOut, PlainOut
from agency.api.names import Fields
from agency.api.v1.fields import PercentOut
from agency.api.v1.lookups import Lookup
from agency.api.v1.names import V1Names
from billing.lines import taxes


class TaxIn(serializers.Field):
    """A tax by id, code or name, also as ``name|rate`` or in a list of one; none is no tax."""

    schema = {
        "type": ["string", "integer", "array", "null"],
        "maxItems": 1,
        "items": {"type": ["string", "integer"]},
    }
    default_error_messages = {
        "unknown": "There is no tax “{value}”.",
        "several": "A line bears one tax.",
        "no_zero": "No tax of 0 % is in use: name one.",
    }
    known = Lookup("tax_type", "reference.Tax", words=("code", "name"))

    def __init__(self, **kwargs) -> None:
        super().__init__(default="", allow_null=True, **kwargs)

    def run_validation(self, data=serializers.empty):
        return self.to_internal_value("" if data in (serializers.empty, None, []) else data)

    def to_internal_value(self, data) -> str:
        if isinstance(data, list):
            if len(data) > 1:
                self.fail("several")
            data = data[0]
        if data == "":
            return taxes.none().code or self.fail("no_zero")
        found = self.known.find(data.partition("|")[0] if isinstance(data, str) else data)
        if found is None:
            self.fail("unknown", value=str(data)[:40])
        return found.code


def price_out(source: str) -> PlainOut:
    return PlainOut(source=source, least=2)


class DocumentLineNames(V1Names):
    """One position of a document."""

    both = {
        "description": "description",
        "long_description": "long_description",
        "qty": Fields("quantity", out=PlainOut, into=AmountIn),
        "rate": Fields("unit_price", out=price_out, into=AmountIn),
        "unit": "unit",
    }
    sent = {"taxname": Fields("tax_type", into=lambda required, **kwargs: TaxIn(**kwargs))}
    required = {"description"}
    accepts = {"quantity": "qty"}


def shown_of(document: str) -> dict[str, Any]:
    """What is shown of a line beside what is sent; ``document`` is its link to the document."""
    return {
        "id": "pk",
        "item_order": "position",
        "taxname": "tax_type",
        "taxrate": Fields("tax_rate", out=PercentOut),
        "amount": Fields(
            "amount", out=lambda source: MoneyOut(source=source, currency=f"{document}.currency")
        ),
    }
