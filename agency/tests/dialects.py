"""The doors through which an invoice comes and goes: each says the same in its own spelling."""

import re

from django.utils.html import strip_tags

from billing.lines import taxes
from billing.models import Invoice
from crm.models import Project

NUMBER, DAY, PO = "PAIR-1", "2026-11-02", "PO-7"
WORK, HOURS, RATE = "Design", 2, 75
TOTAL = "150.00"


def money(value) -> str:
    return f"{value:.2f}"


class Door:
    """One way in. ``tells`` are the facts that its answers hold; ``client`` calls it."""

    tells = {"number", "currency", "date", "company", "project", "total", "lines", "completed"}

    def __init__(self, client) -> None:
        self.client = client

    def send(self, method: str, address: str, body=None, status: int = 200) -> dict:
        answer = getattr(self.client, method)(address, body)
        assert answer.status_code == status, answer.content
        return answer.json()


class Agency(Door):
    """``/api``, the form of document 001."""

    tells = Door.tells | {"po", "tax", "due", "state"}

    def make(self, project: Project) -> int:
        made = self.send("post", "/api/invoices", self.head(project), 201)["invoice"]["id"]
        line = {"description": WORK, "quantity": HOURS, "unit_price": RATE, "tax_type": untaxed()}
        self.send("post", f"/api/invoices/{made}/line-items", line, 201)
        return int(made)

    def head(self, project: Project) -> dict:
        return {
            "company_id": str(project.customer_id),
            "project_id": str(project.pk),
            "invoice_number": NUMBER,
            "issued_date": DAY,
            "currency": "USD",
            "po_number": PO,
        }

    def read(self, pk: int) -> dict:
        found = self.send("get", f"/api/invoices/{pk}")
        one = found["invoice"]
        return {
            "number": one["invoice_number"],
            "po": one["po_number"],
            "currency": one["currency"],
            "date": one["issued_date"],
            "company": one["company_name"],
            "project": int(one["project_id"]),
            "tax": money(one["tax"]),
            "total": money(one["total"]),
            "due": money(one["amount_due"]),
            "state": (one["status"], one["payment_status"]),
            "lines": [(line["description"], money(line["amount"])) for line in found["line_items"]],
            "completed": one["completed_at"] is not None,
        }

    def listed(self) -> list[int]:
        return [int(one["id"]) for one in self.send("get", "/api/invoices")["invoices"]]

    def change(self, pk: int, number: str) -> None:
        self.send("put", f"/api/invoices/{pk}", {"invoice_number": number})

    def issue(self, pk: int) -> None:
        self.send("post", f"/api/invoices/{pk}/finalise")

    def pay(self, pk: int, amount: str) -> None:
        self.send("post", f"/api/invoices/{pk}/payments", {"amount": amount}, 201)

    def complete(self, pk: int) -> None:
        self.send("post", f"/api/invoices/{pk}/complete")

    def reopen(self, pk: int) -> None:
        self.send("post", f"/api/invoices/{pk}/uncomplete")


class Figures(Agency):
    """``/api``, the form of document 000: the sum, and the lines that make it."""

    def make(self, project: Project) -> int:
        line = {"description": WORK, "quantity": HOURS, "unit_price": RATE}
        body = {**self.head(project), "amount": TOTAL, "line_items": [line]}
        return int(self.send("post", "/api/invoices", body, 201)["invoice"]["id"])


class V1(Door):
    """``/api/v1``, document 003."""

    tells = Door.tells | {"tax", "due", "state"}

    def make(self, project: Project) -> int:
        body = {
            "clientid": project.customer_id,
            "project_id": project.pk,
            "number": NUMBER,
            "date": DAY,
            "currency": "USD",
            "status": 6,
            "items": [{"description": WORK, "qty": HOURS, "rate": RATE}],
        }
        return self.send("post", "/api/v1/invoices", body, 201)["data"]["id"]

    def read(self, pk: int) -> dict:
        one = self.send("get", f"/api/v1/invoices/{pk}")["data"]
        return {
            "number": one["number"],
            "currency": one["currency_name"],
            "date": one["date"],
            "company": one["client_name"],
            "project": one["project_id"],
            "tax": money(one["total_tax"]),
            "total": money(one["total"]),
            "due": money(one["total_left_to_pay"]),
            "state": (one["status"], one["status_name"]),
            "lines": [(item["description"], money(item["amount"])) for item in one["items"]],
            "completed": one["completed"],
        }

    def listed(self) -> list[int]:
        return [one["id"] for one in self.send("get", "/api/v1/invoices")["data"]]

    def change(self, pk: int, number: str) -> None:
        self.send("put", f"/api/v1/invoices/{pk}", {"number": number})

    def issue(self, pk: int) -> None:
        self.send("put", f"/api/v1/invoices/{pk}", {"status": 1})

    def pay(self, pk: int, amount: str) -> None:
        body = {"invoiceid": pk, "amount": amount, "date": DAY}
        self.send("post", "/api/v1/payments", body, 201)

    def complete(self, pk: int) -> None:
        self.send("post", f"/api/v1/invoices/{pk}/complete")

    def reopen(self, pk: int) -> None:
        self.send("post", f"/api/v1/invoices/{pk}/uncomplete")


