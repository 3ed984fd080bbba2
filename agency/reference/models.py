"""Reference data: the organisation itself, currencies, taxes, countries, numbering."""

from agency.reference.countries.models import Country
from agency.reference.currencies.models import Currency, ExchangeRate
from agency.reference.modes.models import PaymentMode
from agency.reference.numbering.models import NumberCounter, NumberSeries
from agency.reference.organisation.models import Organisation
from agency.reference.taxes.models import Tax

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
