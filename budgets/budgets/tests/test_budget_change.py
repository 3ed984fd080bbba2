"""Changing and deleting budgets in the agency dialect: document 002."""

from decimal import Decimal

import pytest

from agency.records.events.models import Event
from agency.records.history import history_of
from budgets.budgets.models import Budget
from budgets.budgets.tests.factories import (
    make_budget,
    make_customer,
    make_invoice_line,
    make_line,
    make_project,
    make_time,
)
from crm.contacts.models import Contact

pytestmark = pytest.mark.django_db


def told(response):
    """(status, the fields that are named)."""
    return response.status_code, list(response.json()["errors"])


def test_an_update_tells_fields_and_status_apart_in_the_history(api, staff):
    jane, budget = staff(budgets="update"), make_budget(name="Old", po_number="1")

    response = api(jane).put(
        f"/api/budgets/{budget.pk}", {"name": "New", "po_number": "2", "status": "active"}
    )

    assert response.status_code == 200
    assert list(response.json()) == ["budget"]
    assert [(event.verb, event.changes) for event in history_of(budget)] == [
        ("status_changed", {"status": ["draft", "active"]}),
        ("updated", {"name": ["Old", "New"], "po_number": ["1", "2"]}),
    ]


def test_every_field_of_the_document_can_be_changed(api, staff):
    budget, dan, project = make_budget(), staff(budgets="view"), make_project()
    body = {
        "name": "New",
        "po_number": "PO 9",
        "currency": "KWD",
        "status": "completed",
        "total_amount": 12.3456,
        "company_id": str(make_customer().pk),
        "owner_id": str(dan.pk),
        "budget_type": "Fixed Price",
        "forecast_date": "2026-12-18",
        "created_at": "2026-01-02",
        "resource_type": "project",
        "resource_id": str(project.pk),
        "notes": "Changed.",
    }

    shown = api(staff(budgets="update")).patch(f"/api/budgets/{budget.pk}", body).json()["budget"]

    assert {name: shown[name] for name in body} == body | {
        "total_amount": 12.346,
        "budget_type": "fixed_price",
        "created_at": "2026-01-02T00:00:00Z",
    }


def test_an_update_of_nothing_is_refused(api, staff):
    budget = make_budget()
    assert api(staff(budgets="update")).put(f"/api/budgets/{budget.pk}", {}).status_code == 400


def test_an_update_renews_the_entity_tag_and_guards_it(api, staff):
    jane, budget = api(staff(budgets="update")), make_budget()
    path = f"/api/budgets/{budget.pk}"
    first = jane.get(path).headers["ETag"]

    second = jane.put(path, {"name": "Two"}, headers={"If-Match": first}).headers["ETag"]
    late = jane.put(path, {"name": "Three"}, headers={"If-Match": first})

    assert second != first
    assert late.status_code == 412
    assert Budget.objects.get().name == "Two"


def test_the_company_follows_its_project_unless_it_was_chosen(api, staff):
    jane = api(staff(budgets="update"))
    followed, chosen = make_budget(), make_budget(customer=make_customer(name="Holding"))
    project = make_project()
    body = {"resource_id": project.pk}

    companies = [
        jane.put(f"/api/budgets/{budget.pk}", body).json()["budget"]["company_name"]
        for budget in (followed, chosen)
    ]

    assert companies == [project.customer.name, "Holding"]


def test_a_new_kind_of_resource_needs_its_id(api, staff):
    budget = make_budget()

    response = api(staff(budgets="update")).put(
        f"/api/budgets/{budget.pk}", {"resource_type": "deal"}
    )

    assert told(response) == (400, ["resource_id"])


def test_another_company_takes_the_contact_away(api, staff):
    budget = make_budget()
    budget.contact = Contact.objects.create(customer=budget.customer, first_name="Sophie")
    budget.save()

    body = {"company_id": make_customer().pk}
    shown = api(staff(budgets="update")).put(f"/api/budgets/{budget.pk}", body).json()["budget"]

    assert shown["contact_id"] is None


def test_a_new_currency_prices_the_lines_anew(api, staff):
    budget = make_budget(total_amount=Decimal("100.55"))
    make_line(budget, "1.5", "33.33", amount=Decimal("50.00"))

    shown = api(staff(budgets="update")).put(f"/api/budgets/{budget.pk}", {"currency": "JPY"})

    assert shown.json()["budget"]["total_amount"] == 101
    assert shown.json()["budget"]["spent_amount"] == 50
    assert budget.lines.get().amount == Decimal(50)
    [event] = history_of(budget)
    assert event.changes == {"currency": ["AUD", "JPY"], "total_amount": ["100.5500", "101"]}


@pytest.mark.parametrize("use", ["time", "invoice"])
def test_the_currency_stays_once_it_is_used(api, staff, use):
    jane, budget = staff(), make_budget()
    if use == "time":
        make_time(budget, jane, status="draft")
    else:
        make_invoice_line(budget)

    response = api(jane).put(f"/api/budgets/{budget.pk}", {"currency": "USD"})

    assert told(response) == (409, ["currency"])
    assert Budget.objects.get().currency == "AUD"


def test_changing_nothing_leaves_no_trace(api, staff):
    budget = make_budget(name="Same")

    response = api(staff(budgets="update")).put(f"/api/budgets/{budget.pk}", {"name": "Same"})

    assert response.status_code == 200
    assert history_of(budget).count() == 0


def test_a_deleted_budget_keeps_its_history(api, staff):
    jane, budget = staff(budgets="manage"), make_budget(name="Gone")
    make_line(budget)

    response = api(jane).delete(f"/api/budgets/{budget.pk}")

    assert (response.status_code, response.json()) == (200, {"ok": True})
    assert not Budget.objects.exists()
    event = Event.objects.get(subject_type="budget", subject_id=budget.pk)
    assert (event.verb, event.by, event.subject_label) == ("deleted", jane, "Gone")


@pytest.mark.parametrize("use", ["time", "invoice"])
def test_a_used_budget_is_not_deleted(api, staff, use):
    jane, budget = staff(), make_budget()
    if use == "time":
        make_time(budget, jane)
    else:
        make_invoice_line(budget)

    response = api(jane).delete(f"/api/budgets/{budget.pk}")

    assert response.status_code == 409
    assert Budget.objects.filter(pk=budget.pk).exists()
    assert history_of(budget).count() == 0


def test_time_that_nobody_approved_and_voided_invoices_do_not_hold_a_budget(api, staff):
    jane, budget = staff(), make_budget()
    line = make_line(budget)
    entry = make_time(budget, jane, status="draft", budget_line=line)
    billed = make_invoice_line(budget, line=line, status="voided")

    response = api(jane).delete(f"/api/budgets/{budget.pk}")

    assert response.status_code == 200, response.json()
    entry.refresh_from_db()
    billed.refresh_from_db()
    assert (entry.budget, entry.budget_line) == (None, None)
    assert (billed.invoice.budget, billed.budget_line) == (None, None)
