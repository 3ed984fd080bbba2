"""Which contact in Xero a customer is: known, found, made, or asked about; never guessed.

Keyed on Xero's ContactID; ContactNumber there is our id
(developer.xero.com/documentation/api/accounting/contacts).
"""

from collections.abc import Callable

from django.db import transaction

from agency.errors import ConflictError
from agency.records.history import record
from billing.bookkeeping.composing import digest_of
from billing.bookkeeping.models import ContactLink
from billing.xero import values as v
from billing.xero.errors import MissingError
from billing.xero.gateway import Gateway
from crm.customers.models import Customer

State = ContactLink.State
ACTIVE = "ACTIVE"
LONGEST_WAY = 5  # how many merges are followed


class AskError(ConflictError):
    """A person must say which contact it is."""

    code = "xero_contact"


def contact_of(customer: Customer, way: Gateway) -> str:
    """The id of the customer's contact, which is made where there is none.

    Raises ``AskError`` where a person must choose or repair; never guesses between two.
    """
    link = ContactLink.objects.filter(customer=customer, tenant_id=way.tenant_id).first()
    if link is not None and link.contact_id:
        return known(link, way)
    found = searched(customer, way)
    return linked(customer, found or created(customer, way), way)


def known(link: ContactLink, way: Gateway) -> str:
    """The contact that was linked before, or the one that it was merged into there."""
    try:
        contact = followed(way.contact(link.contact_id), way)
    except MissingError:
        raise broken(link.customer, f"{link.contact_name} is no longer in Xero.", way) from None
    if contact.status != ACTIVE:
        raise broken(link.customer, f"{contact.name} is archived in Xero.", way)
    if contact.id == link.contact_id and link.state == State.LINKED:
        return contact.id
    return linked(link.customer, contact, way)


def followed(contact: v.Contact, way: Gateway) -> v.Contact:
    """The contact that one was merged into, along at most a few merges."""
    for _ in range(LONGEST_WAY):
        if not contact.merged_to:
            break
        contact = way.contact(contact.merged_to)
    return contact


def searched(customer: Customer, way: Gateway) -> v.Contact | None:
    """By our id, else by the exact name, else by e-mail; the first way that finds any decides."""
    by_number = settled(way.contacts_by_number(number_of(customer)), way)
    if by_number and not any(one.status == ACTIVE for one in by_number):
        raise broken(customer, f"{by_number[0].name} is archived in Xero.", way, by_number)
    ways: list[Callable[[], list[v.Contact]]] = [
        lambda: by_number,
        lambda: settled(way.contacts_by_name(customer.name), way),
        lambda: settled(way.contacts_by_email(customer.email), way) if customer.email else [],
    ]
    for find in ways:
        active = [one for one in find() if one.status == ACTIVE]
        if active:
            return only(customer, active, way)
    return None


def settled(found: list[v.Contact], way: Gateway) -> list[v.Contact]:
    """The contacts with merges followed, each once."""
    return list({one.id: one for one in (followed(contact, way) for contact in found)}.values())


def only(customer: Customer, active: list[v.Contact], way: Gateway) -> v.Contact:
    """The one candidate that stands for nobody else; any doubt is asked about."""
    if len(active) > 1:
        raise asked(customer, f"{len(active)} contacts in Xero may be {customer}.", active, way)
    other = other_with(customer, active[0].id, way)
    if other:
        raise asked(customer, f"{active[0].name} in Xero stands for {other} already.", active, way)
    number = active[0].number
    if number.isdecimal() and number != number_of(customer):
        whose = Customer.objects.filter(pk=int(number), merged_into=None).first()
        if whose is not None:
            reason = f"{active[0].name} in Xero bears the number of {whose}."
            raise asked(customer, reason, active, way)
    return active[0]


def other_with(customer: Customer, contact_id: str, way: Gateway) -> Customer | None:
    """Another customer of ours that this contact stands for; one that was merged does not count."""
    links = ContactLink.objects.filter(contact_id=contact_id, tenant_id=way.tenant_id)
    links = links.exclude(customer=customer).filter(customer__merged_into=None)
    link = links.select_related("customer").first()
    return link.customer if link else None


def number_of(customer: Customer) -> str:
    return str(customer.pk)


def created(customer: Customer, way: Gateway) -> v.Contact:
    """Make it. Asked again after a lost answer it is found by its number before this."""
    draft = v.ContactDraft(
        name=customer.name,
        number=number_of(customer),
        email=customer.email,
        tax_number=customer.tax_number,
    )
    key = digest_of(["contact", way.tenant_id, *map(str, draft)])
    return way.create_contact(draft, key=key)


# -- what is kept ---------------------------------------------------------------------------------
@transaction.atomic
def keep(customer: Customer, way_tenant: str, *, by, **values) -> ContactLink:
    """Write the one link of a customer, with history where it says something new."""
    Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    link = ContactLink.objects.filter(customer=customer).first()
    before = [link.state, link.contact_id] if link else [None, ""]
    link, _ = ContactLink.objects.update_or_create(
        customer=customer, defaults={"tenant_id": way_tenant} | values
    )
    if before != [link.state, link.contact_id]:
        record(
            link,
            f"contact_{link.state}",
            by=by,
            contact=[before[1], link.contact_id],
            name=link.contact_name,
            reason=link.reason,
        )
    return link


def linked(customer: Customer, contact: v.Contact, way: Gateway, *, by=None) -> str:
    values = {"state": State.LINKED, "contact_id": contact.id, "contact_name": contact.name}
    keep(customer, way.tenant_id, by=by, candidates=[], reason="", **values)
    return contact.id


def asked(customer: Customer, reason: str, found: list[v.Contact], way: Gateway) -> AskError:
    """Put the question in the queue; returns the error to raise."""
    rows = rows_of(found)
    values = {"state": State.ASK, "contact_id": "", "contact_name": ""}
    keep(customer, way.tenant_id, by=None, candidates=rows, reason=reason, **values)
    return AskError(f"{reason} Choose under Contacts in Xero.", field="customer")


def broken(
    customer: Customer, reason: str, way: Gateway, found: list[v.Contact] | None = None
) -> AskError:
    values = {"state": State.BROKEN, "candidates": rows_of(found or [])}
    keep(customer, way.tenant_id, by=None, reason=reason, **values)
    return AskError(f"{reason} Repair it under Contacts in Xero.", field="customer")


def rows_of(found: list[v.Contact]) -> list[dict]:
    return [
        {"id": one.id, "name": one.name, "email": one.email, "status": one.status} for one in found
    ]
