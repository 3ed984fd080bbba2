"""The simulator for tests: one server, with empty books for each test."""

from functools import cache

from billing.xero import operations
from billing.xero.models import Connection
from billing.xero.simulator.server import Simulator


@cache
def simulator() -> Simulator:
    return Simulator(minute=60).start()


def point_at(simulator: Simulator, settings) -> None:
    """Have the product speak to the simulator as a custom connection does."""
    settings.XERO_API_URL = settings.XERO_IDENTITY_URL = simulator.url
    settings.XERO_LOGIN_URL = simulator.url
    settings.XERO_CLIENT_ID = settings.XERO_CLIENT_SECRET = "simulator"
    settings.XERO_GRANT = "client_credentials"
    settings.XERO_IS_SIMULATED = True
    settings.XERO_TIMEOUT, settings.XERO_LIVE_TIMEOUT = 3, 1
    settings.XERO_MINUTE_LIMIT = 50_000  # what is limited, a test of its own says


def connect() -> None:
    """Connect, read the lists, and settle where sales and payments are booked."""
    operations.connect_custom(by=None)
    operations.refresh_lists()
    Connection.objects.update(default_account_code="200", payment_account_code="090")
