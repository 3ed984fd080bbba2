"""The lists of teams and departments: where their rows lead, and their files."""

import pytest

from agency.staff.teams import operations as teams
from agency.staff.teams.models import Department, Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def web(staff):
    jane = staff()
    teams.create_department(name="Design", email="design@example.com", by=jane)
    return teams.create_team(name="Web", lead=jane, by=jane)


@pytest.mark.parametrize("model", [Team, Department])
def test_a_row_leads_to_its_form_those_who_may_use_it(page, staff, web, model):
    path = f"/settings/{model._meta.model_name}s"
    link = f'href="{path}/{model.objects.get().pk}"'
    assert link in page(staff(staff="manage")).get(path).text
    assert link not in page(staff(staff="update")).get(path).text


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("/settings/teams", ["Team,Lead,Members", "Web,{lead},"]),
        (
            "/settings/departments",
            ["Department,E-mail,People", "Design,design@example.com,0"],
        ),
    ],
)
def test_the_list_is_a_file_as_well(page, staff, web, path, lines):
    answer = page(staff(staff="view")).get(path, {"export": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines() == [line.format(lead=web.lead) for line in lines]
    book = page(staff(staff="view")).get(path, {"export": "xlsx"})
    assert book.status_code == 200
    book.close()
