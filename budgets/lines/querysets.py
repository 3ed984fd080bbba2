"""Budget lines in the office's words."""

from django.apps import apps
from django.db.models import OuterRef, Q

from agency import sql
from agency.staff.scope import ScopedQuerySet
from crm.timesheets.models import TimeEntry


class BudgetLineQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Lines are seen by whoever sees their budget."""
        budgets = apps.get_model("budgets", "Budget").objects.order_by()
        return Q(budget__in=budgets.filter(budgets.touching(people)).values("pk"))

    def in_order(self):
        return self.order_by("position", "created_at", "pk")

    def listing(self):
        """Lines in order with ``logged_minutes``, ``burned`` and ``invoiced``, net of tax.

        Logged and burned are approved time only; invoiced is on lines of invoices that count.
        """
        entries = TimeEntry.objects.approved()
        in_currency = {"currency": OuterRef("budget__currency")}
        billed = apps.get_model("billing", "InvoiceLine").objects.counted()
        return (
            self.annotate(
                logged_minutes=sql.minutes_of(entries, "budget_line"),
                burned=sql.sum_of(entries.burned().filter(**in_currency), "budget_line", "amount"),
                invoiced=sql.sum_of(
                    billed.filter(invoice__currency=OuterRef("budget__currency")),
                    "budget_line",
                    "net",
                ),
            )
            .select_related("service_type", "task")
            .in_order()
        )
