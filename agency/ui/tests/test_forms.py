"""Pages that run an operation, and the fields of the house."""

import json
from decimal import Decimal

import pytest
from django import forms

from agency.staff.models import Staff
from agency.ui.forms import AmountField, HoursField, OfficeForm, PickField


@pytest.fixture
def mia(staff):
    return staff(first_name="Mia", last_name="Tran", email="mia@example.com")


def errors(answer) -> dict:
    return {name: list(texts) for name, texts in answer.context["form"].errors.items()}


def test_a_refusal_stands_at_the_field_it_names_and_keeps_what_was_typed(page, mia):
    answer = page(mia).post("/people/new", {"first_name": "Dan", "email": "mia@example.com"})
    assert answer.status_code == 422
    assert errors(answer) == {"email": ["Somebody has this address already."]}
    text = answer.content.decode()
    assert 'value="Dan"' in text
    assert 'aria-invalid="true" aria-describedby="id_email_error"' in text


def test_a_refusal_without_a_field_stands_above_the_form(page, mia):
    answer = page(mia).post("/people/new", {"first_name": "Nobody", "email": "n@example.com"})
    assert errors(answer) == {"__all__": ["Nobody is not a person."]}
    assert Staff.objects.count() == 1


def test_success_goes_to_the_record_with_a_toast(page, mia):
    client = page(mia)
    answer = client.post("/people/new", {"first_name": "Dan", "email": "dan@example.com"})
    dan = Staff.objects.get(email="dan@example.com")
    assert (answer.status_code, answer["Location"]) == (302, dan.get_absolute_url())
    assert "Dan was added." in client.get("/people").content.decode()


def test_in_the_dialog_the_same_form_is_a_fragment(page, mia, htmx):
    client, target = page(mia), htmx("dialog-body")
    asked = client.get("/people/new", headers=target)
    assert asked.content.decode().lstrip().startswith("<form")
    given = {"first_name": "Dan", "email": "mia@example.com"}
    assert client.post("/people/new", given, headers=target).status_code == 422
    done = client.post("/people/new", {**given, "email": "d@example.com"}, headers=target)
    dan = Staff.objects.get(email="d@example.com")
    assert (done.status_code, done["HX-Redirect"]) == (200, dan.get_absolute_url())


def test_a_dialog_with_events_closes_and_reloads_what_listens(page, mia, htmx):
    answer = page(mia).post(
        f"/people/{mia.pk}/change",
        {"first_name": "Maya", "email": "mia@example.com"},
        headers=htmx("dialog-body"),
    )
    assert (answer.status_code, list(json.loads(answer["HX-Trigger"]))) == (
        204,
        ["close-dialog", "people"],
    )
    mia.refresh_from_db()
    assert mia.first_name == "Maya"


def test_editing_starts_from_the_record(page, mia):
    form = page(mia).get(f"/people/{mia.pk}/change").context["form"]
    assert (form["first_name"].value(), form["email"].value()) == ("Mia", "mia@example.com")


def test_a_step_is_confirmed_by_post_alone(page, mia, staff, htmx):
    dan, client = staff("head", first_name="Dan", last_name=""), page(mia)
    assert "They can no longer sign in." in client.get(f"/people/{dan.pk}/retire").content.decode()
    dan.refresh_from_db()
    assert dan.is_active
    answer = client.post(f"/people/{dan.pk}/retire", headers=htmx(""))
    assert answer["HX-Redirect"] == dan.get_absolute_url()
    refused = client.post(f"/people/{dan.pk}/retire", headers=htmx(""))
    assert refused.status_code == 204
    assert json.loads(refused["HX-Trigger"]) == {
        "toasts": {
            "list": [
                {"tone": "success", "text": "Dan has left."},
                {"tone": "error", "text": "Has left already."},
            ]
        }
    }


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("1:30", 90), ("1.5", 90), ("1,5", 90), ("90m", 90), ("1h30", 90), ("0.333", 20), (":45", 45)],
)
def test_a_length_of_time_is_read_as_people_type_it(typed, minutes):
    assert HoursField().clean(typed) == minutes


@pytest.mark.parametrize("typed", ["x", "1:75x", "-1", "25", "1.2.3", ":", "9" * 50, "١"])
def test_anything_else_is_not_a_length_of_time(typed):
    with pytest.raises(forms.ValidationError):
        HoursField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "amount"), [("1,234.50", "1234.50"), ("1 234.5", "1234.5"), ("−3", "-3")]
)
def test_an_amount_is_read_with_thousands_apart(typed, amount):
    assert AmountField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["1e999999", "NaN", "Infinity", "12.34567", "9" * 30, "abc"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        AmountField().clean(typed)


def test_choices_of_records_are_those_that_the_person_sees(staff):
    deals = Staff._meta.apps.get_model("crm", "Deal").objects
    mine, me = deals.create(title="Mine"), staff(deals="view", scope="own")
    mine.owner = me
    mine.save()
    other = deals.create(title="Other")

    class Form(OfficeForm):
        deal = PickField("deals", deals)

    assert Form({"deal": mine.pk}, by=me).is_valid()
    assert Form({"deal": other.pk}, by=me).errors["deal"] == [
        "Select a valid choice. That choice is not one of the available choices."
    ]
    assert "Other" not in str(Form({"deal": other.pk}, by=me)["deal"])
    assert f'value="{mine.pk}" selected' in str(Form({"deal": mine.pk}, by=me)["deal"])
