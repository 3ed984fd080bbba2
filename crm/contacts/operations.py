"""Everything that makes, changes and removes a contact.

The customer's row is locked first: two people cannot both become its primary contact.
"""

from django.contrib.auth.hashers import make_password
from django.db import transaction

from agency.errors import BusinessError, ConflictError
from agency.records.history import changed, record, spelled
from crm.contacts.models import Contact
from crm.customers.models import Customer
from crm.rows import locked, remove, write


@transaction.atomic
def create(*, by, customer: Customer, is_primary: bool = False, **values) -> Contact:
    """Add a person to a customer. The first one becomes the primary contact."""
    locked(customer)
    contact = Contact(customer=customer, **kept(values))
    require_name(contact.first_name)
    require_own_email(contact)
    contact.is_primary = is_primary or not has_primary(customer)
    if contact.is_primary:
        step_down(customer, by=by)
    contact.save(force_insert=True)
    record(contact, "created", by=by, name=str(contact), customer=customer.name)
    record(customer, "contact_added", by=by, contact=str(contact))
    return contact


@transaction.atomic
def update(contact: Contact, *, by, **values) -> Contact:
    """Change a contact. Making one primary makes the customer's other contacts not so."""
    locked(contact.customer)
    contact = locked(contact)
    values = kept(values)
    changes = changed(contact, values)
    if not changes:
        return contact
    if "customer" in changes:
        raise ConflictError("A contact stays with its company.", field="customer")
    if "first_name" in changes:
        require_name(values["first_name"])
    if changes.get("is_primary", [None, None])[1] is False:
        raise ConflictError("Make another contact the primary one instead.", field="is_primary")
    if "is_primary" in changes:
        step_down(contact.customer, by=by)
    contact.email = values.get("email", contact.email)
    require_own_email(contact)
    write(contact, changes)
    if changes.pop("password", None):
        record(contact, "password_changed", by=by)
    if changes:
        record(contact, "updated", by=by, **spelled(changes))
    return contact


def kept(values: dict) -> dict:
    """The values as they are stored: of a password only the hash."""
    password = values.get("password")
    return values | ({"password": make_password(password)} if password else {})


def make_primary(contact: Contact, *, by) -> Contact:
    """Let this be the person that the customer is addressed through."""
    return update(contact, by=by, is_primary=True)


@transaction.atomic
def delete(contact: Contact, *, by) -> None:
    """Remove a contact.

    Raises ``ConflictError`` for the primary one, and for one that an invoice was addressed to.
    """
    locked(contact.customer)
    contact = locked(contact)
    if contact.is_primary:
        raise ConflictError(
            f"{contact} is the primary contact of {contact.customer}: make another one primary "
            "first, or set this one inactive."
        )
    record(contact, "deleted", by=by, name=str(contact))
    record(contact.customer, "contact_removed", by=by, contact=str(contact))
    remove(contact)


def require_name(name: str) -> None:
    if not name.strip():
        raise BusinessError("A contact needs a first name.", field="first_name")


def require_own_email(contact: Contact) -> None:
    """No two people of a customer share an address, whatever its case."""
    if not contact.email:
        return
    others = Contact.objects.filter(customer=contact.customer_id, email__iexact=contact.email)
    if others.exclude(pk=contact.pk).exists():
        message = f"{contact.email} belongs to another contact of this company."
        raise ConflictError(message, field="email")


def has_primary(customer: Customer) -> bool:
    return Contact.objects.filter(customer=customer, is_primary=True).exists()


def step_down(customer: Customer, *, by) -> None:
    """Make whoever is primary an ordinary contact."""
    for contact in Contact.objects.filter(customer=customer, is_primary=True):
        write(contact, {"is_primary": [True, False]})
        record(contact, "updated", by=by, is_primary=[True, False])
