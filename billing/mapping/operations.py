"""Changes the accounts that service types are booked to."""

from django.db import transaction

from agency.records.history import changed, record
from billing.mapping.models import MappingRule


@transaction.atomic
def upsert(service_type, *, by, **values) -> MappingRule:
    """Set the account of a service type."""
    rule = MappingRule.objects.select_for_update().filter(service_type=service_type).first()
    if rule is None:
        rule = MappingRule.objects.create(service_type=service_type, **values)
        record(rule, "created", by=by, **{name: [None, value] for name, value in values.items()})
        return rule
    changes = changed(rule, values)
    if changes:
        for name, value in values.items():
            setattr(rule, name, value)
        rule.save(update_fields=[*values, "updated_at"])
        record(rule, "updated", by=by, **changes)
    return rule


def account_of(service_type_id: int | None) -> str:
    """The account code of a service type, or an empty one."""
    rules = MappingRule.objects.filter(service_type=service_type_id)
    return rules.values_list("xero_account_code", flat=True).first() or ""
