"""The queue of contacts: a person says which one it is, and what waited goes on."""

from functools import partial

import pytest

from agency.errors import ConflictError
from agency.records.models import Event
from billing.bookkeeping import posted, pushing
from billing.bookkeeping.models import ContactLink
from billing.bookkeeping.tests.factories import again
from billing.invoices.tests.factories import make_customer, make_issued
from billing.xero import gateway

pytestmark = pytest.mark.django_db
QUEUE = "/settings/xero-contacts"


@pytest.fixture
def boss(staff, xero):
    return staff(invoices="update")


@pytest.fixture
def worker(django_capture_on_commit_callbacks):
    return partial(django_capture_on_commit_callbacks, execute=True)


@pytest.fixture
def customer(db):
    return make_customer(name="Harbour & Vine", email="pay@harbour.example")


@pytest.fixture
def two(xero):
    """Two contacts of that address in Xero, and neither of its name."""
    names = ("Harbour East", "Harbour West")
    return [xero.contact(name, EmailAddress="pay@harbour.example") for name in names]


def wait(customer, by):
    """An invoice that waits for the choice, and the link that asks."""
    invoice = make_issued(by, customer=customer)
    with pytest.raises(ConflictError, match="under Contacts in Xero"):
        pushing.push(invoice, by=by)
    return invoice, ContactLink.objects.get(customer=customer)


def address(link, step: str, contact: str = "") -> str:
    return f"{QUEUE}/{link.pk}/{step}" + (f"?contact={contact}" if contact else "")


def press(client, path: str, **values) -> list[str]:
    """Take a step of the queue; what the page then says."""
    response = client.post(path, values)
    assert response.status_code in {302, 303}
    return [str(one) for one in client.get(response["Location"]).context["messages"]]


def test_one_is_chosen_and_its_invoice_goes_on(two, customer, boss, page, worker):
    invoice, link = wait(customer, boss)
    text = page(boss).get(QUEUE).content.decode()
    assert [text.count(one["Name"]) > 0 for one in two] == [True, True]
    west = two[1]["ContactID"]
    assert "Harbour West" in page(boss).get(address(link, "use", west)).content.decode()
    with worker():
        told = press(page(boss), address(link, "use", west))
    assert told == ["Harbour & Vine is Harbour West in Xero."]
    there = gateway.gateway().invoice(again(invoice).xero_invoice_id)
    assert (there.contact_id, posted.of(invoice).state) == (west, "done")
    event = Event.objects.filter(subject_type="xero_contact", verb="contact_linked").get()
    assert event.by == boss
    assert "Harbour & Vine" not in page(boss).get(QUEUE).content.decode()


def test_a_new_one_is_made_under_a_name_of_its_own(two, customer, boss, page, worker):
    invoice, link = wait(customer, boss)
    taken = page(boss).post(address(link, "new"), {"name": "Harbour East"})
    assert (taken.status_code, "already assigned" in taken.content.decode()) == (422, True)
    with worker():
        told = press(page(boss), address(link, "new"), name="Harbour & Vine")
    assert told == ["Harbour & Vine is Harbour & Vine in Xero."]
    there = gateway.gateway().contact(ContactLink.objects.get().contact_id)
    assert (there.name, there.number) == ("Harbour & Vine", str(customer.pk))
    assert again(invoice).xero_status == "DRAFT"


def test_an_archived_one_is_repaired_in_xero_and_looked_for_again(
    xero, customer, boss, page, worker
):
    first = pushing.push(make_issued(boss, customer=customer), by=boss)
    contact = gateway.gateway().invoice(first.xero_invoice_id).contact_id
    xero.archive_contact(contact)
    invoice, link = wait(customer, boss)
    assert "Archived in Xero" in page(boss).get(QUEUE).content.decode()
    [told] = press(page(boss), address(link, "again"))
    assert "archived in Xero" in told
    xero.books.contacts[contact]["ContactStatus"] = "ACTIVE"
    with worker():
        page(boss).post(address(link, "again"))
    assert (ContactLink.objects.get().state, again(invoice).xero_status) == ("linked", "DRAFT")


def test_an_archived_one_gives_way_to_another_of_that_name(xero, customer, boss, page, worker):
    first = pushing.push(make_issued(boss, customer=customer), by=boss)
    xero.archive_contact(gateway.gateway().invoice(first.xero_invoice_id).contact_id)
    invoice, link = wait(customer, boss)
    other = xero.contact("Harbour & Vine")["ContactID"]
    page(boss).post(address(link, "again"))
    assert [one["id"] for one in ContactLink.objects.get().candidates] == [other]
    with worker():
        page(boss).post(address(link, "use", other))
    assert gateway.gateway().invoice(again(invoice).xero_invoice_id).contact_id == other


def test_only_what_is_offered_and_stands_may_be_chosen(xero, two, customer, boss, page):
    _, link = wait(customer, boss)
    strange = press(page(boss), address(link, "use", "elsewhere"))
    assert strange == ["Choose one of the contacts that are offered."]
    xero.archive_contact(two[0]["ContactID"])
    archived = press(page(boss), address(link, "use", two[0]["ContactID"]))
    assert archived == ["Harbour East is archived in Xero: restore it there first."]
    page(boss).post(address(link, "use", two[1]["ContactID"]))
    late = page(boss).post(address(link, "new"), {"name": "Harbour North"})
    assert "is Harbour West in Xero already" in late.content.decode()


def test_who_may_see_the_queue_and_who_may_choose(two, customer, boss, page, staff):
    _, link = wait(customer, boss)
    viewer = page(staff(invoices="view"))
    text = viewer.get(QUEUE).content.decode()
    assert ("Harbour East" in text, "Use this one" in text, "Make a new" in text) == (1, 0, 0)
    assert [viewer.post(address(link, step)).status_code for step in ("use", "new", "again")] == [
        403,
        403,
        403,
    ]
    assert page(staff(customers="manage")).get(QUEUE).status_code == 403
    stranger = page(staff(invoices="update", scope="own"))
    assert "Harbour" not in stranger.get(QUEUE).content.decode()
    assert stranger.post(address(link, "use", two[0]["ContactID"])).status_code == 404
    assert page(boss).post(f"{QUEUE}/999999/again").status_code == 404
    assert ContactLink.objects.get().state == "ask"
