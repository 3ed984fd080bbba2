"""Choosing time and expenses of the customer for a draft, on the draft's page."""

from django import forms

from agency.ui import formats
from agency.ui.forms import OfficeForm
from agency.ui.keys import record_keys
from agency.ui.views import RecordFormView
from billing.expenses.pills import state_pill as expense_pill
from billing.invoices import filling
from billing.invoices.models import Invoice
from crm.timesheets.pills import state_pill as time_pill
from crm.timesheets.work import Work

MOST = 200  # rows that one dialog offers


class WorkForm(OfficeForm):
    """The rows that were ticked, among those that may be added."""

    chosen = forms.ModelMultipleChoiceField(
        None, error_messages={"required": "Tick at least one line."}
    )

    def __init__(self, *args, offered, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = offered


class AddWork(RecordFormView):
    """Each row that is ticked becomes a line of the draft."""

    tool, form_class = "invoices", WorkForm
    queryset = Invoice.objects.select_related("customer")
    template_name = "billing/invoices/add_work.html"
    dialog_template_name = "billing/invoices/add_work_dialog.html"
    crumbs = [("Money", ""), ("Invoices", "invoice-list")]
    submit_label, success_message = "Add lines", "The lines are added."
    needed = ""  # the right to see what is offered, beside that of invoices
    heading = nothing = ""

    @property
    def intro(self) -> str:
        return str(self.record)

    def may(self, level: str) -> bool:
        return super().may(level) and self.request.user.has_perm(self.needed)

    def get_initial(self):
        return {}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"offered": self.offered()}

    def offered(self):
        raise NotImplementedError

    def get_context_data(self, **context):
        rows = list(self.offered()[: MOST + 1])
        ticked = set(record_keys(self.request.POST.getlist("chosen")))
        found = [{**self.shown(row), "pk": row.pk, "ticked": row.pk in ticked} for row in rows]
        return super().get_context_data(
            found=found[:MOST], has_more=len(rows) > MOST, invoice=self.record, **context
        )

    def shown(self, row) -> dict:
        raise NotImplementedError


class AddTime(AddWork):
    title, needed, heading = "Add time", "time:view", "Work"
    nothing = "No billable time for this company waits in this currency."

    def offered(self):
        return filling.entries_for(self.record, by=self.request.user)

    def shown(self, row) -> dict:
        words = row.description or Work.of(row).label
        detail = f"{row.staff}, {formats.clock(row.minutes)} h"
        about = {"day": row.date, "words": words, "detail": detail}
        return {**about, "pill": time_pill(row), "worth": row.amount}

    def perform(self, form):
        entries = form.cleaned_data["chosen"]
        return filling.add(self.record, by=self.request.user, entries=entries)


class AddExpenses(AddWork):
    title, needed, heading = "Add expenses", "expenses:view", "Expense"
    nothing = "No billable expense for this company waits in this currency."

    def offered(self):
        return filling.expenses_for(self.record, by=self.request.user)

    def shown(self, row) -> dict:
        about = {"day": row.spent_on, "words": str(row), "detail": row.category}
        return {**about, "pill": expense_pill(row), "worth": row.amount}

    def perform(self, form):
        expenses = form.cleaned_data["chosen"]
        return filling.add(self.record, by=self.request.user, expenses=expenses)
