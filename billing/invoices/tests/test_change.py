"""What may change on a draft, what is refused by name, and what follows from a change."""

from datetime import date

import pytest

from agency.reference.organisation.models import Organisation
from billing.invoices import operations as invoices
from billing.invoices.tests.factories import (
    make_budget,
    make_customer,
    make_invoice,
    make_issued,
    make_time,
)
from crm.models import Contact, OnboardingMilestone, Project

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


def test_a_project_of_another_company_is_refused(api, staff):
    jane = staff()
    invoice = make_invoice(jane)
    foreign = Project.objects.create(name="Portal", customer=make_customer(name="Northshore"))

    answer = put(api, jane, invoice, project_id=foreign.pk)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["project_id"])
    invoice.refresh_from_db()
    assert invoice.project is None


def test_another_company_leaves_contact_and_project_behind(api, staff):
    jane = staff()
    invoice = make_invoice(jane)
    contact = Contact.objects.create(customer=invoice.customer, first_name="Ana")
    project = Project.objects.create(name="Site", customer=invoice.customer)
    put(api, jane, invoice, contact_id=contact.pk, project_id=project.pk)

    answer = put(api, jane, invoice, company_id=make_customer(name="Northshore").pk)

    shown = answer.json()["invoice"]
    assert (shown["company_name"], shown["contact_id"], shown["project_id"]) == (
        "Northshore",
        None,
        None,
    )


def test_a_company_chosen_later_has_its_first_invoice(api, staff):
    jane = staff()
    invoice = make_invoice(jane, customer=None)
    customer = make_customer()
    OnboardingMilestone.objects.start([customer])

    put(api, jane, invoice, company_id=customer.pk)

    step = OnboardingMilestone.objects.get(customer=customer, key="first_invoice")
    assert (step.completed_by, step.source) == (jane, "auto")


def test_lines_moved_to_another_budget_bill_the_first_ones_lines_no_more(api, staff):
    jane = staff()
    budget = make_budget(budget_type="sprints", lines=[("Sprint", 1, 1000)])
    other = make_budget(customer=budget.customer)
    invoice = invoices.create(by=jane, budget=budget, generate_from_budget=True)

    put(api, jane, invoice, budget_id=other.pk)

    [line] = api(jane).get(f"/api/budgets/{budget.pk}").json()["line_items"]
    assert line["invoiced_amount"] == 0
    assert api(jane).get(f"/api/budgets/{other.pk}").json()["budget"]["invoiced_amount"] == 1000
