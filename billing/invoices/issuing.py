"""What happens when an invoice is issued: it gets its number and is frozen as printed."""

from datetime import date, timedelta
from decimal import Decimal

from django.apps import apps

from agency import money
from agency.errors import BusinessError, ConflictError
from agency.reference import currencies, numbering, organisation
from agency.reference.organisation import abn
from billing.invoices.models import Invoice

ISSUE_FIELDS = (
    "number",
    "due_on",
    "snapshot",
    "base_currency",
    "exchange_rate",
    "exchange_rate_on",
    "base_total",
)


def number_is_taken(number: str) -> bool:
    return Invoice.objects.filter(number=number).exists()


def give_number(invoice: Invoice) -> None:
    """Take the next number of the series, unless the invoice has one."""
    if not invoice.number:
        invoice.number = numbering.next_number(
            "invoice", on=invoice.issued_on, taken=number_is_taken
        )


def require_free(number: str, *, on: date) -> None:
    """Raise ``ConflictError`` where a number typed by hand belongs to another invoice.

    Nobody else is given or types a number of that year before the transaction ends.
    """
    numbering.hold("invoice", on=on)
    if number_is_taken(number):
        raise ConflictError(f"The number “{number}” is taken.", field="number")


def issue(invoice: Invoice) -> None:
    """Complete and freeze a draft: due date, number, base amount, snapshot. Saves nothing.

    Raises ``BusinessError`` naming what is missing, ``ConflictError`` in a closed period.
    """
    lines = list(invoice.lines.order_by("position", "pk"))
    require_complete(invoice, lines)
    organisation.require_open(invoice.issued_on, field="issued_on")
    if invoice.due_on is None:
        invoice.due_on = due_on(invoice)
    if invoice.due_on < invoice.issued_on:
        raise BusinessError("The due date lies before the issue date.", field="due_on")
    give_number(invoice)
    set_base_amount(invoice)
    invoice.snapshot = snapshot(invoice, lines)


def require_complete(invoice: Invoice, lines: list) -> None:
    if invoice.customer_id is None:
        raise BusinessError("Choose a company before issuing the invoice.", field="customer")
    if not lines:
        raise BusinessError("An invoice needs at least one line.", field="lines")
    if invoice.total < 0:
        raise BusinessError("An invoice cannot be below zero.", field="lines")
    if any(line.tax for line in lines) and not organisation.current().is_tax_registered:
        raise BusinessError(
            "The organisation is not registered for GST: take the tax off the lines.", field="lines"
        )


def terms_of(invoice: Invoice) -> int:
    """Days to pay: the customer's, else the organisation's."""
    own = invoice.customer.payment_terms_days
    return own if own is not None else organisation.current().payment_terms_days


def due_on(invoice: Invoice) -> date:
    """The issue date and the days to pay, on the calendar: no clock is put forward in between."""
    try:
        return invoice.issued_on + timedelta(days=terms_of(invoice))
    except OverflowError as error:
        raise BusinessError("No calendar has that due date.", field="issued_on") from error


def set_base_amount(invoice) -> None:
    """Keep the rate of the issue day and the total in the base currency, where a rate is known."""
    base = organisation.current().base_currency
    invoice.base_currency = base
    home = (Decimal(1), invoice.issued_on) if invoice.currency == base else None
    known = home or currencies.rate_on(invoice.currency, invoice.issued_on)
    if known is None:
        return
    rate, on = known
    invoice.exchange_rate, invoice.exchange_rate_on = rate, on
    invoice.base_total = money.rounded(invoice.total * rate, base)


def snapshot(invoice: Invoice, lines: list) -> dict:
    """Everything that is printed beside the invoice's own columns, as it stands now."""
    text = invoice.terms or organisation.current().invoice_text
    return {**parties(invoice, lines), "text": text}


def parties(document, lines: list) -> dict:
    """Seller, bank, buyer and taxes of an invoice or a credit note, as they stand now."""
    seller = organisation.current()
    return {
        "seller": {
            "name": seller.legal_name or seller.name,
            "abn": abn.spaced(seller.abn),
            "is_tax_registered": seller.is_tax_registered,
            "address": address_lines(seller),
            "email": seller.email,
            "phone": seller.phone,
            "website": seller.website,
            "logo": seller.logo.name if seller.logo else "",
        },
        "bank": {
            "bank": seller.bank_name,
            "account_name": seller.bank_account_name,
            "bsb": seller.bank_bsb,
            "account_number": seller.bank_account_number,
        },
        "buyer": buyer(document),
        "taxes": tax_summary(lines),
    }


def buyer(document) -> dict:
    customer = document.customer
    if customer is None:
        return {"name": "", "contact": "", "abn": "", "address": []}
    contact = str(document.contact) if document.contact_id else ""
    return {
        "name": customer.name,
        "contact": contact,
        "abn": customer.tax_number,
        "address": billing_address(customer) or address_lines(customer),
    }


def billing_address(customer) -> list[str]:
    place = (customer.billing_city, customer.billing_state, customer.billing_postcode)
    return [
        line
        for line in (
            customer.billing_street,
            " ".join(filter(None, place)),
            abroad_name(customer.billing_country),
        )
        if line
    ]


def address_lines(party) -> list[str]:
    place = " ".join(filter(None, (party.city, party.state, party.postcode)))
    return [line for line in (party.address, place, abroad_name(party.country)) if line]


def abroad_name(code: str) -> str:
    """The name of a country for an address; none for one's own, as at home nobody writes it."""
    if not code or code == organisation.current().country:
        return ""
    names = apps.get_model("reference", "Country").objects.filter(alpha2=code)
    return names.values_list("name", flat=True).first() or code


def tax_summary(lines: list) -> list[dict]:
    """Net and tax per rate, as strings: a snapshot is never computed with again."""
    sums: dict[Decimal, list[Decimal]] = {}
    for line in lines:
        net_and_tax = sums.setdefault(line.tax_rate, [money.ZERO, money.ZERO])
        net_and_tax[0] += line.net
        net_and_tax[1] += line.tax
    return [
        {"rate": f"{money.plain(rate * 100):f}", "net": f"{net:f}", "tax": f"{tax:f}"}
        for rate, (net, tax) in sorted(sums.items(), reverse=True)
    ]
