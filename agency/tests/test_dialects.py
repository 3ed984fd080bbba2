"""An invoice made through one door is the same invoice through every other."""

import itertools
from datetime import timedelta
from decimal import Decimal

import pytest

from agency.reference import organisation
from agency.tests import dialects
from agency.tests.dialects import DAY, NUMBER, PO, TOTAL, WORK
from billing.expenses import operations as expenses
from billing.invoices import filling, operations
from billing.models import Invoice
from crm.models import Customer, Project

APIS = {"agency": dialects.Agency, "v1": dialects.V1, "teamwork": dialects.Teamwork}
DOORS = {**APIS, "figures": dialects.Figures, "page": dialects.Page, "admin": dialects.Admin}
PROGRAMS = [*APIS, "figures"]
MAKERS = [*PROGRAMS, "page"]
ISSUERS = ["agency", "v1", "page", "admin"]
PAYERS = ["agency", "v1", "page"]
pytestmark = pytest.mark.django_db


def each(*doors) -> list[tuple]:
    """Every door of the first kind with every door of the second."""
    return list(itertools.product(*doors))


# How each standing is told: in the agency dialect, as a code of the CRM, on the page.
STANDINGS = {
    "draft": (("draft", "unpaid"), (6, "Draft"), "Draft"),
    "unpaid": (("finalised", "unpaid"), (1, "Unpaid"), "Finalised"),
    "partial": (("finalised", "partial"), (3, "Partially paid"), "Part-paid"),
    "paid": (("paid", "paid"), (2, "Paid"), "Paid"),
    "overdue": (("overdue", "unpaid"), (4, "Overdue"), "Overdue"),
    "voided": (("voided", "unpaid"), (5, "Cancelled"), "Voided"),
}


@pytest.fixture
def boss(staff):
    return staff("executive", is_staff=True)


@pytest.fixture
def doors(boss, api, page):
    clients = dict.fromkeys(DOORS, api(boss)) | dict.fromkeys(("page", "admin"), page(boss))
    return {name: door(clients[name]) for name, door in DOORS.items()}


@pytest.fixture
def project(boss):
    acme = Customer.objects.create(name="Acme", owner=boss, currency="USD")
    return Project.objects.create(name="Website", customer=acme, owner=boss, currency="USD")


@pytest.fixture
def read(doors, project):
    """What a door tells of an invoice, beside what it should: ``read("v1", pk, due="0.00")``."""
    usual = {
        "number": NUMBER,
        "po": PO,
        "currency": "USD",
        "date": DAY,
        "company": "Acme",
        "project": project.pk,
        "tax": "0.00",
        "total": TOTAL,
        "due": TOTAL,
        "lines": [(WORK, TOTAL)],
        "completed": False,
    }

    def compare(name: str, pk: int, **facts) -> tuple[dict, dict]:
        told, agreed = doors[name].read(pk), usual | facts
        known = doors[name].tells & agreed.keys()
        return {fact: told[fact] for fact in known}, {fact: agreed[fact] for fact in known}

    return compare


@pytest.mark.parametrize(("maker", "reader"), each(MAKERS, APIS))
def test_what_is_made_through_one_door_reads_the_same_through_another(
    doors, project, read, maker, reader
):
    pk = doors[maker].make(project)
    told, agreed = read(reader, pk, **numbered(maker, reader))
    assert told == agreed
    assert doors[reader].listed() == [pk]


def numbered(maker: str, reader: str = "") -> dict:
    """A draft of the page has no number yet; the CRM knows no PO number."""
    none = "" if reader == "teamwork" else None
    return {"page": {"number": none}, "v1": {"po": ""}}.get(maker, {})


