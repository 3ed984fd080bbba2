"""Engagements, for tests."""

import itertools
from decimal import Decimal

from crm.customers.tests.factories import make_customer
from crm.engagements.models import Engagement

numbers = itertools.count(1)


def make_engagement(**values) -> Engagement:
    values.setdefault("name", f"Engagement {next(numbers)}")
    values.setdefault("currency", "AUD")
    values = {"customer": values.get("customer") or make_customer()} | values
    return Engagement.objects.create(**values)


def earning(mrr, tcv=None, **values) -> Engagement:
    """One with a monthly revenue, and a total value where one is given."""
    total = None if tcv is None else Decimal(tcv)
    return make_engagement(monthly_revenue=Decimal(mrr), total_value=total, **values)
