"""The dialogs and the order of a budget's lines."""

from django.apps import apps
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.generic import View

from agency.errors import BusinessError
from agency.ui.keys import record_keys
from agency.ui.views import OneRecord, RecordFormView, RecordStepView
from budgets.lines import operations
from budgets.lines.forms import LineForm
from budgets.lines.models import BudgetLine


class LineFormMixin:
    """The form of a line, as a page and as a dialog."""

    form_class = LineForm
    template_name = "budgets/lines/form.html"
    dialog_template_name = "budgets/lines/form_dialog.html"


class OfBudget(OneRecord):
    """Something about the budget of the URL, which owns the lines."""

    tool, level = "budgets", "update"
    crumbs = [("Money", ""), ("Budgets", "budget-list")]

    @property
    def queryset(self):
        return apps.get_model("budgets", "Budget").objects


class NewLine(LineFormMixin, OfBudget, RecordFormView):
    """Adds a line at the end."""

    title, submit_label = "New line", "Add line"
    success_message = "Line added."

    def perform(self, form):
        return operations.create(self.record, by=self.request.user, **form.cleaned_data)

    def success_url(self, result) -> str:
        return self.record.get_absolute_url()


class OrderLines(OfBudget, View):
    """Keeps the order in which the lines were put by dragging."""

    http_method_names = ["post"]

    def post(self, request, pk: int) -> HttpResponse:
        ids = record_keys(request.POST.get("ids", "").split(","))
        try:
            operations.reorder(self.record, ids, by=request.user)
        except BusinessError as error:
            messages.error(request, str(error))
            return HttpResponse(status=409)
        return HttpResponse(status=204)


class OfLine(OneRecord):
    """Something about one line; its page is that of its budget."""

    tool, level = "budgets", "update"
    queryset = BudgetLine.objects.select_related("budget", "service_type", "task")
    crumbs = [("Money", ""), ("Budgets", "budget-list")]

    def get_crumbs(self):
        budget = self.record.budget
        return [*super().get_crumbs(), (str(budget), budget.get_absolute_url())]

    def success_url(self, result) -> str:
        return reverse("budget-page", args=[self.record.budget_id])


class EditLine(LineFormMixin, OfLine, RecordFormView):
    title = "Edit line"
    success_message = "Line saved."

    def perform(self, form):
        return operations.update(self.record, by=self.request.user, **form.cleaned_data)


class DeleteLine(OfLine, RecordStepView):
    title, submit_label, danger = "Delete line", "Delete line", True
    question = "The line goes; time that is not approved stays on the budget without one."
    success_message = "Line deleted."

    def perform(self):
        operations.delete(self.record, by=self.request.user)


class MoveLine(OfLine, RecordStepView):
    """Moves a line by one place, for those who do not drag."""

    title, submit_label = "Move line", "Move line"
    places = 1

    def perform(self):
        operations.move(self.record, self.places, by=self.request.user)
