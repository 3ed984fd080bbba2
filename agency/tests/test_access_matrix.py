"""Role × route × whose record: what the router serves against what was agreed by hand."""

from pathlib import Path

import pytest
from django.db import transaction

from agency.api.permissions import HasGrant
from agency.staff.models import Team
from agency.staff.scope import ScopedQuerySet
from agency.tests.access_requests import request_for
from agency.tests.office import work_of
from agency.urls.listing import endpoints
from crm.customers.api import CompanyViewSet
from crm.tasks.api import TaskViewSet

FILES = sorted(Path(__file__).parent.glob("access_matrix*.txt"))  # one for each dialect
ROLES = {
    "executive": ("own", "other"),
    "head": ("own", "other"),
    "manager": ("own", "led", "other"),
    "lead": ("own", "other"),
    "employee": ("own", "other"),
    "nobody": ("other",),
    "stranger": ("other",),
}
# Writes whose operations ask for the right a second time, for pages and jobs as well.
ASKED_TWICE = (
    "DELETE /api/credit-notes/:pk",
    "POST /api/credit-notes/:pk/issue",
    "POST /api/credit-notes/:pk/void",
    "DELETE /api/invoices/:pk",
    "DELETE /api/v1/invoices/:pk",
    "DELETE /invoices/:pk.json",
    "POST /api/v1/invoices",
    "POST /projects/:project_pk/time_entries.json",
    *(f"POST /api/invoices/:pk/{verb}" for verb in ("approve", "finalise", "send", "void")),
    *(f"POST /api/invoices/:pk/{verb}" for verb in ("push-to-xero", "xero-delete")),
    *(
        f"{method} {path}"
        for path in ("/api/time", "/api/v1/timesheets")
        for method in ("POST", "PUT", "PATCH", "DELETE")
    ),
)
CELLS = [(role, whose) for role, columns in ROLES.items() for whose in columns]
pytestmark = pytest.mark.django_db


def expected() -> dict[str, dict[tuple, str]]:
    """The table: for each route the agreed answer of every cell."""
    rows = {}
    for line in (line for file in FILES for line in file.read_text().splitlines()):
        if line.strip() and not line.startswith("#"):
            method, path, *answers = line.split()
            assert len(answers) == len(CELLS), line
            rows[f"{method} {path}"] = dict(zip(CELLS, answers, strict=True))
    return rows


def served() -> list[tuple[str, str]]:
    """Every route of the three dialects that the router knows."""
    known = [(one.method, one.path) for one in endpoints()]
    return [one for one in known if one[1].startswith("/api/") or one[1].endswith(".json")]


@pytest.fixture
def differences(staff, api, page):
    """Compare a role's answers with the table: ``differences(role, only="/api/invoices")``."""

    def compare(role: str, only: str = "/") -> list[str]:
        table, person = expected(), person_of(role, staff)
        works = {"other": work_of(staff("head"))}
        works |= {"own": work_of(person)} if "own" in ROLES[role] else {}
        works |= {"led": work_of(led_by(person, staff))} if "led" in ROLES[role] else {}
        return [
            f"{method} {path} of {whose}: {found}, agreed {table[f'{method} {path}'][role, whose]}"
            for method, path in served()
            if path.startswith(only)
            for whose in ROLES[role]
            if (found := answer(api(person), request_for(method, path, works[whose])))
            != table[f"{method} {path}"][role, whose]
        ]

    return compare


def person_of(role: str, staff):
    if role == "stranger":
        return None
    return staff(moon="view") if role == "nobody" else staff(role)


def led_by(manager, staff):
    member = staff("employee")
    Team.objects.create(name="Design", lead=manager).members.add(member)
    return member


def answer(client, request) -> str:
    """The status, or whether the list holds the record; what was done is undone."""
    with transaction.atomic():
        send = getattr(client, request.method.lower())
        answered = send(request.address, request.body)
        transaction.set_rollback(True)
    if request.shows is None or answered.status_code != 200:
        return str(answered.status_code)
    envelope, record = request.shows
    keys = {str(row["id"]) for row in answered.json()[envelope]}
    return "in" if str(record.pk) in keys else "out"


def test_the_table_names_every_route_that_is_served_and_no_other():
    assert sorted(expected()) == sorted(f"{method} {path}" for method, path in served())


@pytest.mark.parametrize("role", ROLES)
def test_every_door_answers_each_role_as_agreed(differences, role):
    found = differences(role)
    assert found == [], "\n".join(found)


class TestTheTableCatches:
    def test_a_route_that_needs_less_than_agreed(self, differences, monkeypatch):
        monkeypatch.setattr(TaskViewSet.complete, "level", "view")
        assert differences("employee", "/api/tasks/:pk/complete") == [
            "POST /api/tasks/:pk/complete of own: 200, agreed 403",
            "POST /api/tasks/:pk/complete of other: 404, agreed 403",
        ]

    def test_any_route_whose_view_asks_for_no_right(self, differences, monkeypatch):
        monkeypatch.setattr(HasGrant, "has_permission", lambda *_: True)
        found = {line.split(" of ")[0] for line in differences("nobody")}
        asking = {route for route, row in expected().items() if row["nobody", "other"] == "403"}
        assert {line for line in asking - found if not line.startswith(ASKED_TWICE)} == set()

    def test_any_record_that_is_shown_to_everybody(self, differences, monkeypatch):
        monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda rows, _: rows)
        found = {line.split(" of ")[0] for line in differences("lead")}
        hidden = {
            route for route, row in expected().items() if row["lead", "other"] in {"404", "out"}
        }
        assert hidden - found == set()

    def test_a_list_that_shows_everything(self, differences, monkeypatch):
        monkeypatch.setattr(
            CompanyViewSet, "get_queryset", lambda view: view.queryset.all(), raising=False
        )
        assert differences("employee", "/api/companies") == [
            "GET /api/companies of other: in, agreed out",
            "GET /api/companies/:pk of other: 200, agreed 404",
        ]

    def test_a_route_that_nobody_agreed_on(self, monkeypatch):
        rows = expected()
        rows.pop("DELETE /api/invoices/:pk")
        monkeypatch.setitem(globals(), "expected", lambda: rows)
        with pytest.raises(AssertionError):
            test_the_table_names_every_route_that_is_served_and_no_other()
