"""Payments, credit notes and what they pay of invoices.

doc: api/accounting/payments, api/accounting/creditnotes, api/accounting/overpayments
"""

from billing.xero.simulator import documents, invoices, wire
from billing.xero.simulator.books import ZERO, Books, new_id
from billing.xero.simulator.refusals import Invalid

NOTE_MOVES = {"DRAFT": {"AUTHORISED", "DELETED", "SUBMITTED"}, "AUTHORISED": {"VOIDED"}}


def invoice_of(books: Books, raw: dict) -> dict:
    named = raw.get("Invoice") or {}
    key = named.get("InvoiceID") or named.get("InvoiceNumber") or ""
    found = books.invoices.get(key) or next(
        (one for one in invoices.live(books) if one["InvoiceNumber"] == key), None
    )
    if found is None:
        raise Invalid("The invoice could not be found")
    return found


def pay(books: Books, raw: dict) -> dict:
    """An amount up to what is due, on an account that takes payments, in an open period."""
    invoice = invoice_of(books, raw)
    if invoice["Status"] != "AUTHORISED":
        raise Invalid("Payments can only be made against Authorised documents")
    code = (raw.get("Account") or {}).get("Code", "")
    account = books.account(str(code))
    if account is None or not (account["Type"] == "BANK" or account["EnablePaymentsToAccount"]):
        raise Invalid(f"Account code '{code}' is not a valid account for payments")
    amount = wire.number(raw.get("Amount", 0))
    if amount <= 0:
        raise Invalid("The payment amount must be greater than zero")
    if amount > invoice["AmountDue"]:
        raise Invalid("Payment amount exceeds the amount outstanding on this document")
    on = wire.day(raw.get("Date")) or books.today()
    books.require_unlocked(on)
    payment = {
        "PaymentID": new_id(),
        "Invoice": {
            "InvoiceID": invoice["InvoiceID"],
            "InvoiceNumber": invoice["InvoiceNumber"],
            "Type": "ACCREC",
        },
        "Account": {"Code": account["Code"], "AccountID": account["AccountID"]},
        "Date": on,
        "Amount": amount,
        "Reference": str(raw.get("Reference") or ""),
        "Status": "AUTHORISED",
        "PaymentType": "ACCRECPAYMENT",
    }
    books.payments[payment["PaymentID"]] = books.touch(payment)
    follow(books, invoice)
    return payment


def unpay(books: Books, payment: dict, status: str = "DELETED") -> dict:
    """A payment is never changed, only deleted."""
    if status != "DELETED" or payment["Status"] == "DELETED":
        raise Invalid("Payment not of valid status for modification")
    books.require_unlocked(payment["Date"])
    payment["Status"] = "DELETED"
    follow(books, books.invoices[payment["Invoice"]["InvoiceID"]])
    return books.touch(payment)


def follow(books: Books, invoice: dict) -> None:
    invoices.settle(books, invoice)
    books.touch(invoice)


def write_note(books: Books, raw: dict, *, create: bool, key: str = "") -> dict:
    key = key or raw.get("CreditNoteID") or ""
    if key:
        found = books.one(books.notes, key)
        if raw.get("Status") and raw["Status"] != found["Status"]:
            move_note(books, found, raw["Status"])
        return found
    if raw.get("Type") != "ACCRECCREDIT":
        raise Invalid("Credit note type must be specified")
    number = str(raw.get("CreditNoteNumber") or f"CN-{len(books.notes) + 1:04}")
    if any(one["CreditNoteNumber"] == number for one in books.notes.values()):
        raise Invalid("Credit note # must be unique.")
    note = {"Type": "ACCRECCREDIT", "CreditNoteID": new_id(), "CreditNoteNumber": number}
    note["Allocations"] = []
    documents.fill(books, note, raw)
    note["RemainingCredit"] = note["Total"]
    books.notes[note["CreditNoteID"]] = note
    return note


def move_note(books: Books, note: dict, status: str) -> None:
    if status not in NOTE_MOVES.get(note["Status"], ()) or (
        status == "VOIDED" and note["Allocations"]
    ):
        raise Invalid(f"Credit note {documents.NOT_CHANGEABLE}")
    note["Status"] = status
    books.touch(note)


def allocate(books: Books, note: dict, raw: dict) -> dict:
    """Up to what remains of the note and what is due; same contact and currency."""
    invoice = invoice_of(books, raw)
    amount = wire.number(raw.get("Amount", 0))
    if note["Status"] != "AUTHORISED" or invoice["Status"] != "AUTHORISED":
        raise Invalid("Allocations can only be made between Authorised documents")
    if note["Contact"] is not invoice["Contact"] or note["CurrencyCode"] != invoice["CurrencyCode"]:
        raise Invalid("The contact and the currency of the credit and the invoice must be the same")
    if amount <= 0 or amount > note["RemainingCredit"] or amount > invoice["AmountDue"]:
        raise Invalid("The amount to allocate exceeds the credit or the amount outstanding")
    on = wire.day(raw.get("Date")) or books.today()
    made = {
        "AllocationID": new_id(),
        "Invoice": {"InvoiceID": invoice["InvoiceID"], "InvoiceNumber": invoice["InvoiceNumber"]},
        "Amount": amount,
        "Date": on,
    }
    note["Allocations"].append(made)
    left = note["Total"] - sum((one["Amount"] for one in note["Allocations"]), ZERO)
    note["RemainingCredit"] = left
    if note.get("Kind", "CreditNote") == "CreditNote":
        note["Status"] = "AUTHORISED" if left else "PAID"
    books.touch(note)
    follow(books, invoice)
    return made


def shown_note(note: dict, *, with_lines: bool = True) -> dict:
    contact = note["Contact"]
    shown = note | {"Contact": {"ContactID": contact["ContactID"], "Name": contact["Name"]}}
    shown.pop("Kind", None)
    return shown if with_lines else shown | {"LineItems": []}
