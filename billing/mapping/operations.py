"""Changes the accounts that service types are booked to."""

import re

from django.db import transaction

from agency.errors import BusinessError
from agency.records.history import changed, record
from billing.mapping.models import MappingRule
from budgets.services import operations as services

ACCOUNT_CODE = r"^[0-9A-Za-z.\-/]{1,10}$"
WRONG_CODE = "An account code has 1–10 signs."


@transaction.atomic
def upsert(service_type, *, by, **values) -> MappingRule:
    """Set the account of a service type; ``BusinessError`` where the code cannot be one."""
    if not re.fullmatch(ACCOUNT_CODE, values.get("xero_account_code", "1")):
        raise BusinessError(WRONG_CODE, field="xero_account_code")
    service_type = services.locked(service_type)  # two at one moment: one rule, both noted
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
