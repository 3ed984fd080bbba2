"""Expenses in the office's words."""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from agency.staff.scope import ScopedQuerySet
from crm.people import name_of
from crm.words import all_words


class ExpenseQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Expenses that people noted, and those of customers and projects that they own."""
        return (
            Q(created_by__in=people) | Q(customer__owner__in=people) | Q(project__owner__in=people)
        )

    def billable(self):
        return self.filter(is_billable=True)

    def uninvoiced(self):
        return self.filter(invoice_line=None)

    def to_invoice(self):
        """What may be passed on to the customer: billable, on no live invoice line."""
        return self.billable().uninvoiced()

    def of_invoice(self, invoice):
        """What a live line of the invoice passes on, in the order of the document."""
        mine = self.filter(invoice_line__invoice=invoice)
        return mine.order_by("invoice_line__position", "invoice_line")

    def matching(self, text: str):
        return self.filter(
            all_words(text, ("name", "description", "note", "category__name", "customer__name"))
        )

    def listing(self):
        """What every list of expenses shows, in one query."""
        files = apps.get_model("records", "Attachment").objects
        receipts = files.filter(subject_type="expense", subject_id=OuterRef("pk"))
        return (
            self.select_related(
                "category", "customer", "project", "payment_mode", "invoice_line__invoice"
            )
            .annotate(has_receipt=Exists(receipts), spender=name_of("created_by"))
            .order_by("-spent_on", "-pk")
        )
