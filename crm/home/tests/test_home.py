"""The page that one sees after signing in."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from agency.reference import organisation
from agency.staff.models import Team
from crm.customers.tests.factories import log_time, make_project, make_task
from crm.home.views import greeting

pytestmark = pytest.mark.django_db


def keys(response, place: str) -> list[str]:
    return [panel.key for panel, _ in response.context[place]]


def test_home_shows_the_panels_that_one_may_see(page, staff):
    everything = page(staff()).get("/")
    little = page(staff(tasks="view")).get("/")

    assert {"my-tasks", "my-projects"} <= set(keys(everything, "main"))
    assert {"my-week", "approvals"} <= set(keys(everything, "rail"))
    assert (keys(little, "main"), keys(little, "rail")) == (["my-tasks"], [])


def test_the_agencys_money_is_for_those_who_see_more_than_their_own(page, staff):
    money = {"revenue", "uninvoiced", "receivables"}
    for role in ("executive", "head", "manager"):
        home = page(staff(role)).get("/")
        assert money <= {*keys(home, "main"), *keys(home, "rail")}, role
    for role in ("lead", "employee"):
        home = page(staff(role)).get("/")
        assert not money & {*keys(home, "main"), *keys(home, "rail")}, role


def test_home_without_any_right_says_so(page, staff):
    assert "Nothing to show" in page(staff(staff="view")).get("/").content.decode()


def test_a_stranger_is_sent_to_the_sign_in_page(page):
    assert page().get("/").status_code == 302


@pytest.mark.parametrize(
    ("hour", "words"), [(8, "Good morning"), (12, "Good afternoon"), (18, "Good evening")]
)
def test_the_greeting_follows_the_clock(hour, words):
    zone = timezone.get_current_timezone()
    assert greeting(datetime(2026, 11, 20, hour, tzinfo=zone)) == words


def test_my_tasks_and_my_projects_are_mine(page, staff):
    me = staff()
    make_task(title="Mine", assignees=[me])
    make_task(title="Theirs", assignees=[staff()])
    make_project(name="Led", owner=me)
    make_project(name="Closed", owner=me, status="finished")
    client = page(me)

    tasks = client.get("/home/tasks").content.decode()
    projects = client.get("/home/projects").context["projects"]

    assert ("Mine" in tasks, "Theirs" in tasks) == (True, False)
    assert [project.name for project in projects] == ["Led"]


def test_my_week_adds_up_each_day(page, staff):
    me, today = staff(), organisation.today()
    monday = today - timedelta(days=today.weekday())
    log_time(me, 60, date=monday)
    log_time(me, 45, date=monday)
    log_time(staff(), 500, date=monday)
    log_time(me, 500, date=monday - timedelta(days=1))

    context = page(me).get("/home/week").context

    assert (context["logged"], context["days"][0].minutes) == (105, 105)
    assert len(context["days"]) == 5


def test_approvals_name_whose_time_waits_for_me(page, staff):
    lead, mia, other = staff("manager"), staff(first_name="Mia", last_name="Tran"), staff()
    Team.objects.create(name="Design", lead=lead).members.add(mia)
    for person in (mia, mia, other, lead):
        log_time(person, 30, submitted_at=timezone.now())
    log_time(mia, 30)

    people = page(lead).get("/home/approvals").context["people"]

    assert [(one["staff"], one["entries"], one["minutes"]) for one in people] == [(mia.pk, 2, 60)]


def test_approvals_are_no_panel_for_those_whom_nobody_answers_to(page, staff):
    me = staff(time="update", scope="own")
    assert page(me).get("/home/approvals").content == b""


@pytest.mark.parametrize("path", ["tasks", "projects", "week", "approvals"])
def test_a_panel_needs_its_tool(page, staff, path):
    assert page(staff(customers="view")).get(f"/home/{path}").status_code == 403
