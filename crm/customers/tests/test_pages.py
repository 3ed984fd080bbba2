"""The pages of customers."""

import pytest

from agency.records.history import history_of
from agency.ui import palette, pickers
from crm.customers.models import Customer
from crm.customers.tests.factories import (
    log_time,
    make_contact,
    make_customer,
    make_deal,
    make_project,
    make_task,
)

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "list"}


def test_the_list_shows_active_customers_with_whom_to_talk_to(page, staff):
    jane = staff()
    customer = make_customer(name="Harbour & Vine", owner=jane, city="Sydney", country="AU")
    make_contact(customer, first_name="Pat", email="pat@harbour.example", is_primary=True)
    make_project(customer=customer)
    make_customer(name="Gone", is_active=False)

    html = page(jane).get("/customers").content.decode()

    for words in ("Harbour &amp; Vine", "mailto:pat@harbour.example", "Sydney, AU", str(jane)):
        assert words in html
    assert ">Gone<" not in html


@pytest.mark.parametrize(
    ("tab", "names"),
    [("active", ["Acme", "Mine"]), ("mine", ["Mine"]), ("inactive", ["Gone"])],
)
def test_tabs_divide_the_list(page, staff, tab, names):
    jane = staff()
    make_customer(name="Acme")
    make_customer(name="Mine", owner=jane)
    make_customer(name="Gone", is_active=False)

    context = page(jane).get("/customers", {"tab": tab}).context

    assert [row.record.name for row in context["rows"]] == names
    assert context["tab_counts"] == {"active": 2, "mine": 1, "inactive": 1, "all": 3}


def test_htmx_gets_the_rows_alone_and_filters_them(page, staff):
    make_customer(name="Acme", country="NZ")
    make_customer(name="Banksia", country="AU")
    client = page(staff())

    html = client.get("/customers?country=NZ", headers=HTMX).content.decode()

    assert "<h1>" not in html
    assert ("Acme" in html, "Banksia" in html) == (True, False)


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_eleven_statements_however_long(
    page, staff, django_assert_num_queries, size
):
    jane = staff()
    for _ in range(size):
        make_contact(make_customer(owner=jane), is_primary=True)
    client = page(jane)
    client.get("/customers")
    with django_assert_num_queries(11):
        client.get("/customers")


@pytest.mark.parametrize("size", [1, 3])
def test_the_record_takes_no_more_statements_with_more_below_it(
    page, staff, django_assert_num_queries, size
):
    jane, customer = staff(), make_customer()
    for _ in range(size):
        make_deal(customer=customer, currency="AUD", value=5)
        make_task(make_project(customer=customer))
        log_time(jane, customer=customer)
    client = page(jane)
    client.get(customer.get_absolute_url())
    with django_assert_num_queries(14):
        client.get(customer.get_absolute_url())


def test_the_record_adds_up_what_is_going_on(page, staff):
    jane, customer = staff(), make_customer(name="Acme")
    project = make_project(customer=customer)
    make_task(project)
    make_task(project, status="complete")
    make_deal(customer=customer, value=500, currency="AUD")
    make_deal(customer=customer, value=900, stage="won")

    figures = page(jane).get(customer.get_absolute_url()).context["figures"]

    shown = {figure.label: figure.value for figure in figures}
    assert (shown["Open projects"], shown["Open tasks"]) == (1, 1)
    assert (shown["Open deals"], shown["Hours in 30 days"]) == (500, 0)


def test_figures_of_tools_that_one_does_not_hold_are_left_out(page, staff):
    customer = make_customer()
    context = page(staff(customers="view")).get(customer.get_absolute_url()).context
    assert context["figures"] == []
    assert context["buttons"] == []


def test_a_customer_is_added_on_its_form(page, staff):
    jane = staff()
    body = {"name": "Acme", "country": "AU", "owner": jane.pk, "payment_terms_days": "21"}

    response = page(jane).post("/customers/new", body)

    customer = Customer.objects.get()
    assert (response.status_code, response["Location"]) == (302, customer.get_absolute_url())
    assert (customer.country, customer.payment_terms_days) == ("AU", 21)
    assert customer.onboarding.exists()


def test_a_refused_form_keeps_what_was_typed(page, staff):
    response = page(staff()).post("/customers/new", {"name": " ", "city": "Perth"})
    assert response.status_code == 422
    assert 'value="Perth"' in response.content.decode()
    assert not Customer.objects.exists()


def test_an_edited_customer_tells_its_history(page, staff):
    jane, customer = staff(), make_customer(name="Acme", city="Perth")
    body = {"name": "Acme", "city": "Hobart"}
    page(jane).post(f"/customers/{customer.pk}/edit", body)
    assert history_of(customer).get().changes == {"city": ["Perth", "Hobart"]}


def test_bulk_steps_go_through_the_operations(page, staff):
    jane, customer = staff(), make_customer()
    page(jane).post("/customers", {"action": "deactivate", "row": customer.pk})
    customer.refresh_from_db()
    assert (customer.is_active, history_of(customer).get().by) == (False, jane)


def test_a_customer_with_work_survives_the_delete_button(page, staff):
    customer = make_customer()
    make_deal(customer=customer)
    client = page(staff())
    client.post(f"/customers/{customer.pk}/delete")
    assert "it has 1 deal" in client.get("/customers").content.decode()
    assert Customer.objects.exists()


@pytest.mark.parametrize("step", ["edit", "delete", "activate", "deactivate"])
def test_changing_needs_more_than_seeing(page, staff, step):
    customer = make_customer(name="Acme")
    response = page(staff(customers="view")).post(f"/customers/{customer.pk}/{step}")
    assert response.status_code == 403
    assert Customer.objects.get().is_active


def test_a_foreign_customer_has_no_page(page, staff):
    me, customer = staff(customers="manage", scope="own"), make_customer(owner=staff())
    client = page(me)
    for path in ("", "/edit", "/panels/contacts", "/panels/onboarding"):
        assert client.get(f"/customers/{customer.pk}{path}").status_code == 404
    assert client.post(f"/customers/{customer.pk}/delete").status_code == 404


def test_a_stranger_is_sent_to_the_sign_in_page(page):
    assert page().get("/customers").status_code == 302


def test_the_export_holds_the_filtered_rows(page, staff):
    make_customer(name="=cmd()", city="Perth")
    response = page(staff()).get("/customers?export=csv")
    content = b"".join(response.streaming_content).decode()
    assert "'=cmd()" in content


def test_a_web_address_that_is_none_is_not_a_link(page, staff):
    customer = make_customer(website="javascript:alert(1)")
    html = page(staff()).get(customer.get_absolute_url()).content.decode()
    assert 'href="javascript' not in html


def test_search_and_pickers_find_what_one_may_see(staff):
    me = staff(customers="view", scope="own")
    mine = make_customer(name="Harbour & Vine", owner=me)
    make_customer(name="Harbour Freight", owner=staff())

    hits = {group.label: group.hits for group in palette.search(me, "harb")}
    picked = pickers.options("customers", me, "harb")

    assert [hit.label for hit in hits["Customers"]] == [mine.name]
    assert [one["value"] for one in picked] == [str(mine.pk)]
    assert pickers.options("customers", staff(tasks="view"), "") is None
