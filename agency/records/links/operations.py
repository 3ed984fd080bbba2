"""Make, revoke and open the links that clients get."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from agency.errors import BusinessError
from agency.records import history, subjects
from agency.records.links.models import PublicLink

TOKEN_BYTES = 24  # 192 bits
LONGEST_TOKEN = 64
DEFAULT_DAYS = 90
MOST_DAYS = 730


def create(subject, *, by, days: int = DEFAULT_DAYS) -> tuple[PublicLink, str]:
    """A link to one document, and the token of its address, which nobody can read again later."""
    if not 0 < days <= MOST_DAYS:
        raise BusinessError(f"A link is good for 1 to {MOST_DAYS} days.", field="days")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires_at = timezone.now() + timedelta(days=days)
    with transaction.atomic():
        link = PublicLink.objects.create(
            subject_type=subjects.name_of(subject),
            subject_id=subject.pk,
            digest=digest(token),
            created_by=by,
            expires_at=expires_at,
        )
        history.record(subject, "link_created", by=by, link=link.pk, expires_at=expires_at)
    return link, token


def revoke(link: PublicLink, *, by) -> PublicLink:
    """Close a link for good; twice changes nothing."""
    with transaction.atomic():
        link = PublicLink.objects.select_for_update().get(pk=link.pk)
        if link.revoked_at is None:
            link.revoked_at = timezone.now()
            link.save(update_fields=["revoked_at"])
            if link.subject is not None:
                history.record(link.subject, "link_revoked", by=by, link=link.pk)
    return link


def revoke_all(subject, *, by) -> int:
    """Close every link to a document."""
    live = list(PublicLink.objects.about(subject).live())
    for link in live:
        revoke(link, by=by)
    return len(live)


def find(token: str, kind: str) -> PublicLink | None:
    """The live link of a token to a document of that kind, else None. Writes nothing."""
    if not 0 < len(token) <= LONGEST_TOKEN:
        return None
    links = PublicLink.objects.live().filter(subject_type=kind)
    return links.filter(digest=digest(token)).first()


def opened(link: PublicLink) -> None:
    """Note that a client has opened the link: told by the page's own POST, never by a GET."""
    PublicLink.objects.live().filter(pk=link.pk).update(
        opened=F("opened") + 1, last_opened_at=timezone.now()
    )


def digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
