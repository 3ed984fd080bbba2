"""What a merge would do, shown before it is done."""

from dataclasses import dataclass

from agency.ui import formats
from crm.customers.models import Customer
from crm.customers.pills import address_of
from crm.merging import moving, operations, people, references


@dataclass(frozen=True)
class Side:
    """One detail of both customers; ``taken`` says that the one that stays gets it."""

    label: str
    stays: str
    gone: str
    taken: bool = False


def sides(stays: Customer, gone: Customer) -> list[Side]:
    """The two customers beside each other, detail by detail; what neither has is left out."""
    filled = operations.taken(stays, gone)
    lines = [
        ("ABN or VAT number", "tax_number"),
        ("E-mail", "email"),
        ("Phone", "phone"),
        ("Website", "website"),
        ("Domain", "domain"),
    ]
    rows = [Side("Name", stays.name, gone.name)]
    rows += [
        Side(label, getattr(stays, name), getattr(gone, name), name in filled)
        for label, name in lines
    ]
    for label, kind, street in (
        ("Address", "", "address"),
        ("Billing address", "billing", "billing_street"),
        ("Shipping address", "shipping", "shipping_street"),
    ):
        both = [", ".join(address_of(one, kind)) for one in (stays, gone)]
        rows.append(Side(label, *both, street in filled))
    owners = [str(one.owner or "") for one in (stays, gone)]
    takes_owner = stays.owner is None and gone.owner is not None and gone.owner.is_active
    rows.append(Side("Looked after by", *owners, takes_owner))
    rows.append(Side("Currency", stays.currency, gone.currency))
    since = [formats.day(one.created_at) for one in (stays, gone)]
    rows.append(Side("Customer since", *since))
    return [row for row in rows if row.stays or row.gone]


def counts(gone: Customer) -> list[tuple[str, int]]:
    """(what, how many) of all that would move, by name."""
    found: dict[str, int] = {"contacts": gone.contacts.count()}
    for _, rows in moving.rows_of(gone):
        words = moving.words_of(rows.model)
        found[words] = found.get(words, 0) + rows.count()
    for rows in references.about(gone):
        if not references.keys_among(rows.model, Customer):
            found[moving.words_of(rows.model)] = rows.count()
    return sorted((words.capitalize(), number) for words, number in found.items() if number)


def twins(gone: Customer, stays: Customer) -> list[tuple[str, str, str]]:
    """(name, other name, address) of the contacts that become one."""
    return [
        (str(twin), str(contact), contact.email)
        for contact, twin in people.pairs(gone, stays)
        if twin
    ]
