"""API keys: made once, shown once, kept as a hash."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agency.errors import BusinessError, NotAllowedError
from agency.records.history import record
from agency.staff.access import LEVELS, TOOLS, held_level, reaches
from agency.staff.credentials.models import ApiKey
from agency.staff.roles import rights

HELD = ApiKey.objects.select_related("owner__role").order_by()
USED_AGAIN_AFTER = timedelta(minutes=1)  # how stale "last used" may be: not one write a request


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def create(owner, *, name: str, by, scopes: dict | None = None, expires_at=None):
    """Make a key for ``owner`` and return it with its secret, which is never shown again.

    Without ``scopes`` it may do all that its owner may. Raises ``BusinessError`` where a scope goes
    beyond that, ``NotAllowedError`` where the key could do what ``by`` cannot.
    """
    scopes = scopes or {}
    _require_held(owner, scopes)
    if expires_at is not None and expires_at <= timezone.now():
        raise BusinessError("A key ends in the future.", field="expires_at")
    grants = scopes or owner.role.grants
    if rights.lacking(by, grants=grants, scope=owner.role.scope):
        raise NotAllowedError("This key could do what you cannot.", field="scopes")
    secret = f"pk_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        owner=owner,
        name=name,
        prefix=secret[:10],
        digest=digest_of(secret),
        scopes=scopes,
        expires_at=expires_at,
    )
    record(owner, "api_key_created", by=by, key=[None, name])
    return key, secret


@transaction.atomic
def revoke(key: ApiKey, *, by) -> None:
    """End a key at once. Revoking twice changes nothing."""
    ended = ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())
    if ended:
        record(key.owner, "api_key_revoked", by=by, key=[key.name, None])


def revoke_all(owner, *, by) -> None:
    """End every key of a person, for they left or their password changed."""
    for key in ApiKey.objects.filter(owner=owner, revoked_at=None):
        revoke(key, by=by)


def _require_held(owner, scopes: dict) -> None:
    if owner.role_id is None:
        raise BusinessError(f"{owner} has no role, so a key could do nothing.", field="scopes")
    for tool, level in scopes.items():
        if tool not in TOOLS or level not in LEVELS:
            raise BusinessError(f"There is no permission “{tool}:{level}”.", field="scopes")
        if not reaches(held_level(owner.role.grants, tool), level):
            raise BusinessError(f"{owner} does not hold “{tool}:{level}”.", field="scopes")


def owner_of(secret: str):
    """The active owner of a live key, narrowed to its scopes, or None."""
    # Every call comes through here: a short statement, whose terms are weighed in Python.
    key = next(iter(HELD.filter(digest=digest_of(secret))), None)
    if key is None or key.state != "live" or not key.owner.is_active:
        return None
    now = timezone.now()
    if key.last_used_at is None or now - key.last_used_at > USED_AGAIN_AFTER:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    key.owner.key_scopes = key.scopes
    return key.owner, key
