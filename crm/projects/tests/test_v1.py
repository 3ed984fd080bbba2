"""Projects through ``/api/v1/projects``."""

from datetime import date

import pytest

from crm.customers.tests.factories import log_time, make_customer, make_project, make_task
from crm.projects.models import Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(staff):
    return staff("executive")


def test_the_documents_own_example_makes_a_project(api, boss):
    acme = make_customer(name="Acme", currency="NZD")
    body = {
        "name": "Website Redesign",
        "clientid": acme.pk,
        "billing_type": 1,
        "start_date": "2026-03-01",
        "deadline": "2026-06-30",
        "description": "Complete website overhaul",
    }

    answer = api(boss).post("/api/v1/projects", body)

    assert answer.status_code == 201, answer.json()
    shown = answer.json()["data"]
    assert shown == {
        "id": Project.objects.get().pk,
        "client_name": "Acme",
        "datecreated": shown["datecreated"],
        "addedfrom": boss.pk,
        "name": "Website Redesign",
        "clientid": acme.pk,
        "description": "Complete website overhaul",
        "status": 1,
        "status_name": "not started",
        "billing_type": 1,
        "billing_type_name": "fixed rate",
        "start_date": "2026-03-01",
        "deadline": "2026-06-30",
        "currency": shown["currency"],
        "currency_name": "NZD",
        "project_cost": None,
        "project_rate_per_hour": None,
        "estimated_hours": None,
        "progress": 0,
        "project_members": [boss.pk],
    }


def test_the_documents_own_example_changes_a_project(api, boss):
    project = make_project(customer=make_customer(), deadline_on=date(2026, 6, 30))
    body = {"deadline": "2026-07-31", "description": "Updated project scope"}
    answer = api(boss).put(f"/api/v1/projects/{project.pk}", body).json()
    assert answer["message"] == "Project updated."
    assert {name: answer["data"][name] for name in body} == body


def test_figures_and_members_go_in_and_come_back(api, boss, staff):
    mia, dan = staff(), staff()
    body = {
        "name": "Site",
        "customer_id": make_customer().pk,
        "project_cost": "25000",
        "project_rate_per_hour": 180.125,
        "estimated_hours": "120.5",
        "progress": 10,
        "project_members": [str(dan.pk), mia.pk],
    }
    made = api(boss).post("/api/v1/projects", body)
    assert b'"project_cost":25000.00,"project_rate_per_hour":180.125' in made.content
    shown = made.json()["data"]
    assert (shown["estimated_hours"], shown["progress"]) == (120.5, 10)
    assert shown["project_members"] == [mia.pk, dan.pk]
    changed = api(boss).put(f"/api/v1/projects/{shown['id']}", {"project_members": [mia.pk]})
    assert changed.json()["data"]["project_members"] == [mia.pk]


@pytest.mark.parametrize(
    ("sent", "stored"),
    [(3, "on_hold"), ("4", "finished"), ("In_Progress", "in_progress"), ("cancelled", "cancelled")],
)
def test_a_status_is_a_code_or_its_word(api, boss, sent, stored):
    project = make_project()
    assert api(boss).put(f"/api/v1/projects/{project.pk}", {"status": sent}).status_code == 200
    assert Project.objects.get().status == stored


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("clientid", 12345),
        ("clientid", None),
        ("status", 6),
        ("billing_type", "free"),
        ("deadline", "2026-02-30"),
        ("project_cost", -1),
        ("project_rate_per_hour", "much"),
        ("estimated_hours", -2),
        ("progress", 101),
        ("project_members", [99999]),
        ("currency", "QQQ"),
    ],
)
def test_bad_input_names_the_field(api, boss, field, value):
    body = {"name": "Site", "clientid": make_customer().pk, field: value}
    answer = api(boss).post("/api/v1/projects", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not Project.objects.exists()


def test_rules_of_the_business_are_400_in_this_dialects_words(api, boss):
    project = make_project(name="Site", customer=make_customer())
    log_time(boss, project=project)
    client, url = api(boss), f"/api/v1/projects/{project.pk}"
    moved = client.put(url, {"clientid": make_customer().pk})
    assert (moved.status_code, list(moved.json()["errors"])) == (400, ["clientid"])
    early = client.put(url, {"start_date": "2026-03-02", "deadline": "2026-03-01"})
    assert (early.status_code, list(early.json()["errors"])) == (400, ["deadline"])
    kept = client.delete(url)
    assert kept.status_code == 400
    assert kept.json()["message"] == "“Site” cannot be deleted: it has 1 time entry."


def test_filters_narrow_the_list(api, boss):
    acme = make_customer(name="Acme")
    one = make_project(name="One", customer=acme)
    two = make_project(name="Two", status="finished", billing_type="fixed_rate")

    def ids(query):
        return [row["id"] for row in api(boss).get(f"/api/v1/projects?{query}").json()["data"]]

    assert ids(f"clientid={acme.pk}") == [one.pk]
    assert ids("status=4") == ids("status=Finished") == [two.pk]
    assert ids("billing_type=1") == [two.pk]
    assert ids("search=acme") == [one.pk]
    assert ids("sort=-name") == [two.pk, one.pk]


def test_a_customers_projects_are_those_that_the_caller_sees(api, boss, staff):
    acme, me = make_customer(name="Acme"), staff("employee")
    mine = make_project(name="Mine", customer=acme)
    make_task(mine, assignees=[me])
    make_project(name="Theirs", customer=acme)
    make_project(name="Elsewhere", customer=make_customer())
    url = f"/api/v1/customers/{acme.pk}/projects"

    def names(person):
        return [row["name"] for row in api(person).get(url).json()["data"]]

    assert (names(boss), names(me)) == (["Theirs", "Mine"], ["Mine"])
    assert api(staff(projects="view")).get(url).status_code == 404  # the customer is not shown


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_costs_the_same_however_many_rows(
    api, boss, staff, number, django_assert_num_queries
):
    for _ in range(3):
        make_project(members=[boss, staff()], customer=make_customer())
    client = api(boss)
    with django_assert_num_queries(3):
        client.get(f"/api/v1/projects?limit={number}")
