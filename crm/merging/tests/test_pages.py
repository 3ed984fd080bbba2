"""The page on which customers are merged."""

import pytest

from crm.customers.models import Customer
from crm.customers.tests.factories import make_contact, make_customer, make_deal, make_project
from crm.merging import moving
from crm.merging.duplicates import plain_name, suggestions

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("mine", "theirs", "reason"),
    [
        ({"name": "Harbour & Vine"}, {"name": "HARBOUR AND VINE Pty. Ltd."}, "same name"),
        ({"domain": "acme.example"}, {"domain": "ACME.example"}, "same domain"),
        ({"email": "a@acme.example"}, {"email": "A@acme.example"}, "same e-mail"),
        ({"tax_number": "51 824 753 556"}, {"tax_number": "51824753556"}, "same tax number"),
    ],
)
def test_what_agrees_is_suggested_with_the_reason(staff, mine, theirs, reason):
    customer, other = make_customer(**mine), make_customer(**theirs)
    make_customer(name="Banksia", domain="banksia.example", email="b@x.example", tax_number="9")

    [found] = suggestions(customer, staff())

    assert (found.customer, found.reasons) == (other, [reason])


def test_a_shared_person_is_suggested_and_what_was_merged_or_is_unseen_is_not(staff):
    me = staff(customers="manage", scope="own")
    customer, other, foreign = (make_customer(owner=one) for one in (me, me, staff()))
    merged = make_customer(owner=me, merged_into=other)
    for number, one in enumerate((customer, other, foreign, merged)):
        email = "pat@acme.example" if number % 2 else "PAT@acme.example"
        make_contact(one, email=email)

    found = [(one.customer, one.reasons) for one in suggestions(customer, me)]

    assert found == [(other, ["same person"])]


def test_a_name_of_nothing_but_common_words_is_compared_whole():
    assert plain_name("The Company") == "the company"
    assert plain_name("O’Brien & Co.") == "obrien"


def test_both_are_shown_with_what_moves_and_become_one(page, staff):
    stays = make_customer(name="Acme", email="hello@acme.example")
    gone = make_customer(name="ACME Pty Ltd", phone="02 9000 0000")
    make_deal(customer=gone)
    make_project(customer=gone)
    make_contact(gone)
    client, path = page(staff()), f"/customers/{stays.pk}/merge"

    offered = client.get(path)
    shown = client.get(path, {"other": gone.pk})
    answer = client.post(f"{path}?other={gone.pk}")

    assert [one.customer for one in offered.context["suggestions"]] == [gone]
    assert shown.context["counts"] == [("Contacts", 1), ("Deals", 1), ("Projects", 1)]
    taken = [row.label for row in shown.context["sides"] if row.taken]
    assert taken == ["Phone"]
    assert answer.headers["Location"] == stays.get_absolute_url()
    record = client.get(gone.get_absolute_url())
    assert "Merged into" in record.content.decode()
    assert (record.context["menu"], record.context["buttons"]) == ([], [])
    assert "ACME Pty Ltd" in client.get(stays.get_absolute_url()).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_preview_takes_as_many_statements_however_much_moves(
    page, staff, django_assert_num_queries, number
):
    stays, gone = make_customer(), make_customer()
    for at in range(number):
        make_deal(customer=gone)
        make_contact(gone, email=f"{at}@acme.example")
        make_contact(stays, email=f"{at}@acme.example")
    client, path = page(staff()), f"/customers/{stays.pk}/merge?other={gone.pk}"
    client.get(path)
    kinds = len(moving.rows_of(gone))  # one statement for each kind of row that names a customer
    with django_assert_num_queries(11 + kinds):
        client.get(path)


def test_who_may_only_change_customers_may_not_merge_them(page, staff):
    stays, gone = make_customer(), make_customer()
    path = f"/customers/{stays.pk}/merge?other={gone.pk}"

    for person, allowed in ((staff(customers="update"), False), (staff(customers="manage"), True)):
        menu = page(person).get(stays.get_absolute_url()).context["menu"]
        assert ("Merge…" in [action.label for action in menu]) is allowed
    assert page(staff(customers="update")).post(path).status_code == 403
    assert Customer.objects.unmerged().count() == 2


def test_a_customer_beyond_ones_reach_is_not_found(page, staff):
    me = staff(customers="manage", scope="own")
    mine, foreign = make_customer(owner=me), make_customer(owner=staff())
    client = page(me)

    assert client.post(f"/customers/{mine.pk}/merge?other={foreign.pk}").status_code == 404
    assert client.get(f"/customers/{foreign.pk}/merge?other={mine.pk}").status_code == 404
    assert client.post(f"/customers/{mine.pk}/merge").headers["Location"] == (
        mine.get_absolute_url()
    )
    assert Customer.objects.unmerged().count() == 2
