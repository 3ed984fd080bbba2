"""The connection to Xero: made, renewed, ended, and how the bookkeeping is to work.

What asks Xero stands outside of transactions; what is written afterwards is one.
"""

import contextlib
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from agency import logs
from agency.errors import BusinessError, ConflictError
from agency.records import history
from billing.xero import identity, sealing, tokens
from billing.xero import values as v
from billing.xero.errors import NotConnectedError, RefusedError
from billing.xero.gateway import gateway, require_outside
from billing.xero.models import Connection, ListedAccount, ListedTaxRate

State, Grant = Connection.State, Connection.Grant
PAYS_INTO = "Choose an account of Xero that takes payments."
# Where ids of an organisation stand in our records; the models stand above this slice.
BEARERS = (
    ("Invoice", "xero_invoice_id"),
    ("Posting", "xero_id"),
    ("ContactLink", "contact_id"),
)
ORGANISATION = ("base_currency", "country", "time_zone", "locked_until", "closed_until")


def is_configured() -> bool:
    """Whether this installation is known to Xero as an app."""
    return bool(settings.XERO_CLIENT_ID and settings.XERO_CLIENT_SECRET)


def require_configured() -> None:
    if not is_configured():
        raise ConflictError("Xero is not set up here: XERO_CLIENT_ID and XERO_CLIENT_SECRET.")


def holds_ids() -> bool:
    """Whether any record of ours bears an id of the connected organisation."""
    for name, field in BEARERS:
        rows = apps.get_model("billing", name).objects
        if rows.exclude(**{field: None}).exclude(**{field: ""}).exists():
            return True
    return False


# -- connecting -----------------------------------------------------------------------------------
def connect_by_code(code: str, redirect_uri: str, *, by) -> Connection:
    """Take the code that a person brought back from Xero.

    Connected where there is one organisation, or the one that our records belong to; otherwise
    ``State.CHOOSING``. Raises ``ConflictError`` where that one is not among them.
    """
    require_configured()
    require_outside()
    pair = identity.from_code(code, redirect_uri)
    offered = identity.tenants(pair.access)
    if not offered:
        raise RefusedError(["No organisation was chosen in Xero."])
    known = Connection.objects.values_list("tenant_id", flat=True).first()
    same = [one for one in offered if one.id == known]
    if same or len(offered) == 1:
        return _connect((same or offered)[0], pair, Grant.CODE, by=by)
    require_same(known or "", "")
    return _offer(pair, by=by)


def choices() -> list[v.Tenant]:
    """The organisations to choose from; asks Xero."""
    row = Connection.objects.filter(state=State.CHOOSING).first()
    if row is None:
        raise NotConnectedError
    require_outside()
    return identity.tenants(sealing.unseal(row.tokens).get("access", ""))


def choose(tenant_id: str, *, by) -> Connection:
    """Connect one of the organisations that Xero offered."""
    offered = {one.id: one for one in choices()}
    if tenant_id not in offered:
        raise BusinessError("Choose one of the organisations.", field="tenant")
    return _connect(offered[tenant_id], None, Grant.CODE, by=by)


def connect_custom(*, by) -> Connection:
    """Connect the one organisation that a custom connection opens.

    developer.xero.com/documentation/guides/oauth2/custom-connections
    """
    require_configured()
    require_outside()
    try:
        pair = identity.from_credentials()
    except identity.EndedError as no:
        raise RefusedError([str(no)]) from None
    offered = identity.tenants(pair.access)
    if len(offered) != 1:
        raise RefusedError(["The custom connection opens no organisation."])
    return _connect(offered[0], pair, Grant.CUSTOM, by=by)


def require_same(known: str, tenant_id: str) -> None:
    """Raise ``ConflictError`` for another organisation while records bear ids of the known one."""
    if known and tenant_id != known and holds_ids():
        name = Connection.objects.values_list("tenant_name", flat=True).first()
        raise ConflictError(
            f"Our records belong to “{name}” in Xero: another organisation does not know them."
        )


@transaction.atomic
def _connect(tenant: v.Tenant, pair: identity.Tokens | None, grant: str, *, by) -> Connection:
    row = _row()
    require_same(row.tenant_id, tenant.id)
    if row.tenant_id != tenant.id:
        _forget_books(row)
    before = row.tenant_name
    row.state, row.grant = State.CONNECTED, grant
    row.tenant_id, row.tenant_name = tenant.id, tenant.name[:200]
    row.connected_by, row.connected_at = by, timezone.now()
    row.closed_off_until, row.closed_off_because, row.failures = None, "", 0
    if pair:
        tokens.keep(row, pair)
    row.save()
    history.record(row, "connected", by=by, organisation=[before, tenant.name])
    return row


@transaction.atomic
def _offer(pair: identity.Tokens, *, by) -> Connection:
    """Keep the tokens until an organisation is chosen."""
    row = _row()
    row.state, row.grant, row.connected_by = State.CHOOSING, Grant.CODE, by
    tokens.keep(row, pair)
    row.save()
    return row