class Teamwork(Door):
    """``/invoices.json``, document 004: it bills time, and knows neither tax nor payments."""

    tells = Door.tells | {"po"}

    def make(self, project: Project) -> int:
        head = {
            "number": NUMBER,
            "po-number": PO,
            "display-date": DAY.replace("-", ""),
            "currency-code": "USD",
        }
        address = f"/projects/{project.pk}"
        made = self.send("post", f"{address}/invoices.json", {"invoice": head}, 201)["id"]
        time = {"description": WORK, "hours": str(HOURS), "rate": str(RATE), "isbillable": "1"}
        time |= {"date": DAY.replace("-", "")}
        entry = self.send("post", f"{address}/time_entries.json", {"time-entry": time}, 201)
        added = {"lineitems": {"add": {"timelogs": str(entry["timeLogId"])}}}
        self.send("put", f"/invoices/{made}/lineitems.json", added)
        return made

    def read(self, pk: int) -> dict:
        one = self.send("get", f"/invoices/{pk}.json")["invoice"]
        day = one["display-date"]
        return {
            "number": one["number"],
            "po": one["po-number"],
            "currency": one["currency-code"],
            "date": f"{day[:4]}-{day[4:6]}-{day[6:]}",
            "company": one["company-name"],
            "project": int(one["project-id"]),
            "total": one["total-cost"],
            "lines": [
                (part.get("name") or part["description"], part["cost"])
                for part in [*one["line-items"], *one["expenses"]]
            ],
            "completed": one["status"] == "completed",
        }

    def listed(self) -> list[int]:
        return [int(one["id"]) for one in self.send("get", "/invoices.json?type=all")["invoices"]]

    def change(self, pk: int, number: str) -> None:
        self.send("put", f"/invoices/{pk}.json", {"invoice": {"number": number}})

    def complete(self, pk: int) -> None:
        self.send("put", f"/invoices/{pk}/complete.json")

    def reopen(self, pk: int) -> None:
        self.send("put", f"/invoices/{pk}/uncomplete.json")


class Page(Door):
    """The browser's pages; what they tell is text."""

    def post(self, address: str, **typed) -> None:
        answer = self.client.post(address, typed)
        assert answer.status_code in {302, 303}, answer.content

    def make(self, project: Project) -> int:
        lines = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0}
        lines |= {"0-description": WORK, "0-quantity": HOURS, "0-unit_price": RATE, "0-ORDER": 1}
        lines |= {"0-tax_type": untaxed()}
        self.post(
            "/invoices/new",
            customer=project.customer_id,
            project=project.pk,
            issued_on=DAY,
            currency="USD",
            po_number=PO,
            **{f"lines-{name}": value for name, value in lines.items()},
        )
        return Invoice.objects.get().pk

    def text(self, pk: int) -> str:
        return words_of(self.client.get(f"/invoices/{pk}"))

    def issue(self, pk: int) -> None:
        self.post(f"/invoices/{pk}/finalise")

    def pay(self, pk: int, amount: str) -> None:
        self.post(f"/invoices/{pk}/payments/new", amount=amount, paid_on=DAY)

    def complete(self, pk: int) -> None:
        self.post(f"/invoices/{pk}/complete")

    def reopen(self, pk: int) -> None:
        self.post(f"/invoices/{pk}/uncomplete")


class Admin(Page):
    """The admin: it makes no invoice and takes no payment."""

    def act(self, name: str, pk: int) -> None:
        self.post("/admin/billing/invoice/", action=name, _selected_action=[pk])

    def text(self, pk: int) -> str:
        return words_of(self.client.get(f"/admin/billing/invoice/{pk}/change/"))

    def issue(self, pk: int) -> None:
        self.act("finalise", pk)

    def complete(self, pk: int) -> None:
        self.act("complete", pk)

    def reopen(self, pk: int) -> None:
        self.act("reopen", pk)


def words_of(answer) -> str:
    """What a page shows, in one line."""
    assert answer.status_code == 200, answer.content
    bare = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(strip_tags(bare).split())


def untaxed() -> str:
    return taxes.none().code
