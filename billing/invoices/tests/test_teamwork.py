"""Invoices in Teamwork's dialect: its own samples to the letter, and each of its verbs."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from billing.expenses.models import ExpenseCategory
from billing.invoices import line_operations as lines
from billing.invoices import operations as invoices
from billing.models import Expense, Invoice
from crm.models import Customer, Project, TimeEntry

pytestmark = pytest.mark.django_db
DAY = date(2015, 6, 17)


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2015, 6, 17, hour, minute, second, tzinfo=UTC)


@pytest.fixture
def daniel(staff):
    return staff("executive", first_name="Daniel", last_name="Mackey")


@pytest.fixture
def project(daniel):
    apple = Customer.objects.create(name="Apple", owner=daniel)
    return Project.objects.create(name="API Private Items", customer=apple, currency="USD")


@pytest.fixture
def tractor(api, daniel, project):
    """The invoice of the document: 140 and 20 minutes at 50.00, tyres and paint."""
    made = post(
        api(daniel),
        f"/projects/{project.pk}/invoices.json",
        {
            "description": "Replace tractor",
            "number": "INV0001",
            "po-number": "PO0001",
            "display-date": "20150617",
            "currency-code": "USD",
        },
    )
    entries = [
        time(project, daniel, 140, at(12, 25), "Painting decal on engine housing"),
        time(project, daniel, 20, at(14, 25), "Work on putting new tyres on"),
    ]
    expenses = [spent(project, daniel, "4 New Tyres", 200), spent(project, daniel, "Paint", 25)]
    fill(api(daniel), made["id"], entries, expenses)
    Invoice.objects.filter(pk=made["id"]).update(
        created_at=at(13, 50, 24), updated_at=at(13, 50, 24)
    )
    return Invoice.objects.get(pk=made["id"])


def time(project, person, minutes, began, description):
    return TimeEntry.objects.create(
        staff=person,
        project=project,
        customer=project.customer,
        date=DAY,
        minutes=minutes,
        started_at=began,
        ended_at=began,
        description=description,
        rate=50,
        currency="USD",
        amount=Decimal(minutes * 50 / 60).quantize(Decimal("0.01")),
    )


def spent(project, person, name, amount):
    return Expense.objects.create(
        category=ExpenseCategory.objects.first(),
        name=name,
        project=project,
        customer=project.customer,
        spent_on=DAY,
        amount=amount,
        total=amount,
        currency="USD",
        is_billable=True,
        created_by=person,
    )


def post(client, url: str, fields: dict) -> dict:
    answer = client.post(url, {"invoice": fields})
    assert answer.status_code == 201, answer.content
    return answer.json()


def ids(rows) -> str:
    return ",".join(str(row.pk) for row in rows)


def fill(client, pk, entries=(), expenses=(), verb="add"):
    chosen = {"timelogs": ids(entries), "expenses": ids(expenses)}
    return client.put(f"/invoices/{pk}/lineitems.json", {"lineitems": {verb: chosen}})


HEAD = {
    "exported-by-user-id": "",
    "exported-by-user-firstname": "",
    "exported-by-user-lastname": "",
    "exported-date": "",
    "created-by-user-firstname": "Daniel",
    "created-by-user-lastname": "Mackey",
    "edited-by-user-firstname": "Daniel",
    "edited-by-user-lastname": "Mackey",
    "description": "Replace tractor",
    "fixed-cost": "",
    "status": "active",
    "number": "INV0001",
    "po-number": "PO0001",
    "project-name": "API Private Items",
    "company-name": "Apple",
    "display-date": "20150617",
    "date-created": "2015-06-17T13:50:24Z",
    "date-updated": "2015-06-17T13:50:24Z",
    "currency-code": "USD",
}


class TestTheDocument:
    def test_the_single_invoice_of_the_document_is_answered_to_the_letter(
        self, api, daniel, project, tractor
    ):
        person = str(daniel.pk)
        logs = list(TimeEntry.objects.order_by("pk"))
        receipts = list(Expense.objects.order_by("pk"))
        item = {
            "rate": "50.00",
            "user-lastname": "Mackey",
            "user-firstname": "Daniel",
            "user-id": person,
            "billable": "1",
            "task-name": "",
            "task-id": "",
        }
        expense = {
            "invoice-id": str(tractor.pk),
            "created-by-user-firstname": "Daniel",
            "created-by-user-lastname": "Mackey",
            "created-by-user-id": person,
            "description": "",
            "date": "20150617",
        }
        assert api(daniel).get(f"/invoices/{tractor.pk}.json").json() == {
            "invoice": {
                **HEAD,
                "id": str(tractor.pk),
                "project-id": str(project.pk),
                "company-id": str(project.customer_id),
                "created-by-user-id": person,
                "update-by-user-id": person,
                "line-items": [
                    item
                    | {
                        "id": str(logs[0].pk),
                        "minutes": "140",
                        "decimal-hours": "2.33",
                        "date-logged-utc": "2015-06-17T12:25:00Z",
                        "description": "Painting decal on engine housing",
                        "cost": "116.67",
                    },
                    item
                    | {
                        "id": str(logs[1].pk),
                        "minutes": "20",
                        "decimal-hours": "0.33",
                        "date-logged-utc": "2015-06-17T14:25:00Z",
                        "description": "Work on putting new tyres on",
                        "cost": "16.67",
                    },
                ],
                "expenses": [
                    expense | {"id": str(receipts[0].pk), "name": "4 New Tyres", "cost": "200.00"},
                    expense | {"id": str(receipts[1].pk), "name": "Paint", "cost": "25.00"},
                ],
                "total-time": "160",
                "total-time-decimal": "2.66",
                "total-cost": "358.34",
            }
        }

    def test_the_list_of_the_document_is_answered_to_the_letter(
        self, api, daniel, project, tractor
    ):
        row = HEAD | {
            "id": str(tractor.pk),
            "project-id": str(project.pk),
            "company-id": str(project.customer_id),
            "created-by-user-id": str(daniel.pk),
            "update-by-user-id": str(daniel.pk),
        }
        for url in ("/invoices.json", f"/projects/{project.pk}/invoices.json"):
            assert api(daniel).get(url).json() == {"invoices": [row]}

    def test_a_create_answers_the_number_of_the_record_in_body_and_header(
        self, api, daniel, project
    ):
        body = {"invoice": {"project-id": str(project.pk), "fixed-cost": "", "number": ""}}
        answer = api(daniel).post("/invoices.json", body)
        made = Invoice.objects.get()
        assert (answer.status_code, answer.json()) == (201, {"STATUS": "OK", "id": made.pk})
        assert answer["id"] == str(made.pk)
        assert (made.project, made.customer, made.currency) == (project, project.customer, "USD")
        assert made.number.startswith("INV-")

    def test_an_update_and_a_delete_say_ok_and_no_more(self, api, daniel, tractor):
        url = f"/invoices/{tractor.pk}.json"
        body = {"invoice": {"description": "New machinery", "display-date": "20150618"}}
        assert api(daniel).put(url, body).json() == {"STATUS": "OK"}
        tractor.refresh_from_db()
        assert (tractor.subject, tractor.issued_on) == ("New machinery", date(2015, 6, 18))
        assert api(daniel).delete(url).json() == {"STATUS": "OK"}
        assert api(daniel).get(url).status_code == 404
        assert TimeEntry.objects.filter(invoice_line=None).count() == 2


class TestLists:
    @pytest.fixture
    def three(self, daniel, project):
        """Two invoices of the project, one of them complete, and one of a finished project."""
        done = Project.objects.create(name="Done", status="finished", customer=project.customer)
        made = [
            invoices.create(by=daniel, project=where, customer=where.customer, number=number)
            for where, number in ((project, "A"), (project, "B"), (done, "C"))
        ]
        Invoice.objects.filter(number="B").update(completed_at=at(1, 1))
        invoices.create(by=daniel, number="without a project")
        return made

    @pytest.mark.parametrize(
        ("query", "numbers"),
        [
            ("", ["A"]),
            ("type=completed", ["B"]),
            ("type=all&projectStatus=all", ["A", "B", "C"]),
            ("projectStatus=archived", ["C"]),
        ],
    )
    def test_they_show_what_is_asked_for(self, api, daniel, three, query, numbers):
        rows = api(daniel).get(f"/invoices.json?{query}").json()["invoices"]
        assert sorted(row["number"] for row in rows) == numbers

    def test_pages_are_told_in_headers(self, api, daniel, three):
        get = api(daniel).get
        url = "/invoices.json?type=all&projectStatus=all&pageSize=2"
        pages = [get(f"{url}&page={number}") for number in (1, 2, 3)]
        shown = [[row["number"] for row in page.json()["invoices"]] for page in pages]
        assert shown == [["C", "B"], ["A"], []]
        assert [(p["x-page"], p["x-pages"], p["x-records"]) for p in pages] == [
            ("1", "2", "3"),
            ("2", "2", "3"),
            ("3", "2", "3"),
        ]

    def test_a_word_that_nobody_knows_is_refused(self, api, daniel):
        answer = api(daniel).get("/invoices.json?type=late")
        assert (answer.status_code, answer.json()["STATUS"]) == (400, "Error")

    @pytest.mark.parametrize("size", [1, 3])
    def test_a_page_costs_the_same_however_many_rows(
        self, api, daniel, three, size, django_assert_num_queries
    ):
        client = api(daniel)
        with django_assert_num_queries(3):
            client.get(f"/invoices.json?type=all&projectStatus=all&pageSize={size}")

    def test_the_invoice_of_a_budget_belongs_to_the_budgets_project(self, api, daniel, project):
        budget = project.budgets.create(
            name="B", resource_type="project", customer=project.customer, currency="USD"
        )
        made = invoices.create(by=daniel, budget=budget)
        Invoice.objects.filter(pk=made.pk).update(project=None)
        [row] = api(daniel).get(f"/projects/{project.pk}/invoices.json").json()["invoices"]
        assert (row["id"], row["project-name"]) == (str(made.pk), "API Private Items")


class TestVerbs:
    def test_complete_is_a_tick_of_its_own(self, api, daniel, tractor):
        client = api(daniel)
        for _ in range(2):
            assert client.put(f"/invoices/{tractor.pk}/complete.json").json() == {"STATUS": "OK"}
        tractor.refresh_from_db()
        assert (tractor.completed_at is not None, tractor.status) == (True, "draft")
        client.put(f"/invoices/{tractor.pk}/uncomplete.json")
        tractor.refresh_from_db()
        assert tractor.completed_at is None

    def test_what_is_taken_off_can_be_billed_again(self, api, daniel, project, tractor):
        logs = list(TimeEntry.objects.order_by("pk"))
        fill(api(daniel), tractor.pk, [logs[0]], verb="remove")
        shown = api(daniel).get(f"/invoices/{tractor.pk}.json").json()["invoice"]
        assert (shown["total-time"], shown["total-cost"]) == ("20", "241.67")
        other = post(api(daniel), f"/projects/{project.pk}/invoices.json", {})["id"]
        assert fill(api(daniel), other, [logs[0]]).status_code == 200
        twice = fill(api(daniel), tractor.pk, [logs[0]])
        assert (twice.status_code, twice.json()["STATUS"]) == (409, "Error")

    def test_a_fixed_cost_stands_for_the_time_and_lets_go_of_it_again(self, api, daniel, tractor):
        client, url = api(daniel), f"/invoices/{tractor.pk}.json"
        client.put(url, {"invoice": {"fixed-cost": "500"}})
        fixed = client.get(url).json()["invoice"]
        assert (fixed["fixed-cost"], fixed["total-cost"]) == ("500.00", "725.00")
        assert [row["cost"] for row in fixed["line-items"]] == ["116.67", "16.67"]
        client.put(url, {"invoice": {"fixed-cost": ""}})
        assert client.get(url).json()["invoice"]["total-cost"] == "358.34"

    def test_time_added_later_is_covered_by_the_fixed_cost(self, api, daniel, project):
        made = post(api(daniel), f"/projects/{project.pk}/invoices.json", {"fixed-cost": "90"})
        fill(api(daniel), made["id"], [time(project, daniel, 60, at(9, 0), "Wheels")])
        shown = api(daniel).get(f"/invoices/{made['id']}.json").json()["invoice"]
        assert (shown["total-time"], shown["total-cost"]) == ("60", "90.00")

    def test_without_the_line_of_the_fixed_cost_the_time_counts_again(self, api, daniel, tractor):
        client, url = api(daniel), f"/invoices/{tractor.pk}.json"
        client.put(url, {"invoice": {"fixed-cost": "500"}})
        line = tractor.lines.get(is_fixed_cost=True)
        lines.update(line, by=daniel, unit_price=Decimal(600))
        assert client.get(url).json()["invoice"]["fixed-cost"] == "600.00"
        lines.remove(line, by=daniel)
        shown = client.get(url).json()["invoice"]
        assert (shown["fixed-cost"], shown["total-cost"]) == ("", "358.34")

    def test_an_invoice_of_lines_and_tax_still_sums_to_its_total(self, api, daniel, project):
        line = {"description": "Logo", "quantity": Decimal(2), "unit_price": Decimal(100)}
        made = invoices.create(
            by=daniel, project=project, customer=project.customer, lines=[line], currency="USD"
        )
        shown = api(daniel).get(f"/invoices/{made.pk}.json").json()["invoice"]
        costs = [(row["id"], row["description"], row["cost"]) for row in shown["line-items"]]
        assert costs == [("", "Logo", "200.00"), ("", "Tax, discount and adjustment", "20.00")]
        assert shown["total-cost"] == "220.00"


class TestRefusals:
    @pytest.mark.parametrize("body", ["{", '{"number": "A"}', '{"invoice": "A"}', "[]"])
    def test_what_cannot_be_read_is_422(self, api, daniel, body):
        answer = api(daniel).generic("POST", "/invoices.json", body, "application/json")
        assert (answer.status_code, answer.json()["STATUS"]) == (422, "Error")

    def test_a_project_is_needed(self, api, daniel):
        answer = api(daniel).post("/invoices.json", {"invoice": {"number": "A"}})
        assert answer.status_code == 400
        assert "project" in answer.json()["MESSAGE"]

    def test_a_400_says_how_many_calls_are_left(self, client, daniel, settings):
        from agency.staff import keys

        settings.API_RATE_LIMIT = "10/hour"
        _, secret = keys.create(daniel, name="Teamwork", by=daniel)
        answer = client.get("/invoices.json?page=0", headers={"x-api-key": secret})
        assert (answer.status_code, answer["x-ratelimit-remaining"]) == (400, "9")

    def test_what_others_may_not_see_cannot_be_put_on_an_invoice(self, api, staff, daniel, project):
        manager = staff("manager")
        own = Project.objects.create(name="Own", owner=manager, customer=None)
        made = post(api(manager), f"/projects/{own.pk}/invoices.json", {})
        foreign = time(project, daniel, 60, at(9, 0), "Secret")
        answer = fill(api(manager), made["id"], [foreign])
        assert (answer.status_code, answer.json()["MESSAGE"]) == (
            400,
            f"There is no record {foreign.pk}.",
        )
        assert api(manager).get(f"/projects/{project.pk}/invoices.json").status_code == 404
