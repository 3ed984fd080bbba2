"""The credentials of the APIs: one store of keys, JWTs, and the browser's session."""

import base64
import binascii

from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed

from agency.records import channel
from agency.staff import keys, tokens

CHALLENGE = 'Bearer realm="agency"'


class KeyAuthentication(BaseAuthentication):
    """A key in ``X-API-KEY``, as a bearer token, or as the user name of HTTP Basic."""

    def authenticate(self, request):
        secret = self.secret_in(request)
        if secret is None:
            return None
        found = keys.owner_of(secret) if secret.isascii() and "\x00" not in secret else None
        if found is None:
            raise AuthenticationFailed("The API key is unknown, expired or revoked.")
        owner, key = found
        channel.enter(f"api key {key.name}")
        return owner, key

    def secret_in(self, request) -> str | None:
        if "HTTP_X_API_KEY" in request.META:
            return request.META["HTTP_X_API_KEY"].strip()
        scheme, value = credentials_in(request)
        if scheme == "basic":
            return basic_user(value)
        return value if scheme == "bearer" and value.startswith("pk_") else None

    def authenticate_header(self, request) -> str:
        return CHALLENGE


def credentials_in(request) -> tuple[str, str]:
    """The scheme word of ``Authorization`` in lower case, and what follows it."""
    scheme, _, value = request.META.get("HTTP_AUTHORIZATION", "").strip().partition(" ")
    return scheme.lower(), value.strip()


def basic_user(value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[0]
    except (binascii.Error, ValueError):
        return ""


class TokenAuthentication(BaseAuthentication):
    """A JWT of ``/api/v1/auth/login``."""

    def authenticate(self, request):
        scheme, value = credentials_in(request)
        if scheme != "bearer" or value.startswith("pk_"):
            return None
        token = tokens.access(value)
        staff = tokens.holder_of(token) if token else None
        if staff is None:
            raise AuthenticationFailed("The token is not valid, or its time is over.")
        channel.enter("token")
        return staff, token

    def authenticate_header(self, request) -> str:
        return CHALLENGE


class PageSessionAuthentication(SessionAuthentication):
    """The browser's session, with its CSRF check."""

    def authenticate_header(self, request) -> str:
        return CHALLENGE
