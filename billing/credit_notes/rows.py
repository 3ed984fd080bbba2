"""What the agency dialect shows of a credit note, its lines and its ledgers."""

from rest_framework import serializers

from agency.api.fields import IdField, MoneyOut, PlainOut
from agency.api.rows import RowSerializer
from billing.credit_notes.models import CreditApplication, CreditNote, CreditNoteLine, Refund
from billing.invoices.rows import ContactName


class CreditNoteRow(RowSerializer):
    model = CreditNote

    id = IdField()
    credit_note_number = serializers.CharField(source="number", allow_null=True)
    status = serializers.CharField()
    company_id = IdField(source="customer_id")
    company_name = serializers.CharField(source="customer.name")
    contact_id = IdField(allow_null=True)
    contact_name = ContactName(source="contact", allow_null=True)
    invoice_id = IdField(allow_null=True)
    invoice_number = serializers.CharField(source="invoice.number", allow_null=True)
    currency = serializers.CharField()
    issued_date = serializers.DateField(source="issued_on")
    reference = serializers.CharField()
    reason = serializers.CharField()
    notes = serializers.CharField()
    prices_include_tax = serializers.BooleanField()
    subtotal = MoneyOut()
    discount = MoneyOut()
    tax = MoneyOut()
    total = MoneyOut()
    amount_applied = MoneyOut()
    amount_refunded = MoneyOut()
    remaining = MoneyOut()
    xero_credit_note_id = serializers.CharField(allow_null=True)
    issued_at = serializers.DateTimeField(allow_null=True)
    voided_at = serializers.DateTimeField(allow_null=True)
    created_by = IdField(source="created_by_id", allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class CreditNoteLineRow(RowSerializer):
    model = CreditNoteLine

    id = IdField()
    credit_note_id = IdField(source="note_id")
    invoice_line_item_id = IdField(source="invoice_line_id", allow_null=True)
    description = serializers.CharField()
    quantity = PlainOut()
    unit = serializers.CharField()
    unit_price = PlainOut(least=2)
    amount = MoneyOut(currency="note.currency")
    discount_share = MoneyOut(currency="note.currency")
    tax_type = serializers.CharField()
    tax_rate = PlainOut()
    tax_amount = MoneyOut(source="tax", currency="note.currency")
    total = MoneyOut(source="gross", currency="note.currency")
    service_type_id = IdField(allow_null=True)
    service_type_name = serializers.CharField(source="service_type.name", allow_null=True)
    xero_account_code = serializers.CharField()
    position = serializers.IntegerField()


class ApplicationRow(RowSerializer):
    model = CreditApplication

    id = IdField()
    credit_note_id = IdField(source="note_id")
    credit_note_number = serializers.CharField(source="note.number")
    invoice_id = IdField()
    invoice_number = serializers.CharField(source="invoice.number")
    currency = serializers.CharField(source="note.currency")
    amount = MoneyOut(currency="note.currency")
    date = serializers.DateField(source="applied_on")
    source = serializers.CharField()
    recorded_by = IdField(source="recorded_by_id", allow_null=True)
    created_at = serializers.DateTimeField()


class RefundRow(RowSerializer):
    model = Refund

    id = IdField()
    credit_note_id = IdField(source="note_id")
    currency = serializers.CharField(source="note.currency")
    amount = MoneyOut(currency="note.currency")
    date = serializers.DateField(source="paid_on")
    payment_mode_id = IdField(source="mode_id", allow_null=True)
    payment_mode = serializers.CharField(source="mode.name", allow_null=True)
    reference = serializers.CharField()
    note = serializers.CharField(source="text")
    source = serializers.CharField()
    recorded_by = IdField(source="recorded_by_id", allow_null=True)
    created_at = serializers.DateTimeField()


def line_rows(note: CreditNote):
    """The lines of a note, in the order of the document."""
    return CreditNoteLine.objects.filter(note=note).order_by("position", "pk")


def application_rows(**of):
    """The live credits of a note or of an invoice, in the order in which they came."""
    return CreditApplication.objects.live().filter(**of).order_by("applied_on", "pk")


def refund_rows(note: CreditNote):
    return Refund.objects.live().filter(note=note).order_by("paid_on", "pk")
