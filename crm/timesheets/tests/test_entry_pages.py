import pytest

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
    on_invoice,
)
from crm.timesheets.work import Work

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def anna(staff):
    return staff("employee", first_name="Anna")


@pytest.fixture
def head(staff):
    return staff("head")


def entered(**values):
    return {"date": str(MONDAY), "minutes": "1:30", "work": "", "description": ""} | values


def test_time_is_logged_with_a_description(page, anna):
    line = make_line(make_budget(make_project(anna)))
    work = Work.of(log(anna, budget_line_id=line.pk)).pk

    answer = page(anna).post("/time/new", entered(work=work, description="Wireframes"))

    entry = TimeEntry.objects.order_by("-pk").first()
    assert (answer.status_code, entry.minutes, entry.description, entry.budget_line) == (
        302,
        90,
        "Wireframes",
        line,
    )


def test_an_employee_is_not_asked_for_whom(page, anna, head):
    assert 'name="staff_id"' not in page(anna).get("/time/new").content.decode()
    assert 'name="staff_id"' in page(head).get("/time/new").content.decode()


def test_a_head_logs_for_a_colleague(page, anna, head):
    page(head).post("/time/new", entered(staff_id=anna.pk))

    assert TimeEntry.objects.get().staff == anna


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"minutes": "soon"}, "minutes"),
        ({"minutes": "25:00"}, "minutes"),
        ({"minutes": "0"}, "minutes"),
        ({"date": "2026-02-30"}, "date"),
        ({"work": "999-0-0-0-0"}, "work"),
        ({"work": "nothing"}, "work"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_nothing_is_lost(page, anna, values, field):
    answer = page(anna).post("/time/new", entered(description="Kept", **values))

    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in html
    assert "Kept" in html
    assert not TimeEntry.objects.exists()


def test_an_entry_is_changed(page, anna):
    entry = log(anna, task_id=make_task(make_project(anna)).pk)
    client = page(anna)

    html = client.get(f"/time/{entry.pk}/edit").content.decode()
    assert "Checkout · Client of Website" in html
    client.post(
        f"/time/{entry.pk}/edit",
        entered(work=Work.of(entry).pk, description="More", is_billable="no"),
    )

    entry.refresh_from_db()
    assert (entry.minutes, entry.description, entry.is_billable, entry.task.title) == (
        90,
        "More",
        False,
        "Checkout",
    )


def test_who_left_the_project_still_edits_without_losing_the_work(page, anna):
    entry = log(anna, task_id=make_task(make_project(anna)).pk)
    entry.project.memberships.all().delete()
    client = page(anna)

    html = client.get(f"/time/{entry.pk}/edit").content.decode()
    assert f'value="{Work.of(entry).pk}" selected' in html
    client.post(f"/time/{entry.pk}/edit", entered(work=Work.of(entry).pk))

    entry.refresh_from_db()
    assert (entry.minutes, entry.task.title) == (90, "Checkout")


def test_a_running_timer_is_described_and_moved(page, anna):
    entry = operations.start_timer(by=anna)

    page(anna).post(f"/time/{entry.pk}/edit", {"work": "", "description": "Call"})

    entry.refresh_from_db()
    assert (entry.description, entry.is_running) == ("Call", True)


def test_locked_time_is_not_changed_on_its_page(page, anna, head):
    entry = approved(log(anna), by=head)
    client = page(anna)

    answer = client.post(f"/time/{entry.pk}/edit", entered())
    client.post(f"/time/{entry.pk}/delete", headers=HTMX)

    assert "approved and locked" in answer.content.decode()
    assert TimeEntry.objects.get().minutes == 60


@pytest.mark.parametrize("path", ["", "/edit", "/delete", "/submit", "/approve", "/reject"])
def test_a_strangers_entry_is_not_found(page, anna, staff, path):
    entry = log(staff("employee"))

    assert page(anna).get(f"/time/{entry.pk}{path}").status_code == 404


def test_the_page_of_an_entry_offers_the_next_step(page, anna, head):
    entry = log(anna)

    def steps(person):
        html = page(person).get(f"/time/{entry.pk}").content.decode()
        names = ("submit", "edit", "approve", "reject", "unapprove")
        return [name for name in names if f"/time/{entry.pk}/{name}" in html]

    assert (steps(anna), steps(head)) == (
        ["submit", "edit"],
        ["submit", "edit", "approve", "reject"],
    )
    operations.approve(entry, by=head)
    assert (steps(anna), steps(head)) == ([], ["unapprove"])


def test_an_invoiced_entry_names_its_invoice_and_keeps_its_approval(page, anna, head):
    entry = on_invoice(approved(log(anna), by=head))

    html = page(head).get(f"/time/{entry.pk}").content.decode()

    assert entry.invoice_line.invoice.get_absolute_url() in html
    assert "It is on an invoice." in html


def test_steps_of_an_entry_run_their_operations(page, anna, head):
    entry = log(anna)
    path = f"/time/{entry.pk}"

    page(anna).post(f"{path}/submit", headers=HTMX)
    page(head).post(f"{path}/approve", headers=HTMX)
    entry.refresh_from_db()
    assert (entry.status, entry.submitted_at is None) == ("approved", False)
    page(head).post(f"{path}/unapprove", headers=HTMX)
    page(head).post(f"{path}/reject", {"reason": "No"}, headers=HTMX)
    entry.refresh_from_db()
    assert (entry.status, entry.rejection_reason) == ("rejected", "No")
    page(anna).post(f"{path}/delete", headers=HTMX)

    assert not TimeEntry.objects.exists()


def test_the_list_filters_sums_and_exports(page, anna, head):
    log(anna, minutes=90, description="Wireframes")
    log(head, minutes=30)
    client = page(head)

    html = client.get(f"/time/entries?user_id={anna.pk}").content.decode()
    export = client.get(f"/time/entries?user_id={anna.pk}&export=csv")

    body = b"".join(export.streaming_content) if export.streaming else export.content
    lines = body.decode("utf-8-sig").splitlines()
    assert "Wireframes" in html
    assert "1:30" in html
    assert len(lines) == 2
    assert "1.50" in lines[1]


def test_the_list_hands_in_and_approves(page, anna, head):
    entries = [log(anna), log(anna)]
    values = {"row": [entry.pk for entry in entries]}

    page(anna).post("/time/entries", {**values, "action": "submit"})
    page(head).post("/time/entries", {**values, "action": "approve"})

    assert set(TimeEntry.objects.values_list("status", flat=True)) == {"approved"}


def test_the_list_costs_the_same_with_more_rows(page, anna, head, statements):
    client, project, costs = page(head), make_project(anna), []
    client.get("/time/entries")

    for rows in (3, 30):
        for _ in range(rows):
            log(anna, project_id=project.pk)
        with statements() as found:
            assert client.get("/time/entries").status_code == 200
        costs.append(len(found))

    assert costs[0] == costs[1]
    assert costs[0] <= 12


def test_search_finds_an_entry_by_its_words(page, anna, staff):
    log(anna, description="Wireframes for checkout")

    assert "Wireframes" in page(anna).get("/palette?q=wirefr").content.decode()
    assert "Wireframes" not in page(staff("employee")).get("/palette?q=wirefr").content.decode()


@pytest.mark.parametrize("subject", ["task", "project", "customer"])
def test_a_record_shows_its_time_within_ones_scope(page, anna, head, subject):
    task = make_task(make_project(anna, head))
    log(anna, task_id=task.pk, description="Mine")
    log(head, task_id=task.pk, description="Theirs")
    record = {"task": task, "project": task.project, "customer": task.customer}[subject]
    path = f"/{subject}s/{record.pk}/panels/time"

    seen = [page(person).get(path).content.decode() for person in (anna, head)]

    assert ["Mine" in html for html in seen] == [True, True]
    assert ["Theirs" in html for html in seen] == [False, True]


def test_a_task_starts_the_timer_on_the_budget_of_its_project(page, anna):
    project = make_project(anna)
    task, budget = make_task(project), make_budget(project)
    client = page(anna)

    html = client.get(f"/tasks/{task.pk}/panels/time").content.decode()
    work = f"{task.pk}-0-{budget.pk}-{project.pk}-{project.customer_id}"
    assert f"/time/timer/start?work={work}" in html
    assert (
        f'value="{work}" selected' in client.get(f"/time/timer/start?work={work}").content.decode()
    )
