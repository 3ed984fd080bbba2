"""The list and the detail of budgets in the agency dialect: document 002."""

from datetime import date

import pytest

from budgets.budgets.tests.factories import (
    make_budget,
    make_customer,
    make_deal,
    make_invoice_line,
    make_line,
    make_task,
    make_time,
)

pytestmark = pytest.mark.django_db


def test_the_list_shows_the_newest_first_with_its_total(api, staff):
    old, new = make_budget(), make_budget()

    response = api(staff(budgets="view")).get("/api/budgets")

    assert list(response.json()) == ["budgets"]
    assert [row["id"] for row in response.json()["budgets"]] == [str(new.pk), str(old.pk)]
    assert response.headers["X-Total-Count"] == "2"


def ids(response):
    return sorted(int(row["id"]) for row in response.json()["budgets"])


def test_every_parameter_of_the_document_narrows_the_list(api, staff):
    jane = api(staff(budgets="view"))
    owner = staff()
    project = make_budget(status="active", owner=owner, budget_type="retainer", name="Alpha")
    customer = make_customer(name="Acme")
    company = make_budget(resource_type="company", customer=customer, name="Beta")
    deal_record = make_deal(customer=customer)
    deal = make_budget(resource_type="deal", deal=deal_record, customer=customer, name="Gamma")

    def found(query):
        return ids(jane.get(f"/api/budgets?{query}"))

    assert found("resource_type=project") == [project.pk]
    assert found("resource_type=company") == found("resource_type=customer") == [company.pk]
    assert found(f"resource_type=deal&resource_id={deal_record.pk}") == [deal.pk]
    assert found(f"resource_type=project&resource_id={project.project_id}") == [project.pk]
    assert found("resource_type=deal&resource_id=999") == []
    assert project.pk in found(f"resource_id={project.project_id}")
    assert found(f"company_id={customer.pk}") == [company.pk, deal.pk]
    assert found("status=active") == [project.pk]
    assert found(f"owner_id={owner.pk}") == [project.pk]
    assert found("budget_type=retainer") == [project.pk]
    assert found(f"project_id={project.project_id}") == [project.pk]
    assert found("search=acme") == [company.pk, deal.pk]
    assert found("search=gam&status=draft") == [deal.pk]


@pytest.mark.parametrize(
    "query",
    ["status=lost", "resource_type=invoice", "company_id=abc", "limit=0", "sort=colour", "page=x"],
)
def test_a_parameter_that_makes_no_sense_is_refused(api, staff, query):
    assert api(staff(budgets="view")).get(f"/api/budgets?{query}").status_code == 400


def test_the_used_filter_finds_what_runs_out(api, staff):
    jane = staff()
    full, over = make_budget(total_amount=1000), make_budget(total_amount=1000)
    make_time(full, jane, amount="900")
    make_time(over, jane, amount="1001")
    make_time(make_budget(total_amount=1000), jane, amount="800")

    assert ids(api(jane).get("/api/budgets?used_above=80")) == [full.pk, over.pk]
    assert ids(api(jane).get("/api/budgets?used_above=100")) == [over.pk]


def test_the_list_is_sorted_by_columns_and_by_figures(api, staff):
    jane = staff()
    small, large = make_budget(name="b"), make_budget(name="a")
    make_line(small, unit_price="10")
    make_line(large, unit_price="20")
    make_time(small, jane, minutes=30, amount="1")

    def order(sort):
        found = api(jane).get(f"/api/budgets?sort={sort}").json()["budgets"]
        return [int(row["id"]) for row in found]

    assert order("name") == [large.pk, small.pk]
    assert order("-name") == [small.pk, large.pk]
    assert order("spent_amount") == [small.pk, large.pk]
    assert order("-remaining_amount,name") == [large.pk, small.pk]
    assert order("-logged_hours") == [small.pk, large.pk]


def test_pages_do_not_overlap(api, staff):
    for _ in range(3):
        make_budget()
    jane = api(staff(budgets="view"))

    first = jane.get("/api/budgets?limit=2")
    second = jane.get("/api/budgets?limit=2&page=2")

    assert (len(ids(first)), len(ids(second))) == (2, 1)
    assert not set(ids(first)) & set(ids(second))
    assert first.headers["X-Total-Count"] == second.headers["X-Total-Count"] == "3"


