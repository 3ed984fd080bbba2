"""JWTs for programs that sign in as a person: a short access token and a refresh token.

One algorithm, pinned in the settings. A changed password ends every token; a refresh token
works once.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken
from rest_framework_simplejwt.utils import datetime_from_epoch, get_md5_hash_password

from agency.staff.models import Staff


def issue(staff: Staff) -> dict[str, str]:
    """A new pair for a person. The database keeps the id of the refresh token, not the token."""
    refresh = RefreshToken()
    refresh[api_settings.USER_ID_CLAIM] = str(staff.pk)
    refresh[api_settings.REVOKE_TOKEN_CLAIM] = get_md5_hash_password(staff.password)
    OutstandingToken.objects.create(
        user=staff,
        jti=refresh["jti"],
        created_at=refresh.current_time,
        expires_at=datetime_from_epoch(refresh["exp"]),
    )
    return {"access": str(refresh.access_token), "refresh": str(refresh)}


def access(text: str) -> AccessToken | None:
    """The access token that the text spells, or None where it does not hold."""
    return spelled(AccessToken, text)


def holder_of(token) -> Staff | None:
    """The active person of a sound token, with their role, in one statement."""
    user_id = str(token.get(api_settings.USER_ID_CLAIM, ""))
    if not (user_id.isascii() and user_id.isdigit() and len(user_id) < 19):
        return None
    staff = Staff.objects.active().select_related("role").filter(pk=int(user_id)).first()
    known = staff and get_md5_hash_password(staff.password)
    claimed = token.get(api_settings.REVOKE_TOKEN_CLAIM, "")
    return staff if staff and constant_time_compare(claimed, known) else None


@transaction.atomic
def refresh(text: str) -> dict[str, str] | None:
    """A new pair for a refresh token, which is used up by it; None where it does not hold."""
    token = spelled(RefreshToken, text)
    staff = holder_of(token) if token else None
    return issue(staff) if staff and use_up(token) else None


def end(text: str) -> None:
    """Use a refresh token up; one that does not hold needs no end."""
    token = spelled(RefreshToken, text)
    if token is not None:
        use_up(token)


def use_up(token: RefreshToken) -> bool:
    """Whether the token had not been used before: of two at the same time one wins."""
    outstanding = OutstandingToken.objects.filter(jti=token["jti"]).first()
    if outstanding is None:
        return False
    return BlacklistedToken.objects.get_or_create(token=outstanding)[1]


def drop_ended() -> int:
    """Forget the refresh tokens whose time is over; how many there were."""
    ended = OutstandingToken.objects.filter(expires_at__lt=timezone.now())
    return ended.delete()[1].get(OutstandingToken._meta.label, 0)


def spelled(kind, text: str):
    try:
        return kind(text)
    except TokenError:
        return None
