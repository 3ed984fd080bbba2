"""What invoices and credit notes share: their lines, their sums, what a status asks of them.

doc: api/accounting/invoices, api/accounting/creditnotes
"""

from decimal import Decimal

from billing.xero.simulator import contacts, wire
from billing.xero.simulator.books import ZERO, Books, cents, new_id
from billing.xero.simulator.refusals import Invalid

STATUSES = ("DRAFT", "SUBMITTED", "AUTHORISED")
NOT_CHANGEABLE = "not of valid status for modification"
PERCENT = Decimal(100)


def fill(books: Books, found: dict, raw: dict) -> None:
    """Set what an element says on a record; raises ``Invalid`` before anything is changed."""
    new = {}
    if raw.get("Contact") or "Contact" not in found:
        new["Contact"] = contacts.of_document(books, raw)
    new["Date"] = wire.day(raw.get("Date")) or found.get("Date") or books.today()
    due = wire.day(raw.get("DueDate"), "DueDate") or found.get("DueDate")
    if due:
        new["DueDate"] = due
    books.require_unlocked(new["Date"])
    new["LineAmountTypes"] = raw.get("LineAmountTypes") or found.get("LineAmountTypes", "Exclusive")
    new["CurrencyCode"] = raw.get("CurrencyCode") or found.get("CurrencyCode", "AUD")
    for name in ("Reference", "Url"):
        if raw.get(name) is not None:
            new[name] = str(raw[name])
    status = raw.get("Status") or found.get("Status") or "DRAFT"
    if status not in STATUSES:
        raise Invalid(f"{status} is not a valid status for a new document")
    lines = raw.get("LineItems")
    if lines is not None or "LineItems" not in found:
        kept = {one["LineItemID"] for one in found.get("LineItems", [])}
        made = [line(books, one, new["LineAmountTypes"], kept) for one in lines or []]
        new["LineItems"] = made
    merged = found | new
    require_complete(books, merged, status)
    found |= new | {"Status": status}
    add_up(found)
    books.touch(found)


def line(books: Books, raw: dict, types: str, kept: set) -> dict:
    """A line with its amount and tax; a line id that is not the document's own is refused."""
    quantity = wire.number(raw.get("Quantity", 1), "Quantity")
    price = wire.number(raw.get("UnitAmount", 0), "UnitAmount")
    off = wire.number(raw.get("DiscountAmount", 0), "DiscountAmount")
    percent = wire.number(raw.get("DiscountRate", 0), "DiscountRate")
    amount = cents(quantity * price * (1 - percent / PERCENT) - off)
    sent = raw.get("LineAmount")
    if sent is not None and wire.number(sent, "LineAmount") != amount:
        raise Invalid(
            f"The line total {wire.number(sent)} does not match the expected line total {amount}"
        )
    if raw.get("LineItemID") and raw["LineItemID"] not in kept:
        raise Invalid("The line item ID could not be found")
    account, tax = checked(books, raw)
    rate = Decimal(0) if types == "NoTax" else (tax or {}).get("EffectiveRate", Decimal(0))
    made = {
        "LineItemID": raw.get("LineItemID") or new_id(),
        "Description": str(raw.get("Description") or ""),
        "Quantity": quantity,
        "UnitAmount": price,
        "LineAmount": amount,
        "TaxAmount": tax_of(raw, amount, rate / PERCENT, types),
        "TaxType": tax["TaxType"] if tax else "NONE",
    }
    made |= {"AccountCode": account["Code"]} if account else {}
    return made | ({"DiscountAmount": off} if off else {})


def checked(books: Books, raw: dict) -> tuple[dict | None, dict | None]:
    """The account and the tax rate of a line; the account's own rate where none is named."""
    code = str(raw.get("AccountCode") or "")
    account = books.account(code)
    if code and (account is None or account["Type"] in {"BANK", "EXPENSE"}):
        raise Invalid(f"Account code '{code}' is not a valid code for this document.")
    if account and account["Status"] != "ACTIVE":
        raise Invalid(f"Account code '{code}' has been archived, or deleted, and cannot be used.")
    named = raw.get("TaxType") or (account or {}).get("TaxType") or ""
    tax = books.tax_rate(named)
    if named and (tax is None or not tax["CanApplyToRevenue"] or tax["Status"] != "ACTIVE"):
        raise Invalid(
            f"The TaxType code '{named}' does not exist or cannot be used"
            " for this type of transaction."
        )
    return account, tax


def tax_of(raw: dict, amount: Decimal, rate: Decimal, types: str) -> Decimal:
    """Per line, rounded; an amount that is sent wins.

    doc: guides/how-to-guides/rounding-in-xero
    """
    if raw.get("TaxAmount") is not None and types != "NoTax":
        return cents(wire.number(raw["TaxAmount"], "TaxAmount"))
    return cents(amount * rate / (1 + rate)) if types == "Inclusive" else cents(amount * rate)


def require_complete(books: Books, record: dict, status: str) -> None:
    """A line at least; an authorised document has all that the ledger needs."""
    if not record.get("LineItems"):
        raise Invalid("One or more line items must be specified")
    if status == "DRAFT":
        return
    found = []
    if any(not one.get("AccountCode") for one in record["LineItems"]):
        found.append("Account code must be specified")
    if any(one["TaxType"] == "NONE" for one in record["LineItems"]):
        found.append("Tax type must be specified")
    if any(not one["Description"] for one in record["LineItems"]):
        found.append("Description must be specified")
    if record.get("Type") == "ACCREC" and not record.get("DueDate"):
        found.append("Due date cannot be empty")
    if found:
        raise Invalid(*found)


def add_up(record: dict) -> None:
    """The sums follow from the lines; a total that was sent is ignored."""
    amounts = sum((one["LineAmount"] for one in record["LineItems"]), ZERO)
    tax = sum((one["TaxAmount"] for one in record["LineItems"]), ZERO)
    is_inclusive = record["LineAmountTypes"] == "Inclusive"
    record["SubTotal"] = amounts - tax if is_inclusive else amounts
    record["TotalTax"] = tax
    record["Total"] = record["SubTotal"] + tax
