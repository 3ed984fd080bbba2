"""The admin finds these here; each slice owns its own."""

from billing.credit_notes import admin as credit_notes
from billing.expenses import admin as expenses
from billing.invoices import admin as invoices
from billing.items import admin as items
from billing.mapping import admin as mapping
from billing.payments import admin as payments
from billing.xero import admin as xero

__all__ = ["credit_notes", "expenses", "invoices", "items", "mapping", "payments", "xero"]
