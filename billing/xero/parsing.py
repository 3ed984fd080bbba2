"""Reads Xero's JSON into ``values``: every number a Decimal, every moment aware and in UTC.

What a field looks like: developer.xero.com/documentation/api/accounting/requests-and-responses.
"""

import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from agency import money
from billing.xero import values as v

MOMENT = re.compile(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def loads(body: bytes | str):
    """The JSON of an answer, without a float in it. Raises ``ValueError``."""
    return json.loads(body, parse_float=Decimal, parse_int=Decimal)


def moment(text: str | None) -> datetime | None:
    """``/Date(1518685950940+0000)/`` or ISO; the milliseconds are UTC whatever the offset says."""
    if not text:
        return None
    found = MOMENT.fullmatch(text)
    if found:
        return EPOCH + timedelta(milliseconds=int(found[1]))
    parsed = datetime.fromisoformat(text)
    return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def day(text: str | None) -> date | None:
    """The organisation's own date, which Xero writes as midnight in UTC."""
    at = moment(text)
    return at.date() if at else None


def number(value) -> Decimal:
    return money.ZERO if value in (None, "") else Decimal(value)


def line(raw: dict) -> v.Line:
    return v.Line(
        description=raw.get("Description") or "",
        quantity=number(raw.get("Quantity")),
        unit_amount=number(raw.get("UnitAmount")),
        account_code=raw.get("AccountCode") or "",
        tax_type=raw.get("TaxType") or "",
        discount=number(raw.get("DiscountAmount")),
        tax=number(raw.get("TaxAmount")),
        amount=number(raw.get("LineAmount")),
        id=raw.get("LineItemID") or "",
    )


def lines(raw: dict) -> tuple[v.Line, ...]:
    return tuple(line(one) for one in raw.get("LineItems") or ())


def payment(raw: dict, *, invoice_id: str = "") -> v.RemotePayment:
    """A payment, alone or inside its invoice; there Xero leaves out what is plain."""
    return v.RemotePayment(
        id=raw["PaymentID"],
        invoice_id=(raw.get("Invoice") or {}).get("InvoiceID") or invoice_id,
        amount=number(raw.get("Amount")),
        paid_on=day(raw.get("Date")),
        reference=raw.get("Reference") or "",
        status=raw.get("Status") or "AUTHORISED",
    )


def credits_of(raw: dict) -> tuple[v.RemoteCredit, ...]:
    """What credit notes, overpayments and prepayments pay of an invoice."""
    found = []
    for name, kind in (
        ("CreditNote", "credit_note"),
        ("Overpayment", "overpayment"),
        ("Prepayment", "prepayment"),
    ):
        found += [
            v.RemoteCredit(
                id=one.get(f"{name}ID") or one.get("ID") or "",
                kind=kind,
                number=one.get(f"{name}Number") or one.get("Reference") or "",
                amount=number(one.get("AppliedAmount")),
                applied_on=day(one.get("Date")),
            )
            for one in raw.get(f"{name}s") or ()
        ]
    return tuple(found)


def invoice(raw: dict) -> v.RemoteInvoice:
    who = raw.get("Contact") or {}
    return v.RemoteInvoice(
        id=raw["InvoiceID"],
        number=raw.get("InvoiceNumber") or "",
        type=raw.get("Type") or "",
        status=raw.get("Status") or "",
        contact_id=who.get("ContactID") or "",
        contact_name=who.get("Name") or "",
        currency=raw.get("CurrencyCode") or "",
        issued_on=day(raw.get("Date")),
        due_on=day(raw.get("DueDate")),
        subtotal=number(raw.get("SubTotal")),
        tax=number(raw.get("TotalTax")),
        total=number(raw.get("Total")),
        amount_due=number(raw.get("AmountDue")),
        amount_paid=number(raw.get("AmountPaid")),
        amount_credited=number(raw.get("AmountCredited")),
        updated_at=moment(raw.get("UpdatedDateUTC")),
        lines=lines(raw),
        payments=tuple(
            payment(one, invoice_id=raw["InvoiceID"]) for one in raw.get("Payments") or ()
        ),
        credits=credits_of(raw),
        inclusive=raw.get("LineAmountTypes") == "Inclusive",
    )


def credit_note(raw: dict) -> v.RemoteCreditNote:
    return v.RemoteCreditNote(
        id=raw["CreditNoteID"],
        number=raw.get("CreditNoteNumber") or "",
        status=raw.get("Status") or "",
        contact_id=(raw.get("Contact") or {}).get("ContactID") or "",
        currency=raw.get("CurrencyCode") or "",
        subtotal=number(raw.get("SubTotal")),
        tax=number(raw.get("TotalTax")),
        total=number(raw.get("Total")),
        remaining=number(raw.get("RemainingCredit")),
        updated_at=moment(raw.get("UpdatedDateUTC")),
        lines=lines(raw),
        allocations=tuple(
            ((one.get("Invoice") or {}).get("InvoiceID") or "", number(one.get("Amount")))
            for one in raw.get("Allocations") or ()
            if not one.get("IsDeleted")
        ),
    )


def contact(raw: dict) -> v.Contact:
    return v.Contact(
        id=raw["ContactID"],
        name=raw.get("Name") or "",
        number=raw.get("ContactNumber") or "",
        email=raw.get("EmailAddress") or "",
        status=raw.get("ContactStatus") or "ACTIVE",
        merged_to=raw.get("MergedToContactID") or "",
    )


def account(raw: dict) -> v.Account:
    """An account; bank accounts take payments, and others that say so."""
    return v.Account(
        code=raw.get("Code") or "",
        name=raw.get("Name") or "",
        type=raw.get("Type") or "",
        tax_type=raw.get("TaxType") or "",
        status=raw.get("Status") or "",
        takes_payments=raw.get("Type") == "BANK" or bool(raw.get("EnablePaymentsToAccount")),
        id=raw.get("AccountID") or "",
    )


def tax_rate(raw: dict) -> v.TaxRate:
    return v.TaxRate(
        code=raw.get("TaxType") or "",
        name=raw.get("Name") or "",
        rate=number(raw.get("EffectiveRate")) / money.PER_CENT,
        status=raw.get("Status") or "",
        on_revenue=bool(raw.get("CanApplyToRevenue", True)),
    )


def organisation(raw: dict) -> v.Organisation:
    return v.Organisation(
        id=raw.get("OrganisationID") or "",
        name=raw.get("Name") or "",
        base_currency=raw.get("BaseCurrency") or "",
        country=raw.get("CountryCode") or "",
        time_zone=raw.get("Timezone") or "",
        locked_until=day(raw.get("PeriodLockDate")),
        closed_until=day(raw.get("EndOfYearLockDate")),
        short_code=raw.get("ShortCode") or "",
    )


def online_url(raw: dict) -> str:
    return raw.get("OnlineInvoiceUrl") or ""
