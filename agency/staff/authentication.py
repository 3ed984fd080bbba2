"""The credentials of the APIs: one store of keys, JWTs, and the browser's session."""

import base64
import binascii

from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework_simplejwt.authentication import JWTAuthentication

from agency.records import channel
from agency.staff import keys
from agency.staff.models import Staff

CHALLENGE = 'Bearer realm="agency"'


class KeyAuthentication(BaseAuthentication):
    """A key in ``X-API-KEY``, as a bearer token, or as the user name of HTTP Basic."""

    def authenticate(self, request):
        secret = self.secret_in(request)
        if secret is None:
            return None
        found = keys.owner_of(secret) if "\x00" not in secret else None
        if found is None:
            raise AuthenticationFailed("The API key is unknown, expired or revoked.")
        owner, key = found
        channel.enter(f"api key {key.name}")
        return owner, key

    def secret_in(self, request) -> str | None:
        if "HTTP_X_API_KEY" in request.META:
            return request.META["HTTP_X_API_KEY"].strip()
        scheme, _, value = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() == "basic":
            return basic_user(value)
        if scheme.lower() == "bearer" and value.strip().startswith("pk_"):
            return value.strip()
        return None

    def authenticate_header(self, request) -> str:
        return CHALLENGE


def basic_user(value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""


class TokenAuthentication(JWTAuthentication):
    """A JWT of ``/api/v1/auth/login``."""

    def authenticate(self, request):
        scheme, _, value = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer" or value.strip().startswith("pk_"):
            return None
        validated = self.get_validated_token(value.strip().encode())
        channel.enter("token")
        return self.get_user(validated), validated

    def get_user(self, validated_token):
        staff = super().get_user(validated_token)
        return Staff.objects.select_related("role").get(pk=staff.pk)

    def authenticate_header(self, request) -> str:
        return CHALLENGE


class PageSessionAuthentication(SessionAuthentication):
    """The browser's session, with its CSRF check."""

    def authenticate_header(self, request) -> str:
        return CHALLENGE