@pytest.mark.parametrize("size", [1, 3])
def test_the_whole_list_takes_four_statements_however_long(
    api, staff, django_assert_num_queries, size
):
    jane = staff()
    for _ in range(size):
        budget = make_budget()
        make_invoice_line(budget, line=make_line(budget))
        make_time(budget, jane)

    with django_assert_num_queries(4):
        found = api(jane).get("/api/budgets").json()["budgets"]

    assert [row["invoiced_amount"] for row in found] == [100] * size


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_takes_one_statement_more_for_the_count(api, staff, django_assert_num_queries, size):
    jane = staff()
    for _ in range(size):
        make_time(make_budget(), jane)

    with django_assert_num_queries(5):
        assert len(ids(api(jane).get("/api/budgets?limit=1"))) == 1


def test_the_detail_shows_lines_and_time_in_the_documents_order(api, staff):
    jane, task = staff(), make_task(title="Wireframes")
    budget = make_budget(currency="AUD")
    second = make_line(budget, position=1)
    first = make_line(budget, quantity="2", unit_price="87.5", task=task, description="UX")
    done = make_time(budget, jane, minutes=140, amount="116.67", budget_line=first, task=task)
    waiting = make_time(budget, jane, amount="50", budget_line=first, status="draft")
    late = make_time(budget, jane, minutes=20, amount="16.67", date=date(2026, 3, 9))
    make_invoice_line(budget, "75.25", line=first)
    make_invoice_line(budget, "500", line=first, status="voided")

    response = api(jane).get(f"/api/budgets/{budget.pk}")

    assert response.status_code == 200
    assert list(response.json()) == ["budget", "line_items", "time_entries"]
    assert response.headers["ETag"]
    items = response.json()["line_items"]
    assert [row["id"] for row in items] == [str(first.pk), str(second.pk)]
    assert items[0] == {
        "id": str(first.pk),
        "budget_id": str(budget.pk),
        "description": "UX",
        "quantity": 2,
        "unit_price": 87.5,
        "amount": 175,
        "service_type_id": None,
        "service_type_name": None,
        "task_id": str(task.pk),
        "task_title": "Wireframes",
        "position": 0,
        "logged_hours": 2.3333,
        "burned_amount": 116.67,
        "invoiced_amount": 75.25,
        "created_at": items[0]["created_at"],
        "updated_at": items[0]["updated_at"],
    }
    entries = response.json()["time_entries"]
    assert [row["date"] for row in entries] == ["2026-03-09", "2026-03-02", "2026-03-02"]
    shown = ("id", "user_name", "task_title", "hours", "billable", "status", "amount")
    assert [[row[name] for name in shown] for row in entries] == [
        [str(late.pk), str(jane), None, 0.3333, True, "approved", 16.67],
        [str(waiting.pk), str(jane), None, 1, True, "draft", 50],
        [str(done.pk), str(jane), "Wireframes", 2.3333, True, "approved", 116.67],
    ]


def test_the_detail_shows_only_the_time_that_one_may_see(api, staff):
    jane, dan = staff(budgets="view", scope="own"), staff()
    budget = make_budget(owner=jane)
    mine = make_time(budget, jane)
    make_time(budget, dan)

    shown = api(jane).get(f"/api/budgets/{budget.pk}").json()

    assert [row["id"] for row in shown["time_entries"]] == [str(mine.pk)]
    assert shown["budget"]["logged_hours"] == 2


@pytest.mark.parametrize("size", [1, 3])
def test_a_detail_takes_the_same_statements_however_many_lines(
    api, staff, django_assert_num_queries, size
):
    jane, budget = staff(), make_budget()
    for _ in range(size):
        make_time(budget, jane, budget_line=make_line(budget))

    with django_assert_num_queries(6):
        shown = api(jane).get(f"/api/budgets/{budget.pk}").json()

    assert (len(shown["line_items"]), len(shown["time_entries"])) == (size, size)


@pytest.mark.parametrize("pk", ["999999", "abc", "99999999999999999999"])
def test_an_unknown_budget_is_not_found(api, staff, pk):
    assert api(staff(budgets="view")).get(f"/api/budgets/{pk}").status_code == 404
