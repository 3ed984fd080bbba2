"""The forms and the button that change an expense."""

from django.urls import reverse

from agency import money
from agency.reference import organisation
from agency.ui.keys import record_keys
from agency.ui.views import OperationFormView, RecordFormView, RecordStepView
from billing.expenses import operations
from billing.expenses.forms import ExpenseForm
from billing.expenses.models import Expense
from billing.lines import taxes
from crm.deals.operations import usual_currency
from crm.models import Customer, Project

CRUMBS = [("Money", ""), ("Expenses", "expense-list")]


class ExpensePage:
    """What noting and changing an expense share."""

    tool, form_class, crumbs = "expenses", ExpenseForm, CRUMBS
    template_name = "billing/expenses/form.html"
    dialog_template_name = "billing/expenses/form_dialog.html"


class NewExpense(ExpensePage, OperationFormView):
    """Starts with the customer or project that one came from, and the usual tax."""

    title, submit_label = "New expense", "Add expense"
    success_message = "{result} noted."

    def get_initial(self):
        project = self.named(Project, "project")
        customer = project.customer if project else self.named(Customer, "customer")
        return {
            "project": project,
            "customer": customer,
            "currency": usual_currency(customer),
            "tax_type": taxes.usual().code,
            "spent_on": organisation.today(),
            "is_billable": customer is not None,
        }

    def named(self, model, name: str):
        """The record that a link names, if the person may see it."""
        keys = record_keys([self.request.GET.get(name, "")])
        return model.objects.visible_to(self.request.user).filter(pk__in=keys).first()

    def perform(self, form):
        return operations.create(by=self.request.user, **form.values())


class EditExpense(ExpensePage, RecordFormView):
    title, success_message = "Edit expense", "{result} saved."
    queryset = Expense.objects.select_related("category", "customer", "project", "payment_mode")

    def get_initial(self):
        amount = money.shown(self.record.amount, self.record.currency)
        return super().get_initial() | {"amount": amount}

    def perform(self, form):
        return operations.update(self.record, by=self.request.user, **form.values())


class DeleteExpense(RecordStepView):
    tool, level, crumbs = "expenses", "manage", CRUMBS
    queryset = Expense.objects.select_related("category")
    title, submit_label, danger = "Delete expense", "Delete", True
    question = "Delete this expense? One on an invoice is kept."
    success_message = "Expense deleted."

    def perform(self):
        operations.delete(self.record, by=self.request.user)

    def success_url(self, result) -> str:
        gone = not Expense.objects.filter(pk=self.kwargs["pk"]).exists()
        return reverse("expense-list") if gone else self.record.get_absolute_url()
