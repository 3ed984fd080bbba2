"""Which contact in Xero a customer is: never guessed, never made twice."""

import pytest

from agency.errors import ConflictError, UnavailableError
from billing.bookkeeping import pushing
from billing.bookkeeping.models import ContactLink, Posting
from billing.invoices.tests.factories import make_customer, make_invoice
from crm.merging import operations as merging

pytestmark = pytest.mark.django_db


@pytest.fixture
def jane(staff):
    return staff(invoices="manage", customers="manage")


@pytest.fixture
def customer(db):
    return make_customer(name="Harbour & Vine", email="pay@harbour.example")


@pytest.fixture
def push(jane, customer):
    return lambda: pushing.push(make_invoice(jane, customer=customer), by=jane)


def contact_of(books, invoice) -> str:
    return books.invoices[invoice.xero_invoice_id]["Contact"]["ContactID"]


def test_our_id_comes_before_the_name(books, customer, push):
    books.add_contact("Harbour & Vine")
    ours = books.add_contact("H&V Pty Ltd", number=str(customer.pk))
    assert contact_of(books, push()) == ours


def test_the_exact_name_but_for_case_and_spaces(books, push):
    there = books.add_contact("HARBOUR  & vine")
    books.add_contact("Harbour & Vines")
    assert contact_of(books, push()) == there


def test_the_address_where_the_name_is_another(books, push):
    there = books.add_contact("H&V Pty Ltd", email="PAY@harbour.example")
    assert contact_of(books, push()) == there


def test_two_candidates_are_asked_about(books, customer, push):
    ids = {books.add_contact("Harbour & Vine"), books.add_contact("harbour & vine")}
    with pytest.raises(ConflictError, match="2 contacts in Xero may be Harbour & Vine"):
        push()
    link = ContactLink.objects.get(customer=customer)
    assert (link.state, {one["id"] for one in link.candidates}) == ("ask", ids)
    assert Posting.objects.get().state == Posting.State.ATTENTION
    assert books.invoices == {}


def test_one_that_stands_for_another_customer_is_asked_about(books, jane, push):
    other = make_customer(name="Harbour & Vine", email="")
    pushing.push(make_invoice(jane, customer=other), by=jane)
    with pytest.raises(ConflictError, match="stands for Harbour & Vine already"):
        push()


def test_a_merge_in_xero_is_followed(books, customer, push):
    first = contact_of(books, push())
    into = books.add_contact("Harbour Group")
    books.contacts[first] |= {"ContactStatus": "ARCHIVED", "MergedToContactID": into}
    assert contact_of(books, push()) == into
    assert ContactLink.objects.get(customer=customer).contact_id == into


def test_an_archived_one_is_to_be_repaired(books, customer, push):
    first = contact_of(books, push())
    books.contacts[first]["ContactStatus"] = "ARCHIVED"
    with pytest.raises(ConflictError, match="Harbour & Vine is archived in Xero"):
        push()
    assert ContactLink.objects.get(customer=customer).state == "broken"
    books.contacts[first]["ContactStatus"] = "ACTIVE"
    assert contact_of(books, push()) == first
    assert ContactLink.objects.get(customer=customer).state == "linked"


def test_a_contact_whose_answer_was_lost_is_not_made_again(books, jane, customer):
    invoice = make_invoice(jane, customer=customer)
    books.fails("PUT", "/Contacts", "lost after")
    with pytest.raises(UnavailableError):
        pushing.push(invoice, by=jane)
    pushing.push(invoice, by=jane)
    assert [one["ContactNumber"] for one in books.contacts.values()] == [str(customer.pk)]
    assert books.asked.count("PUT /Contacts") == 1


def test_merged_customers_keep_one_link(books, jane, customer, push):
    push()
    other = make_customer(name="Harbour and Vine")
    pushing.push(make_invoice(jane, customer=other), by=jane)
    merging.merge(other, into=customer, by=jane)
    link = ContactLink.objects.get()
    assert link.customer == customer
    assert contact_of(books, push()) == link.contact_id
