"""Taxes: one default, codes that stay."""

from decimal import Decimal

import pytest

from agency.errors import BusinessError, ConflictError
from agency.records.history import history_of
from agency.reference.models import Tax
from agency.reference.taxes import in_use
from agency.reference.taxes import operations as taxes

pytestmark = pytest.mark.django_db


def gst() -> Tax:
    return Tax.objects.get(code="OUTPUT")


def test_an_installation_starts_with_australian_taxes_and_gst_as_the_default():
    assert {tax.code: (tax.rate, tax.is_default) for tax in Tax.objects.all()} == {
        "OUTPUT": (Decimal("0.1"), True),
        "EXEMPTOUTPUT": (0, False),
        "EXEMPTEXPORT": (0, False),
        "INPUTTAXED": (0, False),
        "BASEXCLUDED": (0, False),
    }


def test_a_new_tax_is_recorded(staff):
    jane = staff()
    tax = taxes.create(code="output2", name="GST 15 %", rate=Decimal("0.15"), by=jane)
    assert (tax.code, tax.rate, tax.is_active) == ("OUTPUT2", Decimal("0.15"), True)
    [event] = history_of(tax)
    assert (event.verb, event.by) == ("created", jane)


def test_the_default_mark_moves(staff):
    tax = taxes.create(code="VAT", name="VAT", rate=Decimal("0.2"), is_default=True, by=staff())
    assert [one.code for one in Tax.objects.filter(is_default=True)] == ["VAT"]
    taxes.update(gst(), by=staff(), is_default=True)
    assert [one.code for one in Tax.objects.filter(is_default=True)] == ["OUTPUT"]
    assert [event.verb for event in history_of(tax)] == ["updated", "created"]


@pytest.mark.parametrize("values", [{"is_default": False}, {"is_active": False}])
def test_the_default_is_neither_dropped_nor_retired(staff, values):
    with pytest.raises(ConflictError):
        taxes.update(gst(), by=staff(), **values)
    assert (gst().is_default, gst().is_active) == (True, True)


@pytest.mark.parametrize("rate", ["-0.1", "1", "0.12345", "NaN", "1e400"])
def test_a_rate_is_a_fraction_of_four_decimals(staff, rate):
    with pytest.raises(BusinessError):
        taxes.update(gst(), by=staff(), rate=Decimal(rate))
    assert gst().rate == Decimal("0.1")


def test_a_code_is_given_once(staff):
    with pytest.raises(ConflictError) as refused:
        taxes.create(code="output", name="Again", rate=Decimal("0.1"), by=staff())
    assert refused.value.field == "code"


def test_a_change_is_known_at_once(staff):
    assert in_use()["OUTPUT"].rate == Decimal("0.1")
    taxes.update(gst(), by=staff(), rate=Decimal("0.15"))
    assert in_use()["OUTPUT"].rate == Decimal("0.15")
    taxes.create(code="VAT", name="VAT", rate=Decimal("0.2"), is_default=True, by=staff())
    assert {code for code, rate in in_use().items() if rate.is_default} == {"VAT"}
