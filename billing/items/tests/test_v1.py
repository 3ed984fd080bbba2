"""The catalogue through ``/api/v1/items``."""

from decimal import Decimal

import pytest

from agency.reference.models import Tax
from billing.items import operations as items
from billing.items.models import Item

pytestmark = pytest.mark.django_db
URL = "/api/v1/items"
# The document's own example.
HOUR = {"description": "Consulting Hour", "rate": 150.00, "group_id": 2, "unit": "hour"}


@pytest.fixture
def boss(staff):
    return staff("executive")


@pytest.fixture
def hosting(boss):
    return items.create(by=boss, description="Hosting", rate=Decimal(20), group_id=5)


def test_the_documents_own_example_makes_an_item(api, boss):
    answer = api(boss).post(URL, HOUR)
    assert answer.status_code == 201, answer.json()
    assert b'"rate":150.00' in answer.content
    shown = answer.json()["data"]
    assert shown == {
        "id": Item.objects.get().pk,
        "taxrate": None,
        "datecreated": shown["datecreated"],
        "description": "Consulting Hour",
        "long_description": "",
        "rate": 150,
        "unit": "hour",
        "tax": None,
        "tax_name": None,
        "group_id": 2,
        "group_name": "Consulting",
        "active": True,
    }
    assert answer.json()["message"] == "Item created."


def test_the_documents_own_example_changes_and_deletes_an_item(api, boss, hosting):
    url = f"{URL}/{hosting.pk}"
    body = {"rate": 175.00, "description": "Senior Consulting Hour"}
    shown = api(boss).put(url, body).json()["data"]
    assert {name: shown[name] for name in body} == body
    assert api(boss).get(url).json()["data"] == shown
    gone = api(boss).delete(url).json()
    assert gone == {"data": {"id": hosting.pk}, "message": "Item deleted."}
    assert api(boss).get(url).status_code == 404


def test_a_group_and_a_tax_are_sent_by_id_or_name(api, boss, hosting):
    gst = Tax.objects.get(code="OUTPUT")
    url = f"{URL}/{hosting.pk}"
    by_name = api(boss).put(url, {"group_id": "hosting_and_licences", "tax": "output"}).json()
    by_id = api(boss).put(url, {"group_id": "5", "tax": gst.pk}).json()
    assert by_name["data"] == by_id["data"]
    assert (by_id["data"]["tax"], by_id["data"]["tax_name"], by_id["data"]["taxrate"]) == (
        gst.pk,
        gst.name,
        10,
    )
    none = api(boss).put(url, {"group_id": None, "tax": ""}).json()["data"]
    assert (none["group_id"], none["group_name"], none["tax"]) == (None, None, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("description", ""),
        ("description", "x" * 301),
        ("rate", -1),
        ("rate", "much"),
        ("rate", None),
        ("group_id", 77),
        ("tax", "moon"),
        ("unit", "x" * 31),
    ],
)
def test_bad_input_names_the_field(api, boss, field, value):
    answer = api(boss).post(URL, HOUR | {field: value})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not Item.objects.exists()


@pytest.mark.parametrize("field", ["description", "rate"])
def test_what_is_required_is_named(api, boss, field):
    body = {name: value for name, value in HOUR.items() if name != field}
    assert list(api(boss).post(URL, body).json()["errors"]) == [field]


def test_filters_narrow_the_list(api, boss, hosting):
    hour = items.create(
        by=boss, description="Consulting hour", rate=Decimal(150), group_id=2, is_active=False
    )

    def ids(query):
        return [row["id"] for row in api(boss).get(f"{URL}?{query}").json()["data"]]

    assert ids("") == [hour.pk, hosting.pk]
    assert ids("group_id=2") == ids("group_id=consulting") == ids("search=HOUR") == [hour.pk]
    assert ids("active=1") == ids("search=licences") == ids("sort=rate&limit=1") == [hosting.pk]
    unknown = api(boss).get(f"{URL}?group_id=77")
    assert (unknown.status_code, list(unknown.json()["errors"])) == (400, ["group_id"])


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_costs_the_same_however_many_rows(
    api, boss, hosting, number, django_assert_num_queries
):
    for name in "ABC":
        items.create(by=boss, description=name, rate=Decimal(1), group_id=1)
    client = api(boss)
    with django_assert_num_queries(3):
        client.get(f"{URL}?limit={number}")


@pytest.mark.parametrize("path", ["/api/v1/items/groups", "/api/v1/item-groups"])
def test_the_groups_come_whole_to_everybody(api, staff, path):
    answer = api(staff(moon="view")).get(path).json()
    assert answer["data"][:2] == [{"id": 1, "name": "General"}, {"id": 2, "name": "Consulting"}]
    assert answer["total"] == len(answer["data"]) == 5


@pytest.mark.parametrize(
    ("grant", "answers"),
    [
        (None, [403, 403, 403, 403]),
        ("view", [200, 403, 403, 403]),
        ("update", [200, 201, 200, 403]),
    ],
)
def test_each_step_needs_its_level(api, staff, hosting, grant, answers):
    client, url = api(staff(items=grant)), f"{URL}/{hosting.pk}"
    given = [
        client.get(url),
        client.post(URL, HOUR),
        client.put(url, {"unit": "month"}),
        client.delete(url),
    ]
    assert [answer.status_code for answer in given] == answers
    assert Item.objects.get(pk=hosting.pk).unit == ("month" if grant == "update" else "")
