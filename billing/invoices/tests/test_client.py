"""The client's link: what it shows, and when it stops."""

import re

import pytest
from django.core import mail as outbox

from agency.records.links import operations as links
from agency.reference import organisation
from agency.reference.models import Organisation
from billing.invoices import operations as invoices
from billing.invoices.tests.factories import make_customer, make_invoice, make_issued

pytestmark = pytest.mark.django_db


def linked(invoice, by) -> str:
    _, token = links.create(invoice, by=by)
    return f"/i/{token}"


def test_the_client_sees_the_invoice_without_signing_in(page, staff):
    Organisation.objects.update(abn="51824753556")
    organisation.forget()
    jane = staff()
    path = linked(make_issued(jane), jane)

    text = page().get(path).content.decode()
    assert "Tax invoice" in text
    assert "INV-2026-00001" in text
    assert page().get(f"{path}/pdf").content.startswith(b"%PDF")


def test_looking_writes_nothing_and_opening_is_told_by_a_post(page, staff):
    jane = staff()
    invoice = make_issued(jane)
    link, token = links.create(invoice, by=jane)

    page().get(f"/i/{token}")
    link.refresh_from_db()
    assert link.opened == 0
    assert page().post(f"/i/{token}").status_code == 204
    link.refresh_from_db()
    assert link.opened == 1


def test_a_wrong_revoked_or_foreign_link_is_not_found(page, staff):
    jane = staff()
    invoice = make_issued(jane)
    link, token = links.create(invoice, by=jane)
    customer_link = linked(invoice.customer, jane)
    deleted = make_issued(jane)
    gone = linked(deleted, jane)
    invoices.delete(deleted, by=jane)
    links.revoke(link, by=jane)

    for path in (
        f"/i/{token}",
        customer_link,
        gone,
        "/i/nonsense",
        linked(make_invoice(jane), jane),
    ):
        assert page().get(path).status_code == 404


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_sending_mails_the_pdf_and_a_link_that_works(api, page, staff, settings):
    settings.PUBLIC_BASE_URL = "https://agency.example.com"
    jane = staff()
    invoice = make_invoice(jane, customer=make_customer(email="accounts@harbourvine.example"))

    answer = api(jane).post(f"/api/invoices/{invoice.pk}/send", {"message": "As agreed."})

    assert answer.json()["invoice"]["status"] == "sent"
    [message] = outbox.outbox
    assert message.to == ["accounts@harbourvine.example"]
    [(name, content, kind)] = message.attachments
    assert (name, content[:4], kind) == ("INV-2026-00001.pdf", b"%PDF", "application/pdf")
    [path] = re.findall(r"https://agency\.example\.com(/i/\S+)", message.body)
    assert page().get(path).status_code == 200

    again = api(jane).post(f"/api/invoices/{invoice.pk}/send")
    assert again.status_code == 200
    assert len(outbox.outbox) == 1


def test_sending_without_an_address_is_refused_and_nothing_moves(api, staff):
    jane = staff()
    invoice = make_invoice(jane)

    answer = api(jane).post(f"/api/invoices/{invoice.pk}/send")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["to"])
    invoice.refresh_from_db()
    assert invoice.status == "draft"
