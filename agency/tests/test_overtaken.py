"""What the database alone refuses, as after a race, is said on the page it happened on."""

import pytest
from django.contrib.messages import get_messages
from django.db import DataError, IntegrityError

from crm.customers import operations as customers

pytestmark = pytest.mark.django_db
NEW = "/customers/new"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (IntegrityError, "Another change came first; read the record again."),
        (DataError, "A value is too long or too large for its field."),
    ],
)
def test_a_write_that_came_second_is_told_so(page, staff, monkeypatch, error, said):
    def overtaken(**values):
        raise error

    monkeypatch.setattr(customers, "create", overtaken)
    for headers, status in (({}, 303), ({"HX-Request": "true"}, 204)):
        answer = page(staff()).post(NEW, {"name": "Acme", "currency": "AUD"}, headers=headers)
        assert answer.status_code == status
        assert [str(one) for one in get_messages(answer.wsgi_request)] == [said]
