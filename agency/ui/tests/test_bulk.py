"""Steps for many chosen rows."""

import json

import pytest


@pytest.fixture
def mia(staff):
    return staff(first_name="Mia", last_name="Tran", email="mia@example.com")


@pytest.fixture
def dan(staff):
    return staff("head", first_name="Dan", last_name="Okafor", email="dan@example.com")


@pytest.fixture
def zoe(staff):
    return staff("head", first_name="Zoe", last_name="Gone", email="z@example.com", is_active=False)


def toasts(answer) -> list[dict]:
    return json.loads(answer["HX-Trigger"])["toasts"]["list"]


def active(*people) -> list[bool]:
    for person in people:
        person.refresh_from_db()
    return [person.is_active for person in people]


def test_each_row_goes_through_or_is_refused_by_name(page, mia, dan, zoe, htmx):
    answer = page(mia).post(
        "/people", {"action": "retire", "row": [dan.pk, zoe.pk]}, headers=htmx()
    )
    assert toasts(answer) == [
        {"tone": "success", "text": "1 retired."},
        {"tone": "error", "text": "1 refused. Zoe Gone: Has left already."},
    ]
    assert active(mia, dan, zoe) == [True, False, False]
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#list", "outerHTML")


def test_a_step_that_needs_words_asks_in_the_dialog_first(page, mia, dan, htmx):
    client = page(mia)
    asked = client.post("/people", {"action": "retire-why", "row": dan.pk}, headers=htmx())
    assert (asked["HX-Retarget"], active(dan)) == ("#dialog-body", [True])
    assert f'name="row" value="{dan.pk}"' in asked.content.decode()

    given = {"action": "retire-why", "row": dan.pk, "confirmed": "1"}
    again = client.post("/people", given, headers=htmx("dialog-body"))
    assert (again["HX-Retarget"], active(dan)) == ("#dialog-body", [True])
    assert "This field is required." in again.content.decode()

    done = client.post("/people", {**given, "reason": "moved"}, headers=htmx("dialog-body"))
    assert (done["HX-Retarget"], active(dan)) == ("#list", [False])
    assert json.loads(done["HX-Trigger"]).keys() == {"close-dialog", "toasts"}


def test_all_matching_rows_can_be_chosen_at_once(page, mia, dan, zoe, htmx):
    page(mia).post("/people?search=dan", {"action": "retire", "scope": "all"}, headers=htmx())
    assert active(mia, dan) == [True, False]


def test_nothing_chosen_is_said(page, mia, htmx):
    answer = page(mia).post("/people", {"action": "retire"}, headers=htmx())
    assert toasts(answer) == [{"tone": "warning", "text": "No row is chosen."}]


@pytest.mark.parametrize("row", ["x", "", "9" * 30, "-1", "\0"])
def test_a_key_that_is_none_chooses_nothing(page, mia, row, htmx):
    answer = page(mia).post("/people", {"action": "retire", "row": row}, headers=htmx())
    assert toasts(answer) == [{"tone": "warning", "text": "No row is chosen."}]


def test_an_unknown_step_is_a_bad_request(page, mia, dan):
    assert page(mia).post("/people", {"action": "promote", "row": dan.pk}).status_code == 400


def test_the_step_asks_for_its_own_level(page, staff, dan):
    viewer = staff(staff="update")
    answer = page(viewer).post("/people", {"action": "retire", "row": dan.pk})
    assert (answer.status_code, active(dan)) == (403, [True])
    assert b'value="retire"' not in page(viewer).get("/people").content


def test_without_scripts_the_browser_comes_back_to_the_same_list(page, mia, dan):
    answer = page(mia).post("/people?tab=active", {"action": "retire", "row": dan.pk})
    assert (answer.status_code, answer["Location"]) == (303, "/people?tab=active")


def test_a_row_says_which_steps_it_allows(page, mia, zoe):
    rows = page(mia).get("/people?sort=-name").context["rows"]
    assert [row.moves for row in rows] == ["retire-why", "retire retire-why"]
