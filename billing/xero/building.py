"""Writes ``values`` as the bodies that Xero takes; the client sends them.

The field names: developer.xero.com/documentation/api/accounting/invoices and its neighbours.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from agency.errors import BusinessError
from billing.xero import values as v


def exact(amount: Decimal) -> Decimal:
    """The amount, if it reaches Xero unchanged: the SDK writes numbers from a binary float.

    That keeps 15 digits. Raises ``BusinessError`` for one that would arrive as another.
    """
    if Decimal(repr(float(amount))) != amount:
        raise BusinessError(f"{amount} has more digits than Xero can be told.")
    return amount


def day(on: date) -> str:
    """A date as Xero writes it, at midnight in UTC; no time zone shifts it."""
    at = datetime.combine(on, time(), tzinfo=UTC)
    return f"/Date({int(at.timestamp())}000+0000)/"


def line(one: v.Line) -> dict:
    """A line; what is not known is left out, so that Xero fills it in."""
    built = {
        "Description": one.description,
        "Quantity": exact(one.quantity),
        "UnitAmount": exact(one.unit_amount),
    }
    named = {"LineItemID": one.id, "AccountCode": one.account_code, "TaxType": one.tax_type}
    built |= {name: text for name, text in named.items() if text}
    if one.discount:
        built["DiscountAmount"] = exact(one.discount)
    for name, amount in (("TaxAmount", one.tax), ("LineAmount", one.amount)):
        if amount is not None:
            built[name] = exact(amount)
    return built


def document(draft: v.InvoiceDraft | v.CreditNoteDraft) -> dict:
    """What an invoice and a credit note have in common."""
    built = {
        "Contact": {"ContactID": draft.contact_id},
        "Date": day(draft.issued_on),
        "LineAmountTypes": "Inclusive" if draft.inclusive else "Exclusive",
        "LineItems": [line(one) for one in draft.lines],
        "CurrencyCode": draft.currency,
        "Status": draft.status,
    }
    return built | ({"Reference": draft.reference} if draft.reference else {})


def invoice(draft: v.InvoiceDraft) -> dict:
    built = document(draft) | {"Type": "ACCREC", "InvoiceNumber": draft.number}
    if draft.due_on:
        built["DueDate"] = day(draft.due_on)
    return built | ({"Url": draft.url} if draft.url else {})


def credit_note(draft: v.CreditNoteDraft) -> dict:
    return document(draft) | {"Type": "ACCRECCREDIT", "CreditNoteNumber": draft.number}


def payment(draft: v.PaymentDraft) -> dict:
    built = {
        "Invoice": {"InvoiceID": draft.invoice_id},
        "Account": {"Code": draft.account_code},
        "Date": day(draft.paid_on),
        "Amount": exact(draft.amount),
    }
    return built | ({"Reference": draft.reference} if draft.reference else {})


def allocation(invoice_id: str, amount: Decimal, on: date) -> dict:
    return {"Invoice": {"InvoiceID": invoice_id}, "Amount": exact(amount), "Date": day(on)}


def contact(draft: v.ContactDraft) -> dict:
    built = {"Name": draft.name, "ContactNumber": draft.number}
    if draft.email:
        built["EmailAddress"] = draft.email
    return built | ({"TaxNumber": draft.tax_number} if draft.tax_number else {})
