"""Many invoices cost few calls, and one that is wrong costs no other."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from agency.records.longwork.models import LongWork
from agency.records.models import Event
from billing.bookkeeping import batches, reading
from billing.bookkeeping.models import Difference
from billing.bookkeeping.tests.factories import PAID_ON, again, link, make_linked
from billing.bookkeeping.tests.ledger import INVOICES, Ledger
from billing.invoices.models import Invoice
from billing.invoices.tests.factories import make_customer, make_issued
from billing.xero.tests import scripted
from billing.xero.tests.conftest import connected  # noqa: F401 a fixture

pytestmark = pytest.mark.django_db
MANY = 1000


@pytest.fixture
def xero(settings, monkeypatch, connected):  # noqa: F811
    """Xero as a server, and our connection to it."""
    monkeypatch.setattr(scripted, "Script", Ledger)
    with scripted.serving() as (ledger, address):
        settings.XERO_API_URL = settings.XERO_IDENTITY_URL = address
        settings.XERO_CLIENT_ID, settings.XERO_CLIENT_SECRET = "our-app", "hush-hush"
        settings.XERO_TIMEOUT = 5
        settings.XERO_MINUTE_LIMIT = 1000
        connected()
        yield ledger


@pytest.fixture
def boss(staff):
    return staff()


def linked(boss, xero, number: int, **values):
    invoice = make_linked(boss, xero_id=f"id-{number}", customer=make_customer(name=f"N {number}"))
    xero.put(f"id-{number}", invoice.number, **values)
    return invoice


def sync_one(api, person, invoice):
    return api(person).post(f"/api/invoices/{invoice.pk}/sync-xero")


def test_one_invoice_is_synced_through_its_route(api, boss, xero):
    invoice = linked(boss, xero, 1, paid=[("p-1", "50.00", PAID_ON)])
    answer = sync_one(api, boss, invoice)
    body = answer.json()
    assert (answer.status_code, set(body)) == (
        200,
        {"invoice", "payments", "xero_status", "payment_status"},
    )
    assert (body["xero_status"], body["payment_status"]) == ("AUTHORISED", "partial")
    assert (body["invoice"]["amount_due"], body["payments"][0]["source"]) == (60, "xero")


def test_all_are_synced_and_the_counts_are_told(api, boss, xero):
    first, second, third = (linked(boss, xero, number) for number in range(3))
    xero.put("id-1", second.number, paid=[("p-1", "110.00", PAID_ON)])
    xero.put("id-2", third.number, AmountDue=1.00)
    body = api(boss).post("/api/invoices/sync-xero").json()
    assert body["updated"] == 2
    assert [one["invoice_id"] for one in body["errors"]] == [str(third.pk)]
    assert "AUD 1.00 is due" in body["errors"][0]["message"]
    assert set(body) == {"updated", "errors", "synced_at"}
    assert [again(one).shown_status for one in (first, second, third)] == [
        "approved",
        "paid",
        "finalised",
    ]
    assert xero.calls == 1
    assert LongWork.objects.get().state == "done"


def test_a_thousand_invoices_cost_twenty_five_calls(boss, xero):
    sample = make_issued(boss)
    rows = []
    for number in range(MANY):
        row = Invoice.objects.get(pk=sample.pk)
        row.pk, row.number, row.xero_invoice_id = None, f"N-{number}", f"id-{number}"
        row.status, row.xero_status, row._state.adding = "approved", "AUTHORISED", True
        rows.append(row)
        xero.put(f"id-{number}", row.number)
    Invoice.objects.bulk_create(rows)
    told = Event.objects.count()
    work = batches.start(by=boss)
    for step in work.steps.all():
        assert batches.take_chunk(work, step.data).refused == []
    assert xero.calls == MANY // 40
    assert Event.objects.count() == told
    assert Invoice.objects.filter(xero_synced_at=None).count() == 1  # the one that is not linked


def test_only_xeros_own_word_makes_an_invoice_missing(api, boss, xero):
    invoice = linked(boss, xero, 1)
    del xero.rows["id-1"]
    body = api(boss).post("/api/invoices/sync-xero").json()
    assert (body["updated"], len(body["errors"]), xero.calls) == (0, 1, 2)
    [found] = Difference.objects.all()
    assert (found.invoice_id, found.field, found.mend) == (invoice.pk, "existence", "unlink")
    assert again(invoice).status == "finalised"


def test_a_failed_read_changes_nothing(api, boss, xero):
    invoice = linked(boss, xero, 1)
    xero.says(INVOICES, status=500)
    assert sync_one(api, boss, invoice).status_code == 503
    assert api(boss).post("/api/invoices/sync-xero").status_code == 202
    assert (again(invoice).xero_synced_at, Difference.objects.count()) == (None, 0)


def test_what_is_not_in_xero_is_not_synced(api, boss, xero):
    assert sync_one(api, boss, make_issued(boss)).status_code == 409
    assert xero.calls == 0


def test_changes_are_read_since_the_last_time(boss, xero):
    invoice = linked(boss, xero, 1, paid=[("p-1", "50.00", PAID_ON)])
    now = timezone.now()
    assert batches.read_changes(now) == 0  # the first time it only notes from when on
    assert batches.read_changes(now + timedelta(minutes=5)) == 1
    assert again(invoice).amount_paid == 50
    [asked] = [one for one in xero.asked if one.path.startswith(INVOICES)]
    assert "if-modified-since" in asked.headers


def test_the_sweep_reads_what_was_not_read_since(boss, xero):
    old, new = linked(boss, xero, 1), linked(boss, xero, 2)
    now = timezone.now()
    Invoice.objects.filter(pk=new.pk).update(xero_synced_at=now + timedelta(seconds=1))
    assert batches.sweep(now) == 1
    assert again(old).status == "approved"
    assert again(new).status == "finalised"


def test_an_effect_reads_its_invoice_again(boss, xero, django_capture_on_commit_callbacks):
    invoice = linked(boss, xero, 1, paid=[("p-1", "110.00", PAID_ON)])
    with django_capture_on_commit_callbacks(execute=True):
        reading.ask(invoice, "xero-event-1")
    assert again(invoice).shown_status == "paid"


def test_the_comparison_finds_what_stands_on_one_side_only(boss, xero):
    here = make_issued(boss)
    twin = make_issued(boss, customer=make_customer(name="Twin"))
    xero.put("id-9", twin.number)
    xero.put("id-8", "INV-2031-00077")
    xero.put("id-7", "Somebody else's")
    work = batches.compare(by=boss)
    batches.take_part(work, batches.STRAYS)
    rows = Difference.objects.order_by(F("invoice_id").asc(nulls_last=True))
    assert [(row.invoice_id, row.mend, row.xero_id) for row in rows] == [
        (here.pk, "push", ""),
        (twin.pk, "link", "id-9"),
        (None, "accept", "id-8"),
    ]
    batches.take_part(work, batches.STRAYS)
    assert rows.count() == 3


def test_a_twin_is_linked_by_the_button_that_mends_it(boss, xero, page):
    twin = make_issued(boss)
    xero.put("id-9", twin.number)
    batches.take_part(batches.compare(by=boss), batches.STRAYS)
    [found] = Difference.objects.all()
    answer = page(boss).post(f"/reconciliation/{found.pk}/link")
    assert (answer.status_code, again(twin).xero_invoice_id) == (303, "id-9")
    assert again(twin).status == "approved"
    assert Difference.objects.count() == 0


def test_a_mend_that_is_not_offered_is_refused(boss, xero, page):
    invoice = make_issued(boss)
    link(invoice, "id-1")
    xero.put("id-1", "Other")
    batches.sync([again(invoice)])
    [found] = Difference.objects.all()
    client = page(boss)
    assert client.post(f"/reconciliation/{found.pk}/link").status_code == 303
    assert again(invoice).xero_invoice_id == "id-1"
    assert client.get(f"/reconciliation/{found.pk}/nothing").status_code == 404
    client.post(f"/reconciliation/{found.pk}/accept")
    found.refresh_from_db()
    assert found.accepted_by == boss
    batches.sync([again(invoice)])
    assert Difference.objects.get().accepted_by == boss
