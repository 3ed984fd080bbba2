"""Receivables by age, and the invoices behind each figure."""

from datetime import timedelta
from decimal import Decimal

import pytest

from agency.reference import organisation
from billing.invoices.states import Age
from billing.invoices.tests.factories import make_issued
from billing.models import Invoice
from billing.receivables import figures

pytestmark = pytest.mark.django_db

# (days after the due date, the age that the office calls it)
AGES = [
    (-5, "not_due"),
    (0, "not_due"),
    (1, "1-30"),
    (30, "1-30"),
    (31, "31-60"),
    (60, "31-60"),
    (61, "61-90"),
    (90, "61-90"),
    (91, "90+"),
    (400, "90+"),
]


@pytest.fixture
def owed(staff):
    """One invoice for each line of ``AGES``."""
    today, jane = organisation.today(), staff()
    long_ago = today - timedelta(days=500)
    return [
        make_issued(jane, issued_on=long_ago, due_on=today - timedelta(days=late)).pk
        for late, _ in AGES
    ]


def test_what_is_owed_has_the_age_of_its_days(owed):
    found = dict(Invoice.objects.with_age().values_list("pk", "age"))
    assert found == dict(zip(owed, [age for _, age in AGES], strict=True))


def test_each_figure_of_the_home_page_opens_its_invoices(page, staff, owed):
    client = page(staff())
    (ageing,) = figures.ageing(Invoice.objects.all())
    panel = client.get("/home/receivables").text
    for age, sum_owed in zip(Age, ageing.bands, strict=True):
        path = f"/invoices?currency=AUD&age={age.value.replace('+', '%2B')}"
        assert path.replace("&", "&amp;") in panel
        rows = client.get(path).context["page"].object_list
        assert sum((row.balance for row in rows), Decimal(0)) == sum_owed > 0
