"""What the agency dialect shows of an invoice and its lines."""

from rest_framework import serializers

from agency.api.fields import IdField, MoneyOut, PlainOut
from agency.api.rows import ColumnMixin, RowSerializer
from billing.invoices.models import Invoice, InvoiceLine

XERO_PAGE = "https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID="


class XeroUrl(ColumnMixin, serializers.CharField):
    """Where staff open the invoice in Xero; null while it is not there."""

    def convert(self, xero_id):
        return f"{XERO_PAGE}{xero_id}" if xero_id else None


class ContactName(ColumnMixin, serializers.CharField):
    """The name of the contact that ``source`` leads to; null where there is none."""

    @property
    def paths(self) -> list[str]:
        return [f"{self.source}__first_name", f"{self.source}__last_name"]

    def convert(self, first, last):
        return None if first is None else f"{first} {last}".strip()


class InvoiceRow(RowSerializer):
    model = Invoice

    id = IdField()
    invoice_number = serializers.CharField(source="number", allow_null=True)
    status = serializers.CharField(source="shown")
    payment_status = serializers.CharField(source="settled")
    company_id = IdField(source="customer_id", allow_null=True)
    company_name = serializers.CharField(source="customer.name", allow_null=True)
    contact_id = IdField(allow_null=True)
    contact_name = ContactName(source="contact", allow_null=True)
    budget_id = IdField(allow_null=True)
    budget_name = serializers.CharField(source="budget.name", allow_null=True)
    project_id = IdField(allow_null=True)
    project_name = serializers.CharField(source="project.name", allow_null=True)
    deal_id = IdField(source="budget.deal_id", allow_null=True)
    engagement_id = IdField(allow_null=True)
    engagement_name = serializers.CharField(source="engagement.name", allow_null=True)
    po_number = serializers.CharField()
    currency = serializers.CharField()
    issued_date = serializers.DateField(source="issued_on")
    due_date = serializers.DateField(source="due_on", allow_null=True)
    subject = serializers.CharField()
    notes = serializers.CharField()
    subtotal = MoneyOut()
    discount = MoneyOut()
    tax = MoneyOut()
    total = MoneyOut()
    amount = MoneyOut(source="total")
    amount_paid = MoneyOut()
    amount_credited = MoneyOut()
    amount_due = MoneyOut(source="balance")
    source = serializers.CharField()
    cogs = MoneyOut(allow_null=True)
    profit = MoneyOut(allow_null=True)
    margin_pct = PlainOut(allow_null=True)
    xero_invoice_id = serializers.CharField(allow_null=True)
    xero_status = serializers.CharField()
    xero_url = XeroUrl(source="xero_invoice_id", allow_null=True)
    sent_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    created_by = IdField(source="created_by_id", allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    def row_of(self, instance) -> dict:
        instance.shown, instance.settled = instance.shown_status, instance.payment_status
        return super().row_of(instance)


class InvoiceLineRow(RowSerializer):
    model = InvoiceLine

    id = IdField()
    invoice_id = IdField()
    description = serializers.CharField()
    quantity = PlainOut()
    unit = serializers.CharField()
    unit_price = PlainOut(least=2)
    amount = MoneyOut(currency="invoice.currency")
    discount_share = MoneyOut(currency="invoice.currency")
    tax_type = serializers.CharField()
    tax_rate = PlainOut()
    tax_amount = MoneyOut(source="tax", currency="invoice.currency")
    total = MoneyOut(source="gross", currency="invoice.currency")
    service_type_id = IdField(allow_null=True)
    service_type_name = serializers.CharField(source="service_type.name", allow_null=True)
    budget_line_item_id = IdField(source="budget_line_id", allow_null=True)
    xero_account_code = serializers.CharField()
    position = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class PaymentRow(RowSerializer):
    id = IdField()
    invoice_id = IdField()
    amount = MoneyOut(currency="invoice.currency")
    currency = serializers.CharField(source="invoice.currency")
    date = serializers.DateField(source="paid_on")
    payment_mode_id = IdField(source="mode_id", allow_null=True)
    payment_mode = serializers.CharField(source="mode.name", allow_null=True)
    reference = serializers.CharField()
    note = serializers.CharField()
    bank_amount = MoneyOut(currency="invoice.base_currency", allow_null=True)
    source = serializers.CharField()
    recorded_by = IdField(source="recorded_by_id", allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


def line_rows(invoice: Invoice):
    """The columns of ``InvoiceLineRow``, in the order of the document."""
    return InvoiceLine.objects.filter(invoice=invoice).order_by("position", "pk")


def payment_rows(invoice: Invoice):
    """The live payments of an invoice, in the order in which they came."""
    return invoice.payments.live().order_by("paid_on", "pk")
