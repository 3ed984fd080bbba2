"""The figures of a budget, on data worked out by hand."""

from decimal import Decimal

import pytest

from budgets.budgets import operations as budgets
from budgets.budgets.figures import Figures, Ledger
from budgets.budgets.models import Budget
from budgets.budgets.querysets import FIGURES
from budgets.budgets.tests.factories import (
    make_budget,
    make_invoice_line,
    make_line,
    make_time,
)
from crm.timesheets.models import TimeEntry

pytestmark = pytest.mark.django_db


def shown(client, budget):
    row = client.get(f"/api/budgets/{budget.pk}").json()["budget"]
    return {name: Decimal(str(row[name])) for name in FIGURES}


def test_planned_logged_burned_invoiced_and_remaining_to_the_cent(api, staff):
    jane, budget = staff(), make_budget(currency="AUD")
    make_line(budget, "3", "33.33")  # 99.99
    make_line(budget, "1.5", "100.01", amount=Decimal("150.02"))
    make_time(budget, jane, minutes=140, amount="116.67")
    make_time(budget, jane, minutes=20, amount="16.67")
    make_time(budget, jane, minutes=30, amount="0", is_billable=False)
    make_time(budget, jane, minutes=45, amount="37.50", status="draft")
    make_time(budget, jane, minutes=15, amount="12.50", status="rejected")
    make_invoice_line(budget, "50.10")
    make_invoice_line(budget, "10.20", status="voided")

    assert shown(api(jane), budget) == {
        "line_item_count": 2,
        "spent_amount": Decimal("250.01"),
        "logged_hours": Decimal("4.1667"),  # 250 minutes
        "unapproved_hours": Decimal("0.75"),
        "burned_amount": Decimal("133.34"),
        "invoiced_amount": Decimal("50.10"),
        "budget_amount": Decimal("250.01"),
        "remaining_amount": Decimal("199.91"),
    }


@pytest.mark.parametrize(
    ("currency", "figures", "remaining"),
    [
        ("JPY", ("96000", "1001"), b'"remaining_amount":94999,'),
        ("KWD", ("96.125", "0.126"), b'"remaining_amount":95.999,'),
        ("USD", ("0.30", "0.10"), b'"remaining_amount":0.20,'),
    ],
)
def test_amounts_carry_the_decimals_of_their_currency(api, staff, currency, figures, remaining):
    total, invoiced = figures
    budget = make_budget(currency=currency, total_amount=Decimal(total))
    make_invoice_line(budget, invoiced)

    answer = api(staff(budgets="view")).get(f"/api/budgets/{budget.pk}").content

    assert remaining in answer


def test_a_total_of_its_own_stands_before_the_sum_of_the_lines(api, staff):
    budget = make_budget(total_amount=Decimal(500))
    make_line(budget, unit_price="100")

    found = shown(api(staff(budgets="view")), budget)

    assert (found["budget_amount"], found["spent_amount"]) == (500, 100)


def test_what_remains_is_never_below_zero(api, staff):
    budget = make_budget(total_amount=Decimal(100))
    make_invoice_line(budget, "150")

    assert shown(api(staff(budgets="view")), budget)["remaining_amount"] == 0


def test_amounts_in_another_currency_are_not_added_in(api, staff):
    jane, budget = staff(), make_budget(currency="AUD", total_amount=Decimal(100))
    make_time(budget, jane, minutes=60, amount="70", currency="USD")
    make_invoice_line(budget, "40", currency="USD")

    found = shown(api(jane), budget)

    assert (found["burned_amount"], found["invoiced_amount"]) == (0, 0)
    assert found["logged_hours"] == 1


def test_a_running_timer_is_not_logged_yet(api, staff):
    jane, budget = staff(), make_budget()
    make_time(budget, jane, minutes=7, status="draft", started_at="2026-03-02T00:00:00Z")

    found = shown(api(jane), budget)

    assert (found["logged_hours"], found["unapproved_hours"]) == (0, 0)


def test_budgets_do_not_share_their_figures(api, staff):
    jane, one, other = staff(), make_budget(), make_budget()
    make_line(one, unit_price="10")
    make_time(other, jane, amount="20")

    rows = api(jane).get("/api/budgets?sort=name").json()["budgets"]
    found = {row["id"]: (row["spent_amount"], row["burned_amount"]) for row in rows}

    assert found == {str(one.pk): (10, 0), str(other.pk): (0, 20)}


def test_merged_figures_equal_the_sorted_columns_and_the_words_of_time(staff):
    jane = staff()
    for amount in ("10.10", "20.20", "30.30"):
        budget = make_budget()
        make_line(budget, unit_price=amount)
        make_time(budget, jane, amount=amount, minutes=50)
        make_time(budget, jane, amount=amount, minutes=5, status="draft")
        make_time(budget, jane, amount="1", minutes=3, status="draft", is_billable=False)
        make_invoice_line(budget, "7.07")
    ledger = Ledger(Budget.objects.all())
    rows = Budget.objects.all()
    for name in FIGURES:
        rows = rows.with_column(name)

    for budget in rows:
        figures = ledger.of(budget.pk, budget.currency, budget.total_amount)
        entries = TimeEntry.objects.filter(budget=budget)
        assert [getattr(budget, f"by_{name}") for name in FIGURES] == [
            figures.line_count,
            figures.planned,
            figures.logged_minutes,
            figures.unapproved_minutes,
            figures.burned,
            figures.invoiced,
            figures.agreed,
            figures.remaining,
        ]
        assert figures.burned == sum(entries.burned().values_list("amount", flat=True))
        assert figures.logged_minutes == sum(entries.ended().values_list("minutes", flat=True))
        waiting = entries.unapproved().billable().values_list("amount", flat=True)
        assert figures.waiting == sum(waiting)


def test_a_list_reads_its_figures_in_three_statements(staff, django_assert_num_queries):
    jane = staff()
    for amount in ("1", "2", "3"):
        make_time(make_budget(), jane, amount=amount)

    with django_assert_num_queries(4):
        found = [row.figures.burned for row in Budget.objects.order_by("pk").with_figures()]

    assert found == [1, 2, 3]


def test_an_export_reads_its_figures_a_part_at_a_time(staff, django_assert_num_queries):
    jane = staff()
    for amount in ("1", "2", "3"):
        make_time(make_budget(), jane, amount=amount)
    rows = Budget.objects.order_by("pk").with_figures()

    found = [row.figures.burned for row in rows.iterator(chunk_size=2)]

    assert found == [1, 2, 3]


def test_billing_asks_for_the_agreed_and_the_remaining_amount():
    budget = make_budget()
    make_line(budget, unit_price="80")
    make_invoice_line(budget, "30")

    held = budgets.locked(budget)

    assert budgets.agreed_amount(held) == 80
    assert budgets.remaining_to_invoice(held) == 50


def test_a_budget_of_nothing_has_no_percentage():
    assert Figures().used_percent is None
    assert Figures(total_amount=Decimal(200), burned=Decimal(50)).used_percent == 25
    assert Figures(total_amount=Decimal(200), burned=Decimal(250)).over == 50
