"""Who may do what: levels, tools that are not named, keys that narrow, templates and strangers."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template

from agency.staff import access
from agency.staff.models import Role

SHIPPED = {
    "executive": ({"*": "manage"}, "all"),
    "head": ({"*": "update"}, "all"),
    "manager": ({"*": "update"}, "team"),
    "lead": ({"*": "view", "time": "update"}, "own"),
    "employee": ({"*": "view", "time": "update"}, "own"),
}


def test_five_roles_are_shipped(db):
    assert {role.key: (role.grants, role.scope) for role in Role.objects.all()} == SHIPPED


@pytest.mark.parametrize(
    ("role", "perm", "expected"),
    [
        ("executive", "invoices:manage", True),
        ("head", "invoices:update", True),
        ("head", "invoices:manage", False),
        ("employee", "time:update", True),
        ("employee", "time:manage", False),
        ("employee", "invoices:view", True),
        ("employee", "invoices:update", False),
        ("executive", "invoices:own", False),  # no such level
        ("executive", "", False),
        ("employee", "invoices", False),
    ],
)
def test_a_level_includes_the_lower_ones(staff, role, perm, expected):
    assert staff(role).has_perm(perm) is expected


@pytest.mark.parametrize(
    ("perm", "expected"),
    [
        ("billing.view_invoice", True),
        ("billing.change_invoice", True),
        ("billing.add_invoice", True),
        ("billing.delete_invoice", False),
        ("staff.view_staff", False),
        ("auth.view_permission", False),
        ("nowhere.view_nothing", False),
        ("billing.view_nothing", False),
    ],
)
def test_the_admins_rights_follow_the_same_grants(staff, perm, expected):
    assert staff(invoices="update").has_perm(perm) is expected


def test_several_rights_are_held_together_or_not(staff):
    mia = staff(invoices="view", time="update")
    assert mia.has_perms(["invoices:view", "time:update"])
    assert not mia.has_perms(["invoices:view", "time:manage"])


def test_who_has_left_or_has_no_role_holds_nothing(staff):
    gone, new = staff(is_active=False), staff()
    new.role = None
    assert not gone.has_perm("time:view")
    assert not new.has_perm("time:view")


def test_a_tool_can_be_left_out_of_all_others(staff):
    mia = staff(**{"*": "manage", "staff": access.NONE})
    assert mia.has_perm("invoices:manage")
    assert not mia.has_perm("staff:view")


def test_a_keys_scopes_only_narrow(staff):
    mia = staff(time="update", invoices="view")
    mia.key_scopes = {"time": "view", "invoices": "manage"}
    rights = [f"{tool}:{level}" for tool in ("time", "invoices") for level in access.LEVELS]
    assert [right for right in rights if mia.has_perm(right)] == ["time:view", "invoices:view"]


WORDS = (
    "{% if perms.invoices %}sees {% endif %}{% if perms.invoices.update %}writes {% endif %}"
    "{% if perms.billing.delete_invoice %}deletes {% endif %}{% if perms.nowhere %}lost{% endif %}"
)


def shown(user) -> str:
    from django.contrib.auth.context_processors import PermWrapper

    return Template(WORDS).render(Context({"perms": PermWrapper(user)})).strip()


def test_templates_ask_in_the_same_words(staff):
    assert shown(staff(invoices="manage")) == "sees writes deletes"
    assert shown(staff(invoices="update")) == "sees writes"
    assert shown(staff(invoices="view")) == "sees"
    assert shown(staff(time="view")) == ""


def test_a_stranger_holds_nothing_and_breaks_no_template(db):
    assert not AnonymousUser().has_perm("invoices:view")
    assert shown(AnonymousUser()) == ""


def test_one_request_reads_the_person_with_their_role_in_one_statement(
    staff, page, django_assert_num_queries
):
    mia = staff(time="view")
    session = page(mia)
    session.get("/shortcuts")
    with django_assert_num_queries(1) as read:
        session.get("/shortcuts")
    assert "staff_role" in read.captured_queries[0]["sql"]


def test_signing_in_asks_for_password_and_activity(staff):
    from django.contrib.auth import authenticate
    from django.test import RequestFactory

    mia = staff(email="mia@example.com", password="a very good password")
    gone = staff(is_active=False, password="a very good password")
    request = RequestFactory().post("/login")

    def signs_in(email, password):
        return authenticate(request, email=email, login=email, password=password)

    assert signs_in("MIA@example.com", "a very good password") == mia
    assert signs_in("mia@example.com", "another password") is None
    assert signs_in("nobody@example.com", "a very good password") is None
    assert signs_in(gone.email, "a very good password") is None
