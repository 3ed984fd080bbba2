"""Engagements through ``/api/engagements``."""

from datetime import date
from decimal import Decimal

import pytest

from agency.records.history import history_of
from agency.reference import organisation
from crm.customers.tests.factories import make_customer
from crm.engagements.models import Engagement
from crm.engagements.tests.factories import make_engagement

pytestmark = pytest.mark.django_db
PATH = "/api/engagements"


def whole(customer) -> dict:
    return {
        "company_id": str(customer.pk),
        "name": "Digital retainer",
        "engagement_type": "consulting",
        "product": "advisory",
        "status": "active",
        "start_date": "2026-01-01",
        "end_date": "2026-12-31",
        "monthly_revenue": 12500.5,
        "total_value": "150000",
        "headcount": 3,
        "cogs": 7400,
        "margin_pct": 41.25,
        "team_members": [{"role": "Designer", "hours": 37.5, "rate": 175}, {"role": "Lead"}],
        "tools": ["Jira", "GitHub", "Jira"],
        "deliverables": "A plan each month",
        "notes": "Renew early",
        "jira_board_url": "https://jira.example/boards/7",
        "jira_project_key": "PB",
        "plain_status": "On track",
        "contract_renewal_date": "2026-12-01",
    }


def test_an_engagement_is_added_with_all_that_the_document_names(api, staff):
    jane, customer = staff(), make_customer(currency="NZD")

    response = api(jane).post(PATH, whole(customer))

    assert response.status_code == 201, response.json()
    shown = response.json()["engagement"]
    hours = {"role": "Designer", "hours": 37.5, "rate": 175}
    assert {name: shown[name] for name in whole(customer)} == whole(customer) | {
        "total_value": 150000,
        "team_members": [hours, {"role": "Lead", "hours": None, "rate": None}],
        "tools": ["Jira", "GitHub"],
    }
    assert (shown["company_name"], shown["currency"]) == (customer.name, "NZD")
    assert (shown["owner_id"], shown["created_by"]) == (str(jane.pk), str(jane.pk))
    assert api(jane).get(f"{PATH}/{shown['id']}").json() == {"engagement": shown}


def test_what_is_left_out_is_usual(api, staff):
    body = {"company_id": make_customer().pk, "name": "Care"}
    shown = api(staff()).post(PATH, body).json()["engagement"]
    names = ("engagement_type", "product", "status", "currency", "margin_source")
    assert [shown[name] for name in names] == ["retainer", "studios", "active", "AUD", "unknown"]
    assert (shown["monthly_revenue"], shown["margin_pct"], shown["team_members"]) == (
        None,
        None,
        [],
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("company_id", "999999"),
        ("company_id", None),
        ("engagement_type", "favour"),
        ("status", "asleep"),
        ("product", ""),
        ("monthly_revenue", -1),
        ("cogs", "much"),
        ("margin_pct", 101),
        ("headcount", -1),
        ("jira_board_url", "javascript:alert(1)"),
        ("end_date", "2025-12-31"),
        ("start_date", "2026-02-30"),
        ("currency", "XXQ"),
    ],
)
def test_bad_input_names_the_field(api, staff, field, value):
    response = api(staff()).post(PATH, whole(make_customer()) | {field: value})
    assert (response.status_code, list(response.json()["errors"])) == (400, [field])
    assert not Engagement.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("team_members", [{"hours": 4}], "team_members.0.role"),
        ("team_members", [{"role": "Lead", "name": "Jane"}], "team_members.0.name"),
        ("team_members", [{"role": "Lead"}, {"role": "Lead", "rate": -1}], "team_members.1.rate"),
        ("team_members", [{"role": "Lead", "hours": 1.23456}], "team_members.0.hours"),
        ("team_members", "Jane", "team_members.non_field_errors"),
        ("tools", ["Jira", {}], "tools.1"),
        ("tools", [""], "tools.0"),
    ],
)
def test_bad_rows_of_team_and_tools_are_named_by_their_place(api, staff, field, value, named):
    response = api(staff()).post(PATH, whole(make_customer()) | {field: value})
    assert (response.status_code, list(response.json()["errors"])) == (400, [named])
    assert not Engagement.objects.exists()


@pytest.mark.parametrize("member", [{}, {"hours": 1}])
def test_a_row_of_the_team_needs_its_role_in_a_change_as_well(api, staff, member):
    path = f"{PATH}/{make_engagement().pk}"
    response = api(staff()).patch(path, {"team_members": [member]})
    assert (response.status_code, list(response.json()["errors"])) == (400, ["team_members"])


def test_the_margin_follows_revenue_and_cost_until_somebody_types_one(api, staff):
    client = api(staff())
    body = {"company_id": make_customer().pk, "name": "Care", "monthly_revenue": 900, "cogs": 600}
    shown = client.post(PATH, body).json()["engagement"]
    path = f"{PATH}/{shown['id']}"

    def margin(**change):
        now = client.patch(path, change).json()["engagement"]
        return now["margin_pct"], now["margin_source"]

    assert (shown["margin_pct"], shown["margin_source"]) == (33.33, "computed")
    assert margin(cogs=450) == (50, "computed")
    assert margin(margin_pct=41.255) == (41.255, "typed")
    assert margin(cogs=600) == (41.255, "typed")
    assert margin(margin_pct=None) == (33.33, "computed")
    assert margin(cogs=None) == (None, "unknown")
    assert margin(cogs=1800) == (-100, "computed")
    assert margin(monthly_revenue=0) == (None, "unknown")


