"""The forms and buttons that change a budget."""

from django.urls import reverse

from agency.ui.views import OperationFormView, RecordFormView, RecordStepView, visible
from budgets.budgets import operations
from budgets.budgets.forms import BudgetForm
from budgets.budgets.models import Budget
from crm.customers.models import Customer
from crm.deals.models import Deal
from crm.projects.models import Project

CRUMBS = [("Money", ""), ("Budgets", "budget-list")]
# What a link may fill in beforehand: ?project=7
FROM = {"customer": Customer, "project": Project, "deal": Deal}


class NewBudget(OperationFormView):
    tool, title, submit_label = "budgets", "New budget", "Create budget"
    form_class = BudgetForm
    template_name = "budgets/budgets/form.html"
    crumbs = CRUMBS
    success_message = "{result} created. Add its lines next."

    def get_initial(self):
        given = {"owner": self.request.user, "currency": "AUD"}
        for name, model in FROM.items():
            pk = self.request.GET.get(name, "")
            rows = visible(model.objects, self.request.user)
            record = rows.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None
            if record is not None:
                given |= {name: record, "customer": getattr(record, "customer", record)}
        return given

    def perform(self, form):
        return operations.create(by=self.request.user, **form.cleaned_data)


class EditBudget(RecordFormView):
    tool, title = "budgets", "Edit budget"
    form_class, queryset = BudgetForm, Budget.objects.listing()
    template_name = "budgets/budgets/form.html"
    crumbs = CRUMBS
    success_message = "{result} saved."

    def get_initial(self):
        return {
            **super().get_initial(),
            "project": self.record.project,
            "deal": self.record.deal,
        }

    def perform(self, form):
        return operations.update(self.record, by=self.request.user, **form.cleaned_data)


class MoveBudget(RecordStepView):
    """Gives a budget the status in the URL."""

    tool, queryset, crumbs = "budgets", Budget.objects, CRUMBS
    title, submit_label = "Change status", "Change status"
    success_message = "{result} is {result.status}."

    def perform(self):
        return operations.move(self.record, self.kwargs["status"], by=self.request.user)


class DeleteBudget(RecordStepView):
    tool, level, queryset, crumbs = "budgets", "manage", Budget.objects, CRUMBS
    title, submit_label, danger = "Delete budget", "Delete", True
    question = "Delete this budget with its lines? Its history stays."
    success_message = "Budget deleted."

    def perform(self):
        operations.delete(self.record, by=self.request.user)

    def success_url(self, result) -> str:
        gone = not Budget.objects.filter(pk=self.kwargs["pk"]).exists()
        return reverse("budget-list") if gone else self.record.get_absolute_url()
