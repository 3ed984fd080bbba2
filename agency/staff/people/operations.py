"""People are taken on, changed and let go here."""

from collections.abc import Iterable
from typing import Any

from axes.utils import reset as unlock
from django.apps import apps
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction

from agency.errors import BusinessError, NotAllowedError
from agency.records.history import record
from agency.reference import writing
from agency.staff import keys
from agency.staff.people import letters
from agency.staff.people.models import Staff
from agency.staff.roles import administrators, rights

FIELDS = {
    "email",
    "first_name",
    "last_name",
    "title",
    "phone",
    "role",
    "hourly_rate",
    "weekly_minutes",
    "time_zone",
    "is_staff",
}


@transaction.atomic
def create(
    *, email: str, first_name: str, role, password: str | None = None, invite=False, by, **values
) -> Staff:
    """Take a person on. Without a password they set one by the link in their invitation.

    Raises ``NotAllowedError`` where the role grants what ``by`` lacks.
    """
    departments = values.pop("departments", None)
    _require_role(role, by=by)
    _require_admin_right(values, by=by)
    known = _cleaned({"email": email, "first_name": first_name, "role": role, **values})
    person = Staff(**known)
    if password is not None:
        _require_strong(password, person)
    person.set_password(password)
    writing.add(person, by=by, name=str(person), email=person.email, role=role)
    if departments is not None:
        _set_departments(person, departments, by=by)
    if invite:
        letters.invite(person, by=by)
    return person


def update(person: Staff, *, by, **values) -> Staff:
    """Change a person's particulars; not their password, nor whether they work here.

    Raises ``NotAllowedError`` where ``by`` would hand on more than they hold, ``ConflictError``
    where nobody would be left to manage staff and settings.
    """
    departments, is_active = values.pop("departments", None), values.pop("is_active", None)
    values = _cleaned(values)
    with administrators.kept():
        person = writing.locked(person)
        if _decides_who_signs_in(person, values):
            rights.require_cover(by, person)
        if values.get("role", person.role) != person.role:
            _require_role(values["role"], by=by)
        _require_admin_right(values, by=by, before=person)
        person = writing.change(person, by=by, **values)
        if "email" in values:  # an old address must not reset the password
            apps.get_model("account", "EmailAddress").objects.filter(user=person).delete()
        if departments is not None:
            _set_departments(person, departments, by=by)
        if is_active is not None:
            person = (activate if is_active else deactivate)(person, by=by)
    return person


def deactivate(person: Staff, *, by) -> Staff:
    """Let a person go: they cannot sign in, and their keys end. Twice changes nothing."""
    with administrators.kept():
        person = writing.locked(person)
        if person.is_active:
            rights.require_cover(by, person)
            person = writing.change(person, by=by, verb="deactivated", is_active=False)
            keys.revoke_all(person, by=by)
    return person


@transaction.atomic
def activate(person: Staff, *, by) -> Staff:
    """Take a person back; the keys that ended stay ended. Twice changes nothing."""
    person = writing.locked(person)
    if not person.is_active:
        _require_role(person.role, by=by)
        person = writing.change(person, by=by, verb="activated", is_active=True)
    return person


@transaction.atomic
def change_password(person: Staff, *, password: str, by) -> Staff:
    """Set a new password. It ends every session, token and API key of the person.

    Raises ``BusinessError`` for a weak one, ``NotAllowedError`` where ``by`` sets that of
    somebody who holds more rights.
    """
    person = writing.locked(person)
    rights.require_cover(by, person)
    _require_strong(password, person)
    person.set_password(password)
    person.save(update_fields=["password", "updated_at"])
    keys.revoke_all(person, by=by)
    record(person, "password_changed", by=by)
    letters.tell_of_new_password(person, by=by)
    unlock(username=person.email)
    return person


def delete(person: Staff, *, by) -> None:
    """Remove a person who left no trace; ``ConflictError`` for anybody else."""
    with administrators.kept():
        rights.require_cover(by, person)
        writing.remove(person, by=by)


def _cleaned(values: dict[str, Any]) -> dict[str, Any]:
    """The values as they are kept: addresses in lower case, words with one space between."""
    if unknown := values.keys() - FIELDS:
        raise TypeError(f"People have no {', '.join(sorted(unknown))}.")
    kept = {name: _one_line(value) for name, value in values.items()}
    return kept | {"email": kept["email"].lower()} if "email" in kept else kept


def _one_line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _decides_who_signs_in(person: Staff, values: dict[str, Any]) -> bool:
    names = ("email", "role", "is_staff")
    return any(name in values and values[name] != getattr(person, name) for name in names)


def _require_role(role, *, by) -> None:
    if role is not None:
        rights.require_held(by, grants=role.grants, scope=role.scope)


def _require_admin_right(values: dict[str, Any], *, by, before: Staff | None = None) -> None:
    given = values.get("is_staff") and not (before and before.is_staff)
    if given and by is not None and not (by.is_staff or by.has_perm("settings:manage")):
        raise NotAllowedError("You do not open the admin yourself.", field="is_staff")


def _require_strong(password: str, person: Staff) -> None:
    try:
        password_validation.validate_password(password, person)
    except ValidationError as error:
        raise BusinessError(" ".join(error.messages), field="password") from error


def _set_departments(person: Staff, departments: Iterable, *, by) -> None:
    before = sorted(map(str, person.departments.all()))
    person.departments.set(departments)
    after = sorted(map(str, person.departments.all()))
    if before != after:
        record(person, "departments_changed", by=by, departments=[before, after])
