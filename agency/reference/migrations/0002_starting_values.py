"""What a new installation starts with: currencies, taxes, payment modes, countries, number series."""

import pycountry
from babel import Locale
from django.db import migrations
from iso4217 import Currency as Iso

FIRST = ["AUD", "USD", "EUR", "GBP", "NZD", "CAD", "SGD", "JPY"]
TAXES = [
    ("OUTPUT", "GST on income 10 %", "0.10", True),
    ("EXEMPTOUTPUT", "GST-free income", "0", False),
    ("EXEMPTEXPORT", "GST-free exports", "0", False),
    ("INPUTTAXED", "Input taxed", "0", False),
    ("BASEXCLUDED", "Outside the scope of GST", "0", False),
]
MODES = ["Bank transfer", "Card", "Direct debit", "Cash", "Cheque", "PayPal", "Stripe"]
SERIES = [
    ("invoice", "Invoices", "INV-{year}-{seq:05}"),
    ("credit_note", "Credit notes", "CN-{year}-{seq:05}"),
    ("estimate", "Estimates", "EST-{year}-{seq:05}"),
]


def currencies(apps):
    Currency = apps.get_model("reference", "Currency")
    symbols = {**Locale("en", "001").currency_symbols, "AUD": "$"}
    codes = sorted(item.code for item in Iso if item.exponent is not None)
    ordered = FIRST + [code for code in codes if code not in FIRST]
    Currency.objects.bulk_create(
        Currency(
            code=code,
            name=Iso(code).currency_name[:80],
            symbol=symbols.get(code, code)[:8],
            is_active=code in FIRST,
        )
        for code in ordered
    )


def lookups(apps):
    for code, name, rate, default in TAXES:
        apps.get_model("reference", "Tax").objects.create(
            code=code, name=name, rate=rate, is_default=default
        )
    for name in MODES:
        apps.get_model("reference", "PaymentMode").objects.create(name=name)
    for key, name, pattern in SERIES:
        apps.get_model("reference", "NumberSeries").objects.create(
            key=key, name=name, pattern=pattern
        )


def countries(apps):
    Country = apps.get_model("reference", "Country")
    Country.objects.bulk_create(
        Country(
            alpha2=item.alpha_2,
            alpha3=item.alpha_3,
            name=getattr(item, "common_name", item.name)[:80],
            long_name=getattr(item, "official_name", item.name)[:120],
        )
        for item in sorted(pycountry.countries, key=lambda item: item.alpha_2)
    )


def create(apps, schema_editor):
    currencies(apps)
    lookups(apps)
    countries(apps)
    apps.get_model("reference", "Organisation").objects.create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("reference", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
