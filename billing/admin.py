"""The admin finds these here; each slice owns its own."""

from billing.invoices import admin as invoices
from billing.mapping import admin as mapping
from billing.payments import admin as payments

__all__ = ["invoices", "mapping", "payments"]
