"""``generate_from_budget``: what each type of budget bills."""

from decimal import Decimal

import pytest

from billing.invoices import operations
from billing.invoices.tests.factories import make_budget, make_time
from billing.models import Invoice
from crm.models import TimeEntry

pytestmark = pytest.mark.django_db
LINES = [("Sprint 1", "1", "1000"), ("Sprint 2", "2", "500.25")]


def generate(api, person, budget):
    body = {"budget_id": budget.pk, "generate_from_budget": True}
    return api(person).post("/api/invoices", body)


def lines_of(answer):
    invoice = Invoice.objects.get(pk=answer.json()["invoice"]["id"])
    return [
        (line.description, line.quantity, line.unit_price, line.amount)
        for line in invoice.lines.order_by("position")
    ]


@pytest.mark.parametrize("budget_type", ["sprints", None])
def test_sprints_copy_the_lines_at_their_fixed_amounts(api, staff, budget_type):
    budget = make_budget(budget_type=budget_type, lines=LINES)

    answer = generate(api, staff(), budget)

    assert lines_of(answer) == [
        ("Sprint 1", 1, 1000, 1000),
        ("Sprint 2", 2, Decimal("500.25"), Decimal("1000.5")),
    ]
    invoice = answer.json()["invoice"]
    assert (invoice["subtotal"], invoice["tax"], invoice["total"]) == (2000.50, 200.05, 2200.55)


def test_sprints_bill_again_when_asked_again(api, staff):
    jane, budget = staff(), make_budget(budget_type="sprints", lines=LINES)

    assert [generate(api, jane, budget).status_code for _ in range(2)] == [201, 201]


def test_a_retainer_is_billed_once(api, staff):
    jane, budget = staff(), make_budget(budget_type="retainer", lines=LINES)
    first = generate(api, jane, budget)

    assert generate(api, jane, budget).status_code == 409
    api(jane).delete(f"/api/invoices/{first.json()['invoice']['id']}")
    assert generate(api, jane, budget).status_code == 201


def test_a_voided_retainer_invoice_frees_it(api, staff):
    jane, budget = staff(), make_budget(budget_type="retainer", lines=LINES)
    number = generate(api, jane, budget).json()["invoice"]["id"]
    api(jane).post(f"/api/invoices/{number}/finalise")
    api(jane).post(f"/api/invoices/{number}/void")

    assert generate(api, jane, budget).status_code == 201


def test_time_and_materials_bills_approved_uninvoiced_billable_time(api, staff):
    jane, budget = (
        staff(),
        make_budget(budget_type="time_and_materials", lines=[("Build", "10", "50")]),
    )
    build = budget.lines.get()
    billed = [make_time(budget, jane, minutes=m, rate="50", budget_line=build) for m in (140, 20)]
    make_time(budget, jane, status="draft")
    make_time(budget, jane, is_billable=False)

    answer = generate(api, jane, budget)

    assert lines_of(answer) == [("Build", Decimal("2.6667"), 50, Decimal("133.34"))]
    line = Invoice.objects.get().lines.get()
    assert set(TimeEntry.objects.filter(invoice_line=line)) == set(billed)
    assert generate(api, jane, budget).status_code == 409


def test_a_line_groups_one_budget_line_and_one_rate(api, staff):
    jane, budget = (
        staff(),
        make_budget(budget_type="time_and_materials", lines=[("Build", "1", "50")]),
    )
    build = budget.lines.get()
    for rate, line in [("50", build), ("60", build), ("50", None), ("50", build)]:
        make_time(budget, jane, rate=rate, budget_line=line)

    answer = generate(api, jane, budget)

    assert lines_of(answer) == [
        ("Build", 2, 50, 100),
        ("Build", 1, 60, 60),
        ("Time on Website rebuild", 1, 50, 50),
    ]


def test_deleting_or_voiding_releases_the_time(api, staff):
    jane, budget = staff(), make_budget(budget_type="time_and_materials")
    make_time(budget, jane)
    for step in ("delete", "void"):
        number = generate(api, jane, budget).json()["invoice"]["id"]
        if step == "void":
            api(jane).post(f"/api/invoices/{number}/finalise")
            assert api(jane).post(f"/api/invoices/{number}/void").status_code == 200
        else:
            assert api(jane).delete(f"/api/invoices/{number}").status_code == 200
        assert TimeEntry.objects.to_invoice().count() == 1


def test_a_fixed_price_bills_what_remains(api, staff):
    jane, budget = staff(), make_budget(budget_type="fixed_price", total_amount=1000)
    operations.create(
        by=jane,
        budget=budget,
        lines=[{"description": "Deposit", "quantity": Decimal(1), "unit_price": Decimal(300)}],
    )

    answer = generate(api, jane, budget)

    assert lines_of(answer) == [("Website rebuild", 1, 700, 700)]
    assert generate(api, jane, budget).status_code == 409


def test_nothing_to_bill_is_a_conflict_and_no_invoice(api, staff):
    answer = generate(api, staff(), make_budget(budget_type="time_and_materials"))

    assert answer.status_code == 409
    assert answer.json()["message"] == "There is nothing to invoice on “Website rebuild”."
    assert not Invoice.objects.exists()


def test_an_unregistered_seller_charges_no_tax(api, staff):
    from agency.reference import organisation
    from agency.reference.models import Organisation

    Organisation.objects.update(is_tax_registered=False)
    organisation.forget()

    answer = generate(api, staff(), make_budget(lines=LINES))

    assert (answer.json()["invoice"]["tax"], answer.json()["invoice"]["total"]) == (0, 2000.5)
