"""The page of one budget."""

from datetime import timedelta
from decimal import Decimal

import pytest

from agency.reference import organisation
from agency.ui.views import Action
from budgets.budgets import buttons
from budgets.budgets.alerts import advice, alerts_of
from budgets.budgets.burn import burn_of
from budgets.budgets.pills import drawn_bar
from budgets.budgets.record import chart_of
from budgets.budgets.table import table_of
from budgets.budgets.tests.factories import (
    make_budget,
    make_invoice_line,
    make_line,
    make_service,
    make_time,
)

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode()


def test_the_record_explains_its_figures(page, staff):
    jane, budget = staff(), make_budget(name="Website", status="active", po_number="4471-B")
    line = make_line(budget, "10", "150", description="UX", service_type=make_service())
    make_time(budget, jane, minutes=90, amount="225", rate=Decimal(150), budget_line=line)
    make_invoice_line(budget, "100", line=line, number="INV-1")

    shown = text_of(page(jane).get(f"/budgets/{budget.pk}"))

    for words in (
        "PO 4471-B",
        "UX, 10 h at 150.00",
        "UX, 1:30 h at 150.00",
        "INV-1, 31 Mar",
        "1:30 h, 15 % of the budget",
        "AUD 125.00 logged and not invoiced",
    ):
        assert words in shown


def test_a_figure_leads_to_the_rows_that_the_reader_may_open(page, staff):
    budget = make_budget(status="active")
    invoice = make_invoice_line(budget, "100", number="INV-1").invoice
    link = f'<a href="/invoices/{invoice.pk}">INV-1'
    path = f"/budgets/{budget.pk}"

    everything = text_of(page(staff()).get(path))
    without = text_of(page(staff(budgets="view")).get(path))

    assert link in everything
    assert f'<a href="{path}?tab=time">See the entries' in everything
    assert "INV-1" in without
    assert link not in without


@pytest.mark.parametrize("size", [1, 3])
def test_the_record_takes_the_same_statements_however_many_lines(
    page, staff, django_assert_num_queries, size
):
    jane, budget = staff(), make_budget(status="active")
    client = page(jane)
    client.get("/budgets")
    for _ in range(size):
        line = make_line(budget, service_type=make_service())
        make_time(budget, jane, budget_line=line)
        make_invoice_line(budget, line=line)

    with django_assert_num_queries(16):
        assert client.get(f"/budgets/{budget.pk}").status_code == 200


def test_a_tab_shows_the_head_and_its_panel_alone(page, staff):
    budget, client = make_budget(status="active"), page(staff())

    shown = text_of(client.get(f"/budgets/{budget.pk}?tab=time"))
    unknown = text_of(client.get(f"/budgets/{budget.pk}?tab=nonsense"))

    assert (f"/budgets/{budget.pk}/panels/time" in shown, "Left to invoice" in shown) == (
        True,
        False,
    )
    assert "Left to invoice" in unknown


def test_lines_and_what_has_none_add_up_to_the_budget(staff):
    jane, budget = staff(), make_budget()
    line = make_line(budget, unit_price="1000")
    make_time(budget, jane, minutes=60, amount="150", budget_line=line)
    make_time(budget, jane, minutes=30, amount="75")
    make_invoice_line(budget, "100", line=line)
    make_invoice_line(budget, "20")

    table = table_of(budget, list(budget.lines.listing()))

    [row] = table.rows
    assert (row.minutes, row.burned, row.invoiced, row.left) == (60, 150, 100, 850)
    assert (table.other.minutes, table.other.burned, table.other.invoiced) == (30, 75, 20)
    assert (table.total.minutes, table.total.burned, table.total.invoiced) == (90, 225, 120)


def test_the_bar_shows_what_is_invoiced_logged_ahead_and_over():
    def parts(agreed, burned, invoiced):
        drawn = drawn_bar("B", Decimal(agreed), Decimal(burned), Decimal(invoiced))
        return [(part.split('"')[1], part.split('width="')[1].split('"')[0])
                for part in drawn.split("<rect")[1:] for part in [part]]  # fmt: skip

    assert parts(100, 50, 20) == [("f1", "20.00%"), ("f2", "30.00%")]
    assert parts(100, 20, 50) == [("f1", "20.00%"), ("f3", "30.00%")]
    assert parts(100, 125, 100) == [("f1", "80.00%"), ("fb1", "20.00%")]
    assert parts(0, 0, 0) == []
    assert parts(0, 10, 10) == [("fb1", "100.00%")]


def test_alerts_say_what_is_over_late_and_waiting(staff):
    jane, today = staff(), organisation.today()
    budget = make_budget(
        status="active", total_amount=Decimal(100), forecast_on=today - timedelta(days=1)
    )
    line = make_line(budget, unit_price="50", description="Build")
    make_time(budget, jane, amount="120", budget_line=line, date=today)
    make_time(budget, jane, amount="20", minutes=30, status="draft", date=today)

    lines = list(budget.lines.listing())
    found = [alert.text for alert in alerts_of(budget, burn_of(budget), lines, jane)]

    ended = f"It ended on {budget.forecast_on.day}"
    assert found[:2] == ["AUD 20.00 over the budget", "Build is AUD 70.00 over"]
    assert found[2].startswith(ended)
    assert found[3:] == ["0:30 h wait for approval"]


@pytest.mark.parametrize(("scope", "link"), [("own", ""), ("team", "/time/approvals")])
def test_those_who_approve_are_led_to_what_waits(staff, scope, link):
    jane, budget = staff(time="update", scope=scope), make_budget(status="active")
    make_time(budget, jane, status="draft")

    [alert] = alerts_of(budget, burn_of(budget), [], jane)

    assert alert.link == link


def test_a_budget_that_heads_over_gets_advice(staff):
    jane, today = staff(), organisation.today()
    budget = make_budget(
        status="active", total_amount=Decimal(500), forecast_on=today + timedelta(weeks=4)
    )
    make_time(budget, jane, amount="400", date=today)

    burn = burn_of(budget)
    found = [alert.text for alert in alerts_of(budget, burn, [], jane)]

    assert found[0].startswith("The forecast passes the budget on")
    assert advice(budget, burn, today) == (
        "To finish inside the budget: AUD 75.00 fewer a week, or AUD 300.00 more agreed."
    )


def test_what_waits_for_approval_is_drawn_up_to_where_the_forecast_begins(staff):
    jane, today = staff(), organisation.today()
    budget = make_budget(
        status="active", total_amount=Decimal(500), forecast_on=today + timedelta(weeks=2)
    )
    make_time(budget, jane, amount="100", date=today - timedelta(weeks=1))
    make_time(budget, jane, amount="40", date=today, status="draft")

    sets = {one["label"]: one["data"] for one in chart_of(budget, burn_of(budget))["data"]["sets"]}

    assert list(sets) == ["Used", "With time to approve", "Forecast", "Ideal", "Budget"]
    assert sets["With time to approve"][:2] == [100, 140]
    assert sets["Forecast"][1] == 140


def test_a_quiet_budget_has_no_alerts(staff):
    budget = make_budget(status="active", total_amount=Decimal(500))
    assert alerts_of(budget, burn_of(budget), [], staff()) == []


def test_other_apps_put_their_buttons_on_the_page(page, staff, monkeypatch):
    monkeypatch.setattr(buttons, "_makers", [])
    buttons.add(lambda budget, staff: Action(label=f"Ship {budget}", url="/ship", primary=True))
    buttons.add(lambda budget, staff: None)
    budget = make_budget(name="Website")

    assert "Ship Website" in text_of(page(staff(budgets="view")).get(f"/budgets/{budget.pk}"))
