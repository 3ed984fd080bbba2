from datetime import timedelta

import pytest
from django.utils import timezone

from billing.bookkeeping.tests.standin import serving
from billing.xero import sealing
from billing.xero.models import Connection

TENANT = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
def ledger(settings):
    """Xero over HTTP, which keeps what it is told."""
    with serving() as (ledger, address):
        settings.XERO_API_URL = settings.XERO_IDENTITY_URL = settings.XERO_LOGIN_URL = address
        settings.XERO_CLIENT_ID, settings.XERO_CLIENT_SECRET = "our-app", "hush-hush"
        settings.XERO_TIMEOUT = settings.XERO_LIVE_TIMEOUT = 2
        settings.XERO_MINUTE_LIMIT = settings.XERO_CONCURRENT_LIMIT = 1000
        ledger.address = address
        yield ledger


@pytest.fixture
def connection(db):
    """The books are connected, and know the account 200 for what nothing else names."""
    return connect()


def connect(**values) -> Connection:
    now = timezone.now()
    facts = {
        "state": Connection.State.CONNECTED,
        "tenant_id": TENANT,
        "tenant_name": "Acme Books",
        "tokens": sealing.seal({"access": "access-1", "refresh": "refresh-1"}),
        "expires_at": now + timedelta(minutes=30),
        "refreshed_at": now,
        "default_account_code": "200",
    }
    return Connection.objects.create(**facts | values)


@pytest.fixture
def books(ledger, connection):
    """Both at once: connected books that keep what they are told."""
    return ledger