@pytest.mark.parametrize(("maker", "reader"), each(PROGRAMS, ["page", "admin"]))
def test_the_pages_and_the_admin_show_what_a_program_made(doors, project, maker, reader):
    text = doors[reader].text(doors[maker].make(project))
    words = [NUMBER, "USD", "Acme", WORK, TOTAL]
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    ("maker", "changer"), [pair for pair in each(PROGRAMS, APIS) if pair[0] != pair[1]]
)
def test_what_one_dialect_made_each_changes_and_the_first_reads_it(
    doors, project, read, maker, changer
):
    pk = doors[maker].make(project)
    doors[changer].change(pk, "PAIR-2")
    told, agreed = read(maker, pk, number="PAIR-2")
    assert told == agreed


@pytest.mark.parametrize(("maker", "issuer"), each(PROGRAMS, ISSUERS))
def test_what_one_door_made_another_issues(doors, project, read, maker, issuer):
    pk = doors[maker].make(project)
    doors[issuer].issue(pk)
    states = STANDINGS["overdue" if is_late(pk) else "unpaid"]
    for reader, state in zip(("agency", "v1"), states, strict=False):
        told, agreed = read(reader, pk, state=state, **numbered(maker))
        assert told == agreed


def is_late(pk: int) -> bool:
    return Invoice.objects.get(pk=pk).due_on < organisation.today()


@pytest.mark.parametrize(("maker", "payer"), each(PROGRAMS, PAYERS))
def test_what_one_door_made_another_takes_the_money_for(doors, project, read, maker, payer):
    pk = doors[maker].make(project)
    doors["page"].issue(pk)
    doors[payer].pay(pk, TOTAL)
    for reader, state in zip(APIS, [*STANDINGS["paid"][:2], None], strict=True):
        told, agreed = read(reader, pk, due="0.00", state=state, **numbered(maker))
        assert told == agreed


@pytest.mark.parametrize(("maker", "ticker"), each(PROGRAMS, [*APIS, "page", "admin"]))
def test_what_one_door_made_another_marks_as_completed_and_open_again(
    doors, project, read, maker, ticker
):
    pk = doors[maker].make(project)
    for step, is_done in (("complete", True), ("reopen", False)):
        getattr(doors[ticker], step)(pk)
        for reader in APIS:
            told, agreed = read(reader, pk, completed=is_done, **numbered(maker))
            assert told == agreed
        assert ("Completed" in doors["page"].text(pk)) == is_done


@pytest.mark.parametrize("standing", STANDINGS)
def test_each_standing_is_told_in_the_words_of_the_dialect(doors, project, boss, standing):
    pk = stand(doors["agency"], project, boss, standing)
    agency, v1, page = STANDINGS[standing]
    told = [doors[name].read(pk)["state"] for name in ("agency", "v1")]
    assert told == [agency, v1]
    assert page in doors["page"].text(pk)
    assert doors["teamwork"].read(pk)["completed"] is False


def stand(door, project, boss, standing: str) -> int:
    """An invoice that stands so."""
    pk = door.make(project)
    invoice = Invoice.objects.get(pk=pk)
    due = organisation.today() + timedelta(days=30)
    if standing == "overdue":
        due = organisation.today() - timedelta(days=1)
    operations.update(invoice, by=boss, issued_on=due - timedelta(days=14), due_on=due)
    if standing != "draft":
        door.issue(pk)
    if standing in {"paid", "partial"}:
        door.pay(pk, TOTAL if standing == "paid" else "50")
    if standing == "voided":
        operations.void(invoice, by=boss)
    return pk


def test_an_expense_on_an_invoice_is_a_line_to_those_who_know_lines_only(
    doors, project, boss, read
):
    pk = doors["agency"].make(project)
    spent = expenses.pass_on(by=boss, name="Paint", amount=Decimal(25), project=project)
    filling.add(Invoice.objects.get(pk=pk), by=boss, expenses=[spent], untaxed=True)
    both = {"lines": [(WORK, TOTAL), ("Paint", "25.00")], "total": "175.00", "due": "175.00"}
    for reader in APIS:
        told, agreed = read(reader, pk, **both)
        assert told == agreed
