"""The matrix: every role's level on every tool, changed in place."""

import pytest

from agency.records.history import history_of
from agency.staff.models import Role
from agency.staff.roles.forms import ROWS, field_name

pytestmark = pytest.mark.django_db


def sent(client, **changes) -> dict:
    """What a browser would send: the cells as shown, what they showed, and the changes."""
    form = client.get("/settings/roles").context["form"]
    body = {bound.html_name: bound.initial for bound in form}
    shown = {bound.html_initial_name: bound.initial for bound in form}
    return body | shown | changes


def cell(key: str, row: str) -> str:
    return field_name(Role.objects.get(key=key), row)


def test_the_matrix_shows_what_holds(page, staff):
    form = page(staff()).get("/settings/roles").context["form"]
    rows = {key: [shown["words"] for shown in cells] for key, _, cells in form.rows()}
    assert rows["time"][:5] == ["Manage", "Update", "Update", "Update", "Update"]
    assert rows["invoices"][:5] == ["Manage", "Update", "Update", "View", "View"]
    assert rows["scope"][:5] == ["All", "All", "Own and teams'", "Own", "Own"]
    assert set(rows) == {*ROWS, "scope"}


def test_changed_cells_are_written_and_the_others_stay(page, staff):
    client = page(staff())
    body = sent(
        client,
        **{cell("employee", "invoices"): "none", cell("lead", "scope"): "team"},
    )
    assert client.post("/settings/roles", body).status_code == 302
    roles = {role.key: role for role in Role.objects.all()}
    assert roles["employee"].grants == {"*": "view", "time": "update", "invoices": "none"}
    assert (roles["lead"].grants, roles["lead"].scope) == (
        {"*": "view", "time": "update"},
        "team",
    )
    changed = {role.key for role in roles.values() if history_of(role).exists()}
    assert changed == {"employee", "lead"}


def test_everything_else_changes_what_no_cell_names(page, staff):
    client = page(staff())
    client.post("/settings/roles", sent(client, **{cell("head", "*"): "none"}))
    head = Role.objects.get(key="head")
    assert set(head.grants) == set(ROWS) - {"*"}
    assert set(head.grants.values()) == {"update"}


def test_two_people_change_different_cells_at_once(page, staff):
    client = page(staff())
    first = sent(client, **{cell("employee", "deals"): "update"})
    second = sent(client, **{cell("employee", "tasks"): "update"})
    client.post("/settings/roles", first)
    client.post("/settings/roles", second)
    grants = Role.objects.get(key="employee").grants
    assert grants == {"*": "view", "time": "update", "deals": "update", "tasks": "update"}


def test_who_views_the_staff_reads_the_matrix_and_changes_nothing(page, staff):
    viewer = page(staff(staff="update"))
    shown = viewer.get("/settings/roles").content.decode()
    assert "<select" not in shown.split("<table")[1]
    body = {cell("employee", "invoices"): "manage"}
    assert viewer.post("/settings/roles", body).status_code == 403
    assert Role.objects.get(key="employee").grants == {"*": "view", "time": "update"}


def test_a_grant_beyond_ones_own_changes_no_role_at_all(page, staff):
    client = page(staff(staff="manage", time="update", scope="own"))
    changes = {cell("employee", "time"): "view", cell("lead", "invoices"): "update"}
    answer = client.post("/settings/roles", sent(client, **changes))
    assert answer.status_code == 422
    assert "invoices:update" in answer.content.decode()
    grants = {key: Role.objects.get(key=key).grants for key in ("employee", "lead")}
    assert grants == {key: {"*": "view", "time": "update"} for key in grants}


def test_the_last_administrators_rights_stay(page, staff):
    client = page(staff("executive"))
    answer = client.post("/settings/roles", sent(client, **{cell("executive", "staff"): "view"}))
    assert answer.status_code == 422
    assert "Nobody would be left" in answer.content.decode()
    assert Role.objects.get(key="executive").grants == {"*": "manage"}


@pytest.mark.parametrize("value", ["fly", "", "\x00"])
def test_a_level_that_does_not_exist_is_refused(page, staff, value):
    client = page(staff())
    answer = client.post("/settings/roles", sent(client, **{cell("lead", "deals"): value}))
    assert answer.status_code == 422
    assert Role.objects.get(key="lead").grants == {"*": "view", "time": "update"}


def test_a_role_is_made_like_another_renamed_and_deleted(page, staff):
    client, lead = page(staff()), Role.objects.get(key="lead")
    client.post("/settings/roles/new", {"name": "Senior", "like": lead.pk})
    senior = Role.objects.get(name="Senior")
    assert (senior.grants, senior.scope) == (lead.grants, lead.scope)
    client.post(f"/settings/roles/{senior.pk}", {"name": "Principal"})
    senior.refresh_from_db()
    assert senior.name == "Principal"
    client.post(f"/settings/roles/{lead.pk}/delete")
    client.post(f"/settings/roles/{senior.pk}/delete")
    assert [role.key for role in Role.objects.order_by("position")] == [
        "executive",
        "head",
        "manager",
        "lead",
        "employee",
    ]
