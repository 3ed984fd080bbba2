"""Payment modes: their names differ however they are written."""

import pytest

from agency.errors import ConflictError
from agency.records.history import history_of
from agency.reference.models import PaymentMode
from agency.reference.modes import operations as modes

pytestmark = pytest.mark.django_db


def test_a_mode_is_made_changed_and_retired_with_its_history(staff):
    jane = staff()
    mode = modes.create(name="Bitcoin", by=jane)
    modes.update(mode, by=jane, description="By arrangement")
    modes.update(mode, by=jane, is_active=False)
    mode.refresh_from_db()
    assert (mode.description, mode.is_active) == ("By arrangement", False)
    assert [event.changes for event in history_of(mode)] == [
        {"is_active": [True, False]},
        {"description": ["", "By arrangement"]},
        {"name": [None, "Bitcoin"]},
    ]


def test_a_name_is_given_once_whatever_its_case(staff):
    with pytest.raises(ConflictError):
        modes.create(name="bank TRANSFER", by=staff())
    card = PaymentMode.objects.get(name="Card")
    with pytest.raises(ConflictError):
        modes.update(card, by=staff(), name="CASH")
    modes.update(card, by=staff(), name="CARD")
    assert PaymentMode.objects.filter(name="CARD").count() == 1
