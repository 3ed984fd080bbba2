"""The pages of people: who opens and changes what."""

import re

import pytest
from django.core import mail

from agency.records.outbox import jobs  # noqa: F401 registers the task that empties the outbox
from agency.staff.models import ApiKey, Department, Role, Staff, Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia(staff):
    return staff("employee", first_name="Mia", last_name="Tran", email="mia@example.com")


@pytest.fixture
def team(mia):
    Department.objects.create(name="Design")
    return Team.objects.create(name="Web", lead=mia)


def paths(mia, team) -> tuple[set, set]:
    """The pages to read and those to change, of one person and around them."""
    own, design = f"/settings/staff/{mia.pk}", Department.objects.get().pk
    read = {"/settings/staff", own, "/settings/roles", "/settings/teams", "/settings/departments"}
    change = {
        "/settings/staff/new",
        f"{own}/edit",
        f"{own}/password",
        f"{own}/deactivate",
        f"{own}/delete",
        "/settings/roles/new",
        "/settings/roles/1",
        "/settings/teams/new",
        f"/settings/teams/{team.pk}",
        "/settings/departments/new",
        f"/settings/departments/{design}",
    }
    return read, change


@pytest.mark.parametrize(
    ("grants", "expected"),
    [
        ({"staff": "view"}, ({200}, {403})),
        ({"staff": "update"}, ({200}, {403})),
        ({"staff": "manage"}, ({200}, {200})),
        ({"settings": "manage"}, ({403}, {403})),
    ],
)
def test_each_level_opens_its_pages(page, staff, team, grants, expected):
    client, pages = page(staff(**grants)), paths(team.lead, team)
    found = tuple({client.get(path).status_code for path in part} for part in pages)
    assert found == expected


def test_nobody_without_the_right_changes_a_person(page, staff, mia):
    client, before = page(staff(staff="update")), Staff.objects.values().get(pk=mia.pk)
    own = f"/settings/staff/{mia.pk}"
    steps = ("edit", "password", "invite", "deactivate", "activate", "codes-off", "delete")
    assert {client.post(f"{own}/{step}").status_code for step in steps} == {403}
    assert Staff.objects.values().get(pk=mia.pk) == before


def particulars(**values) -> dict:
    role = Role.objects.get(key="employee").pk
    known = {
        "first_name": "Ana",
        "last_name": "Souza",
        "email": "ana@example.com",
        "role": role,
        "weekly_minutes": "30:00",
        "hourly_rate": "1,150.50",
    }
    return known | values


def test_a_new_person_is_taken_on_and_invited(page, staff, django_capture_on_commit_callbacks):
    client = page(staff())
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/settings/staff/new", particulars(invite="on"))
    ana = Staff.objects.get(email="ana@example.com")
    assert answer["Location"] == f"/settings/staff/{ana.pk}"
    assert (ana.weekly_minutes, ana.hourly_rate, ana.is_active) == (1800, 1150.50, True)
    assert [letter.to for letter in mail.outbox] == [["ana@example.com"]]


def test_a_taken_address_is_told_beside_the_field(page, staff, mia):
    answer = page(staff()).post("/settings/staff/new", particulars(email="MIA@example.com"))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["email"]


def test_a_role_beyond_ones_own_is_refused_on_the_page_too(page, staff, mia):
    deputy = page(staff(staff="manage", time="update", **{"*": "view"}))
    top = Role.objects.get(key="executive").pk
    answer = deputy.post(f"/settings/staff/{mia.pk}/edit", particulars(role=top))
    assert answer.status_code == 422
    assert "You cannot grant what you do not hold" in answer.content.decode()
    mia.refresh_from_db()
    assert (mia.role.key, mia.first_name) == ("employee", "Mia")


