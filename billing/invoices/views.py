"""The list of invoices."""

from django.db.models import Q
from django.utils.html import format_html

from agency.ui import formats
from agency.ui.views import BulkAction, Column, FilteredListView, Tab
from billing.invoices import operations, sending
from billing.invoices.filters import InvoiceFilter
from billing.invoices.models import Invoice
from billing.invoices.pills import days_late, status_pill
from billing.invoices.states import INVOICE_WORKFLOW, InvoiceStatus, ShownStatus


def number_of(invoice: Invoice):
    words = invoice.number or format_html('<span class="muted">{}</span>', "No number yet")
    return format_html('<a class="id" href="{}">{}</a>', invoice.get_absolute_url(), words)


def due_of(invoice: Invoice):
    if invoice.shown_status != ShownStatus.OVERDUE:
        return formats.day(invoice.due_on)
    late = days_late(invoice)
    return format_html('{} <span class="bad">· {} d late</span>', formats.day(invoice.due_on), late)


def balance_of(invoice: Invoice):
    if not invoice.balance or not invoice.is_issued:
        return formats.DASH
    return formats.money_html(invoice.balance, invoice.currency)


def may_become(target: str):
    return lambda invoice: INVOICE_WORKFLOW.allows(invoice.status, target)


class InvoiceListView(FilteredListView):
    """All invoices, by state."""

    tool, title, noun = "invoices", "Invoices", "invoices"
    crumbs = [("Money", "")]
    filterset_class = InvoiceFilter
    filters = ["company_id", "currency", "payment_status", "age", "issued_from", "issued_to"]
    sort = "-issued"
    create_url, create_label = "invoice-new", "New invoice"
    empty_icon, empty_title = "receipt-text", "No invoices yet"
    empty_text = "Press Invoice on a budget, or write one by hand."
    totals_note = "Voided invoices are left out."
    columns = [
        Column(
            name="number", label="Number", draw=number_of, sort="number", fixed=True, phone="sub"
        ),
        Column(
            name="customer",
            label="Company",
            value="customer.name",
            detail="subject",
            sort="customer__name",
            clip=True,
            phone="title",
        ),
        Column(name="status", label="State", value="shown", draw=status_pill, phone="state"),
        Column(name="issued", label="Issued", value="issued_on", kind="date", sort="issued_on"),
        Column(name="due", label="Due", value="due_on", draw=due_of, sort="due_on", css="nw"),
        Column(name="total", label="Total", kind="money", sort="total", total=True, phone="value"),
        Column(
            name="balance",
            label="Balance",
            kind="money",
            sort="balance",
            total=True,
            draw=balance_of,
        ),
        Column(name="po", label="PO number", value="po_number", shown=False),
        Column(name="project", label="Project", value="project.name", shown=False),
        Column(name="budget", label="Budget", value="budget.name", shown=False),
    ]
    bulk_actions = [
        BulkAction(
            key="finalise",
            label="Finalise",
            icon="lock",
            run=operations.finalise,
            done="finalised",
            allows=may_become(InvoiceStatus.FINALISED),
        ),
        BulkAction(
            key="approve",
            label="Approve",
            icon="check",
            run=operations.approve,
            level="manage",
            done="approved",
            allows=may_become(InvoiceStatus.APPROVED),
        ),
        BulkAction(
            key="send",
            label="Send",
            icon="send",
            run=sending.send,
            level="manage",
            done="sent",
            allows=may_become(InvoiceStatus.SENT),
        ),
        BulkAction(
            key="void",
            label="Void",
            icon="ban",
            run=operations.void,
            level="manage",
            done="voided",
            danger=True,
            confirm="Void the chosen invoices? Their numbers stay used.",
            allows=may_become(InvoiceStatus.VOIDED),
        ),
    ]

    @property
    def queryset(self):
        return Invoice.objects.listing()

    def get_tabs(self) -> list[Tab]:
        tabs = [Tab("all", "All")]
        for status in ShownStatus:
            tone = "bad" if status == ShownStatus.OVERDUE else ""
            tabs.append(Tab(status, status.label, Q(shown=status), tone))
        return tabs

    def totals_queryset(self, rows):
        return rows.exclude(status=InvoiceStatus.VOIDED)
