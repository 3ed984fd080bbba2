"""What goes to Xero and comes from it, as plain values: money is Decimal, days are dates.

Moments are aware and in UTC. Ids and codes are Xero's own, spelled as Xero spells them.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from agency import money


class Line(NamedTuple):
    """A line of an invoice or a credit note; ``id`` is Xero's, empty on what it has not seen."""

    description: str
    quantity: Decimal
    unit_amount: Decimal
    account_code: str
    tax_type: str
    discount: Decimal = money.ZERO
    tax: Decimal | None = None  # sent only where it is not the line's amount × rate
    amount: Decimal | None = None
    id: str = ""


class InvoiceDraft(NamedTuple):
    """A sales invoice (ACCREC) to make in Xero."""

    number: str
    contact_id: str
    currency: str
    issued_on: date
    due_on: date | None
    lines: tuple[Line, ...]
    reference: str = ""
    inclusive: bool = False
    status: str = "DRAFT"
    url: str = ""


class CreditNoteDraft(NamedTuple):
    """A credit note (ACCRECCREDIT) to make in Xero."""

    number: str
    contact_id: str
    currency: str
    issued_on: date
    lines: tuple[Line, ...]
    reference: str = ""
    inclusive: bool = False
    status: str = "AUTHORISED"


class PaymentDraft(NamedTuple):
    """Money received for an invoice, on a bank account or another that takes payments."""

    invoice_id: str
    account_code: str
    amount: Decimal
    paid_on: date
    reference: str = ""


class RemotePayment(NamedTuple):
    id: str
    invoice_id: str
    amount: Decimal
    paid_on: date
    reference: str
    status: str  # AUTHORISED or DELETED


class RemoteCredit(NamedTuple):
    """What a credit note, overpayment or prepayment pays of one invoice."""

    id: str  # the note's, overpayment's or prepayment's
    kind: str  # "credit_note", "overpayment" or "prepayment"
    number: str
    amount: Decimal
    applied_on: date


class RemoteInvoice(NamedTuple):
    id: str
    number: str
    type: str  # ACCREC for what we send
    status: str
    contact_id: str
    contact_name: str
    currency: str
    issued_on: date | None
    due_on: date | None
    subtotal: Decimal
    tax: Decimal
    total: Decimal
    amount_due: Decimal
    amount_paid: Decimal
    amount_credited: Decimal
    updated_at: datetime | None
    lines: tuple[Line, ...] = ()
    payments: tuple[RemotePayment, ...] = ()
    credits: tuple[RemoteCredit, ...] = ()
    inclusive: bool = False


class RemoteCreditNote(NamedTuple):
    id: str
    number: str
    status: str
    contact_id: str
    currency: str
    subtotal: Decimal
    tax: Decimal
    total: Decimal
    remaining: Decimal
    updated_at: datetime | None
    lines: tuple[Line, ...] = ()
    allocations: tuple[tuple[str, Decimal], ...] = ()  # (invoice id, amount)


class ContactDraft(NamedTuple):
    name: str
    number: str  # our own id of the customer
    email: str = ""
    tax_number: str = ""


class Contact(NamedTuple):
    id: str
    name: str
    number: str
    email: str
    status: str  # ACTIVE, ARCHIVED or GDPRREQUEST
    merged_to: str = ""


class Account(NamedTuple):
    code: str
    name: str
    type: str  # REVENUE, SALES, OTHERINCOME, BANK …
    tax_type: str
    status: str
    takes_payments: bool = False
    id: str = ""


class TaxRate(NamedTuple):
    code: str  # TaxType, such as OUTPUT
    name: str
    rate: Decimal  # a fraction: 0.10 is 10 %
    status: str
    on_revenue: bool = True


class Organisation(NamedTuple):
    id: str
    name: str
    base_currency: str
    country: str
    time_zone: str
    locked_until: date | None  # PeriodLockDate: nobody but an adviser writes before it
    closed_until: date | None  # EndOfYearLockDate: nobody does
    short_code: str = ""


class Tenant(NamedTuple):
    """An organisation that the person who connects may choose."""

    id: str
    name: str
    connection_id: str = ""
