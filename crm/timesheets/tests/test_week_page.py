import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from agency.reference.organisation.models import Organisation
from crm.timesheets import operations
from crm.timesheets.models import TimeEntry
from crm.timesheets.tests.factories import (
    MONDAY,
    approved,
    log,
    make_budget,
    make_line,
    make_project,
    make_task,
)
from crm.timesheets.work import Work

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel("2026-11-18T01:00:00Z", tick=False):
        yield


@pytest.fixture
def anna(staff):
    return staff("employee", first_name="Anna", hourly_rate=Decimal(100))


@pytest.fixture
def line(anna):
    return make_line(make_budget(make_project(anna)))


def work_of(entry):
    return Work.of(entry).pk


def cells(html):
    """The values and states of the grid's cells, row by row."""
    rows = re.findall(r"<tbody>(.*?)</tbody>", html, re.DOTALL)[0].split("</tr>")[:-1]
    return [
        [
            (value, "disabled" in rest)
            for value, rest in re.findall(r'name="hours" value="([^"]*)"([^>]*)>', row)
        ]
        for row in rows
    ]


def typed(client, entry, hours, *, day=0, was=0, query=""):
    values = {"work": work_of(entry), "day": day, "was": was, "hours": hours}
    return client.post(f"/time/cell?on=2026-11-18{query}", values, headers=HTMX)


def test_a_week_shows_rows_days_and_sums(page, anna, line):
    log(anna, budget_line_id=line.pk, minutes=450)
    log(anna, budget_line_id=line.pk, minutes=90, date=MONDAY + timedelta(days=1))
    log(anna, minutes=30, is_billable=False)

    html = page(anna).get("/time").content.decode()

    assert cells(html) == [
        [("0:30", False)] + [("", False)] * 6,
        [("7:30", False), ("1:30", False)] + [("", False)] * 5,
    ]
    totals = re.findall(r'data-day-total="\d">([^<]*)<', html)
    assert totals == ["8:00", "1:30", "–", "–", "–", "–", "–"]
    assert "data-week-total>9:30<" in html
    assert "Hand in Mon and Tue" in html
    assert html.count('class="d today"') == 3  # the head and a cell of each row


def test_approved_cells_and_the_closed_period_cannot_be_typed_in(page, anna, staff):
    Organisation.objects.update_or_create(pk=1, defaults={"locked_before": date(2026, 11, 18)})
    entry = log(anna, date=date(2026, 11, 19))
    approved(entry, by=staff("head"))

    html = page(anna).get("/time").content.decode()

    assert [disabled for _, disabled in cells(html)[0]] == [True, True, False, True] + [False] * 3


@pytest.mark.parametrize(
    ("hours", "minutes"), [("7:30", 450), ("7.5", 450), ("7,5", 450), ("90m", 90), ("1h30", 90)]
)
def test_a_cell_saves_what_people_type(page, anna, line, hours, minutes):
    entry = log(anna, budget_line_id=line.pk)

    answer = typed(page(anna), entry, hours, day=1)

    html = answer.content.decode()
    assert answer.status_code == 200
    saved = TimeEntry.objects.get(date=date(2026, 11, 17))
    assert (saved.minutes, saved.budget_line) == (minutes, line)
    assert f'"was": "{minutes}"' in html
    for part in ("week-foot", "week-figures", "week-step", "total-"):
        assert f'id="{part}' in html


def test_a_refused_cell_keeps_what_was_typed_and_says_why(page, anna):
    entry = log(anna)

    answer = typed(page(anna), entry, "lots", was=60)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="lots"' in html
    assert 'aria-invalid="true"' in html
    assert "This is not a length of time" in html
    assert TimeEntry.objects.get().minutes == 60


def test_a_cell_that_changed_elsewhere_is_refused(page, anna):
    entry = log(anna)

    answer = typed(page(anna), entry, "2:00", was=30)

    assert answer.status_code == 422
    assert "changed elsewhere" in answer.headers["HX-Trigger"]
    assert TimeEntry.objects.get().minutes == 60


def test_an_emptied_row_stays_until_the_week_is_left(page, anna):
    entry, client = log(anna), page(anna)

    typed(client, entry, "", was=60)

    assert not TimeEntry.objects.exists()
    assert cells(client.get("/time").content.decode()) == [[("", False)] * 7]


@pytest.mark.parametrize(
    "values",
    [
        {"work": "x"},
        {"work": "9999-0-0-0-0"},
        {"work": "0-0-0-0-0", "day": "7"},
        {"work": "0-0-0-0-0", "day": "0", "was": "x"},
        {},
    ],
)
def test_a_cell_that_is_none_is_a_bad_request(page, anna, values):
    assert page(anna).post("/time/cell", values, headers=HTMX).status_code == 400
    assert not TimeEntry.objects.exists()


def test_a_cell_does_not_name_work_that_one_may_not_see(page, anna, staff):
    entry = log(colleague := staff("employee"), task_id=None)
    task = make_task(make_project(colleague, name="Secret"), title="Merger")
    entry = log(colleague, task_id=task.pk)

    answer = typed(page(anna), entry, "1:00")

    assert answer.status_code == 400
    assert "Merger" not in answer.content.decode()


