"""Contacts: found, made, archived, merged. doc: api/accounting/contacts."""

from billing.xero.simulator.books import Books, new_id
from billing.xero.simulator.refusals import Invalid

OPEN = ("Name", "ContactNumber", "EmailAddress", "TaxNumber", "FirstName", "LastName")


def same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def write(books: Books, raw: dict, *, create: bool) -> dict:
    """PUT makes one; POST changes the one with its id, number or name, else makes it."""
    found = None if create else known(books, raw)
    if raw.get("ContactID") and found is None and not create:
        raise Invalid("The contact ID could not be found")
    require_valid(books, raw, found)
    if found is None:
        found = {"ContactID": new_id(), "ContactStatus": "ACTIVE", "IsCustomer": True}
        books.contacts[found["ContactID"]] = found
    found |= {name: str(raw[name]) for name in OPEN if raw.get(name) is not None}
    return books.touch(found)


def known(books: Books, raw: dict) -> dict | None:
    if raw.get("ContactID"):
        return books.contacts.get(raw["ContactID"])
    for name in ("ContactNumber", "Name"):
        for one in books.contacts.values():
            if raw.get(name) and same(one.get(name, ""), str(raw[name])):
                return one
    return None


def require_valid(books: Books, raw: dict, found: dict | None) -> None:
    """A name that no other active contact has; a number that no other contact has."""
    if found is None and not str(raw.get("Name") or "").strip():
        raise Invalid("The contact name cannot be empty")
    for one in books.contacts.values():
        if one is found:
            continue
        is_active = one["ContactStatus"] == "ACTIVE"
        if is_active and raw.get("Name") and same(one["Name"], str(raw["Name"])):
            raise Invalid(
                f"The contact name {raw['Name']} is already assigned to another contact."
                " The contact name must be unique across all active contacts."
            )
        if raw.get("ContactNumber") and one.get("ContactNumber") == raw["ContactNumber"]:
            raise Invalid("The contact number must be unique.")


def of_document(books: Books, raw: dict) -> dict:
    """The contact that an invoice or a note names; a name alone finds or makes one."""
    named = raw.get("Contact") or {}
    found = known(books, named)
    if found is None and named.get("ContactID"):
        raise Invalid("The contact ID could not be found")
    if found is None and not named.get("Name"):
        raise Invalid("A Contact must be specified for this type of transaction")
    if found is None:
        return write(books, named, create=True)
    if found["ContactStatus"] == "ARCHIVED":
        raise Invalid(
            "The contact with the specified contact details has been archived."
            " The contact must be un-archived before creating new invoices or credit notes."
        )
    return found


def matches(one: dict, *, search: str, archived: bool) -> bool:
    if one["ContactStatus"] == "ARCHIVED" and not archived:
        return False
    texts = (one.get(name, "") for name in ("Name", "EmailAddress", "ContactNumber"))
    return not search or any(search.casefold() in text.casefold() for text in texts)
