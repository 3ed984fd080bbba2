"""Seals the tokens at rest, with a key that is derived from the installation's own secret.

A changed ``SECRET_KEY`` opens nothing, unless the old one stands in ``SECRET_KEY_FALLBACKS``: then
the next refresh seals with the new one.
"""

import base64
import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"agency: tokens of the Xero connection"


def _fernet() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)


def seal(values: dict) -> bytes:
    return _fernet().encrypt(json.dumps(values).encode())


def unseal(sealed) -> dict:
    """What was sealed; empty where this installation's secret does not open it."""
    try:
        return json.loads(_fernet().decrypt(bytes(sealed)))
    except InvalidToken:
        return {}
