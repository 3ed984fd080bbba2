"""Somebody must always be able to give rights back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import transaction

from agency.errors import ConflictError


@contextmanager
def kept() -> Iterator[None]:
    """Run a change to rights; ``ConflictError`` where it would leave no administrator.

    An administrator is active and manages both staff and settings. All roles are locked first, so
    that of two people who demote each other one is refused.
    """
    staff, roles = apps.get_model("staff", "Staff"), apps.get_model("staff", "Role")
    with transaction.atomic():
        list(roles.objects.select_for_update().order_by("pk").values_list("pk"))
        had_one = staff.objects.administrators().exists()
        yield
        if had_one and not staff.objects.administrators().exists():
            raise ConflictError(
                "Nobody would be left who manages both staff and settings. "
                "Give somebody else those rights first."
            )
