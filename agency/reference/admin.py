"""The admin of the slices."""

from agency.reference.countries.admin import CountryAdmin
from agency.reference.currencies.admin import CurrencyAdmin, ExchangeRateAdmin
from agency.reference.modes.admin import PaymentModeAdmin
from agency.reference.numbering.admin import NumberCounterAdmin, NumberSeriesAdmin
from agency.reference.organisation.admin import OrganisationAdmin
from agency.reference.taxes.admin import TaxAdmin

__all__ = [
    "CountryAdmin",
    "CurrencyAdmin",
    "ExchangeRateAdmin",
    "NumberCounterAdmin",
    "NumberSeriesAdmin",
    "OrganisationAdmin",
    "PaymentModeAdmin",
    "TaxAdmin",
]
