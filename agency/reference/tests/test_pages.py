"""The pages of the settings: who opens and changes what, and what stands on them."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from agency.reference.models import (
    Currency,
    ExchangeRate,
    NumberSeries,
    Organisation,
    PaymentMode,
    Tax,
)

pytestmark = pytest.mark.django_db
LISTS = {
    "/settings/organisation",
    "/settings/numbering",
    "/settings/taxes",
    "/settings/payment-modes",
    "/settings/currencies",
    "/settings/currencies/2",
}
FORMS = {
    "/settings/payment-modes/new",
    "/settings/payment-modes/1",
    "/settings/currencies/import",
    "/settings/currencies/2/edit",
    "/settings/currencies/2/rates",
}
MANAGED = {"/settings/numbering/1", "/settings/taxes/new", "/settings/taxes/1"}


def codes(client, paths) -> set[int]:
    return {client.get(path).status_code for path in paths}


def test_each_level_opens_its_pages(page, staff):
    for level, expected in {
        "view": ({200}, {403}, {403}),
        "update": ({200}, {200}, {403}),
        "manage": ({200}, {200}, {200}),
    }.items():
        client = page(staff(settings=level))
        assert tuple(codes(client, paths) for paths in (LISTS, FORMS, MANAGED)) == expected
    assert codes(page(staff(time="manage")), LISTS | FORMS | MANAGED) == {403}
    assert codes(page(), LISTS | FORMS | MANAGED) == {302}


@pytest.mark.parametrize("path", sorted(FORMS | MANAGED | {"/settings/organisation"}))
def test_a_viewer_changes_nothing(page, staff, path):
    answer = page(staff(settings="view")).post(path, {"name": "Hacked", "percent": "1"})
    assert answer.status_code == 403
    assert Organisation.objects.get().name == "Your agency"
    assert not Tax.objects.filter(name="Hacked").exists()


def test_the_index_lists_what_one_may_see(page, staff):
    def areas(person):
        groups = page(person).get("/settings").context["groups"]
        return {area.label for _, listed in groups for area in listed}

    own = {"Your profile", "Security", "API keys"}
    assert areas(staff(time="view")) == own
    assert areas(staff(settings="view")) == own | {
        "Organisation",
        "Numbering",
        "Taxes",
        "Payment modes",
        "Currencies and rates",
    }
    assert {"Staff", "Roles", "Teams", "Departments", "Audit log"} < areas(staff())


def form_of(client, path="/settings/organisation") -> dict:
    """The values that the form shows, as a browser would send them back."""
    form = client.get(path).context["form"]
    shown = {bound.name: bound.value() for bound in form}
    sent = {
        name: value for name, value in shown.items() if value is not None and value is not False
    }
    sent.pop("logo", None)
    return sent


def test_the_organisation_is_saved_as_it_was_typed(page, staff):
    client = page(staff())
    values = form_of(client) | {
        "name": "Paperbark Studio",
        "abn": "51 824 753 556",
        "locked_before": "2026-07-01",
        "country": "NZ",
        "time_zone": "Pacific/Auckland",
    }
    answer = client.post("/settings/organisation", values)
    assert answer.status_code == 302, answer.context["form"].errors
    own = Organisation.objects.get()
    assert (own.name, own.abn, own.country, str(own.zone)) == (
        "Paperbark Studio",
        "51824753556",
        "NZ",
        "Pacific/Auckland",
    )
    assert str(own.locked_before) == "2026-07-01"
    assert form_of(client)["abn"] == "51 824 753 556"


def test_a_wrong_abn_is_told_beside_the_field_and_nothing_typed_is_lost(page, staff):
    client = page(staff())
    values = form_of(client) | {"abn": "51824753557", "name": "Kept as typed"}
    answer = client.post("/settings/organisation", values)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["abn"]
    assert "Kept as typed" in answer.content.decode()
    assert Organisation.objects.get().name == "Your agency"


def test_the_period_is_closed_by_a_manager_alone(page, staff):
    head = page(staff("head"))
    head.post("/settings/organisation", form_of(head) | {"locked_before": "2026-07-01"})
    assert Organisation.objects.get().locked_before is None
    assert "Closed before" not in head.get("/settings/organisation").content.decode()
    assert "Closed before" in page(staff()).get("/settings/organisation").content.decode()


def test_bank_details_are_read_by_all_and_changed_by_a_manager_alone(page, staff):
    head = page(staff("head"))
    typed = {"bank_account_number": "666", "is_tax_registered": "", "phone": "02 5550 1234"}
    assert head.post("/settings/organisation", form_of(head) | typed).status_code == 302
    own = Organisation.objects.get()
    assert (own.bank_account_number, own.is_tax_registered, own.phone) == ("", True, "02 5550 1234")
    said = "changed by whoever manages the settings"
    assert said in head.get("/settings/organisation").content.decode()
    assert said not in page(staff()).get("/settings/organisation").content.decode()


def test_the_logo_is_put_up_shown_and_taken_down(page, staff):
    client, kept = page(staff()), io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(kept, "PNG")
    logo = SimpleUploadedFile("logo.png", kept.getvalue(), "image/png")
    client.post("/settings/organisation", form_of(client) | {"logo": logo})
    stored = Organisation.objects.get().logo.name
    assert stored
    assert 'src="data:image/png;base64,' in client.get("/settings/organisation").content.decode()

    client.post("/settings/organisation", form_of(client))
    assert Organisation.objects.get().logo.name == stored
    client.post("/settings/organisation", form_of(client) | {"remove_logo": "on"})
    assert not Organisation.objects.get().logo

    wrong = SimpleUploadedFile("logo.png", b"<svg/>", "image/png")
    answer = client.post("/settings/organisation", form_of(client) | {"logo": wrong})
    assert list(answer.context["form"].errors) == ["logo"]


def test_a_tax_is_made_and_changed_in_per_cent(page, staff):
    client = page(staff(settings="manage"))
    client.post("/settings/taxes/new", {"code": "vat", "name": "VAT 12.5 %", "percent": "12.5"})
    tax = Tax.objects.get(code="VAT")
    assert tax.rate == Decimal("0.125")
    body = {"name": "VAT", "percent": "15", "is_active": "on"}
    assert client.post(f"/settings/taxes/{tax.pk}", body).status_code == 302
    tax.refresh_from_db()
    assert (tax.name, tax.rate) == ("VAT", Decimal("0.15"))
    answer = client.post("/settings/taxes/1", {"name": "GST", "percent": "10", "is_active": "on"})
    assert list(answer.context["form"].errors) == ["is_default"]


def test_a_payment_mode_is_retired(page, staff):
    client = page(staff(settings="update"))
    client.post("/settings/payment-modes/1", {"name": "Wire", "description": "BSB and account"})
    mode = PaymentMode.objects.get(pk=1)
    assert (mode.name, mode.is_active) == ("Wire", False)


def test_a_pattern_is_changed_and_a_bad_one_told_beside_the_field(page, staff):
    client = page(staff())
    body = {"name": "Invoices", "pattern": "{seq.__class__}"}
    answer = client.post("/settings/numbering/1", body)
    assert list(answer.context["form"].errors) == ["pattern"]
    client.post("/settings/numbering/1", body | {"pattern": "R-{seq:04}"})
    assert NumberSeries.objects.get(pk=1).pattern == "R-{seq:04}"
    assert "R-0001" in client.get("/settings/numbering").content.decode()


def test_a_rate_is_set_shown_and_removed_by_a_manager(page, staff):
    dollar, client = Currency.objects.get(code="USD"), page(staff(settings="update"))
    path = f"/settings/currencies/{dollar.pk}"
    client.post(f"{path}/rates", {"on": "2026-06-30", "rate": "1.5312", "source": "RBA"})
    rate = ExchangeRate.objects.get()
    assert (rate.rate, rate.source) == (Decimal("1.5312"), "RBA")
    assert "1.5312" in client.get(path).content.decode()
    assert client.post(f"/settings/rates/{rate.pk}/delete").status_code == 403
    assert page(staff()).post(f"/settings/rates/{rate.pk}/delete").status_code == 303
    assert not ExchangeRate.objects.exists()


def test_rates_are_imported_from_a_file_or_refused_by_the_row(page, staff):
    client = page(staff(settings="update"))
    file = SimpleUploadedFile("rates.csv", b"2026-06-30,USD,1.5\n2026-06-30,EUR,1.6\n")
    client.post("/settings/currencies/import", {"file": file, "source": "RBA"})
    assert ExchangeRate.objects.count() == 2
    body = {"table": "2026-06-31,USD,1.5", "source": "RBA"}
    answer = client.post("/settings/currencies/import", body)
    assert "Row 1" in answer.context["form"].errors["table"][0]
    binary = SimpleUploadedFile("rates.csv", b"\xff\xfe\x00")
    answer = client.post("/settings/currencies/import", {"file": binary, "source": "RBA"})
    assert "file" in answer.context["form"].errors


def test_currencies_are_taken_into_use_together(page, staff):
    krona = Currency.objects.get(code="SEK")
    body = {"action": "use", "row": [krona.pk], "confirmed": "1"}
    client = page(staff(settings="update"))
    client.post("/settings/currencies?tab=all", body)
    krona.refresh_from_db()
    assert krona.is_active
    base = Currency.objects.get(code="AUD")
    client.post("/settings/currencies", body | {"action": "retire", "row": [base.pk]})
    base.refresh_from_db()
    assert base.is_active


@pytest.mark.parametrize("path", ["/settings/taxes", "/settings/currencies", "/settings/numbering"])
def test_a_list_takes_as_many_statements_for_many_rows(page, staff, path, count_queries):
    client = page(staff())
    client.get(path)
    few = count_queries(client, path)
    for n in range(20):
        Tax.objects.create(code=f"T{n}", name=f"Tax {n}", rate=0)
        NumberSeries.objects.create(key=f"s{n}", name=f"Series {n}", pattern=f"S{n}-{{seq}}")
    Currency.objects.update(is_active=True)
    assert count_queries(client, path) == few
    assert few <= 12


@pytest.fixture
def count_queries():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(client, path) -> int:
        with CaptureQueriesContext(connection) as made:
            client.get(path)
        return len(made)

    return count


@pytest.mark.parametrize(
    ("path", "record", "level"),
    [
        ("/settings/numbering", "/settings/numbering/1", "manage"),
        ("/settings/taxes", "/settings/taxes/1", "manage"),
        ("/settings/payment-modes", "/settings/payment-modes/1", "update"),
    ],
)
def test_a_list_leads_to_the_form_those_who_may_use_it(page, staff, path, record, level):
    link = f'href="{record}"'
    assert link in page(staff(settings=level)).get(path).text
    below = {"manage": "update", "update": "view"}[level]
    assert link not in page(staff(settings=below)).get(path).text
