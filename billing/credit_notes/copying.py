"""The lines of a credit note that takes an invoice back, or a part of it. Nothing is saved."""

from collections.abc import Sequence
from decimal import Decimal

from agency import money
from agency.errors import BusinessError
from billing.credit_notes.models import CreditNoteLine
from billing.invoices.models import Invoice, InvoiceLine
from billing.lines import taxes
from billing.lines.models import DocumentLine

# A line is copied with its amounts: what was rounded or sent once is taken back to the cent.
COPIED = [
    field.name
    for field in DocumentLine._meta.get_fields()
    if field.name not in {"created_at", "updated_at"}
]


def copied(invoice: Invoice, chosen: Sequence[int] | None = None) -> list[CreditNoteLine]:
    """The lines of an invoice as those of a note: all of them, or those with the ids ``chosen``.

    All of them take back the adjustment of the total too.
    """
    lines = list(invoice.lines.order_by("position", "pk"))
    if chosen is not None:
        require_own(lines, chosen)
        lines = [line for line in lines if line.pk in set(chosen)]
    made = [line_of(line) for line in lines]
    if chosen is None and invoice.adjustment:
        made.append(adjustment_of(invoice, position=len(made)))
    return made


def require_own(lines: list[InvoiceLine], chosen: Sequence[int]) -> None:
    own = {line.pk for line in lines}
    if not chosen or not own.issuperset(chosen):
        raise BusinessError("Name lines of the invoice.", field="invoice_line_ids")


def line_of(line: InvoiceLine) -> CreditNoteLine:
    return CreditNoteLine(
        **{name: getattr(line, name) for name in COPIED},
        invoice_line=line,
        service_type_id=line.service_type_id,
        xero_account_code=line.xero_account_code,
    )


def adjustment_of(invoice: Invoice, *, position: int) -> CreditNoteLine:
    amount = Decimal(invoice.adjustment)
    code, rate = taxes.none()
    return CreditNoteLine(
        description="Adjustment",
        unit_price=amount,
        amount=amount,
        net=amount,
        gross=amount,
        tax_type=code,
        tax_rate=rate,
        position=position,
    )


def discount_of(lines: list[CreditNoteLine]) -> Decimal:
    """The document's discount that falls on the lines."""
    return sum((line.discount_share for line in lines), money.ZERO)
