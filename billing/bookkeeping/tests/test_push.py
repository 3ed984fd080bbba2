"""Push to Xero: once, with our figures, whatever fails on the way."""

from decimal import Decimal

import pytest

from agency.errors import BusinessError, ConflictError, UnavailableError
from agency.records.outbox.models import Effect
from billing.bookkeeping import posted, pushing
from billing.bookkeeping.models import Posting
from billing.invoices.tests.factories import make_customer, make_invoice
from billing.models import Invoice
from billing.xero.models import ListedAccount, ListedTaxRate

pytestmark = pytest.mark.django_db
LOST = "lost after"


@pytest.fixture
def jane(staff):
    return staff(invoices="manage")


def sums_of(one: dict) -> tuple[Decimal, ...]:
    return tuple(Decimal(one[name]) for name in ("SubTotal", "TotalTax", "Total"))


def test_a_draft_is_finalised_and_stands_in_xero_as_a_draft(books, jane):
    invoice = make_invoice(jane, lines=[("Design", "2", "100.00"), ("Words", "1.5", "33.33")])
    pushed = pushing.push(invoice, by=jane)
    [there] = books.numbered(pushed.number)
    assert pushed.status == "finalised"
    assert pushed.xero_invoice_id == there["InvoiceID"]
    assert there["Status"] == pushed.xero_status == "DRAFT"
    assert sums_of(there) == (pushed.total - pushed.tax, pushed.tax, pushed.total)
    assert posted.of(pushed).state == Posting.State.DONE
    ids = [line.xero_line_id for line in pushed.lines.order_by("position")]
    assert ids == [line["LineItemID"] for line in there["LineItems"]]


def test_pushing_again_asks_xero_nothing(books, jane):
    invoice = pushing.push(make_invoice(jane), by=jane)
    asked = list(books.asked)
    assert pushing.push(invoice, by=jane).xero_invoice_id == invoice.xero_invoice_id
    assert books.asked == asked


def test_not_connected_changes_nothing(jane):
    invoice = make_invoice(jane)
    with pytest.raises(ConflictError, match="not connected"):
        pushing.push(invoice, by=jane)
    invoice.refresh_from_db()
    assert (invoice.status, invoice.number) == ("draft", None)


def test_a_line_without_account_is_named_before_anything_is_sent(books, connection, jane):
    connection.default_account_code = ""
    connection.save()
    invoice = make_invoice(jane)
    with pytest.raises(BusinessError) as refused:
        pushing.push(invoice, by=jane)
    assert refused.value.field == "lines.0.xero_account_code"
    assert books.asked == []
    invoice.refresh_from_db()
    assert invoice.status == "draft"


@pytest.mark.parametrize(
    ("given", "field"),
    [({"code": "200", "status": "ARCHIVED"}, "lines.0.xero_account_code")],
)
def test_an_archived_account_is_refused(books, jane, given, field):
    ListedAccount.objects.create(name="Sales", type="REVENUE", **given)
    with pytest.raises(BusinessError, match="archived") as refused:
        pushing.push(make_invoice(jane), by=jane)
    assert (refused.value.field, books.asked) == (field, [])


def test_a_rate_that_differs_in_xero_is_refused(books, jane):
    ListedTaxRate.objects.create(code="OUTPUT", name="GST", rate="0.15", status="ACTIVE")
    with pytest.raises(BusinessError, match="15 % in Xero and 10 % here") as refused:
        pushing.push(make_invoice(jane), by=jane)
    assert refused.value.field == "lines.0.tax_type"


def test_a_locked_period_is_refused(books, connection, jane):
    invoice = make_invoice(jane)
    connection.locked_until = invoice.issued_on
    connection.save()
    with pytest.raises(BusinessError, match="locked until") as refused:
        pushing.push(invoice, by=jane)
    assert refused.value.field == "issued_on"


def test_three_decimals_do_not_fit(books, jane):
    with pytest.raises(BusinessError, match="KWD has 3") as refused:
        pushing.push(make_invoice(jane, currency="KWD"), by=jane)
    assert refused.value.field == "currency"