def test_steps_of_the_account_go_through_their_operations(page, staff, mia):
    client, own = page(staff()), f"/settings/staff/{mia.pk}"
    assert client.post(f"{own}/deactivate").status_code == 303
    mia.refresh_from_db()
    assert not mia.is_active
    client.post(f"{own}/activate")
    client.post(f"{own}/password", {"password": "a brand new password"})
    mia.refresh_from_db()
    assert (mia.is_active, mia.check_password("a brand new password")) == (True, True)
    client.post(f"{own}/delete")
    assert not Staff.objects.filter(pk=mia.pk).exists()


def test_the_last_administrator_stays_on_the_page_too(page, staff):
    jane = staff("executive")
    client = page(jane)
    answer = client.post(f"/settings/staff/{jane.pk}/deactivate")
    assert "Nobody would be left" in client.get(answer["Location"]).content.decode()
    jane.refresh_from_db()
    assert jane.is_active


def test_people_change_their_own_profile_and_nothing_else_of_it(page, mia):
    body = {"first_name": "Maria", "time_zone": "Europe/Berlin", "email": "x@example.com"}
    body |= {"role": Role.objects.get(key="executive").pk, "hourly_rate": "999", "is_staff": "on"}
    assert page(mia).post("/settings/profile", body).status_code == 302
    mia.refresh_from_db()
    assert (mia.first_name, mia.time_zone, mia.email) == (
        "Maria",
        "Europe/Berlin",
        "mia@example.com",
    )
    assert (mia.role.key, mia.hourly_rate, mia.is_staff) == ("employee", None, False)


def test_rates_are_shown_to_those_who_work_with_them(page, staff, mia):
    Staff.objects.filter(pk=mia.pk).update(hourly_rate=150)
    wide = "/settings/staff?cols=name,rate"
    for level, seen in {"view": False, "update": True}.items():
        client = page(staff(staff=level))
        assert ("150.00" in client.get(f"/settings/staff/{mia.pk}").content.decode()) is seen
        assert ("150.00" in client.get(wide).content.decode()) is seen
        assert ("150" in client.get(f"{wide}&export=csv").getvalue().decode()) is seen


def test_the_list_is_filtered_and_searched(page, staff, mia, team):
    team.members.add(mia)
    mia.departments.add(Department.objects.get())
    client = page(staff(first_name="Jane"))

    def names(query) -> list[str]:
        page_of = client.get(f"/settings/staff?{query}").context["page"]
        return [person.first_name for person in page_of]

    assert names("search=tran+mia") == ["Mia"]
    assert names(f"team={team.pk}") == ["Mia"]
    assert names(f"department={Department.objects.get().pk}") == ["Mia"]
    assert names(f"role={Role.objects.get(key='executive').pk}") == ["Jane"]
    assert names("tab=left") == []


def test_the_list_takes_as_many_statements_for_many_people(
    page, staff, mia, team, django_assert_num_queries
):
    client = page(staff())
    client.get("/settings/staff")
    with django_assert_num_queries(10):
        client.get("/settings/staff")
    for _ in range(20):
        person = staff("employee")
        person.departments.add(Department.objects.get())
        team.members.add(person)
    with django_assert_num_queries(10):
        client.get("/settings/staff")


def test_a_role_is_given_to_several_people_at_once(page, staff, mia):
    lead = Role.objects.get(key="lead")
    body = {"action": "role", "row": [mia.pk], "confirmed": "1", "role": lead.pk}
    page(staff()).post("/settings/staff", body)
    mia.refresh_from_db()
    assert mia.role == lead


def test_teams_and_departments_are_kept_through_their_forms(page, staff, mia):
    client = page(staff())
    client.post("/settings/teams/new", {"name": "Web", "lead": mia.pk, "members": [mia.pk]})
    team = Team.objects.get()
    assert (team.lead, list(team.members.all())) == (mia, [mia])
    client.post(f"/settings/teams/{team.pk}", {"name": "Web", "members": []})
    assert (Team.objects.get().lead, team.members.count()) == (None, 0)
    client.post("/settings/departments/new", {"name": "Design"})
    answer = client.post("/settings/departments/new", {"name": "Design"})
    assert list(answer.context["form"].errors) == ["name"]


