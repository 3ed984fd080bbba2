"""What every test starts from: people with grants, clients signed in as them, a fast set-up."""

import itertools
import os

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase
from rest_framework.test import APIClient

from agency.celery import app as celery
from agency.reference import organisation, taxes
from agency.staff.models import Role, Staff
from billing.xero.tests import standing

PASSWORD = "a long enough password"
SOAK = os.environ.get("SOAK") == "1"
# Columns of a person that ``staff`` takes beside the grants.
COLUMNS = {"email", "first_name", "last_name", "title", "hourly_rate", "is_active", "is_staff"}
numbers = itertools.count(1)

celery.conf.update(task_always_eager=True, task_eager_propagates=True)
# On a slow machine a test may outlast the cache, and would count a statement more.
organisation.CACHE_SECONDS = taxes.CACHE_SECONDS = 3600


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, request, tmp_path_factory
):
    """SQLite in a file where tests race: one in memory is a single connection for all threads."""
    if connection.vendor == "sqlite" and any(map(has_transactions, request.session.items)):
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


def has_transactions(item) -> bool:
    """Whether a test really commits, as races and the browser's requests do."""
    marker = item.get_closest_marker("django_db")
    fixtures = {"transactional_db", "live_server"} & set(item.fixturenames)
    return bool(fixtures or (marker and marker.kwargs.get("transaction")))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, with a copy of what the migrations wrote."""
    with django_db_blocker.unblock():
        connection._test_serialized_contents = connection.creation.serialize_db_to_string()


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """The site on a port; started after its database, or its threads would share a connection."""
    return live_server


def _flush_and_restore(case, flush=TransactionTestCase._fixture_teardown):
    # A test with real transactions empties every table: what migrations wrote comes back at once,
    # so that the order of tests does not matter.
    case.serialized_rollback = True
    flush(case)
    connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


TransactionTestCase._fixture_teardown = _flush_and_restore


@pytest.fixture(autouse=True)
def _quiet_and_fast(settings, tmp_path):
    """Cheap passwords, files in a folder of the test, no rate limit, an empty cache."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.API_RATE_LIMIT = "0"
    cache.clear()


@pytest.fixture
def media(settings):
    """The folder that uploads of this test go to."""
    return settings.MEDIA_ROOT


@pytest.fixture
def staff(db):
    """Make a person: ``staff("manager")`` or ``staff(invoices="update", scope="own")``.

    Without grants the named shipped role is held; with grants a role of their own is made.
    """

    def make(role="executive", *, scope="all", password=PASSWORD, **values):
        number = next(numbers)
        columns = {name: values.pop(name) for name in COLUMNS & values.keys()}
        columns = {"email": f"person-{number}@example.com", "first_name": "Kim"} | columns
        columns.setdefault("last_name", f"Number {number}")
        if values:
            name = f"private-{number}"
            held = Role.objects.create(key=name, name=name, grants=values, scope=scope)
        else:
            held = Role.objects.get(key=role)
        return Staff.objects.create_user(password=password, role=held, **columns)

    return make


class JsonClient(APIClient):
    """An API client whose bodies are JSON unless a test says otherwise."""

    default_format = "json"


@pytest.fixture
def api():
    """An API client signed in as a person: ``api(person).get(…)``; ``api()`` is a stranger."""

    def sign_in(person=None):
        client = JsonClient()
        if person is not None:
            client.force_authenticate(person)
        return client

    return sign_in


@pytest.fixture
def page():
    """A browser session of a person: ``page(person).get(…)``; ``page()`` is a stranger."""

    def sign_in(person=None):
        client = Client()
        if person is not None:
            client.force_login(person, backend="agency.staff.access.GrantBackend")
        return client

    return sign_in


@pytest.fixture
def extent():
    """How far a long test goes: all of it under ``make soak``, a twentieth otherwise."""
    return lambda full: full if SOAK else max(1, full // 20)


def pytest_runtest_setup(item):
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL's row locks")


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
