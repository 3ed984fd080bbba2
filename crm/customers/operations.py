"""Everything that makes, changes and removes a customer."""

from django.apps import apps
from django.db import transaction

from agency.errors import BusinessError, ConflictError
from agency.records.history import changed, record, spelled
from crm.customers.models import Customer
from crm.rows import locked, remove, require_active, write

COUNTRIES = ("country", "billing_country", "shipping_country")


@transaction.atomic
def create(*, by, **values) -> Customer:
    """Add a customer, owned by ``by`` unless another owner is named, with its checklist."""
    customer = Customer(created_by=by, **{"owner": by} | checked({"name": "", **values}))
    customer.save(force_insert=True)
    apps.get_model("crm", "OnboardingMilestone").objects.start([customer])
    record(customer, "created", by=by, name=customer.name)
    return customer


@transaction.atomic
def update(customer: Customer, *, by, **values) -> Customer:
    """Change a customer; what is the same already leaves no trace.

    Raises ``ConflictError`` for one that was merged into another: it stays as it was.
    """
    customer = locked(customer)
    require_unmerged(customer)
    changes = changed(customer, checked(values))
    if changes:
        write(customer, changes)
        record(customer, "updated", by=by, **spelled(changes))
    return customer


def activate(customer: Customer, *, by) -> Customer:
    """Offer the customer for new work again."""
    return update(customer, by=by, is_active=True)


def deactivate(customer: Customer, *, by) -> Customer:
    """Keep the customer and its past, and leave it out of what is active."""
    return update(customer, by=by, is_active=False)


@transaction.atomic
def delete(customer: Customer, *, by) -> None:
    """Remove a customer with its contacts and checklist.

    Raises ``ConflictError`` naming the invoices, budgets, projects, deals, engagements, tasks
    or time it has.
    """
    customer = locked(customer)
    record(customer, "deleted", by=by, name=customer.name)
    remove(customer, besides=[customer.tasks.all()])


def checked(values: dict) -> dict:
    """The values as they are kept; a ``BusinessError`` names the one that cannot be."""
    values = dict(values)
    if "name" in values:
        values["name"] = require_name(values["name"])
    if values.get("domain"):
        values["domain"] = values["domain"].lower()
    require_countries(values)
    require_currency(values)
    require_active(values.get("owner"), field="owner")
    return values


def require_unmerged(customer: Customer) -> None:
    if customer.merged_into_id is not None:
        raise ConflictError(f"“{customer}” was merged into “{customer.merged_into}”.")


def require_name(name: str) -> str:
    if not name.strip():
        raise BusinessError("A customer needs a name.", field="name")
    return name.strip()


def require_countries(values: dict) -> None:
    """Two letters of ISO 3166-1, kept in capitals; empty is allowed."""
    sent = {name: values[name].strip().upper() for name in COUNTRIES if values.get(name)}
    if not sent:
        return
    countries = apps.get_model("reference", "Country").objects.filter(alpha2__in=sent.values())
    known = set(countries.values_list("alpha2", flat=True))
    for name, code in sent.items():
        if code not in known:
            raise BusinessError(f"“{code}” is not a country code of ISO 3166.", field=name)
    values.update(sent)


def require_currency(values: dict) -> None:
    """A currency that the organisation knows; empty is the organisation's own."""
    if not values.get("currency"):
        return
    code = values["currency"] = values["currency"].strip().upper()
    if not apps.get_model("reference", "Currency").objects.filter(code=code).exists():
        raise BusinessError(f"“{code}” is not a known currency.", field="currency")
