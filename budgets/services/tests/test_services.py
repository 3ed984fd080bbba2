"""The list of services, in the API."""

from decimal import Decimal

import pytest

from agency.records.history import history_of
from budgets.budgets.tests.factories import make_budget, make_line, make_service
from budgets.services.models import ServiceType

pytestmark = pytest.mark.django_db


def test_a_manager_adds_a_service_with_its_usual_price(api, staff):
    jane = staff(budgets="manage")
    body = {"name": "UX design", "default_rate": 175.5, "category": "Design"}

    response = api(jane).post("/api/service-types", body)

    assert response.status_code == 201
    service = ServiceType.objects.get()
    assert response.json() == {
        "service_type": {
            "id": str(service.pk),
            "name": "UX design",
            "description": "",
            "default_rate": 175.50,
            "unit": "hour",
            "category": "Design",
            "position": 0,
            "is_active": True,
            "created_at": response.json()["service_type"]["created_at"],
            "updated_at": response.json()["service_type"]["updated_at"],
        }
    }
    assert b'"default_rate":175.50' in response.content
    assert [event.verb for event in history_of(service)] == ["created"]


def test_new_services_go_to_the_end(api, staff):
    jane = staff(budgets="manage")
    for name in ("Strategy", "Design", "Build"):
        api(jane).post("/api/service-types", {"name": name})

    found = api(jane).get("/api/service-types").json()["service_types"]

    assert [(row["name"], row["position"]) for row in found] == [
        ("Strategy", 0),
        ("Design", 1),
        ("Build", 2),
    ]


def test_a_name_is_given_once_whatever_its_case(api, staff):
    make_service(name="Design")

    response = api(staff(budgets="manage")).post("/api/service-types", {"name": "design"})

    assert response.status_code == 409
    assert list(response.json()["errors"]) == ["name"]
    assert ServiceType.objects.count() == 1


def test_a_change_is_kept_with_before_and_after(api, staff):
    service = make_service(name="Design", default_rate=Decimal(150))

    response = api(staff(budgets="manage")).put(
        f"/api/service-types/{service.pk}", {"default_rate": "165.25"}
    )

    assert response.json()["service_type"]["default_rate"] == 165.25
    [event] = history_of(service)
    assert (event.verb, event.changes) == ("updated", {"default_rate": ["150.0000", "165.2500"]})


def test_a_used_service_is_switched_off_rather_than_deleted(api, staff):
    service = make_service()
    make_line(make_budget(), service_type=service)

    response = api(staff(budgets="manage")).delete(f"/api/service-types/{service.pk}")

    assert response.status_code == 409
    assert ServiceType.objects.filter(pk=service.pk).exists()
    assert history_of(service).count() == 0


def test_an_unused_service_is_deleted(api, staff):
    service = make_service()

    response = api(staff(budgets="manage")).delete(f"/api/service-types/{service.pk}")

    assert (response.status_code, response.json()) == (200, {"ok": True})
    assert not ServiceType.objects.exists()


def test_services_are_put_in_a_new_order(api, staff):
    first, second, third = (make_service(position=n) for n in range(3))
    ids = [str(third.pk), first.pk, str(second.pk)]

    response = api(staff(budgets="manage")).put("/api/service-types/reorder", {"ids": ids})

    assert (response.status_code, response.json()) == (200, {"ok": True})
    assert list(ServiceType.objects.in_order()) == [third, first, second]


@pytest.mark.parametrize("wrong", ["missing", "twice", "unknown"])
def test_a_wrong_order_moves_nothing(api, staff, wrong):
    first, second = (make_service(position=n) for n in range(2))
    ids = {
        "missing": [second.pk],
        "twice": [second.pk, first.pk, first.pk],
        "unknown": [second.pk, first.pk, 999],
    }[wrong]

    response = api(staff(budgets="manage")).put("/api/service-types/reorder", {"ids": ids})

    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["ids"]
    assert list(ServiceType.objects.in_order()) == [first, second]


def test_filters_find_active_services_and_words(api, staff):
    design, build = make_service(name="Design"), make_service(name="Build", is_active=False)
    jane = api(staff(budgets="view"))

    def ids(query):
        return [
            row["id"] for row in jane.get(f"/api/service-types?{query}").json()["service_types"]
        ]

    assert ids("is_active=true") == [str(design.pk)]
    assert ids("search=buil") == [str(build.pk)]


@pytest.mark.parametrize("grant", [None, "view", "update"])
def test_writing_services_needs_manage(api, staff, grant):
    service = make_service(name="Design")
    client = api(staff(budgets=grant))
    path = f"/api/service-types/{service.pk}"

    answers = [
        client.post("/api/service-types", {"name": "Build"}),
        client.put(path, {"name": "Build"}),
        client.patch(path, {"name": "Build"}),
        client.delete(path),
        client.put("/api/service-types/reorder", {"ids": [service.pk]}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert [row.name for row in ServiceType.objects.all()] == ["Design"]


@pytest.mark.parametrize(("grant", "expected"), [(None, 403), ("view", 200)])
def test_reading_services_needs_view(api, staff, grant, expected):
    service = make_service()
    client = api(staff(budgets=grant))

    assert client.get("/api/service-types").status_code == expected
    assert client.get(f"/api/service-types/{service.pk}").status_code == expected


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_one_statement_however_long(api, staff, django_assert_num_queries, size):
    client = api(staff(budgets="view"))
    for _ in range(size):
        make_service()

    with django_assert_num_queries(1):
        found = client.get("/api/service-types").json()["service_types"]

    assert len(found) == size
