"""Mapping rules: which account a service type is booked to."""

import pytest

from agency.records.history import history_of
from agency.tests.racing import race
from billing.mapping import operations
from billing.mapping.models import MappingRule
from budgets.models import ServiceType

ADMIN = "/admin/billing/mappingrule/"


@pytest.fixture
def design(db) -> ServiceType:
    return ServiceType.objects.create(name="Design")


def test_the_first_put_makes_the_rule_and_the_next_changes_it(api, staff, design):
    client, path = api(staff()), f"/api/invoices/mapping-rules/{design.pk}"

    client.put(path, {"xero_account_code": "200", "description": None})
    shown = client.put(path, {"xero_account_code": "210"}).json()["rule"]

    assert (shown["service_type_name"], shown["xero_account_code"]) == ("Design", "210")
    rule = MappingRule.objects.get()
    assert [event.verb for event in history_of(rule)] == ["updated", "created"]
    assert client.get("/api/invoices/mapping-rules").json() == {"rules": [shown]}


@pytest.mark.parametrize(("level", "status"), [("update", 403), ("manage", 200)])
def test_setting_a_rule_needs_the_manage_level(api, staff, design, level, status):
    path = f"/api/invoices/mapping-rules/{design.pk}"

    answer = api(staff(invoices=level)).put(path, {"xero_account_code": "200"})

    assert answer.status_code == status
    assert MappingRule.objects.count() == (status == 200)


def test_the_admin_takes_the_same_way(page, staff, design):
    jane = page(staff(is_staff=True))
    other = ServiceType.objects.create(name="Build")
    wrong = jane.post(f"{ADMIN}add/", {"service_type": design.pk, "xero_account_code": "20 0"})
    jane.post(f"{ADMIN}add/", {"service_type": design.pk, "xero_account_code": "200"})
    rule = MappingRule.objects.get()

    typed = {"service_type": other.pk, "xero_account_code": "210"}
    jane.post(f"{ADMIN}{rule.pk}/change/", typed)
    jane.post(f"{ADMIN}{rule.pk}/delete/", {"post": "yes"})

    assert operations.WRONG_CODE in wrong.content.decode()
    rules = list(MappingRule.objects.values_list("service_type", "xero_account_code"))
    assert rules == [(design.pk, "210")]
    assert [event.verb for event in history_of(rule)] == ["updated", "created"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_at_once_make_one_rule(staff, design):
    jane = staff()

    made = race(8, lambda n: operations.upsert(design, by=jane, xero_account_code=f"20{n}"))

    assert [one for one in made if isinstance(one, Exception)] == []
    assert MappingRule.objects.count() == 1
