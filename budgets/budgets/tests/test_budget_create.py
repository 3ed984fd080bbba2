"""Making a budget in the agency dialect: document 002."""

import pytest

from agency.records.history import history_of
from budgets.budgets.models import Budget
from budgets.budgets.tests.factories import (
    make_customer,
    make_deal,
    make_project,
)

pytestmark = pytest.mark.django_db


def told(response):
    """(status, the fields that are named)."""
    return response.status_code, list(response.json()["errors"])


def test_a_budget_is_made_with_the_documents_defaults(api, staff):
    jane, project = staff(budgets="update"), make_project(name="Website")
    body = {"name": "Phase 2", "resource_type": "project", "resource_id": str(project.pk)}

    response = api(jane).post("/api/budgets", body)

    budget = Budget.objects.get()
    shown = response.json()["budget"]
    assert response.status_code == 201
    assert list(response.json()) == ["budget"]
    assert shown == {
        "id": str(budget.pk),
        "name": "Phase 2",
        "resource_type": "project",
        "resource_id": str(project.pk),
        "resource_name": "Website",
        "company_id": str(project.customer_id),
        "company_name": project.customer.name,
        "contact_id": None,
        "project_id": str(project.pk),
        "deal_id": None,
        "budget_type": None,
        "status": "draft",
        "currency": "AUD",
        "total_amount": None,
        "po_number": "",
        "start_date": None,
        "forecast_date": None,
        "notes": "",
        "owner_id": str(jane.pk),
        "owner_name": str(jane),
        "created_by": str(jane.pk),
        "created_at": shown["created_at"],
        "updated_at": shown["updated_at"],
        "line_item_count": 0,
        "spent_amount": 0,
        "logged_hours": 0,
        "budget_amount": 0,
        "burned_amount": 0,
        "invoiced_amount": 0,
        "remaining_amount": 0,
        "unapproved_hours": 0,
    }
    [event] = history_of(budget)
    assert (event.verb, event.by, event.changes["name"]) == ("created", jane, [None, "Phase 2"])


def test_everything_that_may_change_later_may_be_given_at_once(api, staff):
    jane, dan, deal = staff(budgets="update"), staff(budgets="view"), make_deal()
    other = make_customer()
    body = {
        "name": "Retainer",
        "resource_type": "deal",
        "resource_id": deal.pk,
        "company_id": str(other.pk),
        "owner_id": str(dan.pk),
        "po_number": "PO 4471-B",
        "currency": "jpy",
        "status": "active",
        "total_amount": "96000.4",
        "budget_type": "Time and Materials",
        "start_date": "2026-08-28",
        "forecast_date": "2026-12-18",
        "created_at": "2026-08-01T10:00:00+10:00",
        "notes": "Capped.",
    }

    shown = api(jane).post("/api/budgets", body).json()["budget"]

    assert {name: shown[name] for name in body} == body | {
        "resource_id": str(deal.pk),
        "currency": "JPY",
        "total_amount": 96000,
        "budget_type": "time_and_materials",
        "created_at": "2026-08-01T00:00:00Z",
    }
    assert (shown["deal_id"], shown["project_id"]) == (str(deal.pk), None)


@pytest.mark.parametrize("word", ["company", "customer"])
def test_a_budget_may_be_for_the_company_itself(api, staff, word):
    customer = make_customer()
    body = {"name": "Care", "resource_type": word, "resource_id": customer.pk}

    shown = api(staff(budgets="update")).post("/api/budgets", body).json()["budget"]

    assert (shown["resource_type"], shown["resource_id"], shown["company_id"]) == (
        "company",
        str(customer.pk),
        str(customer.pk),
    )


@pytest.mark.parametrize("missing", ["name", "resource_type", "resource_id"])
def test_a_budget_needs_a_name_and_what_it_is_for(api, staff, missing):
    body = {"name": "B", "resource_type": "project", "resource_id": str(make_project().pk)}
    del body[missing]

    response = api(staff(budgets="update")).post("/api/budgets", body)

    assert told(response) == (400, [missing])
    assert not Budget.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("resource_id", "999999"),
        ("resource_id", "nine"),
        ("resource_type", "invoice"),
        ("company_id", "999999"),
        ("owner_id", "999999"),
        ("budget_type", "barter"),
        ("budget_type", 7),
        ("status", "lost"),
        ("currency", "XXZ"),
        ("total_amount", -1),
        ("total_amount", "1e400"),
        ("total_amount", True),
        ("forecast_date", "2026-02-30"),
        ("created_at", "0001-01-01T00:00:00Z"),
        ("name", "x" * 300),
        ("name", "nul\0"),
        ("colour", "blue"),
    ],
)
def test_a_value_that_does_not_fit_is_named(api, staff, name, value):
    body = {"name": "B", "resource_type": "project", "resource_id": str(make_project().pk)}

    response = api(staff(budgets="update")).post("/api/budgets", body | {name: value})

    assert told(response) == (400, [name])
    assert not Budget.objects.exists()


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("sprints", "sprints"),
        ("Retainer", "retainer"),
        ("TIME_AND_MATERIALS", "time_and_materials"),
        ("time & materials", "time_and_materials"),
        ("T&M", "time_and_materials"),
        ("Fixed Price", "fixed_price"),
        ("", None),
        (None, None),
    ],
)
def test_a_type_is_accepted_by_value_and_by_label(api, staff, sent, stored):
    body = {"name": "B", "resource_type": "project", "resource_id": str(make_project().pk)}

    response = api(staff(budgets="update")).post("/api/budgets", body | {"budget_type": sent})

    assert response.json()["budget"]["budget_type"] == stored


def test_a_companys_budget_cannot_name_another_company(api, staff):
    body = {
        "name": "B",
        "resource_type": "company",
        "resource_id": make_customer().pk,
        "company_id": make_customer().pk,
    }

    assert told(api(staff(budgets="update")).post("/api/budgets", body)) == (400, ["company_id"])


def test_the_owner_must_still_work_here(api, staff):
    body = {
        "name": "B",
        "resource_type": "project",
        "resource_id": make_project().pk,
        "owner_id": staff(is_active=False).pk,
    }

    assert told(api(staff(budgets="update")).post("/api/budgets", body)) == (400, ["owner_id"])


def test_what_one_may_not_see_cannot_be_given_a_budget(api, staff):
    jane = staff(budgets="update", scope="own")
    body = {"name": "B", "resource_type": "project", "resource_id": make_project().pk}

    assert told(api(jane).post("/api/budgets", body)) == (400, ["resource_id"])
