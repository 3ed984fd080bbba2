"""Credit notes and their ledgers in the office's words."""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from agency.staff.scope import ScopedQuerySet
from billing.credit_notes.states import CreditNoteStatus, ShownStatus
from billing.invoices.states import InvoiceStatus


class CreditNoteQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Notes that people made, those of customers that they own, and of invoices they see."""
        invoices = apps.get_model("billing", "Invoice").objects.all()
        seen = invoices.filter(invoices.touching(people), pk=OuterRef("invoice"))
        return Q(created_by__in=people) | Q(customer__owner__in=people) | Exists(seen.order_by())

    def issued(self):
        return self.filter(status=CreditNoteStatus.ISSUED)

    def open(self):
        """What can still be put on an invoice or paid out."""
        return self.issued().filter(remaining__gt=0)

    def shown_as(self, status: str):
        """The notes whose shown status is ``status``: used up before issued."""
        if status == ShownStatus.USED:
            return self.issued().filter(remaining=0)
        if status == ShownStatus.ISSUED:
            return self.open()
        return self.filter(status=status)

    def matching(self, text: str):
        return self.filter(
            Q(number__icontains=text)
            | Q(customer__name__icontains=text)
            | Q(reference__icontains=text)
            | Q(invoice__number__icontains=text)
        )

    def listing(self):
        """What every list of credit notes shows, in one query."""
        return self.select_related("customer", "contact", "invoice").order_by("-issued_on", "-pk")


class OfNoteQuerySet(ScopedQuerySet):
    """Rows of a note are seen by whoever sees the note."""

    def touching(self, people) -> Q:
        notes = apps.get_model("billing", "CreditNote").objects.all()
        return Q(note__in=notes.filter(notes.touching(people)).values("pk"))


class CreditNoteLineQuerySet(OfNoteQuerySet):
    def counted(self):
        """Lines that give a budget back what its invoice used up: issued, and no expense.

        A voided or deleted invoice uses nothing up, so nothing comes back of it.
        """
        issued = self.filter(note__status=CreditNoteStatus.ISSUED, note__invoice__hidden_at=None)
        live = issued.exclude(note__invoice__status=InvoiceStatus.VOIDED)
        billed = apps.get_model("billing", "Expense").objects
        expenses = billed.filter(invoice_line=OuterRef("invoice_line"))
        return live.filter(~Exists(expenses.order_by()))


class LedgerQuerySet(OfNoteQuerySet):
    def live(self):
        return self.filter(reversed_at=None)

    def listing(self):
        return self.live().select_related("note__customer", "recorded_by")
