"""The pages of expenses."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agency.records.models import Attachment
from billing.expenses import operations
from billing.expenses.models import Expense, ExpenseCategory
from billing.expenses.tests.factories import category, make_customer, make_expense, make_project
from billing.invoices import filling
from billing.invoices.tests.factories import make_budget, make_invoice, make_time
from billing.models import InvoiceLine

pytestmark = pytest.mark.django_db
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc0000000030001b5dd4d6e0000000049454e44ae426082"
)


def photograph(name: str = "receipt.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PIXEL, "image/png")


def typed(**values) -> dict:
    plain = {"category": 1, "amount": "1,250.00", "currency": "AUD", "spent_on": "2026-11-04"}
    return plain | values


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_however_long(page, staff, django_assert_num_queries, size):
    jane = staff()
    customer = make_customer()
    for _ in range(size):
        expense = make_expense(jane, customer=customer, is_billable=True)
        filling.add(make_invoice(jane, customer=customer), by=jane, expenses=[expense])
    client = page(jane)
    client.get("/expenses")
    # person, count, rows, tab counts, totals, saved views; choices of category, person and currency
    # (as a filter and as its words)
    with django_assert_num_queries(10):
        answer = client.get("/expenses")
    assert len(answer.context["rows"]) == size


def test_the_list_has_a_sum_for_each_currency(page, staff):
    jane = staff()
    make_expense(jane, amount="100", tax_type="OUTPUT")
    make_expense(jane, amount="50")
    make_expense(jane, amount="900", currency="JPY")

    totals = page(jane).get("/expenses").context["totals"]

    assert [(line["currency"], line["sums"]["total_total"]) for line in totals] == [
        ("AUD", 160),
        ("JPY", 900),
    ]


def test_an_expense_is_noted_with_its_receipt(page, staff, media):
    customer = make_customer()
    data = typed(name="Toner", customer=customer.pk, tax_type="OUTPUT", receipt=photograph())

    answer = page(staff()).post("/expenses/new", data)

    expense = Expense.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/expenses/{expense.pk}")
    assert (expense.amount, expense.tax, expense.customer) == (1250, 125, customer)
    receipt = Attachment.objects.about(expense).get()
    assert (receipt.name, receipt.content_type) == ("receipt.png", "image/png")


def test_the_record_shows_the_receipt(page, staff, media):
    jane = staff()
    expense = make_expense(jane, name="Toner", receipts=[photograph()])
    receipt = Attachment.objects.get()

    text = page(jane).get(f"/expenses/{expense.pk}").content.decode()

    assert f'<img src="/files/{receipt.pk}" alt="receipt.png"' in text
    picture = page(jane).get(f"/files/{receipt.pk}")
    assert (picture["Content-Type"], picture.getvalue()) == ("image/png", PIXEL)
    assert page(staff(moon="view")).get(f"/files/{receipt.pk}").status_code == 404


def test_a_refused_receipt_leaves_no_expense(page, staff, media):
    wrong = SimpleUploadedFile("receipt.exe", b"MZ\x90\x00\x03", "image/png")

    answer = page(staff()).post("/expenses/new", typed(name="Toner", receipt=wrong))

    assert answer.status_code == 422
    assert "Toner" in answer.content.decode()
    assert not Expense.objects.exists()


def test_the_form_starts_with_where_one_came_from(page, staff):
    lumen = make_customer("Lumen", currency="USD")
    project = make_project(lumen)

    first = page(staff()).get(f"/expenses/new?project={project.pk}").context["form"].initial

    assert (first["project"], first["customer"], first["currency"]) == (project, lumen, "USD")
    assert (first["is_billable"], first["tax_type"]) == (True, "OUTPUT")


def test_an_expense_is_changed_and_deleted(page, staff):
    jane = staff()
    expense, client = make_expense(jane), page(jane)
    categories = ExpenseCategory.objects.filter(pk=expense.category_id)
    categories.update(is_active=False)

    changed = client.post(f"/expenses/{expense.pk}/edit", typed(note="New"))
    assert changed.status_code == 302, changed.content.decode()
    expense.refresh_from_db()
    assert (expense.amount, expense.note) == (1250, "New")
    assert client.post(f"/expenses/{expense.pk}/delete")["Location"] == "/expenses"
    assert not Expense.objects.exists()


def test_one_on_an_invoice_offers_no_change(page, staff):
    jane = staff()
    expense = make_expense(jane, customer=make_customer(), is_billable=True)
    invoice = make_invoice(jane, customer=expense.customer)
    filling.add(invoice, by=jane, expenses=[expense])

    shown = page(jane).get(f"/expenses/{expense.pk}")

    reasons = {action.label: action.off for action in shown.context["buttons"]}
    assert reasons == {"Edit": f"It is on {invoice}"}
    assert page(jane).post(f"/expenses/{expense.pk}/edit", typed()).status_code == 422
    page(jane).post(f"/expenses/{expense.pk}/delete")
    assert Expense.objects.get().amount == 200


def test_many_are_put_into_a_category(page, staff):
    jane = staff()
    rows = [make_expense(jane) for _ in range(2)]
    data = {"action": "category", "row": [row.pk for row in rows], "confirmed": "1"}

    page(jane).post("/expenses", data | {"category": category("Travel").pk})

    assert {row.category.name for row in Expense.objects.all()} == {"Travel"}


def test_the_list_is_exported(page, staff):
    jane = staff()
    make_expense(jane, name="Toner", amount="12.5")

    text = page(jane).get("/expenses?export=csv").getvalue().decode("utf-8-sig")

    assert "Toner" in text
    assert "12.50" in text


@pytest.mark.parametrize("kind", ["customers", "projects"])
def test_customers_and_projects_show_their_expenses(page, staff, kind):
    jane = staff()
    customer = make_customer()
    project = make_project(customer)
    make_expense(jane, name="Toner", project=project)
    parent = {"customers": customer, "projects": project}[kind]

    text = page(jane).get(f"/{kind}/{parent.pk}/panels/expenses").content.decode()

    assert "Toner" in text


class TestTheDraftsPage:
    def test_expenses_of_the_company_are_offered_and_added(self, page, staff):
        jane = staff()
        expense = make_expense(jane, name="Toner", customer=make_customer(), is_billable=True)
        make_expense(jane, name="Foreign", customer=make_customer("Other"), is_billable=True)
        invoice = make_invoice(jane, customer=expense.customer, lines=[])
        client, path = page(jane), f"/invoices/{invoice.pk}/add-expenses"

        shown = client.get(path).content.decode()
        assert "Toner" in shown
        assert "Foreign" not in shown
        assert client.post(path, {}).status_code == 422
        assert client.post(path, {"chosen": [expense.pk]}).url == f"/invoices/{invoice.pk}"
        line = InvoiceLine.objects.get()
        assert (line.description, line.expense) == ("Toner", expense)
        assert "Toner" not in client.get(path).content.decode()
        assert (
            f'href="/expenses/{expense.pk}"'
            in client.get(invoice.get_absolute_url()).content.decode()
        )

    def test_time_of_the_company_is_offered_and_added(self, page, staff):
        jane = staff()
        budget = make_budget()
        entry = make_time(budget, jane, customer=budget.customer, description="Wireframes")
        invoice = make_invoice(jane, customer=budget.customer, lines=[])
        client, path = page(jane), f"/invoices/{invoice.pk}/add-time"

        assert "Wireframes" in client.get(path).content.decode()
        client.post(path, {"chosen": [entry.pk]})
        entry.refresh_from_db()
        assert entry.invoice_line == invoice.lines.get()

    def test_what_somebody_else_took_meanwhile_is_refused(self, page, staff):
        jane = staff()
        expense = make_expense(jane, customer=make_customer(), is_billable=True)
        invoice, other = (make_invoice(jane, customer=expense.customer) for _ in range(2))
        filling.add(other, by=jane, expenses=[expense])

        answer = page(jane).post(f"/invoices/{invoice.pk}/add-expenses", {"chosen": [expense.pk]})

        assert answer.status_code == 422
        assert invoice.lines.count() == 1

    def test_it_takes_the_right_to_see_expenses_as_well(self, page, staff):
        invoice = make_invoice(staff())
        lee = staff(invoices="update")

        assert page(lee).get(f"/invoices/{invoice.pk}/add-expenses").status_code == 403
        text = page(lee).get(f"/invoices/{invoice.pk}").content.decode()
        assert "Add expenses" not in text


def test_what_waits_to_be_billed_stands_on_the_home_page(page, staff):
    jane = staff()
    customer = make_customer()
    make_expense(jane, customer=customer, is_billable=True, amount="120")
    make_expense(jane, customer=customer, is_billable=True, amount="80")

    text = page(jane).get("/home/uninvoiced").content.decode()

    assert "Harbour &amp; Vine" in text
    assert "200.00" in text
    assert "Harbour" not in page(staff(invoices="view")).get("/home/uninvoiced").content.decode()


def test_categories_are_made_and_retired_in_the_settings(page, staff):
    client = page(staff())
    client.post("/settings/expense-categories/new", {"name": "Parking"})
    made = ExpenseCategory.objects.get(name="Parking")

    client.post(f"/settings/expense-categories/{made.pk}", {"name": "Parking and tolls"})

    made.refresh_from_db()
    assert (made.name, made.is_active) == ("Parking and tolls", False)
    assert "Parking and tolls" in client.get("/settings/expense-categories").content.decode()
    refused = client.post("/settings/expense-categories/new", {"name": "general"})
    assert refused.status_code == 422


def test_history_tells_which_invoice_passes_it_on(page, staff):
    jane = staff()
    expense = make_expense(jane, customer=make_customer(), is_billable=True)
    invoice = make_invoice(jane, customer=expense.customer)
    filling.add(invoice, by=jane, expenses=[expense])
    filling.remove(invoice, by=jane, expenses=[expense])

    text = page(jane).get(f"/activity/expense/{expense.pk}").content.decode()

    assert f"put it on Draft {invoice.pk}" in text
    assert f"took it off Draft {invoice.pk}" in text


def test_the_palette_finds_an_expense(staff):
    from billing.shell import find_expenses

    jane = staff()
    expense = make_expense(jane, name="Toner")

    hits = find_expenses(jane, "toner")

    assert [(hit.url, hit.detail) for hit in hits] == [(f"/expenses/{expense.pk}", "AUD 200.00")]
    assert operations.delete(expense, by=jane) is None
