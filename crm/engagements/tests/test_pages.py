"""The list, the record, the form and the revenue of engagements, and the admin."""

from decimal import Decimal

import pytest

from agency.reference import organisation
from crm.customers.tests.factories import make_customer
from crm.engagements.models import Engagement
from crm.engagements.tests.factories import earning, make_engagement

pytestmark = pytest.mark.django_db


def rows(*team) -> dict:
    """What the editor of the team sends."""
    sent = {"team-TOTAL_FORMS": len(team), "team-INITIAL_FORMS": 0}
    for place, row in enumerate(team):
        sent |= {f"team-{place}-{name}": value for name, value in row.items()}
    return sent


def form(**values) -> dict:
    return {"name": "Care", "engagement_type": "retainer", "product": "care"} | values


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_nine_statements_however_long(page, staff, django_assert_num_queries, size):
    jane = staff()
    for _ in range(size):
        make_engagement(owner=jane)
    client = page(jane)
    client.get("/engagements")
    with django_assert_num_queries(9):
        client.get("/engagements")


def test_the_list_adds_up_mrr_and_tcv_per_currency(page, staff):
    earning(100, 1200)
    earning(50, 600)
    earning(70, 700, currency="NZD")
    earning(999, status="paused", stopped_on=organisation.today())

    totals = page(staff()).get("/engagements").context["totals"]

    found = [
        (line["currency"], line["sums"]["total_mrr"], line["sums"]["total_tcv"]) for line in totals
    ]
    assert found == [("AUD", Decimal(150), Decimal(1800)), ("NZD", Decimal(70), Decimal(700))]


def test_the_page_says_where_the_margin_comes_from(page, staff):
    jane = staff()
    computed = earning(900, cogs=Decimal(600), margin_pct="33.33", margin_source="computed")
    typed = earning(900, margin_pct="41.5", margin_source="typed")

    def margin(one):
        figures = page(jane).get(one.get_absolute_url()).context["figures"]
        found = next(figure for figure in figures if figure.label == "Margin")
        return found.value, found.note, found.explain is not None

    assert margin(computed) == ("33.33 %", "Computed", True)
    assert margin(typed) == ("41.5 %", "Typed", False)
    assert margin(make_engagement()) == ("–", "Needs MRR and cost", False)


def test_an_engagement_is_added_with_its_team_and_tools(page, staff):
    customer = make_customer(currency="NZD")
    team = [{"role": "Designer", "hours": "37.5", "rate": "1,175"}, {"role": ""}]
    body = form(customer=customer.pk, monthly_revenue="1,000", cogs="400", tools="Jira, GitHub")

    response = page(staff()).post("/engagements/new", body | rows(*team))

    assert response.status_code == 302, response.context["form"].errors
    made = Engagement.objects.get()
    assert made.team_members == [{"role": "Designer", "hours": "37.5", "rate": "1175.00"}]
    assert (made.tools, made.currency) == (["Jira", "GitHub"], "NZD")
    assert (made.margin_pct, made.margin_source) == (Decimal(60), "computed")


def test_a_row_without_a_role_is_refused_and_what_was_typed_stays(page, staff):
    body = form(customer=make_customer().pk) | rows({"role": "", "hours": "4"})
    response = page(staff()).post("/engagements/new", body)
    assert response.status_code == 422
    assert 'value="4"' in response.content.decode()
    assert not Engagement.objects.exists()


def test_editing_keeps_a_computed_margin_computed_and_a_typed_one_typed(page, staff):
    client = page(staff())
    one = earning(900, cogs=Decimal(600), margin_pct="33.33", margin_source="computed")
    path = f"/engagements/{one.pk}/edit"

    assert client.get(path).context["form"]["margin_pct"].value() is None
    client.post(path, form(monthly_revenue="900", cogs="450") | rows())
    one.refresh_from_db()
    assert (one.margin_pct, one.margin_source) == (Decimal(50), "computed")

    client.post(path, form(monthly_revenue="900", cogs="450", margin_pct="42") | rows())
    one.refresh_from_db()
    assert (one.margin_pct, one.margin_source) == (Decimal(42), "typed")


