"""How the sign-in pages use the library behind them."""

import base64
import io

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac

from agency.reference import organisation

SECRETS = "agency.staff.signin.secrets"  # the salt of the key that encrypts them


class AccountAdapter(DefaultAccountAdapter):
    """One form with e-mail and password; people are invited and do not sign up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is wrong.",
        "incorrect_password": "That is not your password.",
        "too_many_login_attempts": "Too many attempts. Wait some minutes, then try again.",
        "rate_limited": "Too many attempts. Wait some minutes, then try again.",
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def is_ajax(self, request) -> bool:
        """The pages answer people; programs sign in through the API."""
        return False

    def get_client_ip(self, request) -> str:
        return request.META.get("REMOTE_ADDR") or "local"  # a socket has no address

    def respond_user_inactive(self, request, user):
        return HttpResponseRedirect(reverse("account_login"))

    def reauthenticate(self, user, password: str) -> bool:
        """Ask for the password once more; failures count as those of signing in do."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_reauthentication_methods(self, user) -> list[dict]:
        return [{"id": "reauthenticate", "url": reverse("account_reauthenticate")}]

    def add_message(self, *args, **kwargs) -> None:
        """The pages speak for themselves."""

    def send_notification_mail(self, *args, **kwargs) -> None:
        """Letters go through the outbox."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Draws the QR code, and keeps the secrets of authenticators encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is wrong or has expired. Type the one shown now."
    }

    def get_totp_issuer(self) -> str:
        return organisation.current().name

    def build_totp_svg(self, url: str) -> str:
        drawn = io.BytesIO()
        look = {"scale": 4, "border": 2, "light": "#ffffff", "xmldecl": False}
        segno.make(url, error="m").save(drawn, kind="svg", **look)
        return drawn.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    """A key derived from the installation's secret; earlier secrets still open what they locked."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [salted_hmac(SECRETS, "", secret=key, algorithm="sha256").digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
