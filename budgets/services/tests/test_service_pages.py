"""The page of services in the settings."""

from decimal import Decimal

import pytest
from django.contrib.messages import get_messages

from budgets.budgets.tests.factories import make_budget, make_line, make_service
from budgets.services.models import ServiceType

pytestmark = pytest.mark.django_db
PAGE = "/settings/service-types"
TYPED = {"name": "UX design", "default_rate": "175.50", "unit": "hour", "is_active": "on"}


def test_everybody_with_budgets_reads_the_list_and_managers_change_it(page, staff):
    make_service(name="UX design")

    seen = page(staff(budgets="view")).get(PAGE).content.decode()
    managed = page(staff(budgets="manage")).get(PAGE).content.decode()

    assert ("UX design" in seen, "New service type" in seen) == (True, False)
    assert "New service type" in managed


def test_a_service_is_added_and_changed(page, staff):
    client = page(staff(budgets="manage"))

    client.post(f"{PAGE}/new", TYPED)
    service = ServiceType.objects.get()
    client.post(f"{PAGE}/{service.pk}/edit", TYPED | {"default_rate": "180", "is_active": ""})

    service.refresh_from_db()
    assert (service.default_rate, service.is_active) == (Decimal(180), False)


def test_a_name_that_is_taken_is_told_beside_it(page, staff):
    make_service(name="UX Design")

    response = page(staff(budgets="manage")).post(f"{PAGE}/new", TYPED)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["name"]


def test_services_are_dragged_and_moved(page, staff):
    client = page(staff(budgets="manage"))
    first, second, third = (make_service(position=n) for n in range(3))

    ids = f"{third.pk},{first.pk},{second.pk}"
    assert client.post(f"{PAGE}/order", {"ids": ids}).status_code == 204
    client.post(f"{PAGE}/{third.pk}/down")
    client.post(f"{PAGE}/{second.pk}/up")

    assert list(ServiceType.objects.in_order()) == [first, second, third]
    assert client.post(f"{PAGE}/order", {"ids": "1"}).status_code == 409


def test_a_used_service_is_kept_and_the_reason_told(page, staff):
    service = make_service(name="UX")
    make_line(make_budget(), service_type=service)

    response = page(staff(budgets="manage")).post(f"{PAGE}/{service.pk}/delete")

    assert ServiceType.objects.exists()
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "“UX” is used by budgets or invoices. Make it inactive instead."
    ]


@pytest.mark.parametrize("grant", [None, "view", "update"])
def test_changing_services_needs_manage(page, staff, grant):
    service = make_service()
    client = page(staff(budgets=grant))

    answers = [
        client.post(f"{PAGE}/new", TYPED),
        client.post(f"{PAGE}/{service.pk}/edit", TYPED),
        client.post(f"{PAGE}/{service.pk}/delete"),
        client.post(f"{PAGE}/{service.pk}/up"),
        client.post(f"{PAGE}/order", {"ids": str(service.pk)}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert ServiceType.objects.get().name == service.name
