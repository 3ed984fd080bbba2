"""Invoices in every state, and the payments on them."""

from datetime import timedelta
from decimal import Decimal

from agency import money
from agency.errors import ConflictError
from agency.management.demo import costs
from agency.management.demo.clock import as_of
from agency.reference.models import PaymentMode
from billing.invoices import operations as invoices
from billing.models import Invoice
from billing.payments import operations as payments

INVOICES = 120
# What becomes of an invoice, by turns; "paid" is by far the most frequent.
FATES = ["paid", "paid", "paid", "paid", "part", "paid", "approved", "paid", "late", "paid", "paid"]


def invoice_month(story, week: list) -> None:
    """Bill what a month that ended before this week has left: time now, the rest by turns."""
    for turn, day in enumerate(story.month_ends):
        if not week[0] - timedelta(days=7) <= day < week[0]:
            continue
        for place, budget in enumerate(story.budgets):
            if budget.budget_type == "time_and_materials" or place % 3 == turn:
                bill(story, budget, day)


def fill_up(story) -> None:
    """Invoices written by hand, up to a hundred and twenty in all."""
    number = 0
    while story.invoiced < INVOICES:
        by_hand(story, number)
        number += 1


def bill(story, budget, day) -> None:
    """Invoice a budget if there is something to bill; sprints only every other month."""
    again = budget.budget_type in {"sprints", None} and budget.invoices.exists()
    if again or story.invoiced >= INVOICES - 30:
        return
    with as_of(day, 16, story.invoiced % 60):
        try:
            invoice = invoices.create(by=story.people[1], budget=budget, generate_from_budget=True)
        except ConflictError:
            return
    story.invoiced += 1
    live_on(story, invoice, day)


def by_hand(story, number: int) -> None:
    customer = story.customers[number % len(story.customers)]
    day = story.workdays[(number * 7) % len(story.workdays)]
    with as_of(day, 11, number % 60):
        invoice = invoices.create(
            by=story.people[1],
            customer=customer,
            currency=customer.currency,
            subject="Small works",
            lines=[
                {
                    "description": f"{service.name}, as agreed",
                    "quantity": Decimal(1 + number % 4),
                    "unit_price": service.default_rate + number,
                    "service_type": service,
                    "tax_type": "" if customer.currency == "AUD" else "EXEMPTEXPORT",
                }
                for service in story.services[number % 3 : number % 3 + 1 + number % 4]
            ],
        )
    costs.pass_on(story, invoice, day)
    story.invoiced += 1
    live_on(story, invoice, day)


def live_on(story, invoice: Invoice, day) -> None:
    """Take the invoice on from its day: the newest are drafts, old ones are mostly paid."""
    age = (story.today - day).days
    turn = story.invoiced
    if age < 6 and turn % 3:
        return
    with as_of(day, 17):
        invoice = invoices.finalise(invoice, by=story.people[1])
        if turn % 31 == 0:
            invoices.void(invoice, by=story.people[0])
            return
        if turn % 17 == 0:
            return
        invoice = invoices.approve(invoice, by=story.people[0])
    fate = FATES[turn % len(FATES)]
    if fate == "approved":
        return
    with as_of(min(day + timedelta(days=1), story.today), 9):
        invoice = invoices.move(invoice, "sent", by=story.people[0])
    settle(story, invoice, fate)


def settle(story, invoice: Invoice, fate: str) -> None:
    paid_on = invoice.due_on + timedelta(days=invoice.pk % 9 - 4)
    if fate in {"sent", "late"} or paid_on > story.today:
        return
    half = money.rounded(invoice.total / 2, invoice.currency)
    amount = half if fate == "part" else invoice.total
    with as_of(paid_on, 14):
        payments.create(
            invoice,
            by=story.people[14],
            amount=amount,
            paid_on=paid_on,
            mode=PaymentMode.objects.get(name="Bank transfer"),
            reference=f"{invoice.customer.name[:2].upper()}-{8000 + invoice.pk}",
        )
