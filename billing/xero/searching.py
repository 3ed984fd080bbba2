"""How to ask Xero for records by what they bear.

The filters that Xero keeps fast: developer.xero.com/documentation/api/accounting/invoices.
"""

SALES = 'Type=="ACCREC"'


def equals(field: str, text: str) -> str:
    """A filter for exactly that text; quotes inside it are escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'{field}=="{escaped}"'


def by_number(number: str) -> dict:
    """Options that find an invoice by its number; a comma would be read as two numbers."""
    if "," in number:
        return {"where": equals("InvoiceNumber", number)}
    return {"invoice_numbers": [number]}


def of_invoice(invoice_id: str) -> str:
    return f'Invoice.InvoiceID==guid("{invoice_id}")'


def plain(text: str) -> str:
    """A name as people compare it: case and spaces do not count."""
    return " ".join(text.split()).casefold()


def longest_word(name: str) -> str:
    """What to search for, so that other spaces or capitals in Xero still match."""
    return max(name.split(), key=len, default=name)
