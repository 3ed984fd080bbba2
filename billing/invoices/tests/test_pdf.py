"""The tax invoice as a PDF, read back as text."""

import io

import pytest
from pypdf import PdfReader

from agency.reference import organisation
from agency.reference.models import Organisation
from billing.invoices import printing
from billing.invoices.tests.factories import make_budget, make_customer, make_issued, make_time

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _seller(db):
    Organisation.objects.update(
        legal_name="Paperbark Studio Pty Ltd", abn="51824753556", bank_bsb="062-000"
    )
    organisation.forget()


def text_of(content: bytes) -> str:
    return "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(content)).pages)


def test_it_shows_what_a_tax_invoice_must_show(api, staff):
    jane = staff()
    customer = make_customer(address="4 Hickson Road", tax_number="53 004 085 616")
    invoice = make_issued(jane, customer=customer, lines=[("Design", "1.5", "1000")])

    answer = api(jane).get(
        f"/api/invoices/{invoice.pk}/pdf", headers={"Accept": "application/json"}
    )

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="INV-2026-00001.pdf"'
    assert answer["X-PDF-Source"] == "local"
    text = text_of(answer.content)
    for words in (
        "Tax invoice",
        "INV-2026-00001",
        "Paperbark Studio Pty Ltd",
        "ABN 51 824 753 556",
        "Harbour & Vine",
        "4 Hickson Road",
        "2 November 2026",
        "Design",
        "1,500.00",
        "GST 10 %",
        "150.00",
        "AUD 1,650.00",
        "BSB 062-000",
        "Page 1 of 1",
    ):
        assert words in text


def test_an_unregistered_seller_issues_no_tax_invoice(staff):
    Organisation.objects.update(is_tax_registered=False)
    organisation.forget()
    invoice = make_issued(staff())

    text = printing.html(invoice)

    assert "Tax invoice" not in text
    assert "GST" not in text


def test_the_time_behind_it_can_be_appended(api, staff):
    from billing.invoices import operations as invoices

    jane = staff(first_name="Sofia")
    budget = make_budget(budget_type="time_and_materials")
    make_time(budget, jane, minutes=140, rate="50", description="Checkout flow")
    make_time(budget, jane, minutes=10, rate="50", description="Late fixes")
    invoice = invoices.create(by=jane, budget=budget, generate_from_budget=True)

    path = f"/api/invoices/{invoice.pk}/pdf"
    plain = text_of(api(jane).get(path).content)
    whole = text_of(api(jane).get(f"{path}?timesheet=1").content)

    assert "Checkout flow" not in plain
    assert "Checkout flow" in whole
    assert "2:20" in whole
    assert "Total, net of GST 2:30 AUD 125.00" in " ".join(whole.split())


def test_words_of_a_customer_are_text_and_never_markup(staff):
    customer = make_customer(name="<script>alert(1)</script>")
    invoice = make_issued(staff(), customer=customer, lines=[("<img src=x>", "1", "1")])

    html = printing.html(invoice)

    assert "<script>alert" not in html
    assert "<img src=x>" not in html


def test_without_an_abn_of_the_seller_it_is_an_invoice_and_no_tax_invoice(staff):
    Organisation.objects.update(abn="")
    organisation.forget()
    assert "Tax invoice" not in printing.html(make_issued(staff()))


def test_a_buyers_number_is_an_abn_only_where_it_is_one(staff):
    jane = staff()
    numbers = {"53004085616": "ABN 53 004 085 616", "DE129273398": "Tax number DE129273398"}
    for number, printed in numbers.items():
        invoice = make_issued(jane, customer=make_customer(tax_number=number))
        assert printing.document(invoice)["buyer"]["tax_number"] == printed


def test_a_billing_country_is_printed_by_its_name_abroad_and_not_at_home(staff):
    jane = staff()
    for country, printed in {
        "NZ": ["1 Quay Street", "New Zealand"],
        "AU": ["1 Quay Street"],
    }.items():
        customer = make_customer(billing_street="1 Quay Street", billing_country=country)
        assert (
            printing.document(make_issued(jane, customer=customer))["buyer"]["address"] == printed
        )


def test_prices_that_include_tax_say_so(staff):
    jane = staff()
    assert "Price incl. GST" in printing.html(make_issued(jane, prices_include_tax=True))
    assert "Price incl. GST" not in printing.html(make_issued(jane))
