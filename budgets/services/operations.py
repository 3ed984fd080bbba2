"""Everything that changes the list of services."""

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone

from agency import sql
from agency.errors import BusinessError, ConflictError
from agency.records.history import changed, record, spelled
from budgets.services.models import ServiceType


@transaction.atomic
def create(*, by, position: int | None = None, **values) -> ServiceType:
    """Add a service at the end of the list; ``default_rate`` is per unit, in the budget's currency.

    Raises ``ConflictError`` where the name is taken.
    """
    if position is None:
        last = ServiceType.objects.aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
    service = ServiceType(position=position, **values)
    keep(service, force_insert=True)
    record(service, "created", by=by, name=[None, service.name])
    return service


@transaction.atomic
def update(service: ServiceType, *, by, **values) -> ServiceType:
    """Change a service. Lines that use it keep the price they have."""
    service = locked(service)
    changes = changed(service, values)
    if not changes:
        return service
    for name, value in values.items():
        setattr(service, name, value)
    keep(service, update_fields=[*changes, "updated_at"])
    record(service, "updated", by=by, **spelled(changes))
    return service


@transaction.atomic
def delete(service: ServiceType, *, by) -> None:
    """Remove a service that nothing uses. Raises ``ConflictError`` otherwise: switch it off."""
    service = locked(service)
    record(service, "deleted", by=by, name=[service.name, None])
    try:
        with transaction.atomic():
            service.delete()
    except ProtectedError as error:
        raise ConflictError(
            f"“{service}” is used by budgets or invoices. Make it inactive instead."
        ) from error


@transaction.atomic
def reorder(ids: list[int], *, by) -> None:
    """Put the services in the order of ``ids``, which names each of them exactly once.

    Raises ``BusinessError`` for an id that is unknown, missing or twice; nothing moves then.
    """
    before = list(ServiceType.objects.select_for_update().in_order().values_list("pk", flat=True))
    if sorted(ids) != sorted(before):
        raise BusinessError("Name every service type exactly once.", field="ids")
    if ids != before:
        ServiceType.objects.update(position=sql.positions(ids), updated_at=timezone.now())


@transaction.atomic
def move(service: ServiceType, places: int, *, by) -> None:
    """Move a service down by so many places, or up where the number is negative."""
    rows = ServiceType.objects.select_for_update().in_order()
    ids = list(rows.values_list("pk", flat=True))
    old = ids.index(locked(service).pk)
    new = min(max(old + places, 0), len(ids) - 1)
    ids.insert(new, ids.pop(old))
    reorder(ids, by=by)


def locked(service: ServiceType) -> ServiceType:
    """The row, read anew and locked until the transaction ends."""
    found = ServiceType.objects.select_for_update().filter(pk=service.pk).first()
    if found is None:
        raise ConflictError("The service type has been deleted.")
    return found


def keep(service: ServiceType, **how) -> None:
    """Save the row. Raises ``ConflictError`` where another service has that name."""
    taken = ServiceType.objects.filter(name__iexact=service.name).exclude(pk=service.pk).exists()
    try:
        with transaction.atomic():
            if not taken:
                service.save(**how)
    except IntegrityError:
        taken = True
    if taken:
        raise ConflictError(f"There is a service type “{service.name}” already.", field="name")
