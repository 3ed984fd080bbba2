import re

import pytest

from crm.timesheets import operations
from crm.timesheets.models import TimeEntry
from crm.timesheets.tests.factories import MONDAY, approved, log, make_project

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PART = {**HTMX, "HX-Target": "list"}


@pytest.fixture
def anna(staff):
    return staff("employee", first_name="Anna", last_name="Ferro")


@pytest.fixture
def head(staff):
    return staff("head")


def handed_in(person, count=1, **values):
    entries = [log(person, **values) for _ in range(count)]
    return operations.submit(entries, by=person)


def states():
    return sorted(TimeEntry.objects.values_list("status", flat=True))


def test_the_queue_is_grouped_by_person_and_week(page, anna, head, staff):
    handed_in(anna, 2)
    handed_in(staff("employee", first_name="Ben", last_name="Ito"))
    handed_in(head)
    log(anna, description="Not handed in")

    html = page(head).get("/time/approvals").content.decode()

    assert html.count("Approve week") == 2
    assert "Anna Ferro" in html
    assert "Ben Ito" in html
    assert "Not handed in" not in html
    assert "3:00 in 2 weeks" in html


def test_a_whole_week_is_approved_with_one_click(page, anna, head):
    handed_in(anna, 3)
    other = log(anna)

    answer = page(head).post(f"/time/approvals/week?on={MONDAY}&person={anna.pk}", headers=HTMX)

    assert answer.status_code == 204
    assert "3:00 of Anna Ferro approved." in answer.headers["HX-Trigger"]
    assert states() == ["approved", "approved", "approved", "draft"]
    assert TimeEntry.objects.get(pk=other.pk).status == "draft"


def test_the_number_on_the_tab_follows_the_queue(page, anna, head):
    handed_in(anna, 2)

    part = page(head).get("/time/approvals", headers=PART).content.decode()

    assert re.search(r'<nav class="tabs" id="time-tabs"[^>]* hx-swap-oob="true">', part)
    assert 'Approvals <span class="n">2</span>' in part


def test_a_whole_week_is_sent_back_with_a_reason(page, anna, head):
    handed_in(anna, 2)
    client = page(head)
    path = f"/time/approvals/week/reject?on={MONDAY}&person={anna.pk}"

    assert client.post(path, {"reason": ""}, headers=HTMX).status_code == 422
    client.post(path, {"reason": "Too long"}, headers={**HTMX, "HX-Target": "dialog-body"})

    found = TimeEntry.objects.values_list("status", "rejection_reason")
    assert list(found) == [("rejected", "Too long")] * 2


def test_chosen_entries_are_approved_together(page, anna, head, statements):
    entries, client = handed_in(anna, 12), page(head)
    client.get("/time/approvals")
    values = {"action": "approve", "row": [entry.pk for entry in entries[:10]]}

    with statements() as found:
        answer = client.post("/time/approvals", values, headers=PART)

    assert answer.status_code == 200
    assert states() == ["approved"] * 10 + ["draft"] * 2
    assert sum(one.startswith("UPDATE") and "crm_timeentry" in one for one in found) == 1


def test_chosen_entries_are_sent_back_after_the_reason_is_asked(page, anna, head):
    [entry] = handed_in(anna)
    client, values = page(head), {"action": "reject", "row": [entry.pk]}

    asked = client.post("/time/approvals", values, headers=PART)
    assert "reason" in asked.content.decode()
    assert states() == ["draft"]
    client.post("/time/approvals", {**values, "confirmed": "1", "reason": "No"}, headers=PART)

    assert states() == ["rejected"]


def test_one_refusal_does_not_stop_the_others(page, anna, head):
    entries = handed_in(anna, 2)
    approved(entries[0], by=head)
    client = page(head)

    values = {"action": "approve", "row": [entry.pk for entry in entries]}
    client.post("/time/approvals", values, headers=PART)

    assert states() == ["approved", "approved"]


def test_a_manager_decides_for_the_team_alone(page, anna, staff, team):
    manager, stranger = staff("manager"), staff("employee")
    team(manager, anna)
    handed_in(anna)
    [theirs] = handed_in(stranger)
    client = page(manager)

    client.post("/time/approvals", {"action": "approve", "row": [theirs.pk]}, headers=PART)
    assert client.post(f"/time/approvals/week?on={MONDAY}&person={stranger.pk}").status_code == 404

    assert states() == ["draft", "draft"]
    assert client.get("/time/approvals").content.decode().count("Approve week") == 1


def test_a_viewer_decides_nothing(page, anna, staff):
    [entry] = handed_in(anna)
    client = page(staff(time="view"))

    answers = [
        client.post("/time/approvals", {"action": "approve", "row": [entry.pk]}, headers=PART),
        client.post(f"/time/approvals/week?on={MONDAY}&person={anna.pk}"),
        client.post(f"/time/{entry.pk}/approve"),
        client.post(f"/time/{entry.pk}/reject", {"reason": "No"}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert states() == ["draft"]


def test_the_queue_costs_the_same_with_more_entries(page, anna, head, statements):
    client, project, costs = page(head), make_project(anna), []
    client.get("/time/approvals")

    for count in (3, 30):
        handed_in(anna, count, project_id=project.pk)
        with statements() as found:
            assert client.get("/time/approvals").status_code == 200
        costs.append(len(found))

    assert costs[0] == costs[1]
    assert costs[0] <= 12


def test_an_empty_queue_says_what_it_waits_for(page, head):
    assert "Nothing waits for you" in page(head).get("/time/approvals").content.decode()


def test_the_team_shows_everybodys_week(page, anna, head, statements):
    handed_in(anna, 2)
    client = page(head)

    html = client.get(f"/time/team?on={MONDAY}").content.decode()

    assert "Anna Ferro" in html
    assert "Handed in" in html
    assert "2:00 logged, 2:00 billable" in html


def test_the_team_costs_the_same_with_more_people(page, staff, head, statements):
    client, costs = page(head), []
    client.get("/time/team")

    for count in (2, 10):
        for _ in range(count):
            log(staff("employee"))
        with statements() as found:
            assert client.get(f"/time/team?on={MONDAY}").status_code == 200
        costs.append(len(found))

    assert costs[0] == costs[1]


def test_who_sees_only_themselves_has_no_team_and_no_queue_in_the_menu(page, anna, head):
    own, all_ = page(anna), page(head)

    assert own.get("/time/team").status_code == 403
    assert "/time/team" not in own.get("/time/approvals").content.decode()
    assert "/time/team" in all_.get("/time/approvals").content.decode()
    assert 'href="/time/approvals"' not in own.get("/time").content.decode()
    assert 'href="/time/approvals"' in all_.get("/time").content.decode()


def test_the_menu_counts_what_waits(page, anna, head):
    handed_in(anna, 2)
    handed_in(head)

    assert page(head).get("/menu/counts").json()["/time/approvals"]["n"] == 2
