"""The history of a record: who did what, for those who may see it, never rewritten."""

import pytest
from django.db import DatabaseError, connection, transaction

from agency.records import channel, history
from agency.records.events.models import Event
from agency.records.outbox.models import Effect
from crm.customers.models import Customer


@pytest.fixture
def acme(db):
    return Customer.objects.create(name="Acme")


def entries(response) -> list[str]:
    assert response.status_code == 200, response.content
    return [entry["action"] for entry in response.json()["entries"]]


def test_history_tells_who_did_what_newest_first(acme, staff, api):
    jane = staff(first_name="Jane", last_name="Doe")
    history.record(acme, "created", by=jane, name=[None, "Acme"])
    with channel.through("job: nightly"):
        last = history.record(acme, "updated", by=None, city=["", "Sydney"])
    answer = api(jane).get(f"/api/history/company/{acme.pk}")
    assert answer.status_code == 200
    found = answer.json()["entries"]
    assert [entry["action"] for entry in found] == ["updated", "created"]
    assert found[0] == {
        "id": str(last.pk),
        "resource_type": "company",
        "resource_id": str(acme.pk),
        "actor_id": None,
        "action": "updated",
        "details": {"city": ["", "Sydney"]},
        "created_at": found[0]["created_at"],
        "actor_name": None,
    }
    assert (found[1]["actor_id"], found[1]["actor_name"]) == (str(jane.pk), "Jane Doe")


def test_history_is_at_most_two_hundred_entries_and_four_statements(
    acme, staff, api, django_assert_num_queries
):
    jane = staff()
    history.record_all([history.event(acme, f"step {n}", by=jane) for n in range(205)])
    client = api(jane)
    with django_assert_num_queries(2):  # the customer, the entries
        answer = client.get(f"/api/history/customer/{acme.pk}")
    assert entries(answer) == [f"step {n}" for n in range(204, 4, -1)]


@pytest.mark.parametrize("path", ["customer/0", "customer/x", "customer/99999999999999999999"])
def test_an_id_that_is_none_is_not_found(staff, api, path):
    assert api(staff()).get(f"/api/history/{path}").status_code == 404


@pytest.mark.parametrize("kind", ["unicorn", "session", "%00", "a" * 300])
def test_an_unknown_kind_of_record_is_not_found(staff, api, kind):
    assert api(staff()).get(f"/api/history/{kind}/1").status_code == 404


def test_history_needs_the_right_to_view_the_records_tool(acme, staff, api):
    path = f"/api/history/customer/{acme.pk}"
    assert api().get(path).status_code == 401
    assert api(staff(deals="manage")).get(path).status_code == 403
    assert api(staff(customers="view")).get(path).status_code == 200


def test_what_happened_to_a_mail_is_told_to_who_manages_the_settings(db, staff, api):
    path = f"/api/history/effect/{Effect.objects.create(kind='mail').pk}"
    assert api(staff(settings="update")).get(path).status_code == 403
    assert api(staff(settings="manage")).get(path).status_code == 200


def test_the_history_of_a_record_out_of_reach_is_not_found(acme, staff, api):
    jane = staff(customers="view", scope="own")
    history.record(acme, "updated", by=jane)
    path = f"/api/history/customer/{acme.pk}"
    assert api(jane).get(path).status_code == 404
    Customer.objects.filter(pk=acme.pk).update(owner=jane)
    assert entries(api(jane).get(path)) == ["updated"]


def test_the_history_of_a_deleted_record_stays_readable(acme, staff, api):
    boss, jane, kim = staff(), *(staff(customers="view", scope="own") for _ in range(2))
    path = f"/api/history/customer/{acme.pk}"
    history.record(acme, "updated", by=jane)
    history.record(acme, "deleted", by=boss)
    acme.delete()
    assert entries(api(boss).get(path)) == ["deleted", "updated"]
    assert entries(api(jane).get(path)) == ["deleted", "updated"]
    assert api(kim).get(path).status_code == 404
    assert api(staff(deals="manage")).get(path).status_code == 403


def test_a_record_that_never_was_has_no_history(staff, api):
    assert api(staff()).get("/api/history/customer/4711").status_code == 404


def test_history_cannot_be_rewritten_through_the_models(acme):
    event = history.record(acme, "created", by=None)
    for rewrite in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(verb="x"),
    ):
        with pytest.raises(TypeError):
            rewrite()
    assert list(Event.objects.values_list("verb", flat=True)) == ["created"]


def test_history_cannot_be_rewritten_past_the_models(acme):
    event = history.record(acme, "created", by=None)
    statements = ["UPDATE records_event SET verb = 'x' WHERE id = %s"]
    if connection.vendor == "postgresql":
        statements.append("DELETE FROM records_event WHERE id = %s")
    for statement in statements:
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [event.pk])
    assert list(Event.objects.values_list("verb", flat=True)) == ["created"]
