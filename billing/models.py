"""Django looks for models here; each slice owns its own."""

from billing.expenses.models import Expense, ExpenseCategory
from billing.invoices.models import Invoice, InvoiceLine
from billing.items.models import Item, ItemGroup
from billing.mapping.models import MappingRule
from billing.payments.models import Payment

__all__ = [
    "Expense",
    "ExpenseCategory",
    "Invoice",
    "InvoiceLine",
    "Item",
    "ItemGroup",
    "MappingRule",
    "Payment",
]
