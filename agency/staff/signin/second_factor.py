"""The second factor: codes from an authenticator app (TOTP, RFC 6238) and recovery codes."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from agency.errors import StateError
from agency.records.history import record
from agency.staff.people import letters
from agency.staff.people.models import Staff
from agency.staff.roles import rights

KIND = Authenticator.Type


def is_on(person: Staff) -> bool:
    return Authenticator.objects.filter(user=person, type=KIND.TOTP).exists()


def recovery_codes_left(person: Staff) -> int:
    kept = Authenticator.objects.filter(user=person, type=KIND.RECOVERY_CODES).first()
    return len(RecoveryCodes(kept).get_unused_codes()) if kept else 0


@transaction.atomic
def turn_on(person: Staff, *, secret: str, by) -> list[str]:
    """Ask for codes of that secret from now on. Returns the recovery codes, to be shown once."""
    locked = Staff.objects.select_for_update().get(pk=person.pk)
    if is_on(locked):
        raise StateError("Two-step sign-in is on already.")
    TOTP.activate(locked, secret)
    record(locked, "second_factor_on", by=by)
    letters.tell_of_second_factor(locked, is_on=True, by=by)
    return _fresh_codes(locked)


@transaction.atomic
def turn_off(person: Staff, *, by) -> None:
    """Ask for the password alone. For another person only by who holds all that they hold."""
    rights.require_cover(by, person)
    gone, _ = Authenticator.objects.filter(user=person).delete()
    if gone:
        record(person, "second_factor_off", by=by)
        letters.tell_of_second_factor(person, is_on=False, by=by)


@transaction.atomic
def renew_recovery_codes(person: Staff, *, by) -> list[str]:
    """New recovery codes, to be shown once; the old ones end."""
    locked = Staff.objects.select_for_update().get(pk=person.pk)
    if not is_on(locked):
        raise StateError("Turn two-step sign-in on first.")
    record(locked, "recovery_codes_renewed", by=by)
    return _fresh_codes(locked)


def _fresh_codes(person: Staff) -> list[str]:
    Authenticator.objects.filter(user=person, type=KIND.RECOVERY_CODES).delete()
    return RecoveryCodes.activate(person).get_unused_codes()
