"""Time in Teamwork's dialect: logged on a project, listed, looked at."""

import pytest

from crm.models import Customer, Project, TimeEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def daniel(staff):
    return staff("executive", first_name="Daniel", last_name="Mackey")


@pytest.fixture
def project(daniel):
    apple = Customer.objects.create(name="Apple", owner=daniel)
    return Project.objects.create(name="API Private Items", customer=apple, currency="USD")


def test_time_is_logged_on_a_project_and_listed(api, daniel, project):
    body = {
        "description": "Wheels",
        "date": "20150617",
        "time": "22:25",
        "hours": "2",
        "minutes": "20",
        "isbillable": "1",
        "rate": "50.00",
    }
    url = f"/projects/{project.pk}/time_entries.json"
    answer = api(daniel).post(url, {"time-entry": body})
    made = TimeEntry.objects.get()
    assert answer.json() == {"STATUS": "OK", "timeLogId": made.pk}
    [row] = api(daniel).get(url).json()["time-entries"]
    told = {name: row[name] for name in ("hours", "minutes", "date", "isbilled", "rate")}
    assert told == {
        "hours": "2",
        "minutes": "20",
        "date": "2015-06-17T12:25:00Z",
        "isbilled": "0",
        "rate": "50.00",
    }
    one = api(daniel).get(f"/time_entries/{made.pk}.json").json()["time-entry"]
    assert one == row