def test_search_and_pickers_find_people_for_those_who_may(page, staff, mia):
    client = page(staff(staff="view"))
    assert "Mia Tran" in client.get("/palette?q=tran").content.decode()
    found = client.get("/pick/staff?q=mia").json()["options"]
    assert [one["text"] for one in found] == ["Mia Tran"]
    stranger = page(staff(time="view"))
    assert "Mia Tran" not in stranger.get("/palette?q=tran").content.decode()
    assert stranger.get("/pick/staff?q=mia").status_code == 404


SECRET = re.compile(r'id="secret">(pk_[\w-]+)<')


def test_a_key_is_shown_once_and_works(page, api, mia):
    client = page(mia)
    body = {"name": "Zapier", "lasts": "30", "reach": "some", "scope_time": "view"}
    answer = client.post("/settings/keys/new", body)
    secret = SECRET.search(answer.content.decode())[1]
    assert "no-store" in answer["Cache-Control"]
    key = ApiKey.objects.get()
    assert (key.owner, key.scopes) == (mia, {"time": "view"})
    assert key.expires_at is not None
    assert secret not in client.get("/settings/keys").content.decode()

    program = api()
    program.credentials(HTTP_X_API_KEY=secret)
    assert program.get("/api/me").json()["user"]["permissions"] == ["time:view"]
    client.post("/settings/keys", {"action": "revoke", "row": [key.pk], "confirmed": "1"})
    assert program.get("/api/me").status_code == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "", "lasts": "30", "reach": "all"}, "name"),
        ({"name": "A", "lasts": "31", "reach": "all"}, "lasts"),
        ({"name": "A", "lasts": "30", "reach": "some"}, "reach"),
        ({"name": "A", "lasts": "30", "reach": "some", "scope_time": "manage"}, "scope_time"),
    ],
)
def test_a_key_that_would_be_too_much_or_nothing_is_refused(page, mia, body, field):
    answer = page(mia).post("/settings/keys/new", body)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not ApiKey.objects.exists()


def test_nobody_revokes_a_key_that_they_do_not_see(page, staff, mia):
    from agency.staff import keys

    key, _ = keys.create(mia, name="Zapier", by=mia)
    body = {"action": "revoke", "row": [key.pk], "confirmed": "1"}
    other = page(staff("head"))
    other.post("/settings/keys", body)
    key.refresh_from_db()
    assert key.revoked_at is None
    assert "Zapier" not in other.get("/settings/keys").content.decode()
    boss = page(staff())
    assert "Zapier" in boss.get("/settings/keys").content.decode()
    boss.post("/settings/keys", body)
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_the_audit_log_is_for_those_who_manage_the_settings(page, staff, mia):
    from agency.staff.people import operations as people

    jane = staff()
    people.update(mia, by=jane, title="Designer")
    assert page(staff("head")).get("/settings/audit").status_code == 403
    client = page(jane)
    shown = client.get("/settings/audit").content.decode()
    assert "changed title" in shown
    assert f'href="/settings/staff/{mia.pk}"' in shown

    def steps(query) -> int:
        return len(client.get(f"/settings/audit?{query}").context["page"].object_list)

    assert steps(f"by={jane.pk}") == 1
    assert steps(f"kind=staff&record={mia.pk}") == 1
    assert steps("kind=invoice") == 0
    assert steps("search=tran") == 1
    assert steps("on_after=2026-01-01&on_before=2026-01-02") == 0
    assert "Title:  → Designer" in client.get("/settings/audit?export=csv").getvalue().decode()


def test_the_log_links_every_kind_of_record_that_has_a_page():
    from agency.records import subjects

    models = (subjects.model_of(name) for name in subjects.names())
    paths = [
        model(pk=7).get_absolute_url() for model in models if hasattr(model, "get_absolute_url")
    ]
    assert [path for path in paths if not path.endswith("/7")] == []
