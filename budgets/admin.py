"""The admin finds these here; each slice owns its own."""

from budgets.budgets import admin as budgets
from budgets.services import admin as services

__all__ = ["budgets", "services"]
