"""The identity server: consent, codes, tokens and whose books they open.

doc: guides/oauth2/auth-flow, guides/oauth2/token-types, guides/oauth2/custom-connections
"""

import secrets
import time
from base64 import b64decode
from html import escape
from urllib.parse import parse_qs, urlencode

from billing.xero.simulator import chart
from billing.xero.simulator.books import new_id
from billing.xero.simulator.refusals import Refusal, missing, unauthorised

GRACE = 30 * 60  # seconds for which a refresh token that was replaced still works
PAGE = """<!doctype html><meta charset="utf-8"><title>Xero simulator</title>
<main><h1>Xero simulator</h1><p>This is not Xero. “Agency” asks to use these books:</p>
<form method="post">{choices}<input type="hidden" name="query" value="{query}">
<p><button name="allow" value="1">Allow access</button>
<button name="allow" value="0">Cancel</button></p></form></main>"""


def refuse(code: str, status: int = 400) -> Refusal:
    return Refusal(status, {"error": code})


class Identity:
    """Tokens by their text. ``lifetime`` is how many seconds an access token lives."""

    def __init__(self, tenants=(chart.TENANT,)) -> None:
        self.tenants = list(tenants)
        self.client_id, self.client_secret = "", ""  # any, until they are set
        self.lifetime = 1800.0
        self.access: dict[str, tuple[float, bool]] = {}  # (until, of a custom connection)
        self.refresh: dict[str, float] = {}  # until
        self.codes: set[str] = set()
        self.connections: dict[str, str] = {}
        self.refreshes = 0
        self.is_revoked = False

    # -- consent ----------------------------------------------------------------------------------
    def consent_page(self, query: str) -> str:
        names = [(one, chart.ORGANISATIONS[one]["Name"]) for one in self.tenants]
        several = [*names, ("all", "Both")] if len(names) > 1 else names
        choices = "".join(
            f'<p><label><input type="radio" name="tenant" value="{key}" checked>'
            f" {escape(name)}</label></p>"
            for key, name in several
        )
        return PAGE.format(choices=choices, query=escape(query, quote=True))

    def consented(self, form: dict) -> str:
        """Where the person is sent after the answer."""
        asked = parse_qs(form.get("query", ""))
        target, state = asked["redirect_uri"][0], asked.get("state", [""])[0]
        if form.get("allow") != "1":
            return f"{target}?{urlencode({'error': 'access_denied', 'state': state})}"
        chosen = form.get("tenant", "all")
        self.grant(self.tenants if chosen == "all" else [chosen])
        code = secrets.token_urlsafe(16)
        self.codes.add(code)
        return f"{target}?{urlencode({'code': code, 'state': state})}"

    def grant(self, tenants) -> None:
        self.is_revoked = False
        for one in tenants:
            if one not in self.connections.values():
                self.connections[new_id()] = one

    # -- tokens -----------------------------------------------------------------------------------
    def token(self, form: dict, authorization: str) -> dict:
        self.require_client(authorization)
        grant = form.get("grant_type")
        if grant == "client_credentials":
            self.grant(self.tenants[:1])
            return self.answer(form.get("scope", ""), custom=True)
        if grant == "authorization_code":
            if form.get("code") not in self.codes:
                raise refuse("invalid_grant")
            self.codes.discard(form["code"])
            return self.answer(form.get("scope", ""))
        if grant == "refresh_token":
            return self.refreshed(form.get("refresh_token", ""))
        raise refuse("unsupported_grant_type")

    def require_client(self, authorization: str) -> None:
        try:
            pair = b64decode(authorization.removeprefix("Basic ")).decode()
        except ValueError:
            pair = ""
        if self.client_id and pair != f"{self.client_id}:{self.client_secret}":
            raise refuse("invalid_client", 401)

    def refreshed(self, text: str) -> dict:
        """Each refresh replaces the token; the old one works for half an hour more."""
        if self.is_revoked or self.refresh.get(text, 0) < time.monotonic():
            raise refuse("invalid_grant")
        self.refresh[text] = min(self.refresh[text], time.monotonic() + GRACE)
        self.refreshes += 1
        return self.answer("")

    def answer(self, scope: str, *, custom: bool = False) -> dict:
        access, refresh = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self.access[access] = (time.monotonic() + self.lifetime, custom)
        made = {"access_token": access, "expires_in": int(self.lifetime), "token_type": "Bearer"}
        made["scope"] = scope or "offline_access accounting.invoices accounting.contacts"
        if not custom:
            self.refresh[refresh] = time.monotonic() + 60 * 24 * 3600
            made["refresh_token"] = refresh
        return made

    def revoke(self, text: str) -> None:
        if text in self.refresh:
            self.is_revoked = True
            self.access.clear()
            self.connections.clear()

    def expire(self) -> None:
        """End every access token now."""
        self.access.clear()

    # -- who calls --------------------------------------------------------------------------------
    def require_access(self, authorization: str) -> bool:
        """Whether the caller is a custom connection. Raises 401."""
        text = authorization.removeprefix("Bearer ")
        until, custom = self.access.get(text, (0, False))
        if until < time.monotonic():
            raise unauthorised()
        return custom

    def require_tenant(self, tenant: str, *, custom: bool) -> None:
        """A custom connection names no tenant; the others one that they were given."""
        if not custom and tenant not in self.connections.values():
            raise Refusal(
                403, {"Type": None, "Title": "Forbidden", "Detail": "AuthenticationUnsuccessful"}
            )

    def listed(self) -> list[dict]:
        return [
            {
                "id": key,
                "tenantId": tenant,
                "tenantType": "ORGANISATION",
                "tenantName": chart.ORGANISATIONS[tenant]["Name"],
            }
            for key, tenant in self.connections.items()
        ]

    def disconnect(self, key: str) -> None:
        if self.connections.pop(key, None) is None:
            raise missing()
