"""The organisation's record: what it accepts, who may close a period, what others see of it."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from agency.errors import BusinessError, ConflictError, NotAllowedError
from agency.records.history import history_of
from agency.reference import organisation
from agency.reference.models import Currency, ExchangeRate, Organisation
from agency.reference.organisation import operations

pytestmark = pytest.mark.django_db
CLOSED = date(2026, 7, 1)


def own() -> Organisation:
    return Organisation.objects.get()


def picture(kind="PNG", size=(40, 20)) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, "navy").save(kept, kind)
    return kept.getvalue()


def size_of(file) -> tuple:
    with Image.open(file) as opened:
        return opened.size


def upload(content: bytes, name="logo.png"):
    return SimpleUploadedFile(name, content, "image/png")


def test_a_change_is_kept_with_who_made_it(staff):
    jane = staff()
    operations.update(by=jane, name="Paperbark Studio", abn="51 824 753 556")
    assert (own().name, own().abn) == ("Paperbark Studio", "51824753556")
    [event] = history_of(own())
    assert (event.verb, event.by) == ("updated", jane)
    assert event.changes == {
        "name": ["Your agency", "Paperbark Studio"],
        "abn": ["", "51824753556"],
    }


def test_a_change_to_the_same_values_leaves_no_trace(staff):
    operations.update(by=staff(), name=own().name)
    assert not history_of(own()).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("abn", "51824753557"),
        ("time_zone", "Australia/Atlantis"),
        ("country", "XX"),
        ("base_currency", "XYZ"),
        ("base_currency", "KWD"),  # known, but not in use
        ("email", "nobody"),
        ("payment_terms_days", 366),
        ("name", ""),
        ("name", "x" * 201),
    ],
)
def test_what_is_wrong_is_refused_by_its_name(staff, field, value):
    with pytest.raises(BusinessError) as refused:
        operations.update(by=staff(), **{field: value})
    assert refused.value.field == field
    assert not history_of(own()).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("abn", "51824753556"),
        ("is_tax_registered", False),
        ("base_currency", "USD"),
        ("bank_name", "Coastline Mutual"),
        ("bank_account_name", "Somebody Else"),
        ("bank_bsb", "062-000"),
        ("bank_account_number", "12345678"),
        ("locked_before", CLOSED),
    ],
)
def test_what_decides_over_money_is_changed_by_who_manages_the_settings(staff, field, value):
    before, head = getattr(own(), field), staff("head")
    with pytest.raises(NotAllowedError) as refused:
        operations.update(by=head, name="Else", **{field: value})
    assert refused.value.field == field
    assert (getattr(own(), field), own().name) == (before, "Your agency")

    operations.update(by=staff(settings="manage"), **{field: value})
    assert getattr(own(), field) == value
    operations.update(by=head, name="Else", **{field: value})  # unchanged, so allowed
    assert own().name == "Else"


def test_a_period_that_is_not_over_cannot_be_closed(staff):
    tomorrow = organisation.today() + timedelta(days=1)
    operations.update(by=staff(), locked_before=tomorrow)
    with pytest.raises(BusinessError):
        operations.update(by=staff(), locked_before=tomorrow + timedelta(days=1))
    assert own().locked_before == tomorrow


def test_a_closed_period_holds_at_once_though_the_record_is_cached():
    assert organisation.current().locked_before is None
    Organisation.objects.update(locked_before=CLOSED)  # as another process would
    assert organisation.current().locked_before is None
    with pytest.raises(ConflictError) as refused:
        organisation.require_open(CLOSED - timedelta(days=1), field="paid_on")
    assert refused.value.field == "paid_on"
    assert str(refused.value) == "30 June 2026 lies in the closed period before 1 July 2026."
    organisation.require_open(CLOSED)
    organisation.require_open(None)


def test_a_change_through_the_operation_is_seen_at_once(staff):
    assert organisation.current().name == "Your agency"
    operations.update(by=staff(), name="Paperbark Studio")
    assert organisation.current().name == "Paperbark Studio"


def test_the_base_currency_stays_while_rates_are_kept_against_it(staff):
    dollar = Currency.objects.get(code="USD")
    ExchangeRate.objects.create(currency=dollar, on=CLOSED, rate="1.5")
    with pytest.raises(ConflictError):
        operations.update(by=staff(), base_currency="USD")
    ExchangeRate.objects.all().delete()
    operations.update(by=staff(), base_currency="USD")
    assert own().base_currency == "USD"


@pytest.mark.parametrize(("kind", "ending"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "png")])
def test_a_logo_is_known_by_its_content(staff, media, kind, ending):
    operations.update(by=staff(), logo=upload(picture(kind), "logo.exe"))
    assert own().logo.name.startswith("organisation/")
    assert own().logo.name.endswith(f".{ending}")
    assert size_of(media / own().logo.name) == (40, 20)


def test_a_large_logo_is_reduced(staff, media):
    operations.update(by=staff(), logo=upload(picture(size=(2400, 600))))
    assert size_of(media / own().logo.name) == (1200, 300)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        SVG,
        b"%PDF-1.7",
        picture("GIF"),
        picture()[:60],  # cut off
        b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
        picture() + b"\0" * (2 * 1024 * 1024),  # too large
        picture(size=(5000, 5000)),  # too many pixels
    ],
)
def test_what_is_no_picture_is_no_logo(staff, media, content):
    with pytest.raises(BusinessError) as refused:
        operations.update(by=staff(), logo=upload(content))
    assert refused.value.field == "logo"
    assert not own().logo
    assert not list(media.rglob("*.*"))


def test_a_logo_keeps_nothing_but_the_picture(staff, media):
    operations.update(by=staff(), logo=upload(picture() + b"<script>alert(1)</script>"))
    assert b"script" not in (media / own().logo.name).read_bytes()


def test_an_old_logo_stays_for_the_invoices_that_print_it(staff, media):
    operations.update(by=staff(), logo=upload(picture()))
    old = own().logo.name
    operations.update(by=staff(), logo=upload(picture(size=(10, 10))))
    assert own().logo.name != old
    assert (media / old).exists()
    operations.update(by=staff(), logo=False)
    assert not own().logo
