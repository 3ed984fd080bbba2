"""Roles are made, changed and removed here."""

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from agency.errors import BusinessError, ConflictError
from agency.reference import writing
from agency.staff.roles import administrators, rights
from agency.staff.roles.models import Role


@transaction.atomic
def create(*, name: str, scope: str = Role.Scope.OWN, grants: dict | None = None, by) -> Role:
    """Make a role. Raises ``NotAllowedError`` where it grants what ``by`` lacks."""
    kept = rights.checked(grants or {})
    _require_scope(scope)
    rights.require_held(by, grants=kept, scope=scope)
    last = Role.objects.aggregate(last=Max("position"))["last"] or 0
    role = Role(key=_free_key(name), name=name, scope=scope, grants=kept, position=last + 1)
    return writing.add(role, by=by, name=name, scope=scope, grants=kept)


def update(role: Role, *, by, **values) -> Role:
    """Change name, position, scope or grants of a role, for all who hold it.

    Raises ``NotAllowedError`` where the role gains what ``by`` lacks, ``ConflictError`` where
    nobody would be left to manage staff and settings.
    """
    with administrators.kept():
        role = writing.locked(role)
        if "grants" in values:
            values["grants"] = rights.checked(values["grants"])
        scope = values.get("scope", role.scope)
        _require_scope(scope)
        rights.require_held(by, grants=values.get("grants", role.grants), scope=scope, before=role)
        return writing.change(role, by=by, **values)


def delete(role: Role, *, by) -> None:
    """Remove a role that nobody holds; the shipped five stay."""
    if role.is_shipped:
        raise ConflictError("This role belongs to the product: change it instead.")
    with administrators.kept():
        if role.holders.exists():
            raise ConflictError(f"Somebody holds the role “{role}”. Give them another first.")
        writing.remove(role, by=by)


def _require_scope(scope: str) -> None:
    if scope not in Role.Scope.values:
        raise BusinessError(f"There is no scope “{scope}”.", field="scope")


def _free_key(name: str) -> str:
    start = slugify(name)[:34] or "role"
    taken = set(Role.objects.filter(key__startswith=start).values_list("key", flat=True))
    numbered = (f"{start}-{number}" for number in range(2, len(taken) + 3))
    return start if start not in taken else next(key for key in numbered if key not in taken)
