"""Invoices in the office's words."""

from datetime import timedelta

from django.apps import apps
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONArray

from agency.reference import organisation
from agency.staff.scope import ScopedQuerySet
from billing.invoices.states import (
    ISSUED,
    Age,
    InvoiceStatus,
    PaymentStatus,
    ShownStatus,
    Standing,
)

PAID = Q(status__in=ISSUED, balance=0)


class InvoiceQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Invoices that people made, and those of budgets and customers that they own."""
        budgets = apps.get_model("budgets", "Budget").objects
        return (
            Q(created_by__in=people)
            | Q(customer__owner__in=people)
            | Exists(budgets.filter(pk=OuterRef("budget"), owner__in=people))
        )

    def visible_to(self, staff):
        """The live invoices in the person's scope: a deleted one is in no list."""
        return super().visible_to(staff).live()

    def live(self):
        return self.filter(hidden_at=None)

    def issued(self):
        return self.filter(status__in=ISSUED)

    def counted(self):
        """Invoices that use up what they bill: neither voided nor deleted."""
        return self.exclude(status=InvoiceStatus.VOIDED).filter(hidden_at=None)

    def paid(self):
        return self.filter(PAID)

    def unpaid(self):
        return self.issued().filter(balance__gt=0)

    def overdue(self):
        return self.unpaid().filter(due_on__lt=organisation.today())

    def with_age(self):
        """Add ``age`` to what is unpaid: its ``Age`` on the organisation's today."""
        today = organisation.today()
        late = [
            When(due_on__lte=today - timedelta(days=age.first_day), then=Value(age.value))
            for age in reversed(Age)
            if age.first_day
        ]
        age = Case(*late, default=Value(Age.NOT_DUE), output_field=CharField())
        return self.unpaid().annotate(age=age)

    def shown_as(self, status: str):
        """The invoices whose shown status is ``status``: paid before overdue before stored."""
        if status == ShownStatus.PAID:
            return self.paid()
        if status == ShownStatus.OVERDUE:
            return self.overdue()
        if status not in ISSUED:
            return self.filter(status=status)
        late = Q(due_on__lt=organisation.today())
        return self.unpaid().filter(status=status).exclude(late & Q(due_on__isnull=False))

    def settled_as(self, status: str):
        """The invoices whose payment status is ``status``."""
        if status == PaymentStatus.PAID:
            return self.paid()
        rest = self.exclude(PAID)
        nothing = Q(amount_paid=0)
        return rest.filter(nothing if status == PaymentStatus.UNPAID else ~nothing)

    def with_shown_status(self):
        """Add ``shown`` and ``settled``: what every list, detail and filter agrees on."""
        late = Q(status__in=ISSUED, due_on__lt=organisation.today())
        return self.annotate(
            shown=Case(
                When(PAID, then=Value(ShownStatus.PAID)),
                When(late, then=Value(ShownStatus.OVERDUE)),
                default=F("status"),
                output_field=CharField(),
            ),
            settled=Case(
                When(PAID, then=Value(PaymentStatus.PAID)),
                When(amount_paid=0, then=Value(PaymentStatus.UNPAID)),
                default=Value(PaymentStatus.PARTIAL),
                output_field=CharField(),
            ),
        )

    def with_standing(self):
        """Add ``stands``, the one word of ``Standing``; after ``with_shown_status``."""
        shown_first = Q(shown__in=(ShownStatus.PAID, ShownStatus.OVERDUE))
        return self.annotate(
            stands=Case(
                When(shown_first | ~Q(status__in=ISSUED), then=F("shown")),
                default=F("settled"),
                output_field=CharField(),
            )
        )

    def standing_as(self, standing: str):
        """The invoices that stand so: see ``Invoice.standing``."""
        if standing in {Standing.UNPAID, Standing.PARTIAL}:
            return self.issued().settled_as(standing).exclude(pk__in=self.overdue().values("pk"))
        return self.shown_as(standing)

    def of_projects(self):
        """Invoices that belong to a project, their own or their budget's, which is added."""
        return self.annotate(
            billed_project=Coalesce("project_id", "budget__project_id"),
            billed_project_name=Coalesce("project__name", "budget__project__name"),
        ).filter(billed_project__isnull=False)

    def with_editor(self):
        """Add ``editor``: [id, first name, last name] of who last left a trace, else None."""
        events = apps.get_model("records", "Event").objects
        mine = events.filter(subject_type="invoice", subject_id=OuterRef("pk"))
        last = mine.order_by("-happened_at", "-pk")
        person = JSONArray("by__pk", "by__first_name", "by__last_name")
        return self.annotate(editor=Subquery(last.values(person=person)[:1]))

    def matching(self, text: str):
        return self.filter(
            Q(number__icontains=text)
            | Q(customer__name__icontains=text)
            | Q(po_number__icontains=text)
        )

    def listing(self):
        """What every list of invoices shows, in one query."""
        return (
            self.live()
            .with_shown_status()
            .select_related("customer", "contact", "budget", "project", "engagement")
            .order_by("-issued_on", "-pk")
        )


class InvoiceLineQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        invoices = apps.get_model("billing", "Invoice").objects.all()
        return Q(invoice__in=invoices.filter(invoices.touching(people)).values("pk"))

    def counted(self):
        """Lines that use up a budget: of invoices neither voided nor deleted, and no expense.

        What is passed on comes on top of the work that was agreed.
        """
        live = self.exclude(invoice__status=InvoiceStatus.VOIDED).filter(invoice__hidden_at=None)
        # A join that finds nothing would mislead PostgreSQL into reading every line there is.
        expenses = apps.get_model("billing", "Expense").objects.filter(invoice_line=OuterRef("pk"))
        return live.filter(~Exists(expenses.order_by()))
