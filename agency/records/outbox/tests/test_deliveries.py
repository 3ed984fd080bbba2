"""What an administrator sees of the outbox, on the page and in the admin."""

import pytest
from django.db import transaction

from agency.records import shell
from agency.records.outbox import operations as outbox
from agency.records.outbox.models import Effect
from agency.reference import organisation

State = Effect.State


@pytest.fixture
def dead(db):
    """A mail that only a person can help."""
    with transaction.atomic():
        effect = outbox.enqueue(
            "mail",
            {
                "to": ["kim@example.com"],
                "subject": "Invoice 7",
                "text": "Open https://agency.test/p/secret",
                "link": ["View", "https://agency.test/p/secret"],
            },
        )
    Effect.objects.filter(pk=effect.pk).update(
        state=State.DEAD, attempts=10, last_error="The mail server refused kim@example.com"
    )
    effect.refresh_from_db()
    return effect


def test_what_needs_attention_is_counted_in_the_menu(dead, staff, page):
    boss = staff()
    assert shell.needing_attention(boss) == (1, "bad")
    counts = page(boss).get("/menu/counts").json()
    assert counts["/settings/effects"] == {"n": 1, "tone": "bad"}


def test_deliveries_are_listed_by_state(dead, staff, page):
    client = page(staff())
    shown = client.get("/settings/effects?tab=dead").content.decode()
    assert "Invoice 7, to kim@example.com" in shown
    assert "The mail server refused kim@example.com" in shown
    assert "Invoice 7" not in client.get("/settings/effects?tab=done").content.decode()
    assert "Invoice 7" in client.get("/settings/effects?search=kim@").content.decode()
    assert "Invoice 7" not in client.get("/settings/effects?search=bob@").content.decode()


def test_a_delivery_tells_what_it_is_but_no_clients_link(dead, staff, page):
    client = page(staff())
    shown = client.get(f"/settings/effects/{dead.pk}").content.decode()
    assert "Needs attention" in shown
    assert "kim@example.com" in shown
    assert "secret" not in shown
    assert "secret" not in client.get("/settings/effects").content.decode()


def test_a_delivery_is_retried_from_its_page(
    dead, staff, page, django_capture_on_commit_callbacks, mailoutbox
):
    client = page(staff(first_name="Jane", last_name="Doe"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/settings/effects/{dead.pk}/retry")
    dead.refresh_from_db()
    assert (dead.state, len(mailoutbox)) == (State.DONE, 1)
    shown = client.get(f"/settings/effects/{dead.pk}").content.decode()
    assert "<b>Jane Doe</b> asked to try it again" in shown


def test_a_delivery_is_cancelled_from_its_page(dead, staff, page):
    page(staff()).post(f"/settings/effects/{dead.pk}/cancel")
    dead.refresh_from_db()
    assert dead.state == State.CANCELLED


def test_only_those_who_manage_the_settings_see_deliveries(dead, staff, page):
    client = page(staff(settings="update"))
    for path in ("/settings/effects", f"/settings/effects/{dead.pk}"):
        assert client.get(path).status_code == 403
    assert client.post(f"/settings/effects/{dead.pk}/retry").status_code == 403
    assert page().get("/settings/effects").status_code == 302
    dead.refresh_from_db()
    assert dead.state == State.DEAD


def test_the_list_costs_the_same_for_one_and_for_three(
    dead, staff, page, django_assert_num_queries
):
    client = page(staff())
    client.get("/settings/effects")
    for turn in range(2):
        organisation.current()  # kept for some seconds, which a slow machine may take
        with django_assert_num_queries(5):
            assert client.get("/settings/effects").status_code == 200
        for number in range(2):
            Effect.objects.create(kind="mail", payload={}, key=f"more-{turn}-{number}")


@pytest.mark.parametrize("name", ["event", "note", "comment", "attachment", "effect", "publiclink"])
def test_the_admin_lists_and_searches_each_kind_of_record(dead, staff, page, name):
    client = page(staff(is_staff=True))
    path = f"/admin/records/{name}/"
    assert client.get(f"{path}?q=7").status_code == 200
    assert client.get(f"{path}add/").status_code == 403
    assert page(staff(is_staff=True, customers="manage")).get(path).status_code == 403


def test_the_admin_shows_an_effect_without_its_text(dead, staff, page):
    client = page(staff(is_staff=True))
    shown = client.get(f"/admin/records/effect/{dead.pk}/change/").content.decode()
    assert "The mail server refused" in shown
    assert "secret" not in shown


def test_the_admin_retries_and_cancels(
    dead, staff, page, django_capture_on_commit_callbacks, mailoutbox
):
    client = page(staff(is_staff=True))
    chosen = {"action": "cancel", "_selected_action": [dead.pk]}
    client.post("/admin/records/effect/", chosen)
    dead.refresh_from_db()
    assert dead.state == State.CANCELLED
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/admin/records/effect/", {**chosen, "action": "retry"})
    dead.refresh_from_db()
    assert (dead.state, len(mailoutbox)) == (State.DONE, 1)
