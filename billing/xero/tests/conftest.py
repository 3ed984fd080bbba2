from datetime import timedelta

import pytest
from django.utils import timezone

from billing.xero import sealing
from billing.xero.models import Connection
from billing.xero.tests.scripted import serving

TENANT = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
def script(settings):
    """Xero, saying what the test has it say."""
    with serving() as (script, address):
        settings.XERO_API_URL = settings.XERO_IDENTITY_URL = settings.XERO_LOGIN_URL = address
        settings.XERO_CLIENT_ID, settings.XERO_CLIENT_SECRET = "our-app", "hush-hush"
        settings.XERO_TIMEOUT = 2
        yield script


@pytest.fixture
def connected(db):
    """A connection whose tokens live for half an hour."""

    def make(**values):
        now = timezone.now()
        values = {
            "state": Connection.State.CONNECTED,
            "tenant_id": TENANT,
            "tenant_name": "Acme Books",
            "tokens": sealing.seal({"access": "access-1", "refresh": "refresh-1"}),
            "expires_at": now + timedelta(minutes=30),
            "refreshed_at": now,
        } | values
        return Connection.objects.create(**values)

    return make