def test_amounts_are_whole_units_of_the_currency(api, staff):
    body = {"company_id": make_customer(currency="JPY").pk, "name": "Care", "monthly_revenue": 99.5}
    shown = api(staff()).post(PATH, body).json()["engagement"]
    assert (shown["monthly_revenue"], shown["currency"]) == (100, "JPY")
    assert Engagement.objects.get().monthly_revenue == Decimal(100)


def test_a_change_leaves_a_line_of_history(api, staff):
    jane, one = staff(), make_engagement(name="Care", monthly_revenue=Decimal(100))
    api(jane).patch(f"{PATH}/{one.pk}", {"name": "Web care", "tools": ["Jira"]})
    [event] = history_of(one)
    assert (event.verb, event.by) == ("updated", jane)
    assert event.changes == {"name": ["Care", "Web care"], "tools": [[], ["Jira"]]}


@pytest.mark.parametrize(
    "field", ["company_id", "currency", "owner_id", "margin_source", "created_at", "titel"]
)
def test_only_what_the_document_names_may_change(api, staff, field):
    one = make_engagement(name="Care")
    body = {"name": "Mine", field: "1"}
    for send in (api(staff()).patch, api(staff()).put):
        response = send(f"{PATH}/{one.pk}", body)
        assert (response.status_code, list(response.json()["errors"])) == (400, [field])
    assert Engagement.objects.get().name == "Care"


def test_the_status_goes_its_way_and_says_when_it_stopped(api, staff):
    client, one = api(staff()), make_engagement()
    path = f"{PATH}/{one.pk}"

    for status in ("paused", "active", "completed", "active", "cancelled"):
        assert client.patch(path, {"status": status}).json()["engagement"]["status"] == status
        one.refresh_from_db()
        stopped = None if status == "active" else organisation.today()
        assert one.stopped_on == stopped

    refused = client.patch(path, {"status": "active"})
    assert (refused.status_code, list(refused.json()["errors"])) == (409, ["status"])
    assert {event.verb for event in history_of(one)} == {"status_changed"}
    assert history_of(one).count() == 5


def test_an_engagement_is_not_deleted(api, staff):
    one = make_engagement()
    assert api(staff()).delete(f"{PATH}/{one.pk}").status_code == 405
    assert api(staff()).delete(f"/api/companies/{one.customer_id}").status_code == 409
    assert Engagement.objects.count() == 1


def test_filters_narrow_the_list(api, staff):
    acme = make_customer(name="Acme")
    care = make_engagement(name="Care", customer=acme, product="Care", renews_on=date(2026, 12, 1))
    site = make_engagement(
        name="Site", status="paused", stopped_on=date(2026, 1, 1), engagement_type="project"
    )
    client = api(staff())

    def ids(query):
        return [row["id"] for row in client.get(f"{PATH}?{query}").json()["engagements"]]

    assert ids("status=paused") == [str(site.pk)]
    assert ids(f"company_id={acme.pk}") == [str(care.pk)]
    assert ids("product=care") == [str(care.pk)]
    assert ids("engagement_type=project") == [str(site.pk)]
    assert ids("renewal_to=2026-12-31") == [str(care.pk)]
    assert ids("search=acme") == [str(care.pk)]
    assert ids("sort=-name") == [str(site.pk), str(care.pk)]
    assert client.get(f"{PATH}?status=asleep").status_code == 400


def test_a_list_gives_fifty_unless_asked_for_more(api, staff):
    customer, client = make_customer(), api(staff())
    for _ in range(52):
        make_engagement(customer=customer)

    usual, more = client.get(PATH), client.get(f"{PATH}?limit=60")
    last = client.get(f"{PATH}?page=2")

    found = [len(answer.json()["engagements"]) for answer in (usual, more, last)]
    assert found == [50, 52, 2]
    assert usual["X-Total-Count"] == more["X-Total-Count"] == last["X-Total-Count"] == "52"


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_one_statement_however_long(api, staff, django_assert_num_queries, size):
    jane = staff()
    for _ in range(size):
        make_engagement(owner=jane, team_members=[{"role": "Lead", "hours": "1", "rate": "2"}])
    client = api(jane)
    with django_assert_num_queries(1):
        assert len(client.get(PATH).json()["engagements"]) == size


def test_own_scope_sees_what_one_owns_or_made_and_the_customers_above(api, staff):
    me, other = staff(engagements="update", customers="view", scope="own"), staff()
    owned = make_engagement(name="owned", owner=me)
    make_engagement(name="made", created_by=me)
    foreign = make_engagement(name="foreign", owner=other)
    client = api(me)

    listed = {row["name"] for row in client.get(PATH).json()["engagements"]}
    companies = {row["id"] for row in client.get("/api/companies").json()["companies"]}

    assert listed == {"owned", "made"}
    assert str(owned.customer_id) in companies
    assert str(foreign.customer_id) not in companies
    assert client.patch(f"{PATH}/{foreign.pk}", {"name": "mine"}).status_code == 404
    assert Engagement.objects.get(pk=foreign.pk).name == "foreign"


@pytest.mark.parametrize(
    ("grant", "answers"), [(None, [403, 403]), ("view", [200, 403]), ("update", [200, 200])]
)
def test_each_step_needs_its_level(api, staff, grant, answers):
    client, one = api(staff(engagements=grant)), make_engagement(name="Care")
    path = f"{PATH}/{one.pk}"
    given = [client.get(path), client.patch(path, {"name": "New"})]
    assert [response.status_code for response in given] == answers
    assert Engagement.objects.get().name == ("New" if answers[1] == 200 else "Care")
