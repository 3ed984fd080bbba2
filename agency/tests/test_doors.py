"""Door equality: the same person gets the same decision through each door that offers an action."""

import pytest
from django.db import transaction

from agency.records.models import Event
from agency.staff import keys
from agency.tests.actions import ACTIONS, BEFORE, Call
from agency.tests.office import work_of
from billing.invoices.api_v1 import InvoiceV1ViewSet

DONE, NO_RIGHT, NOT_THEIRS, REFUSED = "done", "right missing", "not theirs", "refused"
ROLES = ["executive", "head", "manager", "lead", "employee"]
# Keys that hold less than their owner: (the owner's role, the scopes).
KEYS = {
    "reads invoices": ("executive", {"invoices": "view"}),
    "writes invoices": ("executive", {"invoices": "update", "customers": "view"}),
    "writes its own time": ("manager", {"time": "update", "projects": "view"}),
    "manages customers": ("executive", {"customers": "manage", "items": "update"}),
}
pytestmark = pytest.mark.django_db


class Doors:
    """The doors as one person, or one key, finds them."""

    def __init__(self, person, program, browser=None) -> None:
        self.person, self.program, self.browser = person, program, browser

    def opens(self, call: Call) -> bool:
        return call.is_program or self.browser is not None

    def decide(self, name: str, call: Call, work) -> str:
        """What comes of the call; it is taken back."""
        with transaction.atomic():
            BEFORE.get(name, lambda work: None)(work)
            told = Event.objects.count()
            status = self.send(call.filled(work, self.person.pk))
            is_done = Event.objects.count() > told
            transaction.set_rollback(True)
        if is_done or status == DONE:
            return DONE
        # The right that a status needs is asked once the record to change is found.
        if call.address.startswith("/admin/") or "status" in (call.body or {}):
            return REFUSED
        named = NOT_THEIRS if call.is_program else REFUSED  # a body may name what is not theirs
        return {403: NO_RIGHT, 404: NOT_THEIRS}.get(status, named)

    def send(self, call: Call):
        if call.address.startswith("/admin/"):
            return self.ask_admin(call)
        client = self.program if call.is_program else self.browser
        return getattr(client, call.method)(call.address, call.body or {}).status_code

    def ask_admin(self, call: Call):
        """Whether the admin offers to add or to change; a step is taken."""
        if call.method == "add":
            return self.offered(f"{call.address}add/", "has_add_permission")
        key = call.body["_selected_action"]
        if call.method == "change":
            return self.offered(f"{call.address}{key}/change/", "has_change_permission")
        if call.method == "delete":
            address = f"{call.address}{key}/delete/"
            return self.browser.post(address, {"post": "yes"}).status_code
        body = {"action": call.method, **call.body}
        return self.browser.post(call.address, body).status_code

    def offered(self, address: str, permission: str):
        answer = self.browser.get(address)
        is_open = answer.status_code == 200 and answer.context[permission]
        return DONE if is_open else answer.status_code


def decisions(doors: Doors, name: str, work) -> dict[str, str]:
    """The decision of each door, by its method and address."""
    calls = (call for call in ACTIONS[name] if doors.opens(call))
    return {
        f"{call.method} {call.address} {sorted(call.body or {})}": doors.decide(name, call, work)
        for call in calls
    }


def alike(found: dict[str, str]) -> bool:
    """One decision; the admin says yes or no alone, and a page may tell the reason in words."""
    said = set(found.values())
    return len(said - {REFUSED}) <= 1 and not said >= {DONE, REFUSED}


@pytest.fixture
def doors(api, page, staff):
    def of(role: str) -> tuple[Doors, dict]:
        person = staff(role, is_staff=True)
        works = {"own": work_of(person), "other": work_of(staff("head"))}
        return Doors(person, api(person), page(person)), works

    return of


@pytest.fixture
def key_doors(api, staff):
    def of(name: str) -> tuple[Doors, dict]:
        role, scopes = KEYS[name]
        owner, client = staff(role), api()
        _, secret = keys.create(owner, name=name, by=owner, scopes=scopes)
        client.credentials(HTTP_X_API_KEY=secret)
        return Doors(owner, client), {"own": work_of(owner), "other": work_of(staff("head"))}

    return of


def differing(doors: Doors, works: dict) -> list[str]:
    """The actions on which doors differ, with what each says."""
    found = {
        (name, whose): decisions(doors, name, work)
        for name in ACTIONS
        for whose, work in works.items()
    }
    return [
        f"{name} of {whose}: {told}" for (name, whose), told in found.items() if not alike(told)
    ]


@pytest.mark.parametrize("role", ROLES)
def test_every_door_decides_alike_for_a_role(doors, role):
    found = differing(*doors(role))
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("name", KEYS)
def test_every_dialect_decides_alike_for_a_key_that_is_narrowed(key_doors, name):
    found = differing(*key_doors(name))
    assert found == [], "\n".join(found)


def test_an_executive_may_do_all_of_it_through_every_door(doors):
    executive, works = doors("executive")
    refused = {
        call: told
        for name in ACTIONS
        if name != "approve time"  # nobody decides on their own
        for call, told in decisions(executive, name, works["other"]).items()
        if told != DONE
    }
    assert refused == {}


def test_a_door_that_asks_for_less_is_found(doors, monkeypatch):
    monkeypatch.setattr(InvoiceV1ViewSet.complete, "level", "view")
    person, works = doors("employee")
    told = decisions(person, "mark an invoice as completed", works["own"])
    assert not alike(told)
    assert [call for call, said in told.items() if said == DONE] == [
        "post /api/v1/invoices/{draft}/complete []"
    ]
