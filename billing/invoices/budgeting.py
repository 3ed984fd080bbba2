"""From a budget to its invoice: the preview of the lines to be made, and the button."""

from django.urls import reverse

from agency.errors import BusinessError
from agency.ui.views import Action, Column, PanelView, RecordStepView, visible
from billing.invoices import from_budget, operations
from billing.invoices.models import Invoice
from billing.invoices.pills import status_pill
from billing.invoices.views import balance_of, number_of
from budgets.budgets.states import BudgetType
from budgets.models import Budget
from crm.models import Customer, Engagement, Project


class InvoiceBudget(RecordStepView):
    """Shows which lines an invoice would get, and makes it when asked."""

    tool, level = "invoices", "update"
    queryset = Budget.objects.select_related("customer", "project", "contact")
    template_name = "billing/invoices/from_budget.html"
    submit_label = "Make the draft"
    success_message = "The draft is ready: check it, then finalise it."
    crumbs = [("Money", ""), ("Budgets", "budget-list")]

    def get_title(self) -> str:
        return f"Invoice {self.record}"

    def get_template_names(self) -> list[str]:
        name = "_dialog" if self.is_dialog else ""
        return [f"billing/invoices/from_budget{name}.html"]

    def perform(self) -> Invoice:
        return operations.create(
            by=self.request.user, budget=self.record, generate_from_budget=True
        )

    def get_context_data(self, **context):
        try:
            context["preview"] = from_budget.preview(self.record)
        except BusinessError as error:
            context["refusal"] = error.message
        return super().get_context_data(again=self.bills_again(), **context)

    def bills_again(self) -> bool:
        """Sprints are billed at their full amounts each time they are asked for: say so."""
        fixed = self.record.budget_type in (None, BudgetType.SPRINTS)
        return fixed and self.record.invoices.counted().exists()


class InvoicesPanel(PanelView):
    """The invoices of a record."""

    tool, title, noun = "invoices", "Invoices", "invoices"
    empty = "Nothing is invoiced yet."
    link = ""
    columns = [
        Column(name="number", label="Number", draw=number_of, phone="title"),
        Column(name="subject", label="For", clip=True),
        Column(name="status", label="State", draw=status_pill, phone="state"),
        Column(name="issued_on", label="Issued", kind="date"),
        Column(name="due_on", label="Due", kind="date"),
        Column(name="total", label="Total", kind="money", phone="value"),
        Column(name="balance", label="Balance", kind="money", draw=balance_of),
    ]

    def rows(self):
        mine = visible(Invoice.objects.listing(), self.request.user)
        return mine.filter(**{self.link: self.record})


class CustomerInvoices(InvoicesPanel):
    queryset, link = Customer.objects, "customer"

    def actions(self) -> list[Action]:
        url = f"{reverse('invoice-new')}?company={self.record.pk}"
        return [Action(label="New invoice", url=url, icon="plus", level="update")]


class ProjectInvoices(InvoicesPanel):
    queryset, link = Project.objects, "project"


class EngagementInvoices(InvoicesPanel):
    queryset, link = Engagement.objects, "engagement"


class BudgetInvoices(InvoicesPanel):
    queryset, link = Budget.objects, "budget"

    def actions(self) -> list[Action]:
        url = reverse("budget-invoice", args=[self.record.pk])
        return [Action(label="Invoice", url=url, icon="receipt-text", level="update", dialog=True)]
