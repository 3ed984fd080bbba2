"""Categories of expenses are made, changed and retired here."""

from django.db import transaction

from agency.errors import ConflictError
from agency.reference import writing
from billing.expenses.models import ExpenseCategory


@transaction.atomic
def create(*, name: str, description: str = "", by) -> ExpenseCategory:
    """Add a category. Raises ``ConflictError`` where the name is taken, in any case."""
    require_free(name)
    return writing.add(ExpenseCategory(name=name, description=description), by=by, name=name)


@transaction.atomic
def update(category: ExpenseCategory, *, by, **values) -> ExpenseCategory:
    """Change the name, the description, or whether it can be chosen."""
    if "name" in values:
        require_free(values["name"], besides=category)
    return writing.change(category, by=by, **values)


def require_free(name: str, besides: ExpenseCategory | None = None) -> None:
    same = ExpenseCategory.objects.filter(name__iexact=name)
    if besides:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise ConflictError(f"There is a category “{name}” already.", field="name")
