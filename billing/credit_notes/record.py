"""The page of one credit note."""

from django.urls import reverse

from agency.ui import formats
from agency.ui.views import Action, Explanation, Figure, RecordView, Step
from billing.credit_notes import printing
from billing.credit_notes.models import CreditNote
from billing.credit_notes.pills import status_pill
from billing.credit_notes.rows import application_rows, refund_rows
from billing.credit_notes.states import CreditNoteStatus


class CreditNoteView(RecordView):
    """What the client sees, where the credit went, and the next best step."""

    tool, subject, name = "invoices", "credit_note", "note"
    template_name = "billing/credit_notes/record.html"
    crumbs = [("Money", "")]
    list_url, list_label = "credit-note-list", "Credit notes"
    queryset = CreditNote.objects.listing().select_related("created_by")

    def get_context_data(self, **context):
        self.applied = list(application_rows(note=self.record).select_related("invoice"))
        self.refunds = list(refund_rows(self.record).select_related("mode"))
        return super().get_context_data(
            pills=status_pill(self.record),
            document=printing.document(self.record),
            applications=self.applied,
            refunds=self.refunds,
            perms_update=self.may("update"),
            **context,
        )

    # -- the moves --------------------------------------------------------------------------------
    def path(self, name: str) -> str:
        return reverse(name, args=[self.record.pk])

    def actions(self) -> list[Action]:
        """The menu, and the next best step as the one primary button."""
        return [*self.menu_actions(), *self.buttons()]

    def buttons(self) -> list[Action]:
        if self.record.is_draft:
            return [
                Action(label="Edit", url=self.path("credit-note-edit"), level="update", key="e"),
                self.step("issue", "Issue", "lock", primary=True),
            ]
        if not self.record.is_issued or not self.record.remaining:
            return []
        return [
            self.dialog("refund", "Refund", "banknote"),
            self.dialog("apply", "Apply to an invoice", "receipt-text", primary=True),
        ]

    def step(self, step: str, label: str, icon: str, **options) -> Action:
        options = {"level": "update", **options}
        return Action(
            label=label, url=self.path(f"credit-note-{step}"), icon=icon, post=True, **options
        )

    def dialog(self, step: str, label: str, icon: str, **options) -> Action:
        url = self.path(f"credit-note-{step}")
        return Action(label=label, url=url, icon=icon, level="update", dialog=True, **options)

    def menu_actions(self) -> list[Action]:
        pdf = self.path("credit-note-pdf")
        found = [Action(label="Download PDF", url=pdf, icon="download", menu=True)]
        last = {"level": "manage", "menu": True, "danger": True}
        if self.record.is_draft:
            confirm = "Delete this draft?"
            return [*found, self.step("delete", "Delete", "trash-2", confirm=confirm, **last)]
        found.append(self.dialog("notes", "Internal notes", "pencil", menu=True))
        confirm = "Void this credit note? Its number stays used."
        return [
            *found,
            self.step("void", "Void", "ban", confirm=confirm, off=self.not_voidable(), **last),
        ]

    def not_voidable(self) -> str:
        if not self.record.is_issued:
            return f"Not while it is {self.record.status}"
        if self.record.amount_applied:
            return "Not while a part of it is on an invoice"
        return "Not while a part of it is paid back" if self.record.amount_refunded else ""

    # -- the figures ------------------------------------------------------------------------------
    def figures(self) -> list[Figure]:
        note, currency = self.record, self.record.currency
        return [
            Figure(label="Credit, inc GST", value=note.total, currency=currency),
            Figure(label="On invoices", value=note.amount_applied, currency=currency),
            Figure(label="Paid back", value=note.amount_refunded, currency=currency),
            Figure(
                label="Left",
                value=note.remaining if note.is_issued else 0,
                currency=currency,
                explain=self.why_left() if note.is_issued else None,
            ),
        ]

    def why_left(self) -> Explanation:
        note = self.record
        rows = [("", f"Credit of {note}", note.total)]
        rows += [
            ("−", f"{one.invoice}, {formats.day(one.applied_on)}", one.amount)
            for one in self.applied
        ]
        rows += [("−", f"Paid back {formats.day(one.paid_on)}", one.amount) for one in self.refunds]
        return Explanation(f"Left of {note}", rows, note.remaining, note.currency, label="Left")

    # -- the way it has gone ----------------------------------------------------------------------
    def steps(self) -> list[Step]:
        note = self.record
        made = Step("Draft", formats.day(note.created_at), "done")
        if note.is_draft:
            return [made, Step("Issued"), Step("Used up")]
        issued = Step("Issued", formats.day(note.issued_at), "done")
        if note.status == CreditNoteStatus.VOIDED:
            return [made, issued, Step("Voided", formats.day(note.voided_at), "now")]
        return [made, issued, Step("Used up", "", "" if note.remaining else "now")]
