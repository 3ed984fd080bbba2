"""Sales invoices: made, changed, moved from state to state. doc: api/accounting/invoices."""

from billing.xero.simulator import documents
from billing.xero.simulator.books import ZERO, Books, new_id
from billing.xero.simulator.refusals import Invalid, Refusal, missing

MOVES = {
    "DRAFT": {"DRAFT", "SUBMITTED", "AUTHORISED", "DELETED"},
    "SUBMITTED": {"SUBMITTED", "DRAFT", "AUTHORISED", "DELETED"},
    "AUTHORISED": {"AUTHORISED", "VOIDED"},
}
MAILED = {"SUBMITTED", "AUTHORISED", "PAID"}
PDF = (
    b"%PDF-1.4\n% Xero simulator: {}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def write(books: Books, raw: dict, *, create: bool, key: str = "") -> dict:
    """PUT makes an invoice; POST changes the one with that id or number, else makes one."""
    found = None if create else known(books, raw, key)
    if found is None:
        return made(books, raw)
    status = raw.get("Status") or found["Status"]
    if status != found["Status"]:
        move(books, found, status)
    if raw.keys() - {"InvoiceID", "Status"}:
        change(books, found, raw)
    return found


def known(books: Books, raw: dict, key: str) -> dict | None:
    key = key or raw.get("InvoiceID") or ""
    by_number = (one for one in books.invoices.values() if one["InvoiceNumber"] == key)
    found = books.invoices.get(key) or next(by_number, None)
    if key and found is None:
        raise missing()
    named = raw.get("InvoiceNumber")
    if found is None and named:
        found = next((one for one in live(books) if one["InvoiceNumber"] == named), None)
    return found


def live(books: Books) -> list[dict]:
    """Those that hold their number: a deleted one has given it back."""
    return [one for one in books.invoices.values() if one["Status"] != "DELETED"]


def made(books: Books, raw: dict) -> dict:
    if raw.get("Type") != "ACCREC":
        raise Invalid("Invoice type must be specified")
    number = str(raw.get("InvoiceNumber") or f"INV-{len(books.invoices) + 1:04}")
    require_unique(books, number)
    invoice = {"Type": "ACCREC", "InvoiceID": new_id(), "InvoiceNumber": number}
    documents.fill(books, invoice, raw)
    invoice |= {"SentToContact": False, "HasAttachments": False, "CurrencyRate": 1}
    books.invoices[invoice["InvoiceID"]] = invoice
    settle(books, invoice)
    return invoice


def require_unique(books: Books, number: str) -> None:
    if any(one["InvoiceNumber"] == number for one in live(books)):
        raise Invalid("Invoice # must be unique.")


def change(books: Books, invoice: dict, raw: dict) -> None:
    """A line that is not sent is deleted; a paid, voided or deleted invoice does not change."""
    if invoice["Status"] not in documents.STATUSES:
        raise Invalid(f"Invoice {documents.NOT_CHANGEABLE}")
    if invoice["AmountPaid"] or invoice["AmountCredited"]:
        raise Invalid("This document cannot be edited as it has a payment or credit note allocated")
    number = raw.get("InvoiceNumber")
    if number and number != invoice["InvoiceNumber"]:
        require_unique(books, number)
        invoice["InvoiceNumber"] = number
    documents.fill(books, invoice, raw)
    settle(books, invoice)


def move(books: Books, invoice: dict, status: str) -> None:
    """Draft and submitted become one another, authorised or deleted; authorised only voided."""
    if status not in MOVES.get(invoice["Status"], ()):
        raise Invalid(f"Invoice {documents.NOT_CHANGEABLE}")
    if status == "VOIDED":
        if invoice["AmountPaid"] or invoice["AmountCredited"]:
            raise Invalid(
                "This document cannot be edited as it has a payment or credit note allocated to it."
            )
        books.require_unlocked(invoice["Date"])
    if status in documents.STATUSES:
        documents.require_complete(books, invoice, status)
        books.require_unlocked(invoice["Date"])
    invoice["Status"] = status
    settle(books, invoice)
    books.touch(invoice)


def settle(books: Books, invoice: dict) -> None:
    """What is paid and credited, what is due; paid in full means PAID, and back."""
    key = invoice["InvoiceID"]
    paid = [one for one in books.payments.values() if one["Invoice"]["InvoiceID"] == key]
    live_payments = [one for one in paid if one["Status"] == "AUTHORISED"]
    invoice["AmountPaid"] = sum((one["Amount"] for one in live_payments), ZERO)
    credited = applied(books, key)
    invoice["AmountCredited"] = sum((one["AppliedAmount"] for _, one in credited), ZERO)
    is_void = invoice["Status"] in {"VOIDED", "DELETED"}
    owed = invoice["Total"] - invoice["AmountPaid"] - invoice["AmountCredited"]
    invoice["AmountDue"] = ZERO if is_void else owed
    if invoice["Status"] in {"AUTHORISED", "PAID"}:
        is_paid = not owed and bool(invoice["AmountPaid"] or invoice["AmountCredited"])
        invoice["Status"] = "PAID" if is_paid else "AUTHORISED"


def applied(books: Books, invoice_id: str) -> list[tuple[str, dict]]:
    """(the name of the list it stands in, the credit) of what notes and the like pay of it."""
    found = []
    for note in books.notes.values():
        kind = note.get("Kind", "CreditNote")
        for one in note["Allocations"]:
            if one["Invoice"]["InvoiceID"] == invoice_id:
                shown = {
                    f"{kind}ID": note["CreditNoteID"],
                    "ID": note["CreditNoteID"],
                    "AppliedAmount": one["Amount"],
                    "Date": one["Date"],
                    "Total": note["Total"],
                }
                if kind == "CreditNote":
                    shown["CreditNoteNumber"] = note["CreditNoteNumber"]
                found.append((f"{kind}s", shown))
    return found


def mail(books: Books, invoice: dict) -> None:
    """doc: api/accounting/invoices#emailing-an-invoice."""
    if invoice["Status"] not in MAILED:
        raise Invalid(
            "Invoice not of valid status for emailing. Only SUBMITTED, AUTHORISED and PAID"
            " invoices can be emailed."
        )
    if not invoice["Contact"].get("EmailAddress"):
        raise Invalid("The contact must have an email address for the invoice to be emailed.")
    books.mails.append(invoice["InvoiceID"])
    invoice["SentToContact"] = True
    books.touch(invoice)


def pdf(invoice: dict) -> bytes:
    """doc: api/accounting/invoices#retrieve-a-single-invoice-as-a-pdf-file; not of a draft."""
    if invoice["Status"] in {"DRAFT", "DELETED"}:
        raise Refusal(404, "The resource you're looking for cannot be found")
    return PDF.replace(b"{}", invoice["InvoiceNumber"].encode())


def online_url(invoice: dict) -> dict:
    if invoice["Status"] not in {"AUTHORISED", "PAID"}:
        raise missing()
    return {"OnlineInvoiceUrl": f"https://in.xero.com/{invoice['InvoiceID']}"}


def shown(books: Books, invoice: dict, *, with_lines: bool = True) -> dict:
    """An invoice on the wire: lines and contact details only where it is read alone or paged."""
    contact = invoice["Contact"]
    found = invoice | {
        "Contact": {"ContactID": contact["ContactID"], "Name": contact["Name"]},
        "DateString": f"{invoice['Date']}T00:00:00",
        "Payments": [
            {"PaymentID": one["PaymentID"], **{k: one[k] for k in ("Date", "Amount", "Reference")}}
            for one in books.payments.values()
            if one["Invoice"]["InvoiceID"] == invoice["InvoiceID"] and one["Status"] == "AUTHORISED"
        ],
        "CreditNotes": [],
        "Overpayments": [],
        "Prepayments": [],
    }
    for name, one in applied(books, invoice["InvoiceID"]):
        found[name].append(one)
    if not with_lines:
        found["LineItems"] = []
    return found
