"""What the tests of billing share: Xero, as its simulator plays it over HTTP."""

import pytest

from billing.xero.tests import standing


@pytest.fixture
def no_xero(settings):
    """The simulator with empty books; nobody has connected it yet."""
    simulator = standing.simulator()
    simulator.reset(minute=60)
    standing.point_at(simulator, settings)
    yield simulator
    simulator.faults.over.set()


@pytest.fixture
def xero(no_xero, db):
    """Xero, connected as a custom connection, its lists read; sales go to account 200."""
    standing.connect()
    no_xero.asked.clear()
    return no_xero
