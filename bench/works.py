"""What is measured: each work as the product does it, and by hand."""

import shutil
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from agency.documents import pdfcache
from agency.reference import organisation
from agency.staff.models import Staff
from bench.caller import Answer, Caller
from bench.raw import Raw
from billing.invoices import totals
from billing.models import Invoice, Payment
from budgets.models import Budget, BudgetLine
from crm.models import TimeEntry

CENT = Decimal("0.01")
LINES = 10
TEAMWORK_PAGE = 100


class Work(NamedTuple):
    """``goal`` is a ratio to ``raw``; where there is no ``raw``, milliseconds."""

    name: str
    ours: Callable[[], Answer]
    raw: Callable[[], bytes] | None
    goal: float | None
    rounds: int = 100
    before: Callable[[], object] = lambda: None


def works(call: Caller, raw: Raw, by: Staff) -> list[Work]:
    """Reading first: what writing adds must not be read along."""
    forget()
    written = [*of_invoices(call, raw, by), *of_time(call, raw)]
    return [*of_lists(call, raw), *of_dialects(call, raw), *written, *of_pdf(call)]


def forget() -> None:
    """Take away the drafts, payments and time that an earlier run has left."""
    Invoice.objects.filter(budget__name=BUDGET).delete()
    with transaction.atomic():
        left = Payment.objects.filter(amount=CENT, invoice__number__startswith="BULK-")
        for invoice in Invoice.objects.filter(payments__in=left).distinct():
            left.filter(invoice=invoice).delete()
            totals.settle(invoice)
    TimeEntry.objects.filter(budget__name__startswith="Bulk", description="").delete()


def of_invoices(call: Caller, raw: Raw, by: Staff) -> list[Work]:
    paid = Invoice.objects.filter(number__startswith="BULK-", balance__gt=0, amount_paid__gt=0)
    invoice, budget = paid.order_by("pk").first().pk, budget_of_ten(by).pk
    path, payment = f"/api/invoices/{invoice}", {"amount": float(CENT)}
    order = {"budget_id": str(budget), "generate_from_budget": True}
    return [
        Work(
            "List 50 of 100,000 invoices, with the exact total",
            lambda: call("GET", "/api/invoices?limit=50"),
            raw.invoice_list,
            3.8,
        ),
        Work(
            "One invoice with its lines and payments",
            lambda: call("GET", path),
            lambda: raw.invoice_detail(invoice),
            10,
        ),
        Work(
            f"Create an invoice with {LINES} lines from a budget",
            lambda: call.post("/api/invoices", order),
            lambda: raw.create_invoice(budget),
            13,
        ),
        Work(
            "Record a payment",
            lambda: call.post(f"{path}/payments", payment),
            lambda: raw.record_payment(invoice, CENT),
            11,
        ),
    ]


def of_dialects(call: Caller, raw: Raw) -> list[Work]:
    """The same invoices in the other dialects; Teamwork's last page against its first."""
    pages = "/invoices.json?type=all&projectStatus=all&page="
    number = -(-Invoice.objects.of_projects().live().count() // TEAMWORK_PAGE)
    return [
        Work(
            "List 50 of 100,000 invoices in the CRM dialect, against the same statement",
            lambda: call("GET", "/api/v1/invoices?limit=50"),
            raw.invoice_list,
            3.8,
        ),
        Work(
            "The last page of 10,000 invoices in Teamwork's dialect, against the first",
            lambda: call("GET", f"{pages}{number}"),
            lambda: call("GET", f"{pages}1").body,
            2,
            rounds=40,
        ),
    ]


def of_lists(call: Caller, raw: Raw) -> list[Work]:
    return [
        Work(
            "List 50 of 1,000 budgets with figures over 200,000 time entries",
            lambda: call("GET", "/api/budgets?limit=50"),
            lambda: raw.budget_list(50),
            1.7,
        ),
        Work(
            "List all 1,000 budgets with those figures",
            lambda: call("GET", "/api/budgets"),
            lambda: raw.budget_list(None),
            2.1,
            rounds=20,
        ),
        Work(
            "Search 50,000 customers, a rare word",
            lambda: call("GET", "/api/companies?limit=50&search=4321"),
            lambda: raw.customer_search("4321"),
            6,
        ),
        Work(
            "Search 50,000 customers, a common word, with the exact total",
            lambda: call("GET", "/api/companies?limit=50&search=harbour"),
            lambda: raw.customer_search("harbour"),
            6,
        ),
    ]


def of_time(call: Caller, raw: Raw) -> list[Work]:
    bulk = BudgetLine.objects.filter(budget__name__startswith="Bulk").order_by("pk")
    lines = [str(pk) for pk in bulk.values_list("pk", flat=True)[:50]]
    day = str(organisation.today())
    entries = [{"date": day, "hours": 1.25, "line_item_id": lines[n % 50]} for n in range(1000)]
    return [
        Work(
            "Log 1 time entry",
            lambda: call.post("/api/time", entries[0]),
            lambda: raw.log_time(entries[:1]),
            12,
        ),
        Work(
            "Log 1,000 time entries in one call",
            lambda: call.post("/api/time", {"time_entries": entries}),
            lambda: raw.log_time(entries),
            3.6,
            rounds=10,
        ),
    ]


def of_pdf(call: Caller) -> list[Work]:
    printed = Invoice.objects.filter(number__startswith="INV-").exclude(budget__name=BUDGET)
    path = f"/api/invoices/{printed.earliest('pk').pk}/pdf"
    return [
        Work(
            "Print an invoice as PDF, the renderer warm",
            lambda: call("GET", path),
            None,
            45,
            rounds=20,
            before=lambda: shutil.rmtree(pdfcache.folder(), ignore_errors=True),
        ),
        Work("The same PDF again, from the cache", lambda: call("GET", path), None, None),
    ]


BUDGET = "Measured budget"


def budget_of_ten(by: Staff) -> Budget:
    """A sprint of ten lines, made once."""
    found = Budget.objects.filter(name=BUDGET).first()
    if found:
        return found
    company = Budget.objects.filter(name__startswith="Bulk").earliest("pk").customer
    made = Budget.objects.create(
        name=BUDGET,
        resource_type="company",
        customer=company,
        budget_type="sprints",
        status="active",
        owner=by,
        created_by=by,
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(
            budget=made,
            description=f"Sprint {n + 1}",
            quantity=4,
            unit_price=150,
            amount=600,
            position=n,
        )
        for n in range(LINES)
    )
    return made
