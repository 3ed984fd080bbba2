"""The line editor's formset."""

from decimal import Decimal

from django import forms

from agency.ui.forms import AmountField, OfficeForm
from agency.ui.lines import line_formset


class LineForm(OfficeForm):
    description = forms.CharField()
    quantity = AmountField()
    tax = forms.ChoiceField(choices=[("gst", "GST"), ("free", "No tax")])


LINES = line_formset(LineForm)


def sent(*lines: dict) -> dict:
    """The form data of lines, as the page sends them."""
    data = {"form-TOTAL_FORMS": len(lines), "form-INITIAL_FORMS": 0}
    for number, line in enumerate(lines):
        data |= {f"form-{number}-{name}": value for name, value in line.items()}
    return data


def test_lines_come_in_the_order_they_were_dragged_to():
    given = sent(
        {"description": "Second", "quantity": "1,000", "tax": "gst", "ORDER": 2},
        {"description": "First", "quantity": "2", "tax": "free", "ORDER": 1},
    )
    formset = LINES(given)
    assert formset.is_valid()
    assert formset.lines() == [
        {"description": "First", "quantity": Decimal(2), "tax": "free"},
        {"description": "Second", "quantity": Decimal(1000), "tax": "gst"},
    ]


def test_deleted_and_blank_lines_are_no_lines():
    given = sent(
        {"description": "Gone", "quantity": "x", "tax": "gst", "ORDER": 1, "DELETE": "on"},
        {"description": "", "quantity": "", "tax": "gst", "ORDER": 2},
        {"description": "Kept", "quantity": "1", "tax": "gst", "ORDER": 3},
    )
    formset = LINES(given)
    assert formset.is_valid()
    assert [line["description"] for line in formset.lines()] == ["Kept"]


def test_a_wrong_line_is_named_by_its_place():
    given = sent(
        {"description": "Fine", "quantity": "1", "tax": "gst", "ORDER": 1},
        {"description": "", "quantity": "x", "tax": "gst", "ORDER": 2},
    )
    formset = LINES(given)
    assert not formset.is_valid()
    assert formset.errors_by_line() == {
        "lines[1].description": ["This field is required."],
        "lines[1].quantity": ["Enter a number."],
    }


def test_more_lines_than_a_document_takes_are_refused():
    formset = LINES({"form-TOTAL_FORMS": 100_000, "form-INITIAL_FORMS": 0})
    assert not formset.is_valid()
    assert formset.total_form_count() == 500


def test_a_request_without_the_count_of_lines_is_invalid_not_an_error():
    assert not LINES({"form-0-description": "x"}).is_valid()
