"""The pages of the catalogue, and lines that start from it."""

from decimal import Decimal

import pytest

from agency.reference.models import Tax
from agency.reference.taxes import operations as taxes
from agency.ui import palette
from billing.invoices.tests.factories import make_invoice
from billing.items import operations as items
from billing.items.models import Item, ItemGroup

pytestmark = pytest.mark.django_db
TYPED = {"description": "Consulting hour", "rate": "1,150.50", "unit": "hour", "group": "2"}


@pytest.fixture
def hosting(staff):
    return items.create(
        by=staff(),
        description="Hosting",
        rate=Decimal(20),
        unit="month",
        group_id=5,
        tax=Tax.objects.get(code="EXEMPTEXPORT"),
    )


def test_an_item_is_added_and_changed(page, staff):
    client = page(staff(items="update"))

    added = client.post("/items/new", TYPED)
    item = Item.objects.get()
    changed = client.post(f"/items/{item.pk}", TYPED | {"rate": "1200", "tax": "1"})

    assert (added.url, changed.url) == ("/items", "/items")
    item.refresh_from_db()
    assert (item.rate, item.group.name, item.tax.code) == (1200, "Consulting", "OUTPUT")
    assert item.is_active is False  # the box was not ticked


@pytest.mark.parametrize(("field", "value"), [("description", ""), ("rate", "-1"), ("tax", "99")])
def test_what_is_wrong_is_told_beside_it(page, staff, field, value):
    answer = page(staff()).post("/items/new", TYPED | {field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Item.objects.exists()


def test_a_retired_tax_may_stay_on_the_form(page, staff, hosting):
    taxes.update(hosting.tax, by=staff(), is_active=False)
    typed = TYPED | {"tax": hosting.tax_id, "is_active": "on"}
    assert page(staff()).post(f"/items/{hosting.pk}", typed).status_code == 302
    assert Item.objects.get().tax_id == hosting.tax_id


def test_readers_see_the_list_without_doors(page, staff, hosting):
    seen = page(staff(items="view")).get("/items").content.decode()
    managed = page(staff(items="update")).get("/items").content.decode()
    assert ("Hosting" in seen, f"/items/{hosting.pk}" in seen, "New item" in seen) == (
        True,
        False,
        False,
    )
    assert f'href="/items/{hosting.pk}" data-dialog' in managed


def test_items_are_withdrawn_offered_and_deleted_together(page, staff, hosting):
    client, chosen = page(staff()), {"row": hosting.pk}
    client.post("/items", chosen | {"action": "withdraw"})
    assert Item.objects.get().is_active is False
    client.post("/items", chosen | {"action": "offer"})
    assert Item.objects.get().is_active is True
    client.post("/items", chosen | {"action": "delete", "confirmed": "1"})
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Consulting", "Hosting"]),
        ("?group_id=2", ["Consulting"]),
        ("?search=licences", ["Hosting"]),
        ("?sort=-price", ["Consulting", "Hosting"]),
        ("?tab=withdrawn", []),
    ],
)
def test_the_list_is_filtered_and_ordered(page, staff, hosting, query, names):
    jane = staff()
    items.create(by=jane, description="Consulting", rate=Decimal(150), group_id=2)
    client = page(jane)
    answer = client.get(f"/items{query}")
    assert [row.record.description for row in answer.context["rows"]] == names
    exported = client.get(f"/items{query or '?'}&export=csv")
    lines = b"".join(exported.streaming_content).decode().splitlines()[1:]
    assert [line.split(",")[0] for line in lines] == names


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_however_long(page, staff, django_assert_num_queries, size):
    jane = staff()
    for _ in range(size):
        items.create(by=jane, description="Hour", rate=Decimal(1), group_id=2)
    client = page(jane)
    client.get("/items")
    # person, groups of the filter, count, rows, tab counts, saved views
    with django_assert_num_queries(6):
        answer = client.get("/items")
    assert len(answer.context["rows"]) == size


def test_groups_are_added_renamed_and_deleted_when_empty(page, staff, hosting):
    client, url = page(staff()), "/settings/item-groups"
    client.post(f"{url}/new", {"name": "Training"})
    training = ItemGroup.objects.get(name="Training")
    twin = client.post(f"{url}/{training.pk}", {"name": "design"})
    assert (twin.status_code, list(twin.context["form"].errors)) == (422, ["name"])
    client.post(f"{url}/{training.pk}", {"name": "Workshops"})
    chosen = {"row": [training.pk, hosting.group_id]}
    client.post(url, chosen | {"action": "delete", "confirmed": "1"})
    assert not ItemGroup.objects.filter(pk=training.pk).exists()
    assert ItemGroup.objects.filter(pk=hosting.group_id).exists()


def test_search_leads_to_the_form_or_for_readers_to_the_list(staff, hosting):
    def hit(person):
        [found] = [group for group in palette.search(person, "host") if group.label == "Items"]
        return [(one.label, one.url, one.detail, one.dialog) for one in found.hits]

    price = "20.00 per month"
    assert hit(staff(items="update")) == [("Hosting", f"/items/{hosting.pk}", price, True)]
    assert hit(staff(items="view")) == [("Hosting", "/items?search=Hosting", price, False)]


def test_the_line_editor_offers_the_catalogue_with_what_a_line_starts_with(page, staff, hosting):
    items.create(by=staff(), description="Old hosting", rate=Decimal(9), is_active=False)
    client = page(staff(invoices="update", items="view"))
    assert 'data-pick-url="/pick/items"' in client.get("/invoices/new").content.decode()
    assert client.get("/pick/items?q=hosting").json() == {
        "options": [
            {
                "value": str(hosting.pk),
                "text": "Hosting",
                "detail": "20.00 per month",
                "fills": {
                    "description": "Hosting",
                    "unit": "month",
                    "unit_price": "20.00",
                    "tax_type": "EXEMPTEXPORT",
                },
            }
        ]
    }


def test_without_the_catalogue_the_editor_offers_none(page, staff):
    client = page(staff(invoices="update"))
    assert "/pick/items" not in client.get("/invoices/new").content.decode()
    assert client.get("/pick/items").status_code == 404


def test_a_line_keeps_its_unit_and_the_paper_shows_it(page, staff):
    jane = staff()
    invoice = make_invoice(jane)
    line = invoice.lines.get()
    data = {
        "issued_on": "2026-11-02",
        "currency": "AUD",
        "customer": invoice.customer_id,
        "lines-TOTAL_FORMS": 1,
        "lines-INITIAL_FORMS": 1,
        "lines-0-id": line.pk,
        "lines-0-description": "Hosting",
        "lines-0-quantity": "3",
        "lines-0-unit": "month",
        "lines-0-unit_price": "20",
        "lines-0-ORDER": 1,
    }
    page(jane).post(f"/invoices/{invoice.pk}/edit", data)
    line.refresh_from_db()
    assert (line.unit, line.amount) == ("month", 60)
    assert "3 month" in page(jane).get(f"/invoices/{invoice.pk}").content.decode()
