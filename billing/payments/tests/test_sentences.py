"""The history of money reads as sentences."""

import pytest

from agency.records.activity import feed
from agency.records.models import Event


def said(verb, **changes) -> feed.Item:
    return feed.step(Event(subject_type="invoice", verb=verb, through="page", changes=changes))


@pytest.mark.parametrize(
    ("verb", "changes", "sentence"),
    [
        (
            "payment_recorded",
            {"payment": [None, {"id": 1, "amount": "6000.0000"}], "currency": "AUD"},
            "recorded a payment of AUD 6,000.00",
        ),
        (
            "payment_deleted",
            {"payment": [{"id": 1, "amount": "12.5000"}, None], "currency": "JPY"},
            "took back a payment of JPY 13",
        ),
        ("line_item_added", {"line": [None, {"description": "UX"}]}, "added the line “UX”"),
        ("line_item_removed", {"line": {"id": 3, "name": "UX"}}, "removed the line “UX”"),
        ("sent", {"status": ["approved", "sent"], "number": "INV-1"}, "marked it as sent"),
    ],
)
def test_money_is_told_in_its_currency(verb, changes, sentence):
    item = said(verb, **changes)
    assert item.text.replace("\N{NO-BREAK SPACE}", " ") == sentence
    assert item.changes == []


def test_a_corrected_payment_shows_what_was_corrected():
    item = said(
        "payment_corrected",
        payment=[{"amount": "5.0000"}, {"amount": "6.0000"}],
        fields={"amount": ["5.0000", "6.0000"]},
        currency="AUD",
        balance="1.0000",
    )
    assert item.text == "corrected a payment of AUD\N{NO-BREAK SPACE}6.00"
    assert {"label": "Amount", "before": "5", "after": "6"} in item.changes
