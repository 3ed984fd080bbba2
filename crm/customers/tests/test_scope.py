"""Which customers a person sees."""

import pytest
from django.apps import apps

from agency.staff.models import Team
from crm.customers.models import Customer
from crm.customers.tests.factories import make_customer, make_deal, make_project, make_task

pytestmark = pytest.mark.django_db


def seen(person) -> set[str]:
    return set(Customer.objects.visible_to(person).values_list("name", flat=True))


def test_own_scope_reaches_what_is_above_ones_work(staff):
    me, other = staff(customers="view", scope="own"), staff()
    make_customer(name="owned", owner=me)
    make_customer(name="made", created_by=me)
    make_deal(customer=make_customer(name="deal"), owner=me)
    make_project(customer=make_customer(name="member"), members=[me])
    project = make_project(customer=make_customer(name="assigned"))
    make_task(project, assignees=[me])
    budgeted = make_customer(name="budget")
    apps.get_model("budgets", "Budget").objects.create(
        name="Retainer", resource_type="company", customer=budgeted, owner=me
    )
    make_customer(name="foreign", owner=other)
    make_project(customer=make_customer(name="elsewhere"), members=[other])

    assert seen(me) == {"owned", "made", "deal", "member", "assigned", "budget"}


def test_team_scope_adds_the_teams_that_one_leads(staff):
    lead, member = staff(customers="view", scope="team"), staff()
    team = Team.objects.create(name="Design", lead=lead)
    team.members.add(member)
    make_customer(name="theirs", owner=member)
    make_customer(name="foreign", owner=staff())

    assert seen(lead) == {"theirs"}
    assert seen(staff(customers="view", scope="all")) == {"theirs", "foreign"}


def test_a_foreign_company_is_not_found_and_unchanged(api, staff):
    me = staff(customers="manage", scope="own")
    customer = make_customer(city="Perth", owner=staff())
    client, path = api(me), f"/api/companies/{customer.pk}"

    assert client.get(path).status_code == 404
    assert client.put(path, {"city": "Hobart"}).status_code == 404
    assert client.delete(path).status_code == 404
    assert client.get("/api/companies").json() == {"companies": []}
    assert Customer.objects.get().city == "Perth"


@pytest.mark.parametrize(
    ("route", "body"),
    [
        ("contacts", {"first_name": "Pat"}),
        ("deals", {"title": "Site"}),
        ("projects", {"name": "Site"}),
    ],
)
def test_a_foreign_company_cannot_be_named_in_a_body(api, staff, route, body):
    me = staff(customers="update", deals="update", projects="update", scope="own")
    foreign = make_customer(owner=staff())

    response = api(me).post(f"/api/{route}", body | {"company_id": foreign.pk})

    assert (response.status_code, list(response.json()["errors"])) == (400, ["company_id"])
