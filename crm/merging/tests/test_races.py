"""What two people do to the same customers at one moment. Needs PostgreSQL's row locks."""

import pytest

from agency.errors import ConflictError
from agency.tests.racing import race
from crm.customers.models import Customer
from crm.customers.tests.factories import make_contact, make_customer, make_deal
from crm.merging import operations
from crm.merging.jobs import bring_along
from crm.models import Deal

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_of_two_merges_in_opposite_directions_one_wins(staff, extent):
    jane = staff()
    for _ in range(extent(40)):
        pair = [make_customer(), make_customer()]
        for one in pair:
            make_contact(one, is_primary=True)
            make_deal(customer=one)

        found = race(
            2, lambda at, pair=pair: operations.merge(pair[at], into=pair[1 - at], by=jane)
        )

        refused = [one for one in found if isinstance(one, ConflictError)]
        [stays] = [one for one in found if isinstance(one, Customer)]
        assert (len(refused), stays.deals.count(), stays.contacts.count()) == (1, 2, 2)


def test_a_deal_added_during_a_merge_is_not_left_behind(staff, extent):
    jane = staff()
    for _ in range(extent(40)):
        gone, stays = make_customer(), make_customer()
        steps = [
            lambda gone=gone, stays=stays: operations.merge(gone, into=stays, by=jane),
            lambda gone=gone: make_deal(customer=gone),
        ]

        race(2, lambda at, steps=steps: steps[at]())
        bring_along()

        assert (Deal.objects.filter(customer=gone).count(), stays.deals.count()) == (0, 1)
