"""How Teamwork's dialect spells an invoice, and the time and expenses on it."""

from rest_framework import serializers

from agency import money
from agency.api.fields import CurrencyIn, RelatedId, TextIn
from agency.api.teamwork import names
from agency.api.teamwork.fields import (
    AmountText,
    DateIn,
    DateOut,
    FlagOut,
    MomentOut,
    MoneyText,
    TextOut,
)
from billing.invoices.models import Invoice
from crm.models import TimeEntry
from crm.timesheets.api_teamwork import LoggedAt


class Nothing(TextOut):
    """What Teamwork knows and this house does not: invoices are not exported."""

    schema = {"const": ""}

    def convert(self, value):
        return ""


class Completed(TextOut):
    """Whether the office has ticked it off."""

    schema = {"enum": ["active", "completed"]}

    def convert(self, moment):
        return "active" if moment is None else "completed"


class Editor(TextOut):
    """One value of the list that tells who wrote the record last: id, first and last name."""

    def __init__(self, at: int) -> None:
        self.at = at
        super().__init__(source="editor")

    def convert(self, person):
        return super().convert(person[self.at] if person else None)


class HoursText(TextOut):
    """Minutes as hours with two decimals: 140 is ``2.33``."""

    def convert(self, minutes: int):
        return f"{money.hours(minutes):f}"


HEAD = {
    "id": "pk",
    "project-id": "billed_project",
    "project-name": "billed_project_name",
    "company-id": "customer_id",
    "company-name": "customer.name",
    "number": "number",
    "po-number": "po_number",
    "description": "subject",
    "fixed-cost": MoneyText(source="fixed_cost"),
    "currency-code": "currency",
    "status": Completed(source="completed_at"),
    "display-date": DateOut(source="issued_on"),
    "date-created": MomentOut(source="created_at"),
    "date-updated": MomentOut(source="updated_at"),
    "created-by-user-id": "created_by_id",
    "created-by-user-firstname": "created_by.first_name",
    "created-by-user-lastname": "created_by.last_name",
    "update-by-user-id": Editor(0),
    "edited-by-user-firstname": Editor(1),
    "edited-by-user-lastname": Editor(2),
    **{
        f"exported-{name}": Nothing(source="pk")
        for name in ("date", "by-user-id", "by-user-firstname", "by-user-lastname")
    },
}
InvoiceRow = names.row("Invoice", Invoice, HEAD)
LineItem = names.row(
    "LineItem",
    TimeEntry,
    {
        "id": "pk",
        "description": "description",
        "minutes": "minutes",
        "decimal-hours": HoursText(source="minutes"),
        "date-logged-utc": LoggedAt(source="date"),
        "rate": MoneyText(source="rate"),
        "cost": MoneyText(source="amount"),
        "billable": FlagOut(source="is_billable"),
        "task-id": "task_id",
        "task-name": "task.title",
        "user-id": "staff_id",
        "user-firstname": "staff.first_name",
        "user-lastname": "staff.last_name",
    },
)
InvoiceFields = names.body(
    "InvoiceFields",
    {
        "project-id": RelatedId("crm.Project", source="project", required=False),
        "description": TextIn(source="subject", max_length=300),
        "fixed-cost": AmountText(source="fixed_cost", required=False, allow_null=True, min_value=0),
        "number": serializers.CharField(required=False, max_length=40),
        "po-number": TextIn(source="po_number", max_length=60),
        "display-date": DateIn(source="issued_on", required=False),
        "currency-code": CurrencyIn(source="currency", required=False),
    },
)
