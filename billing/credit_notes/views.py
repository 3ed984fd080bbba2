"""The list of credit notes."""

from django.db.models import Q

from agency.ui.views import BulkAction, Column, FilteredListView, Tab
from billing.credit_notes import operations
from billing.credit_notes.filters import CreditNoteFilter
from billing.credit_notes.models import CreditNote
from billing.credit_notes.pills import invoice_of, number_of, remaining_of, status_pill
from billing.credit_notes.states import CREDIT_NOTE_WORKFLOW, CreditNoteStatus, ShownStatus

USED = Q(status=CreditNoteStatus.ISSUED, remaining=0)
TABS = {
    ShownStatus.DRAFT: Q(status=CreditNoteStatus.DRAFT),
    ShownStatus.ISSUED: Q(status=CreditNoteStatus.ISSUED) & ~USED,
    ShownStatus.USED: USED,
    ShownStatus.VOIDED: Q(status=CreditNoteStatus.VOIDED),
}


def may_become(target: str):
    return lambda note: CREDIT_NOTE_WORKFLOW.allows(note.status, target)


class CreditNoteListView(FilteredListView):
    """All credit notes, by state."""

    tool, title, noun = "invoices", "Credit notes", "credit notes"
    crumbs = [("Money", "")]
    queryset = CreditNote.objects.listing()
    filterset_class = CreditNoteFilter
    filters = ["company_id", "currency", "issued_from", "issued_to"]
    sort = "-issued"
    create_url, create_label = "credit-note-new", "New credit note"
    empty_icon, empty_title = "receipt", "No credit notes yet"
    empty_text = "Press Credit note on an invoice, or write one by hand."
    totals_note = "Voided credit notes are left out."
    columns = [
        Column(
            name="number", label="Number", draw=number_of, sort="number", fixed=True, phone="sub"
        ),
        Column(
            name="customer",
            label="Company",
            value="customer.name",
            detail="reason",
            sort="customer__name",
            clip=True,
            phone="title",
        ),
        Column(name="status", label="State", value="shown_status", draw=status_pill, phone="state"),
        Column(name="invoice", label="Invoice", value="invoice.number", draw=invoice_of),
        Column(name="issued", label="Issued", value="issued_on", kind="date", sort="issued_on"),
        Column(name="total", label="Total", kind="money", sort="total", total=True, phone="value"),
        Column(
            name="remaining",
            label="Left",
            kind="money",
            sort="remaining",
            total=True,
            draw=remaining_of,
        ),
        Column(name="reference", label="Reference", shown=False),
    ]
    bulk_actions = [
        BulkAction(
            key="issue",
            label="Issue",
            icon="lock",
            run=operations.issue,
            done="issued",
            allows=may_become(CreditNoteStatus.ISSUED),
        ),
        BulkAction(
            key="void",
            label="Void",
            icon="ban",
            run=operations.void,
            level="manage",
            done="voided",
            danger=True,
            confirm="Void the chosen credit notes? Their numbers stay used.",
            allows=may_become(CreditNoteStatus.VOIDED),
        ),
    ]

    def get_tabs(self) -> list[Tab]:
        return [
            Tab("all", "All"),
            *(Tab(status, status.label, wanted) for status, wanted in TABS.items()),
        ]

    def totals_queryset(self, rows):
        return rows.exclude(status=CreditNoteStatus.VOIDED)
