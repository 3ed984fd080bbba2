"""Links for clients: unguessable, for one document, until they expire or are revoked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agency.errors import BusinessError
from agency.records import history
from agency.records.links import operations as links
from agency.records.links.models import PublicLink
from crm.customers.models import Customer


@pytest.fixture
def acme(db):
    return Customer.objects.create(name="Acme")


def test_a_link_opens_its_document(acme, staff):
    jane = staff()
    link, token = links.create(acme, by=jane)
    assert len(token) == 32
    assert links.find(token, "customer") == link
    assert link.subject == acme
    assert token not in str(PublicLink.objects.values().get())
    [event] = history.history_of(acme)
    assert (event.verb, event.by) == ("link_created", jane)
    assert token not in str(event.changes)


def test_a_link_opens_nothing_else(acme, staff):
    link, token = links.create(acme, by=staff())
    assert links.find(token, "invoice") is None
    assert links.find(token[:-1], "customer") is None
    assert links.find(link.digest, "customer") is None


@pytest.mark.parametrize("token", ["", "x" * 65, "\udcff", "\0", "%"])
def test_a_token_that_is_none_opens_nothing(db, token):
    assert links.find(token, "customer") is None


def test_two_links_have_two_tokens(acme, staff):
    jane = staff()
    assert links.create(acme, by=jane)[1] != links.create(acme, by=jane)[1]


def test_a_revoked_link_opens_nothing(acme, staff):
    jane = staff()
    link, token = links.create(acme, by=jane)
    links.revoke(link, by=jane)
    links.revoke(link, by=jane)
    assert links.find(token, "customer") is None
    assert [event.verb for event in history.history_of(acme)] == ["link_revoked", "link_created"]


def test_an_expired_link_opens_nothing(acme, staff):
    link, token = links.create(acme, by=staff(), days=1)
    PublicLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert links.find(token, "customer") is None
    link.refresh_from_db()
    assert link.is_live is False


def test_all_links_of_a_document_are_revoked_at_once(acme, staff):
    jane = staff()
    tokens = [links.create(acme, by=jane)[1] for _ in range(2)]
    assert links.revoke_all(acme, by=jane) == 2
    assert [links.find(token, "customer") for token in tokens] == [None, None]


@pytest.mark.parametrize("days", [0, -1, 731])
def test_a_link_is_good_for_a_while_and_not_for_ever(acme, staff, days):
    with pytest.raises(BusinessError) as refused:
        links.create(acme, by=staff(), days=days)
    assert refused.value.field == "days"
    assert PublicLink.objects.count() == 0


def test_looking_for_a_link_writes_nothing_and_opening_is_told(
    acme, staff, django_assert_num_queries
):
    link, token = links.create(acme, by=staff())
    with django_assert_num_queries(1) as statements:
        links.find(token, "customer")
    assert statements[0]["sql"].startswith("SELECT")
    links.opened(link)
    links.opened(link)
    link.refresh_from_db()
    assert link.opened == 2
    assert link.last_opened_at is not None
