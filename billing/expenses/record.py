"""The page of one expense."""

from django.urls import reverse

from agency.records.models import Attachment
from agency.ui import formats
from agency.ui.views import Action, Explanation, Figure, RecordView
from billing.expenses.models import Expense
from billing.expenses.pills import state_pill

PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


class ExpenseView(RecordView):
    """What was spent, the receipt for it, and the invoice that passes it on."""

    tool, subject, name = "expenses", "expense", "expense"
    queryset = Expense.objects.listing()
    template_name = "billing/expenses/record.html"
    crumbs = [("Money", "")]
    list_url, list_label = "expense-list", "Expenses"

    def get_context_data(self, **context):
        receipts = list(Attachment.objects.about(self.record))
        for receipt in receipts:
            receipt.is_picture = receipt.content_type in PICTURES
        return super().get_context_data(pill=state_pill(self.record), receipts=receipts, **context)

    def actions(self) -> list[Action]:
        locked = f"It is on {self.record.invoice}" if self.record.is_billed else ""
        edit, delete = (
            reverse(f"expense-{step}", args=[self.record.pk]) for step in ("edit", "delete")
        )
        return [
            Action(
                label="Delete",
                url=delete,
                icon="trash-2",
                level="manage",
                post=True,
                menu=True,
                danger=True,
                confirm="Delete this expense?",
                off=locked,
            ),
            Action(label="Edit", url=edit, level="update", key="e", off=locked),
        ]

    def figures(self) -> list[Figure]:
        expense, currency = self.record, self.record.currency
        rate = f"{formats.percent(expense.tax_rate * 100)} of the amount, rounded"
        why = Explanation(
            "Tax",
            [("", "Before tax", expense.amount), ("×", expense.tax_type or "No tax", rate)],
            expense.tax,
            currency,
            label="Tax",
        )
        return [
            Figure(label="Before tax", value=expense.amount, currency=currency),
            Figure(label="Tax", value=expense.tax, currency=currency, explain=why),
            Figure(label="Total", value=expense.total, currency=currency),
            Figure(label="Spent", value=formats.day(expense.spent_on), kind="text"),
        ]
