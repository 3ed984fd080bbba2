"""The pages of budgets: list, record, forms, buttons, panels."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest

from agency.records.history import history_of
from agency.reference import organisation
from agency.ui.views import Action
from budgets import shell
from budgets.budgets import buttons
from budgets.budgets.alerts import advice, alerts_of
from budgets.budgets.burn import burn_of
from budgets.budgets.models import Budget
from budgets.budgets.pills import drawn_bar
from budgets.budgets.table import table_of
from budgets.budgets.tests.factories import (
    make_budget,
    make_customer,
    make_deal,
    make_invoice_line,
    make_line,
    make_project,
    make_service,
    make_time,
)

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode()


# -- list ----------------------------------------------------------------------------------------
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


# -- record --------------------------------------------------------------------------------------
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

    with django_assert_num_queries(14):
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
    found = [alert.text for alert in alerts_of(budget, burn_of(budget), lines)]

    ended = f"It ended on {budget.forecast_on.day}"
    assert found[:2] == ["AUD 20.00 over the budget", "Build is AUD 70.00 over"]
    assert found[2].startswith(ended)
    assert found[3:] == ["0:30 h wait for approval"]


def test_a_budget_that_heads_over_gets_advice(staff):
    jane, today = staff(), organisation.today()
    budget = make_budget(
        status="active", total_amount=Decimal(500), forecast_on=today + timedelta(weeks=4)
    )
    make_time(budget, jane, amount="400", date=today)

    burn = burn_of(budget)
    found = [alert.text for alert in alerts_of(budget, burn, [])]

    assert found[0].startswith("The forecast passes the budget on")
    assert advice(budget, burn, today) == (
        "To finish inside the budget: AUD 75.00 fewer a week, or AUD 300.00 more agreed."
    )


def test_a_quiet_budget_has_no_alerts(staff):
    budget = make_budget(status="active", total_amount=Decimal(500))
    assert alerts_of(budget, burn_of(budget), []) == []


def test_other_apps_put_their_buttons_on_the_page(page, staff, monkeypatch):
    monkeypatch.setattr(buttons, "_makers", [])
    buttons.add(lambda budget, staff: Action(label=f"Ship {budget}", url="/ship", primary=True))
    buttons.add(lambda budget, staff: None)
    budget = make_budget(name="Website")

    assert "Ship Website" in text_of(page(staff(budgets="view")).get(f"/budgets/{budget.pk}"))


# -- forms and buttons ---------------------------------------------------------------------------
def form(**values):
    return {"name": "Website", "status": "active", "currency": "AUD"} | values


def test_a_budget_is_made_for_a_project_and_its_company(page, staff):
    jane, project = staff(), make_project()

    response = page(jane).post("/budgets/new", form(project=project.pk, total_amount="96,000.50"))

    budget = Budget.objects.get()
    assert response.headers["Location"] == f"/budgets/{budget.pk}"
    assert (budget.resource_type, budget.project, budget.customer) == (
        "project",
        project,
        project.customer,
    )
    assert (budget.total_amount, budget.owner) == (Decimal("96000.50"), jane)


def test_a_link_fills_in_what_the_budget_is_for(page, staff):
    deal = make_deal()

    form = page(staff()).get(f"/budgets/new?deal={deal.pk}").context["form"]

    assert (form.initial["deal"], form.initial["customer"]) == (deal, deal.customer)


@pytest.mark.parametrize("query", ["project=abc", "project=999", "deal=99999999999999999999"])
def test_a_link_to_nothing_fills_in_nothing(page, staff, query):
    initial = page(staff()).get(f"/budgets/new?{query}").context["form"].initial
    assert set(initial) == {"owner", "currency"}


def test_a_budget_needs_to_be_for_something(page, staff):
    response = page(staff()).post("/budgets/new", form())

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["customer"]
    assert not Budget.objects.exists()


def test_an_edit_keeps_what_was_not_changed(page, staff):
    jane, budget = staff(), make_budget(budget_type="retainer", owner=None)
    make_line(budget)
    client = page(jane)
    path = f"/budgets/{budget.pk}/edit"
    initial = client.get(path).context["form"].initial
    typed = {name: getattr(value, "pk", value) for name, value in initial.items() if value}

    client.post(path, typed | {"name": "Renamed"})

    [event] = history_of(budget)
    assert event.changes == {"name": [budget.name, "Renamed"]}


def test_a_refusal_stands_beside_its_field(page, staff):
    jane, budget = staff(), make_budget()
    make_time(budget, jane)

    response = page(jane).post(
        f"/budgets/{budget.pk}/edit", form(project=budget.project_id, currency="USD")
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["currency"]


def test_a_button_moves_the_budget_on(page, staff):
    budget = make_budget(status="draft")

    page(staff(budgets="update")).post(f"/budgets/{budget.pk}/active")

    assert Budget.objects.get().status == "active"


def test_deleting_from_the_page_needs_manage(page, staff):
    budget = make_budget()
    path = f"/budgets/{budget.pk}/delete"

    refused = page(staff(budgets="update")).post(path)
    assert (refused.status_code, Budget.objects.count()) == (403, 1)
    done = page(staff(budgets="manage")).post(path)
    assert (done.headers["Location"], Budget.objects.count()) == ("/budgets", 0)


@pytest.mark.parametrize(
    ("grant", "expected"),
    [(None, [403] * 4), ("view", [200, 200, 403, 403]), ("update", [200, 200, 200, 200])],
)
def test_pages_need_their_level(page, staff, grant, expected):
    budget, client = make_budget(), page(staff(budgets=grant))
    paths = ["", f"/{budget.pk}", "/new", f"/{budget.pk}/edit"]

    found = [client.get(f"/budgets{path}").status_code for path in paths]

    assert found == expected


def test_a_hidden_budget_is_not_found(page, staff):
    client = page(staff(budgets="manage", scope="own"))
    budget = make_budget(owner=staff())
    path = f"/budgets/{budget.pk}"

    answers = [client.get(path), client.get(f"{path}/edit"), client.post(f"{path}/delete")]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert Budget.objects.count() == 1


# -- panels and the menu -------------------------------------------------------------------------
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
