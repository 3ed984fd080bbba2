"""Budgets and services in the admin: the same rules, the same history."""

from decimal import Decimal

import pytest

from agency.records.history import history_of
from budgets.budgets.models import Budget
from budgets.budgets.tests.factories import (
    make_budget,
    make_line,
    make_project,
    make_service,
    make_time,
)
from budgets.lines.models import BudgetLine
from budgets.services.models import ServiceType

pytestmark = pytest.mark.django_db
LIST = "/admin/budgets/budget/"


def lines(*rows, initial=0):
    """The inline formset; a row is a dictionary of fields."""
    data = {"lines-TOTAL_FORMS": len(rows), "lines-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        typed = {"quantity": "1", "unit_price": "0", "position": number} | row
        data |= {f"lines-{number}-{name}": value for name, value in typed.items()}
    return data


def budget(**values):
    return {"name": "Website", "status": "draft", "currency": "AUD"} | values


def test_a_budget_with_lines_is_made_through_the_operations(page, staff):
    jane, project = staff(is_staff=True), make_project()
    line = {"description": "UX", "quantity": "1.5", "unit_price": "33.33"}

    page(jane).post(f"{LIST}add/", budget(project=project.pk) | lines(line))

    made = Budget.objects.get()
    assert (made.resource_type, made.customer, made.created_by) == (
        "project",
        project.customer,
        jane,
    )
    assert made.lines.get().amount == Decimal("50.00")
    assert [event.verb for event in history_of(made)] == ["line_item_added", "created"]


def test_lines_are_changed_and_deleted_through_the_operations(page, staff):
    jane, made = staff(is_staff=True), make_budget(name="Website")
    kept, gone = make_line(made, "1", "10", position=0), make_line(made, position=1)
    rows = [
        {"id": kept.pk, "budget": made.pk, "description": "New", "quantity": 2, "unit_price": 10},
        {"id": gone.pk, "budget": made.pk, "description": "x", "DELETE": "on", "position": 1},
    ]
    typed = budget(project=made.project_id, customer=made.customer_id)

    page(jane).post(f"{LIST}{made.pk}/change/", typed | lines(*rows, initial=2))

    assert [(line.description, line.amount) for line in made.lines.all()] == [("New", 20)]
    verbs = {event.verb for event in history_of(made)}
    assert verbs == {"line_item_updated", "line_item_removed"}


def test_a_refusal_stands_on_the_form_and_nothing_is_saved(page, staff):
    jane, made = staff(is_staff=True), make_budget(name="Website")
    make_time(made, jane)
    typed = budget(project=made.project_id, customer=made.customer_id, currency="USD", name="New")

    response = page(jane).post(f"{LIST}{made.pk}/change/", typed | lines())

    assert "Time or invoices on this budget are in AUD." in response.content.decode()
    assert (Budget.objects.get().currency, Budget.objects.get().name) == ("AUD", "Website")


def test_a_used_budget_is_not_deleted(page, staff):
    jane, made = staff(is_staff=True), make_budget()
    make_time(made, jane)

    page(jane).post(f"{LIST}{made.pk}/delete/", {"post": "yes"})

    assert Budget.objects.exists()


def test_an_unused_budget_is_deleted_with_its_history_kept(page, staff):
    jane, made = staff(is_staff=True), make_budget()
    make_line(made)

    page(jane).post(f"{LIST}{made.pk}/delete/", {"post": "yes"})

    assert (Budget.objects.count(), BudgetLine.objects.count()) == (0, 0)


def test_the_list_shows_figures_of_visible_budgets(page, staff):
    jane = staff(budgets="view", scope="own", is_staff=True)
    mine = make_budget(owner=jane, total_amount=Decimal("1234.5"))
    make_budget(name="Hidden")

    shown = page(jane).get(LIST).content.decode()

    assert str(mine) in shown
    assert "1,234.50" in shown
    assert "Hidden" not in shown


def test_services_are_written_through_the_operations(page, staff):
    jane, make = staff(is_staff=True), "/admin/budgets/servicetype/add/"
    make_service(name="Design")
    typed = {"default_rate": "1", "unit": "hour", "position": "0", "is_active": "on"}

    refused = page(jane).post(make, typed | {"name": "design"})
    page(jane).post(make, typed | {"name": "Build"})

    assert "There is a service type “design” already." in refused.content.decode()
    assert set(ServiceType.objects.values_list("name", flat=True)) == {"Design", "Build"}


@pytest.mark.parametrize(("level", "status"), [("update", 403), ("manage", 302)])
def test_changing_services_needs_the_manage_level(page, staff, level, status):
    service = make_service(name="Design")
    ben = staff(budgets=level, is_staff=True)
    typed = {"name": "UX", "default_rate": "1", "unit": "hour", "position": "0"}

    answer = page(ben).post(f"/admin/budgets/servicetype/{service.pk}/change/", typed)

    service.refresh_from_db()
    assert (answer.status_code, service.name) == (status, "UX" if status == 302 else "Design")