def test_the_buttons_move_an_engagement_to_its_end(page, staff):
    client, one = page(staff()), make_engagement()
    for status in ("paused", "active", "cancelled"):
        client.post(f"/engagements/{one.pk}/move?to={status}")
        one.refresh_from_db()
        assert one.status == status
    buttons = client.get(one.get_absolute_url()).context
    labels = [action.label for action in [*buttons["buttons"], *buttons["menu"]]]
    assert labels == ["Edit"]


@pytest.mark.parametrize("step", ["edit", "move"])
def test_changing_needs_its_level_and_its_scope(page, staff, step):
    one = make_engagement(owner=staff())
    path = f"/engagements/{one.pk}/{step}?to=paused"
    assert page(staff(engagements="view")).post(path).status_code == 403
    assert page(staff(engagements="manage", scope="own")).post(path).status_code == 404
    assert Engagement.objects.get().status == "active"


def test_a_customer_shows_its_engagements_and_their_mrr(page, staff):
    customer = make_customer()
    earning(120, 900, name="Care", customer=customer)
    earning(70, name="Elsewhere")
    path = f"/customers/{customer.pk}/panels/engagements"

    response = page(staff()).get(path)

    html = response.content.decode()
    assert ("Care" in html, "Elsewhere" in html) == (True, False)
    assert response.context["totals"] == [
        {"currency": "AUD", "mrr": Decimal(120), "tcv": Decimal(900)}
    ]
    assert page(staff(customers="view")).get(path).status_code == 403


def test_the_revenue_page_is_narrowed_to_a_company(page, staff):
    acme = make_customer(name="Acme")
    earning(120, customer=acme)
    earning(70)
    earning(30, currency="NZD")
    client = page(staff())

    everything = client.get("/engagements/revenue").context["currencies"]
    one = client.get(f"/engagements/revenue?company_id={acme.pk}").context

    assert [(line["code"], line["now"]) for line in everything] == [
        ("AUD", Decimal(190)),
        ("NZD", Decimal(30)),
    ]
    assert [(line["code"], line["now"]) for line in one["currencies"]] == [("AUD", Decimal(120))]
    assert one["narrowed"] == "Acme"


def test_revenue_counts_only_what_one_sees(page, staff):
    me = staff(engagements="view", scope="own")
    earning(120, owner=me)
    earning(70)
    found = page(me).get("/engagements/revenue").context["currencies"]
    assert [(line["code"], line["now"]) for line in found] == [("AUD", Decimal(120))]


def admin_body(one, **values) -> dict:
    return {
        "name": one.name,
        "engagement_type": "retainer",
        "product": "studios",
        "status": one.status,
        "team_members": "[]",
        "tools": "[]",
    } | values


def test_the_admin_writes_through_the_operations(page, staff):
    client, one = page(staff(is_staff=True)), make_engagement()
    path = f"/admin/crm/engagement/{one.pk}/change/"
    team = '[{"role": "Lead", "hours": 0.1, "rate": 99.95}]'

    body = admin_body(one, team_members=team, monthly_revenue="900", cogs="600", status="paused")
    response = client.post(path, body)

    assert response.status_code == 302, response.context["adminform"].form.errors
    one.refresh_from_db()
    assert one.team_members == [{"role": "Lead", "hours": "0.1", "rate": "99.95"}]
    assert (one.margin_pct, one.margin_source) == (Decimal("33.33"), "computed")
    assert (one.status, one.stopped_on) == ("paused", organisation.today())


def test_the_admin_shows_a_refusal_and_deletes_nothing(page, staff):
    client, one = page(staff(is_staff=True)), make_engagement()
    path = f"/admin/crm/engagement/{one.pk}"
    refused = client.post(f"{path}/change/", admin_body(one, team_members='[{"hours": 1}]'))
    assert "Row 1: a role" in refused.content.decode()
    assert client.post(f"{path}/delete/", {"post": "yes"}).status_code == 403
    assert Engagement.objects.count() == 1
