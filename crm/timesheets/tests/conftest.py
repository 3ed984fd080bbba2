"""A team under a lead, and the statements of a piece of work without its savepoints."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agency.staff.models import Team

FRAME = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@pytest.fixture
def team(db):
    def make(lead, *members):
        team = Team.objects.create(name=f"Team of {lead.pk}", lead=lead)
        team.members.set(members)
        return team

    return make


@pytest.fixture
def statements(db):
    """Collect the SQL that a block of the test runs."""

    @contextmanager
    def collect():
        found = []
        with CaptureQueriesContext(connection) as captured:
            yield found
        found += [one["sql"] for one in captured if not one["sql"].startswith(FRAME)]

    return collect
