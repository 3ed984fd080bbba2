"""What the head of a customer's page adds up."""

from datetime import timedelta

from django.apps import apps
from django.db.models import Q, Sum

from agency import money
from agency.reference import organisation
from agency.sql import totals_per_currency
from agency.ui import formats
from agency.ui.views import Explanation, Figure
from crm.customers.models import Customer

DAYS = 30


def figures_of(customer: Customer, staff) -> list[Figure]:
    """Open projects, deals, tasks and recent hours: each only for those who see such records."""
    makers = {
        "projects": open_projects,
        "deals": open_deals,
        "tasks": open_tasks,
        "time": hours,
    }
    return [
        make(customer, staff) for tool, make in makers.items() if staff.has_perm(f"{tool}:view")
    ]


def rows_of(label: str, customer: Customer, staff):
    rows = apps.get_model("crm", label).objects.all()
    return rows.visible_to(staff).filter(customer=customer)


def open_projects(customer: Customer, staff) -> Figure:
    rows = rows_of("Project", customer, staff).open()
    late = rows.filter(deadline_on__lt=organisation.today()).count()
    return Figure(
        label="Open projects",
        value=rows.count(),
        kind="number",
        note=f"{late} past the deadline" if late else "",
        note_tone="bad",
    )


def open_deals(customer: Customer, staff) -> Figure:
    rows = rows_of("Deal", customer, staff).open()
    sums = totals_per_currency(rows, "value")
    usual = customer.currency or organisation.current().base_currency
    first = sums[0] if sums else {"currency": usual, "total_value": money.ZERO}
    others = [
        f"{line['currency']} {formats.amount(line['total_value'], line['currency'])}"
        for line in sums[1:]
    ]
    listed = [
        ("+", deal.title, f"{deal.currency} {formats.amount(deal.value, deal.currency)}")
        for deal in rows.order_by("-value")[:8]
    ]
    result = f"{first['currency']} {formats.amount(first['total_value'], first['currency'])}"
    why = Explanation("Open deals", listed, result, foot="Won and lost deals are left out.")
    return Figure(
        label="Open deals",
        value=first["total_value"],
        currency=first["currency"],
        note=f"and {', '.join(others)}" if others else "",
        explain=why if len(sums) == 1 else None,
    )


def open_tasks(customer: Customer, staff) -> Figure:
    rows = rows_of("Task", customer, staff).open()
    late = rows.overdue().count()
    return Figure(
        label="Open tasks",
        value=rows.count(),
        kind="number",
        note=f"{late} overdue" if late else "",
        note_tone="bad",
    )


def hours(customer: Customer, staff) -> Figure:
    """Time logged in the last thirty days, with the billable part."""
    since = organisation.today() - timedelta(days=DAYS)
    rows = rows_of("TimeEntry", customer, staff).filter(date__gt=since)
    found = rows.order_by().aggregate(
        all=Sum("minutes", default=0),
        billable=Sum("minutes", filter=Q(is_billable=True), default=0),
    )
    return Figure(
        label=f"Hours in {DAYS} days",
        value=found["all"],
        kind="hours",
        note=f"{formats.clock(found['billable'])} billable" if found["all"] else "",
    )
