"""The list of budgets, and budgets on others' pages and in the menu."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from agency.records.history import history_of
from budgets import shell
from budgets.budgets.models import Budget
from budgets.budgets.tests.factories import (
    make_budget,
    make_customer,
    make_deal,
    make_invoice_line,
    make_line,
    make_time,
)

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode()


def test_the_list_opens_with_what_is_worked_on(page, staff):
    make_budget(name="Running", status="active")
    make_budget(name="Only a draft", status="draft")

    shown = text_of(page(staff(budgets="view")).get("/budgets"))

    assert "Running" in shown
    assert "Only a draft" not in shown


def test_the_list_warns_of_budgets_that_run_out(page, staff):
    jane = staff()
    full = make_budget(status="active", total_amount=Decimal(100))
    over = make_budget(status="active", total_amount=Decimal(100))
    make_time(full, jane, amount="85")
    make_time(over, jane, amount="101")

    shown = text_of(page(jane).get("/budgets"))

    assert "85 % used" in shown
    assert "Over budget" in shown


def test_totals_are_given_per_currency_over_all_that_match(page, staff):
    for currency, total in (("AUD", "100.10"), ("AUD", "200.20"), ("JPY", "5000")):
        make_budget(status="active", currency=currency, total_amount=Decimal(total))
    jane = staff()

    response = page(jane).get("/budgets?size=25")

    sums = {line["currency"]: line["sums"]["total_amount"] for line in response.context["totals"]}
    assert sums == {"AUD": Decimal("300.30"), "JPY": Decimal(5000)}


@pytest.mark.parametrize("column", ["used", "amount", "logged", "invoiced", "left", "waiting"])
def test_the_list_is_sorted_by_its_figures(page, staff, column):
    jane = staff()
    less, more = (make_budget(status="active", name=name) for name in ("Less", "More"))
    make_line(less, unit_price="1000")
    make_line(more, unit_price="2000")
    make_time(less, jane, amount="10")
    make_time(more, jane, amount="30", minutes=90)
    make_time(more, jane, amount="1", status="draft")
    make_invoice_line(less, "1")
    make_invoice_line(more, "2")

    shown = text_of(page(jane).get(f"/budgets?sort=-{column}"))

    assert shown.index("More") < shown.index("Less")


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_page_takes_the_same_statements_however_long(
    page, staff, django_assert_num_queries, size
):
    jane = staff()
    client = page(jane)
    client.get("/budgets")
    for _ in range(size):
        make_time(make_budget(status="active", owner=jane), jane)

    with django_assert_num_queries(11):
        response = client.get("/budgets")

    assert len(response.context["rows"]) == size


def test_the_export_holds_the_figures_of_the_filtered_set(page, staff):
    jane = staff()
    budget = make_budget(status="active", name="Website", total_amount=Decimal(3))
    make_time(budget, jane, amount="1")
    make_budget(status="draft")

    content = b"".join(page(jane).get("/budgets?export=csv").streaming_content).decode("utf-8-sig")

    head, *rows = csv.reader(io.StringIO(content))
    assert dict(zip(head, rows[0], strict=True))["Burn"] == "33.3333"
    assert [row[0] for row in rows] == ["Website"]


def test_chosen_budgets_are_completed_at_once(page, staff):
    jane = staff(budgets="update")
    one, other = make_budget(status="active"), make_budget(status="active")
    make_budget(status="active")

    page(jane).post("/budgets", {"action": "completed", "row": [one.pk, other.pk]})

    assert Budget.objects.filter(status="completed").count() == 2
    assert [event.verb for event in history_of(one)] == ["status_changed"]


def test_customers_projects_and_deals_show_their_budgets(page, staff):
    client, deal = page(staff()), make_deal()
    of_project = make_budget(name="Of the project")
    make_budget(name="Of the deal", resource_type="deal", deal=deal, customer=deal.customer)
    paths = [
        f"/customers/{of_project.customer_id}/panels/budgets",
        f"/projects/{of_project.project_id}/panels/budgets",
        f"/deals/{deal.pk}/panels/budgets",
    ]

    shown = [text_of(client.get(path)) for path in paths]

    assert ["Of the project" in text for text in shown] == [True, True, False]
    assert ["Of the deal" in text for text in shown] == [False, False, True]


def test_the_time_panel_shows_only_what_one_may_see(page, staff):
    jane, dan = staff(budgets="view", scope="own"), staff(first_name="Dan", last_name="Okafor")
    budget = make_budget(owner=jane)
    make_time(budget, jane)
    make_time(budget, dan)

    shown = text_of(page(jane).get(f"/budgets/{budget.pk}/panels/time"))

    assert str(jane) in shown
    assert "Dan Okafor" not in shown


def test_the_menu_counts_active_budgets_above_eighty_per_cent(staff):
    jane = staff()
    for percent, status in ((81, "active"), (80, "active"), (99, "completed"), (120, "active")):
        budget = make_budget(status=status, total_amount=Decimal(100))
        make_time(budget, jane, amount=str(percent))

    assert shell.running_out(jane) == (2, "bad")


def test_home_lists_the_fullest_first(page, staff):
    jane = staff()
    for name, amount in (("Nearly", "85"), ("Over", "130"), ("Fine", "10")):
        make_time(
            make_budget(name=name, status="active", total_amount=Decimal(100)), jane, amount=amount
        )

    found = page(jane).get("/home/budgets").context["budgets"]

    assert [budget.name for budget, _ in found] == ["Over", "Nearly"]


def test_search_finds_budgets_within_reach(staff):
    jane = staff(budgets="view", scope="own")
    mine = make_budget(name="Website", owner=jane, customer=make_customer(name="Acme"))
    make_budget(name="Website of another")

    assert [hit.label for hit in shell.find(jane, "webs")] == ["Website · Acme"]
    assert list(shell.choose(jane, "acme")) == [mine]


def test_dates_of_the_distant_past_do_not_break_the_chart(page, staff):
    budget = make_budget(starts_on=date(1, 1, 1), forecast_on=date(9999, 12, 31), status="active")
    make_line(budget)

    assert page(staff(budgets="view")).get(f"/budgets/{budget.pk}").status_code == 200
