"""Line items: each change moves the totals with it."""

import pytest
from django.core.cache import cache

from agency.records.history import history_of
from agency.reference.taxes.models import Tax
from billing.invoices.tests.factories import make_budget, make_invoice, make_issued, make_time
from billing.models import InvoiceLine
from crm.models import TimeEntry

pytestmark = pytest.mark.django_db


def totals(api, person, invoice):
    shown = api(person).get(f"/api/invoices/{invoice.pk}").json()["invoice"]
    return shown["subtotal"], shown["tax"], shown["total"], shown["amount_due"]


def test_adding_changing_and_removing_a_line_moves_the_totals(api, staff):
    jane = staff()
    invoice = make_invoice(jane, lines=[])
    client, path = api(jane), f"/api/invoices/{invoice.pk}/line-items"

    body = {"description": "Design", "quantity": 1.5, "unit_price": "99.99"}
    added = client.post(path, body)
    assert added.status_code == 201
    item = added.json()["item"]
    assert (item["amount"], item["tax_amount"], item["total"]) == (149.99, 15.00, 164.99)
    assert totals(api, jane, invoice) == (149.99, 15.00, 164.99, 164.99)

    changed = client.put(f"{path}/{item['id']}", {"quantity": 2})
    assert changed.json()["item"]["amount"] == 199.98
    assert totals(api, jane, invoice) == (199.98, 20.00, 219.98, 219.98)

    assert client.delete(f"{path}/{item['id']}").json() == {"ok": True}
    assert totals(api, jane, invoice) == (0, 0, 0, 0)
    verbs = [event.verb for event in history_of(invoice)]
    assert verbs == ["line_item_removed", "line_item_updated", "line_item_added", "created"]


def test_a_line_says_its_own_tax(api, staff):
    jane = staff()
    invoice = make_invoice(jane, lines=[])

    answer = api(jane).post(
        f"/api/invoices/{invoice.pk}/line-items",
        {"description": "Export", "unit_price": 100, "tax_type": "EXEMPTEXPORT"},
    )

    assert (answer.json()["item"]["tax_amount"], answer.json()["item"]["total"]) == (0, 100)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "description"),
        ({"description": "x", "tax_type": "NOPE"}, "tax_type"),
        ({"description": "x", "quantity": "1e400"}, "quantity"),
        ({"description": "x", "quantity": True}, "quantity"),
        ({"description": "x", "unit_price": 10**13}, "unit_price"),
        ({"description": "x", "quantity": 10**11, "unit_price": 10**11}, "unit_price"),
        ({"description": "x", "service_type_id": 77}, "service_type_id"),
        ({"description": "x", "position": -1}, "position"),
    ],
)
def test_a_wrong_line_is_refused_by_name_and_nothing_changes(api, staff, body, field):
    jane = staff()
    invoice = make_invoice(jane)

    answer = api(jane).post(f"/api/invoices/{invoice.pk}/line-items", body)

    assert answer.status_code == 400, answer.json()
    assert list(answer.json()["errors"]) == [field]
    assert InvoiceLine.objects.count() == 1


def test_reordering_names_every_line_exactly_once(api, staff):
    jane = staff()
    invoice = make_invoice(jane, lines=[("A", 1, 1), ("B", 1, 2), ("C", 1, 3)])
    foreign = make_invoice(jane).lines.get().pk
    a, b, c = invoice.lines.order_by("position").values_list("pk", flat=True)
    reorder = f"/api/invoices/{invoice.pk}/line-items/reorder"
    order = lambda: [  # noqa: E731
        line["description"]
        for line in api(jane).get(f"/api/invoices/{invoice.pk}").json()["line_items"]
    ]

    for ids in ([a, b], [a, b, c, c], [a, b, foreign], [a, b, "x"], []):
        assert api(jane).put(reorder, {"item_ids": [str(pk) for pk in ids]}).status_code == 400
        assert order() == ["A", "B", "C"]
    answer = api(jane).put(reorder, {"item_ids": [str(c), str(a), str(b)]})
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert order() == ["C", "A", "B"]


def test_the_lines_of_an_issued_invoice_are_frozen(api, staff):
    jane = staff()
    invoice = make_issued(jane)
    line = invoice.lines.get()
    path = f"/api/invoices/{invoice.pk}/line-items"

    answers = [
        api(jane).post(path, {"description": "More"}),
        api(jane).put(f"{path}/{line.pk}", {"quantity": 2}),
        api(jane).delete(f"{path}/{line.pk}"),
        api(jane).put(f"{path}/reorder", {"item_ids": [str(line.pk)]}),
    ]

    assert [answer.status_code for answer in answers] == [409] * 4
    assert totals(api, jane, invoice) == (100, 10, 110, 110)


def test_removing_a_line_of_time_frees_the_time(api, staff):
    jane = staff()
    budget = make_budget(budget_type="time_and_materials")
    make_time(budget, jane)
    body = {"budget_id": budget.pk, "generate_from_budget": True}
    made = api(jane).post("/api/invoices", body).json()["invoice"]["id"]
    line = InvoiceLine.objects.get()

    api(jane).delete(f"/api/invoices/{made}/line-items/{line.pk}")

    assert TimeEntry.objects.to_invoice().count() == 1


def test_a_line_of_another_invoice_is_not_found(api, staff):
    jane = staff()
    mine, other = make_invoice(jane), make_invoice(jane)

    path = f"/api/invoices/{mine.pk}/line-items/{other.lines.get().pk}"
    assert api(jane).put(path, {"quantity": 2}).status_code == 404
    assert api(jane).delete(path).status_code == 404


@pytest.mark.parametrize(("level", "status"), [("view", 403), ("update", 200)])
def test_changing_lines_needs_the_update_level(api, staff, level, status):
    invoice = make_invoice(staff())
    line = invoice.lines.get()

    answer = api(staff(invoices=level)).delete(f"/api/invoices/{invoice.pk}/line-items/{line.pk}")

    assert answer.status_code == status
    assert InvoiceLine.objects.exists() == (status == 403)


def test_a_tax_that_is_no_longer_used_stays_on_the_line_that_has_it(api, staff):
    jane = staff()
    Tax.objects.create(code="OLD", name="Old GST", rate="0.08")
    invoice = make_invoice(jane)
    line = invoice.lines.get()
    path = f"/api/invoices/{invoice.pk}/line-items/{line.pk}"
    api(jane).put(path, {"tax_type": "OLD"})
    Tax.objects.filter(code="OLD").update(is_active=False)
    cache.clear()

    answer = api(jane).put(path, {"tax_type": "OLD", "quantity": 2})

    assert (answer.status_code, answer.json()["item"]["tax_amount"]) == (200, 16)
