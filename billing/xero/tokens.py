"""The access token: refreshed a little before it ends, by one process for all.

A refresh is the one call to Xero that is made while a row is locked. Each refresh token makes one
new pair, and the old one works for 30 more minutes only: two processes that refresh side by side
would each store a pair, and the later write may be the pair that Xero retired. The lock makes them
take turns; the second finds the new pair and asks nobody. The new pair is committed before it is
used, and an answer that is lost leaves the old pair in place, which still works.
developer.xero.com/documentation/guides/oauth2/token-types
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from billing.xero import breaker, identity, sealing, turns, withdrawal
from billing.xero.errors import NotConnectedError, ReconnectNeededError, XeroUnavailableError
from billing.xero.models import Connection

EARLY = timedelta(minutes=5)
BARELY = timedelta(seconds=30)  # what a token must live for a call to be made with it
LONGEST_TURN = identity.LONGEST + 2  # seconds to wait for another process that refreshes
WEEK = timedelta(days=7)
State = Connection.State


def connection() -> Connection:
    """The usable connection. Raises ``ReconnectNeededError`` or ``NotConnectedError``."""
    row = Connection.objects.first()
    if row is None or row.state in {State.DISCONNECTED, State.CHOOSING}:
        raise NotConnectedError
    if row.state == State.RECONNECT:
        raise ReconnectNeededError
    return row


def access_token() -> str:
    """A token that lives long enough for a call."""
    row = connection()
    held = sealing.unseal(row.tokens).get("access", "")
    if held and not _ends_within(row, EARLY):
        return held
    return _refreshed(row, refused="")


def renewed(refused: str) -> str:
    """Another token than the one that Xero has just refused."""
    return _refreshed(connection(), refused=refused)


def keep_alive() -> bool:
    """Refresh tokens that nobody used for a week; says whether it did."""
    row = connection()
    is_idle = row.refreshed_at is None or row.refreshed_at < timezone.now() - WEEK
    if row.grant == Connection.Grant.CUSTOM or not is_idle:
        return False
    _refreshed(row, refused=sealing.unseal(row.tokens).get("access", ""))
    return True


def give_up(refused: str) -> None:
    """Xero takes not even a token that is new: the consent has ended."""
    with transaction.atomic():
        row = Connection.objects.select_for_update().get()
        if row.state == State.CONNECTED and sealing.unseal(row.tokens).get("access") == refused:
            withdrawal.withdraw(row, "Xero refuses the connection.")


def keep(row: Connection, tokens: identity.Tokens) -> None:
    """Put a new pair into the locked row, to be saved by the caller."""
    now = timezone.now()
    row.tokens = sealing.seal({"access": tokens.access, "refresh": tokens.refresh})
    row.expires_at = now + timedelta(seconds=tokens.seconds)
    row.refreshed_at = now
    row.scopes = tokens.scopes


def _refreshed(row: Connection, *, refused: str) -> str:
    breaker.require_open(row)
    try:
        token = _refresh_in_turn(row, refused)
    except XeroUnavailableError as error:
        breaker.note(row, error)
        raise
    if not token:
        raise ReconnectNeededError
    return token


def _refresh_in_turn(row: Connection, refused: str) -> str:
    """The new access token, or nothing where the consent has ended, which is then on record."""
    with transaction.atomic():
        can_wait = bool(refused) or _ends_within(row, BARELY)
        locked = turns.locked(row.pk, seconds=LONGEST_TURN, skip=not can_wait)
        if locked is None:  # another process refreshes, and the old token still lives
            return sealing.unseal(row.tokens)["access"]
        if locked.state != State.CONNECTED:
            return ""
        held = sealing.unseal(locked.tokens)
        access = held.get("access", "")
        if access and access != refused and not _ends_within(locked, EARLY):
            return access
        try:
            tokens = _asked(locked, held.get("refresh", ""))
        except identity.EndedError as ended:
            withdrawal.withdraw(locked, str(ended))
            return ""
        keep(locked, tokens)
        locked.save(update_fields=["tokens", "expires_at", "refreshed_at", "scopes", "updated_at"])
    return tokens.access


def _asked(row: Connection, refresh: str) -> identity.Tokens:
    if row.grant == Connection.Grant.CUSTOM:
        return identity.from_credentials()
    if not refresh:
        raise identity.EndedError("The stored tokens cannot be opened: SECRET_KEY has changed.")
    tokens = identity.from_refresh(refresh)
    return tokens if tokens.refresh else tokens._replace(refresh=refresh)


def _ends_within(row: Connection, time) -> bool:
    return row.expires_at is None or row.expires_at <= timezone.now() + time
