"""Credit notes through the agency API."""

from decimal import Decimal

import pytest

from agency.reference.organisation import operations as settings
from billing.credit_notes import printing
from billing.credit_notes.tests.factories import make_issued_note, make_note
from billing.invoices.tests.factories import make_customer, make_issued

pytestmark = pytest.mark.django_db


def test_an_invoice_is_credited_from_draft_to_balance(api, staff):
    jane = staff()
    invoice = make_issued(jane)
    client = api(jane)

    made = client.post("/api/credit-notes", {"invoice_id": str(invoice.pk), "reason": "Late"})
    assert made.status_code == 201, made.json()
    note = made.json()["credit_note"]
    assert (note["status"], note["total"], note["invoice_number"]) == (
        "draft",
        110,
        invoice.number,
    )
    path = f"/api/credit-notes/{note['id']}"
    issued = client.post(f"{path}/issue").json()["credit_note"]
    assert (issued["status"], issued["remaining"]) == ("issued", 110)
    applied = client.post(f"{path}/apply", {"invoice_id": str(invoice.pk), "amount": 60})
    assert applied.status_code == 201, applied.json()
    assert applied.json()["application"]["amount"] == 60
    paid = client.post(f"{path}/refund", {"amount": "50.00", "reference": "HV-1"}).json()
    assert (paid["refund"]["reference"], paid["credit_note"]["remaining"]) == ("HV-1", 0)

    detail = client.get(path).json()
    assert sorted(detail) == ["applications", "credit_note", "line_items", "refunds"]
    assert [row["amount"] for row in detail["applications"] + detail["refunds"]] == [60, 50]
    shown = client.get(f"/api/invoices/{invoice.pk}").json()
    assert shown["invoice"]["amount_credited"] == 60
    assert [row["credit_note_number"] for row in shown["credits"]] == [issued["credit_note_number"]]

    (credit,), (refund,) = detail["applications"], detail["refunds"]
    assert client.delete(f"{path}/applications/{credit['id']}").json() == {"ok": True}
    assert client.delete(f"{path}/refunds/{refund['id']}").json() == {"ok": True}
    assert client.get(f"{path}/applications").json() == {"applications": []}
    assert client.post(f"{path}/void").json()["credit_note"]["status"] == "voided"


def test_the_lines_of_a_draft_are_sent_with_it(api, staff):
    jane, customer = staff(), make_customer()
    client = api(jane)
    rows = [{"description": "Goodwill", "quantity": 2, "unit_price": 25}]

    body = {"company_id": str(customer.pk), "line_items": rows}
    made = client.post("/api/credit-notes", body).json()["credit_note"]
    assert (made["subtotal"], made["total"]) == (50, 55)
    path = f"/api/credit-notes/{made['id']}"
    rows = [{"description": "Goodwill", "unit_price": 40}]
    changed = client.put(path, {"line_items": rows, "reference": "PO 7"}).json()["credit_note"]
    assert (changed["total"], changed["reference"]) == (44, "PO 7")
    assert client.delete(path).json() == {"ok": True}
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("step", "body", "field"),
    [
        ("apply", {}, "invoice_id"),
        ("apply", {"invoice_id": "9999999"}, "invoice_id"),
        ("apply", {"amount": 0}, "amount"),
        ("apply", {"amount": "110.01"}, "amount"),
        ("apply", {"amount": 5, "date": "soon"}, "date"),
        ("refund", {}, "amount"),
        ("refund", {"amount": "0.001"}, "amount"),
        ("refund", {"amount": 5, "payment_mode_id": "9999999"}, "payment_mode_id"),
    ],
)
def test_a_refusal_names_the_field(api, staff, step, body, field):
    jane = staff()
    invoice = make_issued(jane)
    note = make_issued_note(jane, customer=invoice.customer)
    if step == "apply" and field != "invoice_id":
        body = {"invoice_id": str(invoice.pk), **body}

    answer = api(jane).post(f"/api/credit-notes/{note.pk}/{step}", body)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_a_note_without_a_company_is_refused(api, staff):
    answer = api(staff()).post("/api/credit-notes", {"line_items": []})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["company_id"])


