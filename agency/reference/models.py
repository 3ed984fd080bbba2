"""Reference data: the organisation itself, currencies, taxes, countries, numbering."""

from agency.reference.currencies.models import Currency, ExchangeRate
from agency.reference.lookups.models import Country, PaymentMode, Tax
from agency.reference.numbering.models import NumberCounter, NumberSeries
from agency.reference.organisation.models import Organisation

__all__ = [
    "Country",
    "Currency",
    "ExchangeRate",
    "NumberCounter",
    "NumberSeries",
    "Organisation",
    "PaymentMode",
    "Tax",
]
