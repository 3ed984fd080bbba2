"""Xero's identity server: codes and refresh tokens for access tokens, and whose books they open.

developer.xero.com/documentation/guides/oauth2/auth-flow and …/oauth2/custom-connections. Neither
a token nor the secret gets into an error: only Xero's ``error`` code does.
"""

from typing import NamedTuple
from urllib.parse import quote, urlencode

from django.conf import settings

from billing.xero import parsing
from billing.xero import values as v
from billing.xero.errors import RefusedError, XeroUnavailableError

LONGEST = 10  # seconds; a row is locked while a token is refreshed
ENDED = {"invalid_grant", "invalid_client", "unauthorized_client"}
WORDS = {
    "invalid_grant": "Xero did not accept the sign-in: it is too old, or was used before.",
    "invalid_client": "Xero does not know this client id and secret.",
    "unauthorized_client": "Xero does not allow this app to connect so.",
    "invalid_scope": "Xero does not grant these scopes to the app.",
    "access_denied": "The consent was not given in Xero.",
}


class EndedError(Exception):
    """The consent is over, or the app is not known any more: no call will help."""


class Tokens(NamedTuple):
    access: str
    refresh: str
    seconds: int  # how long the access token lives
    scopes: str


def authorize_url(state: str, redirect_uri: str) -> str:
    """Where a person agrees to the connection."""
    query = {
        "response_type": "code",
        "client_id": settings.XERO_CLIENT_ID,
        "redirect_uri": redirect_uri,
        "scope": settings.XERO_SCOPES,
        "state": state,
    }
    return f"{settings.XERO_LOGIN_URL}/identity/connect/authorize?{urlencode(query)}"


def from_code(code: str, redirect_uri: str) -> Tokens:
    return _tokens(grant_type="authorization_code", code=code, redirect_uri=redirect_uri)


def from_refresh(token: str) -> Tokens:
    """A new pair. Raises ``EndedError`` where Xero takes the token no more."""
    return _tokens(grant_type="refresh_token", refresh_token=token)


def from_credentials() -> Tokens:
    """The access token of a custom connection, which has no other. Raises ``EndedError``."""
    scopes = " ".join(one for one in settings.XERO_SCOPES.split() if one != "offline_access")
    return _tokens(grant_type="client_credentials", scope=scopes)


def tenants(access: str) -> list[v.Tenant]:
    """The organisations that an access token opens."""
    status, body = _send("GET", f"{settings.XERO_API_URL}/connections", _bearer(access))
    found = _read(status, body)
    if status != 200 or not isinstance(found, list):
        raise RefusedError(["Xero does not say which organisations there are."], status=status)
    return [
        v.Tenant(id=one["tenantId"], name=one.get("tenantName") or "", connection_id=one["id"])
        for one in found
        if one.get("tenantType", "ORGANISATION") == "ORGANISATION"
    ]


def revoke(refresh: str) -> None:
    """Withdraw the consent, with all that it opened."""
    address = f"{settings.XERO_IDENTITY_URL}/connect/revocation"
    _send("POST", address, _basic(), urlencode({"token": refresh}))


def disconnect(access: str, tenant_id: str) -> None:
    """Take one organisation out of the consent."""
    for one in tenants(access):
        if one.id == tenant_id:
            address = f"{settings.XERO_API_URL}/connections/{quote(one.connection_id, safe='')}"
            _send("DELETE", address, _bearer(access))


def _tokens(**form: str) -> Tokens:
    address = f"{settings.XERO_IDENTITY_URL}/connect/token"
    status, body = _send("POST", address, _basic(), urlencode(form))
    found = _read(status, body)
    if status == 200 and isinstance(found, dict) and found.get("access_token"):
        return Tokens(
            access=found["access_token"],
            refresh=found.get("refresh_token") or "",
            seconds=int(found.get("expires_in") or 1800),
            scopes=str(found.get("scope") or settings.XERO_SCOPES),
        )
    code = str(found.get("error") or "") if isinstance(found, dict) else ""
    if code in ENDED and form["grant_type"] != "authorization_code":
        raise EndedError(WORDS[code])
    raise RefusedError([WORDS.get(code, "Xero did not give a token.")], status=status)


def _basic() -> dict[str, str]:
    from urllib3.util import make_headers  # noqa: PLC0415 loaded where Xero is spoken to

    pair = f"{quote(settings.XERO_CLIENT_ID)}:{quote(settings.XERO_CLIENT_SECRET)}"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    return make_headers(basic_auth=pair) | form


def _bearer(access: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {access}"}


def _send(method: str, address: str, headers: dict, body: str | None = None) -> tuple[int, bytes]:
    """One request, never repeated and never redirected."""
    import urllib3  # noqa: PLC0415 loaded where Xero is spoken to

    seconds = min(LONGEST, settings.XERO_TIMEOUT)
    headers = {"Accept": "application/json"} | headers
    try:
        with urllib3.PoolManager() as pool:
            answer = pool.request(
                method,
                address,
                body=body,
                headers=headers,
                retries=False,
                redirect=False,
                timeout=urllib3.Timeout(total=seconds),
            )
    except urllib3.exceptions.HTTPError:
        raise XeroUnavailableError("Xero's sign-in does not answer.", sent=False) from None
    return answer.status, answer.data


def _read(status: int, body: bytes):
    """The JSON of an answer; HTML and server errors are no answer."""
    try:
        found = parsing.loads(body)
    except ValueError:
        found = None
    if found is None or status >= 500 or status == 429:
        message = f"Xero's sign-in is out of order at the moment (HTTP {status})."
        raise XeroUnavailableError(message, sent=False)
    return found