def test_an_answer_that_got_lost_is_looked_up(books, jane):
    invoice = make_invoice(jane)
    books.fails("PUT", "/Invoices", LOST)
    with pytest.raises(UnavailableError) as waits:
        pushing.push(invoice, by=jane)
    assert waits.value.retry_after >= 1
    posting = Posting.objects.get()
    assert (posting.state, posting.xero_id) == (Posting.State.SENDING, "")
    pushed = pushing.push(invoice, by=jane)
    [there] = books.numbered(pushed.number)
    assert pushed.xero_invoice_id == there["InvoiceID"]
    assert books.asked.count("PUT /Invoices") == 1


def test_xero_refuses_in_its_own_words_and_a_second_try_is_another_call(books, jane):
    invoice = make_invoice(jane)
    no = {"Elements": [{"ValidationErrors": [{"Message": "Account code '200' is not valid."}]}]}
    books.fails("PUT", "/Invoices", (400, no, {}))
    with pytest.raises(ConflictError, match=r"^Account code '200' is not valid\.$"):
        pushing.push(invoice, by=jane)
    posting = Posting.objects.get()
    assert (posting.state, posting.version) == (Posting.State.ATTENTION, 1)
    assert Effect.objects.get(kind="xero.push").state == Effect.State.DEAD
    assert pushing.push(invoice, by=jane).xero_status == "DRAFT"
    posting.refresh_from_db()
    assert (posting.state, posting.version) == (Posting.State.DONE, 2)


def test_a_limit_parks_it_without_counting(books, jane):
    busy = {"Retry-After": "7", "X-Rate-Limit-Problem": "minute"}
    books.fails("GET", "/Contacts", (429, {}, busy))
    with pytest.raises(UnavailableError) as waits:
        pushing.push(make_invoice(jane), by=jane)
    assert 6 <= waits.value.retry_after <= 8
    effect = Effect.objects.get(kind="xero.push")
    assert (effect.state, effect.attempts) == (Effect.State.WAITING, 0)


def test_an_outage_waits_and_the_outbox_goes_on(books, jane):
    invoice = make_invoice(jane)
    books.fails("PUT", "/Invoices", (503, b"<html>down</html>", {}))
    with pytest.raises(UnavailableError):
        pushing.push(invoice, by=jane)
    effect = Effect.objects.get(kind="xero.push")
    assert (effect.state, effect.attempts) == (Effect.State.WAITING, 1)


def test_a_number_that_means_something_else_there_is_never_adopted(books, jane):
    first = pushing.push(make_invoice(jane), by=jane)
    books.numbered(first.number)[0]["InvoiceNumber"] = "INV-TAKEN"
    other = make_invoice(jane, customer=first.customer, number="INV-TAKEN", lines=[("B", "1", "7")])
    with pytest.raises(ConflictError, match="Xero already has an invoice with this number"):
        pushing.push(other, by=jane)
    assert Invoice.objects.get(pk=other.pk).xero_invoice_id is None
    assert books.asked.count("PUT /Invoices") == 1


def test_what_xero_made_otherwise_is_shown(books, jane):
    invoice = make_invoice(jane)
    books.fails("PUT", "/Invoices", LOST)
    with pytest.raises(UnavailableError):
        pushing.push(invoice, by=jane)
    pushed = pushing.push(invoice, by=jane)
    books.invoices[pushed.xero_invoice_id]["Total"] = "110.01"
    Posting.objects.update(state=Posting.State.SENT)
    with pytest.raises(ConflictError, match=r"The total is 110\.01 in Xero and 110\.00 here"):
        pushing.push(invoice, by=jane)
    assert Posting.objects.get().differs_in == {"total": ["110.00", "110.01"]}


@pytest.mark.parametrize("right", ["view"])
def test_who_may_only_look_pushes_nothing(books, staff, jane, right):
    invoice = make_invoice(jane)
    with pytest.raises(BusinessError, match="invoices:update"):
        pushing.push(invoice, by=staff(invoices=right))
    assert (Posting.objects.count(), books.asked) == (0, [])


def test_a_customer_is_made_once_there(books, jane):
    customer = make_customer(name="Harbour & Vine", email="pay@harbour.example")
    for _ in range(2):
        pushing.push(make_invoice(jane, customer=customer), by=jane)
    assert [one["ContactNumber"] for one in books.contacts.values()] == [str(customer.pk)]
