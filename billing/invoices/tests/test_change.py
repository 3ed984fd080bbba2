"""What may change on a draft, what is refused by name, and what follows from a change."""

from datetime import date

import pytest

from agency.reference.organisation.models import Organisation
from billing.invoices import operations as invoices
from billing.invoices.tests.factories import make_budget, make_invoice, make_issued, make_time

pytestmark = pytest.mark.django_db


def put(api, person, invoice, **body):
    return api(person).put(f"/api/invoices/{invoice.pk}", body)


@pytest.mark.parametrize(
    "body", [{"currency": "JPY"}, {"company_id": None}, {"due_date": "2027-01-01"}]
)
def test_a_closed_period_keeps_its_drafts_but_for_notes(api, staff, body):
    jane = staff()
    invoice = make_invoice(jane)
    Organisation.objects.update(locked_before=date(2026, 11, 15))

    answer = put(api, jane, invoice, **body)

    assert answer.status_code == 409
    assert list(answer.json()["errors"]) == ["issued_date"]
    noted = put(api, jane, invoice, notes="Ask Ana")
    assert noted.json()["invoice"]["notes"] == "Ask Ana"


@pytest.mark.parametrize("field", ["currency", "budget_id"])
def test_billed_time_keeps_the_budget_and_the_currency(api, staff, field):
    jane = staff()
    budget = make_budget(budget_type="time_and_materials")
    make_time(budget, jane)
    invoice = invoices.create(by=jane, budget=budget, generate_from_budget=True)
    wanted = {"currency": "JPY", "budget_id": make_budget(customer=budget.customer).pk}

    answer = put(api, jane, invoice, **{field: wanted[field]})

    assert answer.status_code == 409
    assert list(answer.json()["errors"]) == [field]


@pytest.mark.parametrize("status", ["paid", "overdue"])
def test_what_follows_from_the_ledger_is_not_typed_in(api, staff, status):
    jane = staff()
    invoice = make_issued(jane)

    answer = put(api, jane, invoice, status=status)

    assert (answer.status_code, answer.json()["error"]) == (409, "wrong_state")
    assert "Possible: approved, voided." in answer.json()["message"]


def test_the_status_that_is_shown_may_be_sent_back(api, staff):
    jane = staff()
    invoice = make_issued(jane, lines=[("Gift", "1", "0")])

    answer = put(api, jane, invoice, status="paid", notes="Settled")

    shown = answer.json()["invoice"]
    assert (answer.status_code, shown["status"], shown["notes"]) == (200, "paid", "Settled")
