"""Django looks for models here; each slice owns its own."""

from billing.bookkeeping.models import (
    ContactLink,
    Difference,
    FollowedCredit,
    Posting,
    WebhookEvent,
)
from billing.credit_notes.models import (
    CreditApplication,
    CreditNote,
    CreditNoteLine,
    Refund,
)
from billing.expenses.models import Expense, ExpenseCategory
from billing.invoices.models import Invoice, InvoiceLine
from billing.items.models import Item, ItemGroup
from billing.mapping.models import MappingRule
from billing.payments.models import Payment
from billing.xero.models import Call, Connection, ListedAccount, ListedTaxRate

__all__ = [
    "Call",
    "Connection",
    "ContactLink",
    "CreditApplication",
    "CreditNote",
    "CreditNoteLine",
    "Difference",
    "Expense",
    "ExpenseCategory",
    "FollowedCredit",
    "Invoice",
    "InvoiceLine",
    "Item",
    "ItemGroup",
    "ListedAccount",
    "ListedTaxRate",
    "MappingRule",
    "Payment",
    "Posting",
    "Refund",
    "WebhookEvent",
]