def test_work_is_found_by_typing_and_added_as_a_row(page, anna, line):
    client = page(anna)
    task = make_task(line.budget.project, title="Checkout flow")

    options = client.get("/pick/work?q=checkout").json()["options"]
    assert [(one["text"], one["detail"]) for one in options] == [
        ("Checkout flow", "Client of Website · Build")
    ]
    client.post("/time/rows/new?on=2026-11-18", {"work": options[0]["value"]})

    html = client.get("/time?on=2026-11-20").content.decode()
    assert "Checkout flow" in html
    assert cells(html) == [[("", False)] * 7]
    values = {"work": options[0]["value"], "day": 0, "was": 0, "hours": "2"}
    client.post("/time/cell?on=2026-11-18", values, headers=HTMX)
    entry = TimeEntry.objects.get()
    assert (entry.task, entry.budget, entry.minutes) == (task, line.budget, 120)


def test_a_task_is_offered_on_each_active_budget_and_on_its_own_line(page, anna):
    project = make_project(anna)
    build, run = make_budget(project), make_budget(project, name="Run")
    make_budget(project, name="Old", status="archived")
    make_task(project, title="Loose call")
    linked = make_task(project, title="Linked call")
    make_line(build, task=linked)

    found = page(anna).get("/pick/work?q=call").json()["options"]

    assert sorted((one["text"], one["detail"]) for one in found) == [
        ("Linked call", f"{project.customer} · {build}"),
        ("Loose call", f"{project.customer} · {build}"),
        ("Loose call", f"{project.customer} · {run}"),
    ]


def test_rows_of_last_week_are_copied_without_hours(page, anna, line):
    client = page(anna)
    log(anna, budget_line_id=line.pk, date=MONDAY - timedelta(days=3))

    answer = client.post("/time/rows/copy?on=2026-11-18", headers=HTMX)

    assert answer.headers["HX-Redirect"] == "/time?on=2026-11-18"
    assert cells(client.get("/time").content.decode()) == [[("", False)] * 7]
    assert TimeEntry.objects.count() == 1


def test_handing_the_week_in_leaves_the_running_timer(page, anna):
    entry, timer = log(anna), operations.start_timer(by=anna)

    page(anna).post("/time/submit?on=2026-11-18", headers=HTMX)

    entry.refresh_from_db()
    timer.refresh_from_db()
    assert (entry.submitted_at is None, timer.submitted_at) == (False, None)


def test_what_was_sent_back_is_told_with_its_reason(page, anna, staff):
    entry, head = log(anna), staff("head", first_name="Dan", last_name="Okafor")
    operations.reject(entry, reason="Which client was this?", by=head)

    html = page(anna).get("/time").content.decode()

    assert "1 entry sent back" in html
    assert "Dan Okafor sent back 1:00 on Monday" in html
    assert "“Which client was this?”" in html
    assert f"/time/{entry.pk}/edit" in html


def test_a_week_that_was_sent_back_is_told_once_with_its_entries(page, anna, staff):
    entries, head = [log(anna), log(anna)], staff("head", first_name="Dan", last_name="Okafor")
    operations.reject_all(entries, reason="Which client was this?", by=head)

    html = page(anna).get("/time").content.decode()

    assert html.count("Dan Okafor sent back 2:00") == 1
    assert html.count("“Which client was this?”") == 1
    for entry in entries:
        assert f'href="/time/{entry.pk}/edit"' in html


def test_a_colleagues_week_is_seen_within_ones_scope(page, anna, staff, team):
    entry, manager, other = log(anna), staff("manager"), staff("manager")
    team(manager, anna)
    path = f"/time?on={entry.date}&person={anna.pk}"

    assert "Anna" in page(manager).get(path).content.decode()
    assert page(other).get(path).status_code == 404
    assert page(staff("employee")).get(path).status_code == 404


def test_a_viewer_sees_the_week_and_types_nothing(page, staff):
    viewer = staff(time="view")
    entry = TimeEntry.objects.create(staff=viewer, date=MONDAY, minutes=60)
    client = page(viewer)

    html = client.get("/time").content.decode()

    assert all(disabled for row in cells(html) for _, disabled in row)
    assert typed(client, entry, "2", was=60).status_code == 403
    assert client.post("/time/submit", headers=HTMX).status_code == 403
    assert TimeEntry.objects.get().minutes == 60


def test_without_the_right_there_is_no_page(page, staff):
    nobody = page(staff(tasks="view"))

    paths = ["/time", "/time/day", "/time/team", "/time/approvals", "/time/entries", "/time/timer"]
    assert [nobody.get(path).status_code for path in paths] == [403] * 6
    assert page().get("/time").status_code == 302


def test_a_week_costs_the_same_with_more_rows(page, anna, statements):
    client, project, costs = page(anna), make_project(anna), []
    client.get("/time")

    for rows in (2, 12):
        for number in range(rows):
            log(anna, task_id=make_task(project, title=f"Task {rows}-{number}").pk)
        with statements() as found:
            assert client.get("/time").status_code == 200
        costs.append(len(found))

    assert costs[0] == costs[1]
    assert costs[0] <= 12


@pytest.mark.parametrize("query", ["on=x", "on=0001-01-01", "on=9999-12-31", "on=2026-02-30"])
def test_any_address_is_some_week(page, anna, query):
    assert page(anna).get(f"/time?{query}").status_code == 200


@pytest.mark.parametrize("person", ["x", "0", "99999999999999999999", "-1"])
def test_an_unknown_person_is_not_found(page, staff, person):
    assert page(staff("head")).get(f"/time?person={person}").status_code == 404


def test_the_day_lists_its_entries(page, anna, line):
    entry = log(anna, budget_line_id=line.pk, description="Wireframes")
    log(anna, date=date(2026, 11, 17), description="Another day")

    html = page(anna).get("/time/day?on=2026-11-16").content.decode()

    assert "Wireframes" in html
    assert "Another day" not in html
    assert f'href="/time/{entry.pk}"' in html
