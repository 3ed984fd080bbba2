"""Document 002: budgets in the agency dialect."""

from datetime import date
from decimal import Decimal

import pytest

from agency.records.events.models import Event
from agency.records.history import history_of
from budgets.budgets.models import Budget
from budgets.budgets.tests.factories import (
    make_budget,
    make_customer,
    make_deal,
    make_invoice_line,
    make_line,
    make_project,
    make_task,
    make_time,
)
from crm.contacts.models import Contact

pytestmark = pytest.mark.django_db


def told(response):
    """(status, the fields that are named)."""
    return response.status_code, list(response.json()["errors"])


# -- create --------------------------------------------------------------------------------------
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


# -- list ----------------------------------------------------------------------------------------
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


# -- detail --------------------------------------------------------------------------------------
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


# -- update --------------------------------------------------------------------------------------
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


# -- delete --------------------------------------------------------------------------------------
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


# -- who may -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("grant", "expected"),
    [
        (None, [403, 403, 403, 403, 403]),
        ("view", [200, 200, 403, 403, 403]),
        ("update", [200, 200, 201, 200, 403]),
        ("manage", [200, 200, 201, 200, 200]),
    ],
)
def test_each_verb_needs_its_level(api, staff, grant, expected):
    budget, client = make_budget(name="Kept"), api(staff(budgets=grant))
    path = f"/api/budgets/{budget.pk}"
    body = {"name": "B", "resource_type": "project", "resource_id": budget.project_id}

    answers = [
        client.get("/api/budgets"),
        client.get(path),
        client.post("/api/budgets", body),
        client.put(path, {"name": "Changed"}),
        client.delete(path),
    ]

    assert [answer.status_code for answer in answers] == expected
    if grant in (None, "view"):
        assert Budget.objects.get().name == "Kept"


def test_a_stranger_is_asked_to_sign_in(api):
    assert api().get("/api/budgets").status_code == 401


def test_another_persons_budget_is_not_found(api, staff):
    jane = api(staff(budgets="manage", scope="own"))
    path = f"/api/budgets/{make_budget(owner=staff()).pk}"

    answers = [
        jane.get(path),
        jane.put(path, {"name": "Mine"}),
        jane.delete(path),
        jane.get(f"{path}/line-items"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert jane.get("/api/budgets").json() == {"budgets": []}
    assert Budget.objects.get().name != "Mine"


def test_members_of_a_project_see_its_budgets(api, staff):
    jane = staff(budgets="view", scope="own")
    budget = make_budget()
    budget.project.members.add(jane)

    assert ids(api(jane).get("/api/budgets")) == [budget.pk]
