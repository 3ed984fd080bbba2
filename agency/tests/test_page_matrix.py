"""Role × page × whose record: what each page answers against what was agreed by hand."""

from pathlib import Path

import pytest
from django.db import transaction

from agency.staff.models import Department, Team
from agency.staff.scope import ScopedQuerySet
from agency.tests.office import work_of
from agency.tests.page_requests import address_of, form_of
from agency.urls.listing import endpoints
from crm.deals.record import DealView

FILE = Path(__file__).with_name("page_matrix.txt")
# Pages that carry their own proof (a token, one's own file, view, work or notice) or ask for none:
# tested where they are written.
APART = ("/:words/", "/files/", "/i/", "/password/:", "/views/:pk", "/pick/", "/favicon.ico")
APART += (
    "/webhooks/",
    "/background-work/:pk",
    "/notices/:pk/open",
    "/metrics",
    "/logout",
    "/api/",
    "/admin",
)
LEVELS = ("view", "update", "manage")
# The rights of the shipped roles and the rows they see, as agreed.
ROLES = {
    "executive": ({"*": "manage"}, "all"),
    "head": ({"*": "update"}, "all"),
    "manager": ({"*": "update"}, "own"),
    "lead": ({"*": "view", "time": "update"}, "own"),
    "employee": ({"*": "view", "time": "update"}, "own"),
    "nobody": ({}, "own"),
}
pytestmark = pytest.mark.django_db


def expected() -> dict[tuple[str, str], tuple[str, str]]:
    lines = [line for line in FILE.read_text().splitlines() if line and line[0] != "#"]
    rows = (line.split() for line in lines)
    return {(method, path): (right, reach) for method, path, right, reach in rows}


def served() -> list[tuple[str, str]]:
    found = [(one.method, one.path) for one in endpoints()]
    pages = [one for one in found if not one[1].startswith(APART)]
    return [one for one in pages if not one[1].endswith(".json")]


def agreed(role: str, right: str, reach: str, whose: str) -> str:
    """What the role gets: “open”, 403, or 404 where the record is somebody else's."""
    grants, scope = ROLES[role]
    if ":" in right:
        tool, level = right.split(":")
        held = grants.get(tool, grants.get("*"))
        if held is None or LEVELS.index(held) < LEVELS.index(level):
            return "403"
    if reach == "led" and role in {"lead", "employee", "nobody"}:
        return "403"
    return "404" if reach == scope == "own" and whose == "other" else "open"


@pytest.fixture(autouse=True)
def _groups(db):
    Department.objects.create(name="Design")
    Team.objects.create(name="Design")


@pytest.fixture
def differences(staff, page):
    """What a role gets otherwise than agreed, at their own records and at another's."""

    def compare(role: str, only: str = "/") -> list[str]:
        table = expected()
        person = staff(moon="view") if role == "nobody" else staff(role)
        works = {"own": work_of(person), "other": work_of(staff("head"))}
        client = page(person)
        return [
            f"{method} {path} of {whose}: {found}"
            for method, path in served()
            if path.startswith(only)
            for whose, work in works.items()
            if (found := answer(client, method, path, work))
            != agreed(role, *table[method, path], whose)
        ]

    return compare


def answer(client, method: str, path: str, work) -> str:
    """403, 404, or “open”; what was done is undone."""
    with transaction.atomic():
        send = getattr(client, method.lower())
        status = send(address_of(path, work), form_of(method, path, work)).status_code
        transaction.set_rollback(True)
    return str(status) if status in {403, 404} else "open" if status < 500 else "failed"


def test_the_table_names_every_page_that_is_served_and_no_other():
    assert sorted(expected()) == sorted(served())


@pytest.mark.parametrize("role", ROLES)
def test_every_page_answers_each_role_as_agreed(differences, role):
    found = differences(role)
    assert found == [], "\n".join(found)


def test_a_stranger_is_sent_to_sign_in_from_every_page(page, staff):
    work, client = work_of(staff("head")), page()
    open_to_all = [
        f"{method} {path}"
        for (method, path), (right, _) in expected().items()
        if right != "anyone" and not sends_to_sign_in(client, method, address_of(path, work))
    ]
    assert open_to_all == []


def sends_to_sign_in(client, method: str, address: str) -> bool:
    answered = getattr(client, method.lower())(address)
    return answered.status_code == 401 or answered.get("Location", "").startswith("/login")


def test_the_table_catches_a_page_that_asks_for_less(differences, monkeypatch):
    monkeypatch.setattr(DealView, "level", "manage")
    assert differences("employee", "/deals/:pk") == [
        "GET /deals/:pk of own: 403",
        "GET /deals/:pk of other: 403",
    ]


def test_the_table_catches_records_shown_to_everybody(differences, monkeypatch):
    monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda rows, _: rows)
    found = {line.split(" of ")[0] for line in differences("manager")}
    hidden = {
        f"{method} {path}"
        for (method, path), row in expected().items()
        if agreed("manager", *row, "other") == "404"
    }
    assert hidden - found == set()
