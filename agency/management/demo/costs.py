"""Expenses, some with receipts, some passed on to the customer."""

import io
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from agency.management.demo import cast
from agency.management.demo.clock import as_of
from agency.reference.models import PaymentMode
from billing.expenses import operations as expenses
from billing.expenses.models import ExpenseCategory
from billing.invoices import filling

EXPENSES = 48
PASSED_ON = 2  # of a customer's, on one invoice
WITH_RECEIPT = 5


def spend(story) -> None:
    """What was bought on the working days, two thirds of it for customers."""
    categories = {one.name: one for one in ExpenseCategory.objects.all()}
    card = PaymentMode.objects.get(name="Card")
    for number in range(EXPENSES):
        day = story.workdays[(number * 11) % len(story.workdays)]
        kind, name, price = cast.COSTS[number % len(cast.COSTS)]
        project = story.projects[(number * 5) % len(story.projects)] if number % 3 else None
        currency = project.customer.currency if project else "AUD"
        values = {
            "category": categories[kind],
            "name": name,
            "amount": Decimal(price) + number,
            "currency": currency,
            "tax_type": "OUTPUT" if currency == "AUD" else "",
        }
        picture = [receipt(name, day, values["amount"])] if number % WITH_RECEIPT == 0 else []
        with as_of(day, 12, number):
            expenses.create(
                by=story.managers[number % len(story.managers)],
                project=project,
                spent_on=day,
                payment_mode=card,
                is_billable=project is not None,
                receipts=picture,
                **values,
            )


def pass_on(story, invoice, day) -> None:
    """Put the oldest expenses of the customer on a draft of theirs."""
    waiting = filling.expenses_for(invoice, by=story.people[1])
    chosen = list(waiting.filter(spent_on__lte=day).order_by("spent_on", "pk")[:PASSED_ON])
    if chosen:
        with as_of(day, 12):
            filling.add(invoice, by=story.people[1], expenses=chosen)


def receipt(name: str, day, amount: Decimal) -> SimpleUploadedFile:
    """A till slip as a photograph would show it."""
    slip = Image.new("RGB", (420, 300), "#fbfaf6")
    pen, font = ImageDraw.Draw(slip), ImageFont.load_default(size=20)
    total = amount + amount / 10
    rows = [
        ("RECEIPT", ""),
        (f"{day:%d %b %Y}", ""),
        (name[:26], f"{amount:,.2f}"),
        ("GST", f"{total - amount:,.2f}"),
        ("TOTAL", f"{total:,.2f}"),
    ]
    for place, (left, right) in enumerate(rows):
        top = 28 + 48 * place
        pen.text((28, top), left, fill="#222222", font=font)
        pen.text((392, top), right, fill="#222222", font=font, anchor="ra")
    file = io.BytesIO()
    slip.save(file, "PNG")
    return SimpleUploadedFile("receipt.png", file.getvalue(), "image/png")
