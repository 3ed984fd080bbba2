"""Say which contact in Xero a customer is, where the matching left it to a person.

Each asks Xero, so never inside a transaction. Afterwards the customer's invoices that waited for it
are sent again in the background.
"""

from functools import partial

from django.db import transaction

from agency.errors import BusinessError, ConflictError, NotAllowedError
from agency.records.outbox import operations as outbox
from billing.bookkeeping import contacts, pushing
from billing.bookkeeping.composing import digest_of
from billing.bookkeeping.models import ContactLink, Posting
from billing.invoices.models import Invoice
from billing.invoices.states import InvoiceStatus
from billing.xero import gateway
from billing.xero import values as v
from crm.customers.models import Customer

State = ContactLink.State


def use(link: ContactLink, contact_id: str, *, by) -> ContactLink:
    """Take one of the contacts that were offered; Xero must still have it, and not archived."""
    require_open(link, by=by)
    if contact_id not in {one["id"] for one in link.candidates}:
        raise BusinessError("Choose one of the contacts that are offered.", field="contact")
    way = gateway.gateway()
    contact = contacts.followed(way.contact(contact_id), way)
    if contact.status != contacts.ACTIVE:
        raise ConflictError(f"{contact.name} is archived in Xero: restore it there first.")
    return settle(link, contact, way, by=by)


def make_new(link: ContactLink, name: str, *, by) -> ContactLink:
    """Make a contact for the customer under a name that no other in Xero has."""
    require_open(link, by=by)
    way, customer = gateway.gateway(), link.customer
    number = contacts.number_of(customer)
    draft = v.ContactDraft(
        name=name,
        number="" if way.contacts_by_number(number) else number,
        email=customer.email,
        tax_number=customer.tax_number,
    )
    key = digest_of(["contact", way.tenant_id, *map(str, draft)])
    return settle(link, way.create_contact(draft, key=key), way, by=by)


def look_again(link: ContactLink, *, by) -> ContactLink:
    """Ask Xero once more, as after a repair there; where doubt stays, offer what is found."""
    require_open(link, by=by)
    way = gateway.gateway()
    try:
        contacts.contact_of(link.customer, way)
    except contacts.AskError:
        offer(link, way)
        raise
    press_on(link.customer, by=by)
    return ContactLink.objects.get(pk=link.pk)


def require_open(link: ContactLink, *, by) -> None:
    if not by.has_perm("invoices:update"):
        raise NotAllowedError("This needs invoices:update.")
    if link.state == State.LINKED:
        raise ConflictError(f"{link.customer} is {link.contact_name} in Xero already.")


def settle(link: ContactLink, contact: v.Contact, way: gateway.Gateway, *, by) -> ContactLink:
    """Keep the choice, unless somebody was faster, and have what waited go on."""
    with transaction.atomic():
        Customer.objects.select_for_update(no_key=True).get(pk=link.customer_id)
        require_open(ContactLink.objects.get(pk=link.pk), by=by)
        contacts.linked(link.customer, contact, way, by=by)
    press_on(link.customer, by=by)
    return ContactLink.objects.get(pk=link.pk)


def offer(link: ContactLink, way: gateway.Gateway) -> None:
    """Put the active contacts of that name or address beside a link that is broken."""
    now, customer = ContactLink.objects.get(pk=link.pk), link.customer
    if now.state != State.BROKEN:
        return
    found = way.contacts_by_name(customer.name)
    found += way.contacts_by_email(customer.email) if customer.email else []
    active = [one for one in contacts.settled(found, way) if one.status == contacts.ACTIVE]
    contacts.keep(
        customer,
        way.tenant_id,
        by=None,
        state=now.state,
        reason=now.reason,
        candidates=contacts.rows_of(active),
    )


# -- what waited for it ---------------------------------------------------------------------------
def press_on(customer: Customer, *, by) -> None:
    """Send the customer's invoices again that a person was needed for."""
    for invoice in waiting(customer):
        try:
            in_background(invoice, by=by)
        except BusinessError:
            continue  # it needs attention for another reason, which its panel tells


def waiting(customer: Customer):
    """Invoices of the customer that need attention and are not in Xero."""
    postings = Posting.objects.filter(kind=Posting.Kind.INVOICE, state=Posting.State.ATTENTION)
    rows = Invoice.objects.filter(customer=customer, xero_invoice_id=None)
    return rows.filter(pk__in=postings.values("record_id")).order_by("pk")


@transaction.atomic
def in_background(invoice: Invoice, *, by) -> None:
    """Ask for a push that a worker carries out after the commit."""
    effect = pushing.ask(invoice, by=by)
    if effect is not None:
        transaction.on_commit(partial(outbox.publish, effect.pk))


def can_push(invoice: Invoice) -> bool:
    """Whether it is not in Xero, and may go there."""
    return not invoice.xero_invoice_id and invoice.status != InvoiceStatus.VOIDED