def test_the_list_is_filtered_searched_and_sorted(api, staff):
    jane = staff()
    invoice = make_issued(jane)
    of_invoice = make_issued_note(jane, invoice=invoice)
    draft = make_note(jane, customer=make_customer(name="Quay"), lines=[("Big", "1", "900")])

    def found(query: str) -> list[str]:
        rows = api(jane).get(f"/api/credit-notes?{query}").json()["credit_notes"]
        return [row["id"] for row in rows]

    both = [str(draft.pk), str(of_invoice.pk)]
    assert found("sort=-total") == both
    assert found(f"invoice_id={invoice.pk}") == both[1:]
    assert found("search=quay") == found("status=draft") == both[:1]
    assert found(f"company_id={invoice.customer_id}") == found("status=issued") == both[1:]
    assert api(jane).get("/api/credit-notes?sort=colour").status_code == 400


@pytest.mark.parametrize("number", [3, 30])
def test_lists_take_as_many_statements_however_long(
    api, page, staff, django_assert_num_queries, number
):
    jane, customer = staff(), make_customer()
    for _ in range(number):
        make_note(jane, customer=customer)
    client, browser = api(jane), page(jane)
    client.get("/api/credit-notes")
    browser.get("/credit-notes")

    with django_assert_num_queries(1):
        assert len(client.get("/api/credit-notes").json()["credit_notes"]) == number
    with django_assert_num_queries(6):
        assert browser.get("/credit-notes").status_code == 200


def test_the_print_is_an_adjustment_note_of_its_invoice(staff):
    jane = staff()
    settings.update(by=jane, abn="51824753556")
    invoice = make_issued(jane)
    about = printing.document(make_issued_note(jane, invoice=invoice, reason="Late"))
    free = printing.document(make_issued_note(jane, customer=invoice.customer))

    assert (about["title"], about["about"]["number"]) == ("Adjustment note", invoice.number)
    assert about["seller"]["abn"] == "51 824 753 556"
    assert (free["title"], free["about"]) == ("Credit note", {})
    assert printing.pdf(about["note"]).startswith(b"%PDF")


def test_the_dialogs_put_a_note_on_an_invoice_and_pay_it_back(page, staff):
    jane = staff()
    invoice = make_issued(jane)
    other = make_issued(jane)
    note = make_issued_note(jane, customer=invoice.customer)
    client, path = page(jane), f"/credit-notes/{note.pk}"

    form = client.get(f"{path}/apply").context["form"]
    assert [str(label) for _, label in form.fields["invoice"].choices] == [
        f"{invoice} · AUD 110.00 due"
    ]
    body = {"invoice": invoice.pk, "amount": "60", "applied_on": "2026-11-20"}
    assert client.post(f"{path}/apply", body | {"invoice": other.pk}).status_code == 422
    assert client.post(f"{path}/apply", body | {"amount": "200"}).status_code == 422
    assert client.post(f"{path}/apply", body).status_code == 302
    body = {"amount": "50", "paid_on": "2026-11-20"}
    assert client.post(f"{path}/refund", body).status_code == 302
    note.refresh_from_db()
    assert (note.amount_applied, note.amount_refunded) == (Decimal(60), Decimal(50))
    shown = client.get(path).content.decode()
    assert invoice.number in shown
    panel = client.get(f"/invoices/{invoice.pk}/panels/credits").content.decode()
    assert note.number in panel


def test_an_invoice_offers_its_credit_note_and_opens_the_draft(page, staff):
    jane = staff()
    invoice = make_issued(jane)
    client = page(jane)

    menu = client.get(invoice.get_absolute_url()).context["menu"]
    assert "Credit note" in [action.label for action in menu]
    answer = client.post(f"/invoices/{invoice.pk}/credit")
    note = invoice.credit_notes.get()
    assert answer.headers["Location"] == f"/credit-notes/{note.pk}/edit"
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get("/credit-notes/new").status_code == 200
