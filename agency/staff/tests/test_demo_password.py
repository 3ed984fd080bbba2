"""The password that the README prints opens nothing on a server."""

import pytest
from django.contrib.auth import authenticate

from agency.staff.access import DEMO_PASSWORD

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("debug", "opens"), [(True, True), (False, False)])
def test_the_demo_password_opens_in_development_only(staff, settings, rf, debug, opens):
    settings.DEBUG = debug
    mia = staff(password=DEMO_PASSWORD)

    found = authenticate(rf.post("/login"), email=mia.email, password=DEMO_PASSWORD)

    assert found == (mia if opens else None)
