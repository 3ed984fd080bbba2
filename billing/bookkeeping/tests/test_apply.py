"""What Xero says of an invoice is taken over, and told only once."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps

from agency.errors import BusinessError, ConflictError
from agency.records.models import Event
from agency.reference import organisation
from billing.bookkeeping import syncing
from billing.bookkeeping.models import ContactLink, Difference
from billing.bookkeeping.tests.factories import (
    LATER,
    PAID_ON,
    again,
    approved,
    credit,
    make_linked,
    payment,
    told,
)
from billing.payments import operations as payments

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice(staff):
    return make_linked(staff())


def figures(invoice) -> tuple:
    row = again(invoice)
    return row.amount_paid, row.amount_credited, row.balance


def history(invoice) -> list[tuple]:
    rows = Event.objects.filter(subject_type="invoice", subject_id=invoice.pk).order_by("pk")
    return [(row.verb, row.by_id, row.through) for row in rows if row.through == "Xero"]


def noted(invoice) -> dict:
    return {one.field: (one.ours, one.theirs, one.mend) for one in invoice.differences.all()}


def test_part_of_it_was_paid_in_xero(invoice):
    applied = syncing.apply(invoice, told(invoice, payments=[payment("50")]))
    assert figures(applied.invoice) == (50, 0, 60)
    row = again(invoice)
    assert (row.status, row.xero_status, row.payment_status) == (
        "approved",
        "AUTHORISED",
        "partial",
    )
    assert row.xero_synced_at is not None
    assert history(invoice) == [
        ("xero_status_changed", None, "Xero"),
        ("payment_recorded", None, "Xero"),
        ("approved", None, "Xero"),
    ]
    [kept] = row.payments.all()
    assert (kept.source, kept.xero_payment_id, kept.paid_on, kept.recorded_by) == (
        "xero",
        "pay-1",
        PAID_ON,
        None,
    )


def test_the_second_sync_writes_nothing(invoice):
    remote = told(invoice, payments=[payment("50")], credits=[credit("10")], number="Other")
    assert syncing.apply(invoice, remote).is_changed
    row = again(invoice)
    told_before = Event.objects.count()
    noted_before = list(Difference.objects.values())
    applied = syncing.apply(invoice, remote)
    assert (applied.is_changed, applied.differs_anew) == (False, 0)
    assert Event.objects.count() == told_before
    assert list(Difference.objects.values()) == noted_before
    assert again(invoice).updated_at == row.updated_at
    assert again(invoice).xero_synced_at > row.xero_synced_at


def test_a_payment_edited_in_xero_is_a_deletion_and_a_new_one(invoice):
    syncing.apply(invoice, told(invoice, payments=[payment("50")]))
    edited = [payment("50", status="DELETED"), payment("70", "pay-2")]
    syncing.apply(invoice, told(invoice, payments=edited))
    assert figures(invoice) == (70, 0, 40)
    rows = invoice.payments.order_by("pk").values_list("amount", "xero_payment_id")
    assert list(rows) == [(50, "pay-1"), (70, "pay-2")]
    assert [row.xero_payment_id for row in invoice.payments.live()] == ["pay-2"]


def test_a_payment_deleted_in_xero_is_reversed_and_the_invoice_owed_again(invoice):
    syncing.apply(invoice, told(invoice, payments=[payment("110")]))
    assert again(invoice).shown_status == "paid"
    syncing.apply(invoice, told(invoice))
    assert figures(invoice) == (0, 0, 110)
    assert again(invoice).payment_status == "unpaid"
    assert history(invoice)[-1] == ("payment_deleted", None, "Xero")


def test_what_was_credited_in_xero_is_credited_here(invoice):
    syncing.apply(invoice, told(invoice, payments=[payment("60")], credits=[credit("50")]))
    assert figures(invoice) == (60, 50, 0)
    assert again(invoice).shown_status == "paid"
    syncing.apply(invoice, told(invoice, payments=[payment("60")]))
    assert figures(invoice) == (60, 0, 50)


def test_a_payment_of_ours_that_xero_has_too_is_matched_and_not_doubled(invoice, staff):
    mine = payments.create(invoice, by=staff(), amount=Decimal(40), paid_on=PAID_ON)
    syncing.apply(invoice, told(invoice, payments=[payment("40"), payment("40", "pay-2")]))
    assert figures(invoice) == (80, 0, 30)
    mine.refresh_from_db()
    assert (mine.source, mine.xero_payment_id) == ("manual", "pay-1")


def test_a_payment_that_does_not_fit_is_a_difference_and_the_balance_stays_above_zero(
    invoice, staff
):
    payments.create(invoice, by=staff(), amount=Decimal(100), paid_on=PAID_ON + LATER)
    syncing.apply(invoice, told(invoice, payments=[payment("60")]))
    assert figures(invoice) == (100, 0, 10)
    assert noted(invoice) == {"paid": ("AUD 100.00", "AUD 60.00", "send_payments")}


def test_voided_in_xero_is_voided_here(invoice):
    syncing.apply(invoice, told(invoice, status="VOIDED", amount_due=Decimal(0)))
    row = again(invoice)
    assert (row.status, row.xero_status, noted(row)) == ("voided", "VOIDED", {})
    assert history(invoice)[-1] == ("voided", None, "Xero")


def test_deleted_in_xero_is_voided_here_and_its_number_stays(invoice):
    syncing.apply(invoice, told(invoice, status="DELETED", amount_due=Decimal(0)))
    row = again(invoice)
    assert (row.status, row.xero_status, row.number) == ("voided", "DELETED", invoice.number)


def test_voided_in_xero_while_something_is_paid_here_is_a_difference(invoice, staff):
    payments.create(invoice, by=staff(), amount=Decimal(40))
    syncing.apply(invoice, told(invoice, status="VOIDED"))
    row = again(invoice)
    assert (row.status, row.balance) == ("finalised", 70)
    assert noted(row) == {"status": ("Finalised", "VOIDED", "void_here")}


def test_what_is_printed_is_never_overwritten(invoice):
    ContactLink.objects.create(
        customer=invoice.customer, tenant_id="t", state="linked", contact_id="contact-7"
    )
    remote = told(invoice, number="X-1", total=Decimal(121), tax=Decimal(21))
    syncing.apply(invoice, remote)
    row = again(invoice)
    assert (row.number, row.total, row.tax) == (invoice.number, 110, 10)
    assert noted(row) == {
        "number": (invoice.number, "X-1", "accept"),
        "contact": ("contact-7", "Harbour & Vine contact-1", "accept"),
        "total": ("AUD 110.00", "AUD 121.00", "accept"),
        "tax": ("AUD 10.00", "AUD 21.00", "accept"),
    }
    syncing.apply(invoice, told(invoice, contact_id="contact-7"))
    assert noted(row) == {}


def test_figures_of_xero_that_do_not_add_up_change_nothing(invoice):
    for remote in (
        told(invoice, amount_due=Decimal(100)),
        told(invoice, amount_paid=Decimal(50), amount_due=Decimal(60)),
        told(invoice, amount_credited=Decimal(50), amount_due=Decimal(60)),
    ):
        with pytest.raises(BusinessError, match="Xero says"):
            syncing.apply(invoice, remote)
    row = again(invoice)
    assert (row.xero_status, row.xero_synced_at, history(row)) == ("DRAFT", None, [])


def test_a_closed_period_does_not_undo_what_has_happened_in_the_bank(invoice):
    syncing.apply(invoice, told(invoice, payments=[payment("10")]))
    own = apps.get_model("reference", "Organisation")
    own.objects.filter(pk=1).update(locked_before=date(2026, 12, 1))
    organisation.forget()
    syncing.apply(invoice, told(invoice, payments=[payment("50", "pay-2")]))
    assert figures(invoice) == (50, 0, 60)
    syncing.apply(invoice, told(invoice, status="VOIDED"))
    assert again(invoice).status == "voided"


def test_a_payment_of_xero_is_changed_there(invoice, staff):
    syncing.apply(invoice, told(invoice, payments=[payment("50")]))
    [kept] = invoice.payments.live()
    boss = staff()
    with pytest.raises(ConflictError, match="change it there"):
        payments.delete(kept, by=boss)
    with pytest.raises(ConflictError, match="change it there"):
        payments.update(kept, by=boss, amount=Decimal(40))
    payments.update(kept, by=boss, note="Seen on the statement")
    assert figures(invoice) == (50, 0, 60)


def test_an_approved_invoice_that_is_a_draft_there_is_a_difference(invoice):
    approved(invoice)
    syncing.apply(invoice, told(invoice, status="DRAFT"))
    assert noted(invoice) == {"status": ("Approved", "DRAFT", "approve_there")}


def test_a_payment_taken_back_here_that_stands_in_xero_comes_back(invoice):
    syncing.apply(invoice, told(invoice, payments=[payment("50")]))
    payments.delete(invoice.payments.get(), by=None, is_fact=True)
    syncing.apply(invoice, told(invoice, payments=[payment("50")]))
    assert figures(invoice) == (50, 0, 60)
    assert list(invoice.payments.order_by("pk").values_list("xero_payment_id", flat=True)) == [
        None,
        "pay-1",
    ]
