"""Joins the contacts and the checklists of two customers."""

from agency.records.history import changed, record, spelled
from crm.contacts.models import Contact
from crm.customers.models import Customer
from crm.merging import moving
from crm.onboarding.models import OnboardingMilestone
from crm.rows import write

FILLED = ("last_name", "phone", "title", "password")
TICK = ("completed_at", "completed_by", "source")


def pairs(gone: Customer, stays: Customer) -> list[tuple[Contact, Contact | None]]:
    """Each contact of ``gone`` with the one of the same address, whatever its case, or None."""
    known = {one.email.lower(): one for one in stays.contacts.all() if one.email}
    rows = gone.contacts.order_by("-is_primary", "pk")
    return [(contact, known.get(contact.email.lower())) for contact in rows]


def join_contacts(gone: Customer, stays: Customer, *, by) -> dict[Contact, Contact]:
    """Move the contacts; answers those with a twin, to be removed once nothing names them.

    The primary contact of the customer that stays remains so; without one the other's is taken.
    """
    has_primary = stays.contacts.filter(is_primary=True).exists()
    twins = {}
    for contact, twin in pairs(gone, stays):
        is_primary = contact.is_primary and not has_primary
        if twin is None:
            write(contact, changed(contact, {"customer": stays, "is_primary": is_primary}))
            record(contact, "moved", by=by, customer=named(stays))
        else:
            complete(twin, contact, is_primary=is_primary, by=by)
            twins[contact] = twin
    return twins


def complete(twin: Contact, contact: Contact, *, is_primary: bool, by) -> None:
    """Give the twin what it lacks: it is primary or active where either was."""
    values = {name: getattr(twin, name) or getattr(contact, name) for name in FILLED}
    values["is_active"] = twin.is_active or contact.is_active
    values["is_primary"] = twin.is_primary or is_primary
    changes = changed(twin, values)
    if changes:
        write(twin, changes)
    told = {name: pair for name, pair in changes.items() if name != "password"}
    record(twin, "joined", by=by, contact=named(contact), **spelled(told))
    record(contact, "joined", by=by, contact=named(twin))


def drop(twins: dict[Contact, Contact]) -> None:
    """Remove the joined contacts; whatever still names one names its twin first."""
    for contact, twin in twins.items():
        moving.follow(contact, twin)
        contact.delete()


def join_checklists(gone: Customer, stays: Customer) -> None:
    """A milestone is complete where it was so for either, with the notes of both."""
    own = {step.key: step for step in stays.onboarding.select_for_update().order_by("pk")}
    for step in gone.onboarding.select_for_update().order_by("pk"):
        if twin := own.get(step.key):
            settle(twin, step)
            step.delete()
        else:
            step.customer = stays
            step.save(update_fields=["customer"])


def settle(twin: OnboardingMilestone, step: OnboardingMilestone) -> None:
    if twin.completed_at is None:
        for name in TICK:
            setattr(twin, name, getattr(step, name))
    if step.notes and step.notes not in twin.notes:
        twin.notes = "\n\n".join(filter(None, [twin.notes, step.notes]))
    twin.save(update_fields=[*TICK, "notes"])


def named(row) -> dict:
    return {"id": row.pk, "name": str(row)}
