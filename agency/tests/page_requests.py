"""The addresses of the pages of one person's work."""

from datetime import date

from django.apps import apps
from django.utils import timezone

from agency.records.outbox.models import Effect
from agency.tests.office import Work


def address_of(path: str, work: Work) -> str:
    """The path with the keys of that person's records in it."""
    fitting = [start for start in KEYS if path.startswith(start)]
    record = KEYS[max(fitting, key=len)](path, work) if fitting else None
    filled = path.replace(":pk", str(record.pk)) if record else path
    return (
        filled.replace(":key", "first_invoice")
        .replace(":status", "active")
        .replace(":step", "accept")
    )


def first(label: str):
    return lambda path, work: apps.get_model(label).objects.order_by("pk").first()


def effect(path: str, work: Work):
    return Effect.objects.get_or_create(kind="test", state=Effect.State.DEAD)[0]


def difference(path: str, work: Work):
    rows = apps.get_model("billing", "Difference").objects
    values = {"theirs": "AUD 0.00", "cause": "Test.", "seen_at": timezone.now()}
    return rows.get_or_create(invoice=work.issued, field="total", defaults=values)[0]


def contact_link(path: str, work: Work):
    rows = apps.get_model("billing", "ContactLink").objects
    values = {"tenant_id": "books", "state": "ask", "reason": "Two may be it."}
    return rows.get_or_create(customer=work.customer, defaults=values)[0]


def rate(path: str, work: Work):
    currency = apps.get_model("reference", "Currency").objects.exclude(code="AUD").first()
    return currency.rates.get_or_create(on=date(2026, 1, 1), rate=2)[0]


def time(path: str, work: Work):
    return work.approved if path.endswith("unapprove") else work.handed_in


def credit_note(path: str, work: Work):
    return work.note if path.endswith(("apply", "refund", "void", "pdf")) else work.note_draft


def form_of(method: str, path: str, work: Work) -> dict:
    """What is sent along: a record that the page is asked to move."""
    return FORMS[path](work) if method == "POST" and path in FORMS else {}


FORMS = {
    "/deals": lambda work: {"id": work.deal.pk, "to": "proposal"},
    "/tasks/board": lambda work: {"id": work.task.pk, "to": "in_progress"},
    "/projects/:pk/panels/board": lambda work: {"id": work.task.pk, "to": "in_progress"},
    "/projects/:pk/panels/milestones": lambda work: {"ids": work.milestone.pk},
}
KEYS = {
    "/activity/budget": lambda path, work: work.budget,
    "/activity/credit_note": lambda path, work: work.note,
    "/activity/currency": first("reference.Currency"),
    "/activity/customer": lambda path, work: work.customer,
    "/activity/deal": lambda path, work: work.deal,
    "/activity/effect": effect,
    "/activity/engagement": lambda path, work: work.engagement,
    "/activity/expense": lambda path, work: work.expense,
    "/activity/invoice": lambda path, work: work.draft,
    "/activity/project": lambda path, work: work.project,
    "/activity/staff": lambda path, work: work.person,
    "/activity/task": lambda path, work: work.task,
    "/activity/time_entry": lambda path, work: work.handed_in,
    "/budget-lines": lambda path, work: work.lines[0],
    "/budgets": lambda path, work: work.budget,
    "/contacts": lambda path, work: work.contact,
    "/credit-applications": lambda path, work: work.application,
    "/credit-notes": credit_note,
    "/customers": lambda path, work: work.customer,
    "/deals": lambda path, work: work.deal,
    "/engagements": lambda path, work: work.engagement,
    "/expenses": lambda path, work: work.expense,
    "/invoices": lambda path, work: work.issued if path.endswith("/credit") else work.draft,
    "/items": lambda path, work: work.item,
    "/milestones": lambda path, work: work.milestone,
    "/payments": lambda path, work: work.payment,
    "/projects": lambda path, work: work.project,
    "/reconciliation": difference,
    "/refunds": lambda path, work: work.refund,
    "/tasks": lambda path, work: work.task,
    "/time": time,
    "/settings/currencies": first("reference.Currency"),
    "/settings/rates": rate,
    "/settings/departments": first("staff.Department"),
    "/settings/effects": effect,
    "/settings/expense-categories": first("billing.ExpenseCategory"),
    "/settings/item-groups": lambda path, work: work.item.group,
    "/settings/numbering": first("reference.NumberSeries"),
    "/settings/payment-modes": first("reference.PaymentMode"),
    "/settings/roles": first("staff.Role"),
    "/settings/service-types": lambda path, work: work.service,
    "/settings/staff": lambda path, work: work.person,
    "/settings/taxes": first("reference.Tax"),
    "/settings/xero-accounts": lambda path, work: work.service,
    "/settings/xero-contacts": contact_link,
    "/settings/teams": first("staff.Team"),
}
