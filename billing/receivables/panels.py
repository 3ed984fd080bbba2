"""What billing puts on the home page."""

from django.apps import apps
from django.db.models import Sum

from agency import money
from agency.reference import organisation
from agency.sql import cents
from agency.ui import formats
from billing.expenses.models import Expense
from billing.invoices.models import Invoice
from billing.invoices.states import Age
from billing.receivables import figures
from budgets.budgets.states import BudgetStatus, BudgetType
from budgets.models import Budget
from crm.home.views import HomePanelView

MOST = 6


class Receivables(HomePanelView):
    """What is owed, by age and currency."""

    tool, title = "invoices", "Receivables"
    template_name = "billing/receivables/ageing.html"
    more_url, more_label = "invoice-list", "Invoices"

    def get_context_data(self, **context):
        mine = Invoice.objects.visible_to(self.request.user)
        ages = [
            {
                "currency": age.currency,
                "total": age.total,
                "bands": list(zip(Age, age.bands, strict=True)),
            }
            for age in figures.ageing(mine)
        ]
        return super().get_context_data(ages=ages, **context)


class Revenue(HomePanelView):
    """Invoiced by month, net of GST, in the base currency's own invoices."""

    tool, title = "invoices", "Revenue by month"
    template_name = "billing/receivables/revenue.html"

    def get_context_data(self, **context):
        currency = organisation.current().base_currency
        months = figures.revenue(Invoice.objects.visible_to(self.request.user), currency)
        data = {
            "type": "bar",
            "labels": [f"{month:%b}" for month, _ in months],
            "money": currency,
            "sets": [
                {
                    "label": f"Invoiced, net, {currency}",
                    "color": "mark",
                    "data": [money.shown(net, currency) for _, net in months],
                }
            ],
        }
        rows = [[f"{month:%B %Y}", formats.amount(net, currency)] for month, net in months]
        return super().get_context_data(data=data, rows=rows, currency=currency, **context)


class Uninvoiced(HomePanelView):
    """What nobody has billed yet: approved time on time and materials budgets, and expenses."""

    tool, title = "invoices", "Ready to invoice"
    template_name = "billing/receivables/uninvoiced.html"
    more_url, more_label = "budget-list", "Budgets"

    def get_context_data(self, **context):
        entries = apps.get_model("crm", "TimeEntry").objects.to_invoice()
        sums = entries.filter(budget__isnull=False).values("budget").order_by("budget")
        waiting = {row["budget"]: row["worth"] for row in sums.annotate(worth=cents(Sum("amount")))}
        budgets = Budget.objects.visible_to(self.request.user).filter(
            pk__in=waiting,
            budget_type=BudgetType.TIME_AND_MATERIALS,
            status=BudgetStatus.ACTIVE,
        )
        rows = [(budget, waiting[budget.pk]) for budget in budgets.select_related("customer")]
        rows.sort(key=lambda row: row[1], reverse=True)
        expenses = self.expenses()[:MOST]
        return super().get_context_data(
            rows=rows[:MOST], count=len(rows), expenses=expenses, **context
        )

    def expenses(self) -> list[dict]:
        """What may be passed on, by customer and currency, the largest first."""
        if not self.request.user.has_perm("expenses:view"):
            return []
        mine = Expense.objects.visible_to(self.request.user).to_invoice()
        named = mine.filter(customer__isnull=False).values("customer", "customer__name", "currency")
        return list(named.annotate(worth=cents(Sum("amount"))).order_by("-worth", "customer"))
