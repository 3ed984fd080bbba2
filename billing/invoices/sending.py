"""Sends an invoice to the customer by mail, for agencies without Xero."""

from django.apps import apps
from django.db import transaction

from agency import money
from agency.documents import mail
from agency.errors import BusinessError
from agency.records.history import record
from agency.records.links import operations as links
from agency.reference import organisation
from billing.invoices import operations, printing
from billing.invoices.models import Invoice
from billing.invoices.states import InvoiceStatus

LINK_DAYS = 180
TEXT = "Please find our invoice {number} attached. {owed} is due on {due:%-d %B %Y}.\n\nThank you."


def send(invoice: Invoice, *, by, to: str = "", message: str = "") -> Invoice:
    """Mark an invoice as sent and mail it with its PDF, after the commit.

    An invoice that is sent already is not mailed again unless ``to`` says where. Raises
    ``BusinessError`` where no address is known.
    """
    operations.require_right(InvoiceStatus.SENT, by=by)
    if invoice.status == InvoiceStatus.FINALISED:
        operations.ahead(invoice, InvoiceStatus.APPROVED, by=by)
    return mailed(invoice, by=by, to=to, message=message)


@transaction.atomic
def mailed(invoice: Invoice, *, by, to: str, message: str) -> Invoice:
    invoice = operations.locked(invoice)
    if invoice.status == InvoiceStatus.SENT and not to:
        return invoice
    address = to or address_of(invoice)
    if not address:
        raise BusinessError("Nobody there has an e-mail address.", field="to")
    if invoice.status == InvoiceStatus.FINALISED:
        invoice = operations.approve(invoice, by=by)  # who may send may approve
    if invoice.status != InvoiceStatus.SENT:
        invoice = operations.move(invoice, InvoiceStatus.SENT, by=by)
    post(invoice, address, message, by=by)
    record(invoice, "mailed", by=by, to=address)
    return invoice


def address_of(invoice: Invoice) -> str:
    """The contact's address, else the primary contact's, else the customer's."""
    if invoice.contact_id and invoice.contact.email:
        return invoice.contact.email
    contacts = apps.get_model("crm", "Contact").objects.filter(customer=invoice.customer_id)
    primary = contacts.filter(is_primary=True).exclude(email="").first()
    if primary is not None:
        return primary.email
    return invoice.customer.email if invoice.customer_id else ""


def post(invoice: Invoice, to: str, message: str, *, by) -> None:
    """Ask for the mail, as part of the current transaction."""
    seller = organisation.current()
    _, token = links.create(invoice, by=by, days=LINK_DAYS)
    owed = f"{invoice.currency} {money.shown(invoice.balance, invoice.currency):,f}"
    mail.send(
        to,
        f"Invoice {invoice.number} from {seller.name}",
        message or TEXT.format(number=invoice.number, owed=owed, due=invoice.due_on),
        link=("See the invoice", f"/i/{token}"),
        attachments=[{"kind": "invoice_pdf", "id": invoice.pk}],
        sender=seller.name,
        reply_to=seller.email,
        about=invoice,
        by=by,
    )


@mail.attachment("invoice_pdf")
def attached(id: int) -> tuple[str, bytes, str]:  # noqa: A002 - the recipe's own word
    """The PDF of an invoice, as it stands when the mail goes out."""
    invoice = Invoice.objects.get(pk=id)
    return printing.file_name(invoice), printing.pdf(invoice), "application/pdf"