def _row() -> Connection:
    """The one row, locked."""
    Connection.objects.get_or_create(only=True)
    return Connection.objects.select_for_update().get()


def _forget_books(row: Connection) -> None:
    """What was said of another organisation does not hold for this one."""
    ListedAccount.objects.all().delete()
    ListedTaxRate.objects.all().delete()
    row.default_account_code = row.payment_account_code = row.short_code = ""
    row.changes_read_until = row.swept_at = row.lists_read_at = None
    row.day_limit_remaining = row.minute_limit_remaining = None


def disconnect(*, by) -> Connection:
    """End the connection. Xero is told; where it does not listen, we still forget the tokens.

    Raises ``NotConnectedError`` where there is nothing to end.
    """
    if not Connection.objects.exclude(state=State.DISCONNECTED).exists():
        raise NotConnectedError
    require_outside()
    with transaction.atomic():
        row = _row()
        held = sealing.unseal(row.tokens)
        row.state, row.tokens, row.expires_at = State.DISCONNECTED, b"", None
        row.save(update_fields=["state", "tokens", "expires_at", "updated_at"])
        history.record(row, "disconnected", by=by)
    with contextlib.suppress(BusinessError):
        if held.get("refresh"):
            identity.revoke(held["refresh"])
        elif held.get("access"):
            identity.disconnect(held["access"], row.tenant_id)
    return row


# -- the books ------------------------------------------------------------------------------------
def refresh_lists(*, by=None, timeout: float | None = None) -> Connection:
    """Read the organisation, its accounts and its tax rates: three calls."""
    xero = gateway(timeout)
    own, accounts, rates = xero.organisation(), xero.accounts(), xero.tax_rates()
    with transaction.atomic():
        row = _row()
        if row.tenant_id != xero.tenant_id:
            raise ConflictError("Xero was connected to another organisation meanwhile.")
        _note_organisation(row, own, by=by)
        _list_accounts(accounts)
        _list_rates(rates)
    return row


def _note_organisation(row: Connection, own: v.Organisation, *, by) -> None:
    values = {name: getattr(own, name) for name in ORGANISATION}
    values |= {"tenant_name": own.name[:200] or row.tenant_name, "short_code": own.short_code[:20]}
    changes = history.changed(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    is_first = row.lists_read_at is None
    row.lists_read_at = timezone.now()
    row.save(update_fields=[*values, "lists_read_at", "updated_at"])
    if changes and not is_first:
        history.record(row, "books_changed", by=by, **history.spelled(changes))


def _list_accounts(accounts: list[v.Account]) -> None:
    """Keep those with a code: no other can be named on a line or a payment."""
    rows = {
        one.code: ListedAccount(
            code=one.code,
            name=one.name[:200],
            type=one.type,
            tax_type=one.tax_type,
            status=one.status,
            takes_payments=one.takes_payments,
        )
        for one in accounts
        if 0 < len(one.code) <= 10
    }
    _replace(ListedAccount, rows, ["name", "type", "tax_type", "status", "takes_payments"])


def _list_rates(rates: list[v.TaxRate]) -> None:
    rows = {
        one.code: ListedTaxRate(
            code=one.code,
            name=one.name[:200],
            rate=one.rate,
            status=one.status,
            on_revenue=one.on_revenue,
        )
        for one in rates
        if one.code
    }
    _replace(ListedTaxRate, rows, ["name", "rate", "status", "on_revenue"])


def _replace(model, rows: dict[str, Any], fields: list[str]) -> None:
    model.objects.exclude(code__in=rows).delete()
    model.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["code"], update_fields=fields
    )


# -- how the bookkeeping is to work ---------------------------------------------------------------
@transaction.atomic
def settle(*, by, **values: Any) -> Connection:
    """Change the default accounts, and what of ours goes to Xero.

    Raises ``BusinessError`` naming the field for an account that Xero does not list as active, or
    that takes no payments.
    """
    row = _row()
    if row.state != State.CONNECTED:
        raise NotConnectedError
    _require_account(values.get("default_account_code", ""), "default_account_code")
    payment = values.get("payment_account_code", row.payment_account_code)
    _require_account(payment, "payment_account_code", takes_payments=True)
    if values.get("sends_payments", row.sends_payments) and not payment:
        raise BusinessError(PAYS_INTO, field="payment_account_code")
    changes = history.changed(row, values)
    if changes:
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=[*values, "updated_at"])
        history.record(row, "updated", by=by, **changes)
    return row


def _require_account(code: str, field: str, **needs: bool) -> None:
    active = ListedAccount.objects.filter(code=code, status="ACTIVE")
    if code and not active.exists():
        raise BusinessError(f"Xero has no active account {code}.", field=field)
    if code and not active.filter(**needs).exists():
        raise BusinessError(PAYS_INTO, field=field)


def why(error: Exception) -> str:
    """What went wrong, in one line without secrets."""
    return logs.redact_text(" ".join(str(error).split()))
