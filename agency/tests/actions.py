"""What can be done through more than one door, and how each door is asked for it.

A call is a method, an address and what is sent; ``{draft}`` stands for the key of that record of
somebody's ``Work``. The admin is asked for what it offers: add, change, delete, or a step.
"""

from typing import NamedTuple

from agency.reference import organisation
from agency.tests.office import DAY, Work
from billing.credit_notes import ledger_operations as ledger
from billing.payments import operations as payments
from crm.models import Customer, Project, Task

TODAY = f"{DAY:%Y%m%d}"


class Call(NamedTuple):
    """One way to ask for an action."""

    method: str
    address: str
    body: dict | None = None

    @property
    def is_program(self) -> bool:
        return self.address.startswith("/api/") or self.address.endswith(".json")

    def filled(self, work: Work, me: int) -> "Call":
        keys = keys_of(work) | {"me": me}
        return Call(self.method, self.address.format(**keys), filled(self.body, keys))


def filled(body, keys: dict):
    """The body with the keys of the records in it."""
    if isinstance(body, dict):
        return {name: filled(value, keys) for name, value in body.items()}
    if isinstance(body, list):
        return [filled(value, keys) for value in body]
    return body.format(**keys) if isinstance(body, str) else body


def keys_of(work: Work) -> dict:
    """The key of each record, by its name in ``Work``."""
    found = {name: one.pk for name, one in vars(work).items() if hasattr(one, "pk")}
    return found | bare_records(work) | {"today": organisation.today()}


def bare_records(work: Work) -> dict:
    """A customer, a project and a task of the person on which nothing hangs, made once."""
    mine = {"created_by": work.person}
    customer, _ = Customer.objects.get_or_create(name="Bare", owner=work.person, **mine)
    project, _ = Project.objects.get_or_create(name="Bare", owner=work.person, **mine)
    task, _ = Task.objects.get_or_create(title="Bare", **mine)
    return {
        "empty_customer": customer.pk,
        "empty_project": project.pk,
        "empty_task": task.pk,
    }


def take_back_the_payment(work: Work) -> None:
    """An invoice is voided while nothing is paid or credited."""
    payments.delete(work.payment, by=None)
    ledger.unapply(work.application, by=None)


def take_back_the_credit(work: Work) -> None:
    """A credit note is voided while nothing of it is used."""
    ledger.unapply(work.application, by=None)
    ledger.delete_refund(work.refund, by=None)


def typed(**head) -> dict:
    """What the line editor sends."""
    lines = {"lines-TOTAL_FORMS": 0, "lines-INITIAL_FORMS": 0}
    return {"issued_on": str(DAY), "currency": "AUD", **lines, **head}


def admin(step: str, model: str, key: str) -> Call:
    return Call(step, f"/admin/{model}/", {"_selected_action": f"{{{key}}}"})


INVOICE, NOTE, TIME = "billing/invoice", "billing/creditnote", "crm/timeentry"
SPENT = {"name": "Paint", "cost": "5", "date": TODAY}
NEW_TIME = {"date": TODAY, "hours": 1, "description": "New"}
ACTIONS: dict[str, list[Call]] = {
    "make an invoice": [
        Call("post", "/api/invoices", {"company_id": "{customer}"}),
        Call("post", "/api/invoices", {"company_id": "{customer}", "amount": 5}),
        Call("post", "/api/v1/invoices", {"clientid": "{customer}", "total": 5}),
        Call("post", "/invoices.json", {"invoice": {"project-id": "{project}"}}),
        Call("post", "/projects/{project}/invoices.json", {"invoice": {}}),
        Call("post", "/invoices/new", typed(customer="{customer}")),
    ],
    "change an invoice": [
        Call("put", "/api/invoices/{draft}", {"notes": "Seen"}),
        Call("put", "/api/v1/invoices/{draft}", {"adminnote": "Seen"}),
        Call("put", "/invoices/{draft}.json", {"invoice": {"description": "Seen"}}),
        Call("post", "/invoices/{draft}/notes", {"notes": "Seen"}),
        Call("post", "/invoices/{draft}/edit", typed(notes="Seen")),
        admin("change", INVOICE, "draft"),
    ],
    "finalise an invoice": [
        Call("post", "/api/invoices/{draft}/finalise"),
        Call("put", "/api/invoices/{draft}", {"status": "finalised"}),
        Call("put", "/api/v1/invoices/{draft}", {"status": 1}),
        Call("post", "/invoices/{draft}/finalise"),
        admin("finalise", INVOICE, "draft"),
    ],
    "approve an invoice": [
        Call("post", "/api/invoices/{draft}/approve"),
        Call("put", "/api/invoices/{draft}", {"status": "approved"}),
        Call("post", "/invoices/{draft}/approve"),
        admin("approve", INVOICE, "draft"),
    ],
    "send an invoice": [
        Call("post", "/api/invoices/{draft}/send", {"to": "client@example.com"}),
        Call("put", "/api/invoices/{draft}", {"status": "sent"}),
        Call("post", "/api/v1/invoices/{draft}/send", {"to": "client@example.com"}),
        Call("post", "/invoices/{draft}/send", {"to": "client@example.com"}),
    ],
    "void an invoice": [
        Call("post", "/api/invoices/{issued}/void"),
        Call("put", "/api/invoices/{issued}", {"status": "voided"}),
        Call("put", "/api/v1/invoices/{issued}", {"status": 5}),
        Call("post", "/invoices/{issued}/void"),
        admin("void", INVOICE, "issued"),
    ],
    "mark an invoice as completed": [
        Call("post", "/api/invoices/{draft}/complete"),
        Call("post", "/api/v1/invoices/{draft}/complete"),
        Call("put", "/invoices/{draft}/complete.json"),
        Call("post", "/invoices/{draft}/complete"),
        admin("complete", INVOICE, "draft"),
    ],
    "delete an invoice": [
        Call("delete", "/api/invoices/{draft}"),
        Call("delete", "/api/v1/invoices/{draft}"),
        Call("delete", "/invoices/{draft}.json"),
        Call("post", "/invoices/{draft}/delete"),
    ],
    "make a credit note": [
        Call("post", "/api/credit-notes", {"company_id": "{customer}"}),
        Call("post", "/credit-notes/new", typed(customer="{customer}")),
    ],
    "credit an invoice": [
        Call("post", "/api/credit-notes", {"invoice_id": "{issued}"}),
        Call("post", "/invoices/{issued}/credit"),
    ],
    "change a credit note": [
        Call("put", "/api/credit-notes/{note_draft}", {"notes": "Seen"}),
        Call("post", "/credit-notes/{note_draft}/notes", {"notes": "Seen"}),
        admin("change", NOTE, "note_draft"),
    ],
    "issue a credit note": [
        Call("post", "/api/credit-notes/{note_draft}/issue"),
        Call("post", "/credit-notes/{note_draft}/issue"),
        admin("issue", NOTE, "note_draft"),
    ],
    "void a credit note": [
        Call("post", "/api/credit-notes/{note}/void"),
        Call("post", "/credit-notes/{note}/void"),
        admin("void", NOTE, "note"),
    ],
    "delete a credit note": [
        Call("delete", "/api/credit-notes/{note_draft}"),
        Call("post", "/credit-notes/{note_draft}/delete"),
    ],
    "put a credit on an invoice": [
        Call("post", "/api/credit-notes/{note}/apply", {"invoice_id": "{issued}", "amount": 5}),
        Call(
            "post",
            "/credit-notes/{note}/apply",
            {"invoice": "{issued}", "amount": 5, "applied_on": "{today}"},
        ),
    ],
    "take a credit off": [
        Call("delete", "/api/credit-notes/{note}/applications/{application}"),
        Call("post", "/credit-applications/{application}/delete"),
    ],
    "pay a credit back": [
        Call("post", "/api/credit-notes/{note}/refund", {"amount": 5}),
        Call("post", "/credit-notes/{note}/refund", {"amount": 5, "paid_on": "{today}"}),
    ],
    "delete a refund": [
        Call("delete", "/api/credit-notes/{note}/refunds/{refund}"),
        Call("post", "/refunds/{refund}/delete"),
    ],
    "record a payment": [
        Call("post", "/api/invoices/{issued}/payments", {"amount": 5}),
        Call("post", "/api/v1/payments", {"invoiceid": "{issued}", "amount": 5, "date": "{today}"}),
        Call("post", "/invoices/{issued}/payments/new", {"amount": 5, "paid_on": "{today}"}),
    ],
    "correct a payment": [
        Call("put", "/api/invoices/{issued}/payments/{payment}", {"note": "Seen"}),
        Call("put", "/api/v1/payments/{payment}", {"note": "Seen"}),
        Call("post", "/payments/{payment}/edit", {"amount": 10, "paid_on": "{today}", "note": "S"}),
    ],
    "delete a payment": [
        Call("delete", "/api/invoices/{issued}/payments/{payment}"),
        Call("delete", "/api/v1/payments/{payment}"),
        Call("post", "/payments/{payment}/delete"),
    ],
    "add a customer": [
        Call("post", "/api/companies", {"name": "New"}),
        Call("post", "/api/v1/customers", {"company": "New"}),
        Call("post", "/customers/new", {"name": "New"}),
        Call("add", "/admin/crm/customer/"),
    ],
    "change a customer": [
        Call("put", "/api/companies/{customer}", {"city": "Hobart"}),
        Call("put", "/api/v1/customers/{customer}", {"city": "Hobart"}),
        Call("post", "/customers/{customer}/edit", {"name": "Renamed"}),
        admin("change", "crm/customer", "customer"),
    ],
    "add a contact": [
        Call("post", "/api/contacts", {"company_id": "{customer}", "first_name": "New"}),
        Call(
            "post",
            "/api/v1/contacts",
            {
                "userid": "{customer}",
                "firstname": "New",
                "lastname": "Person",
                "email": "new@example.com",
            },
        ),
        Call("post", "/customers/{customer}/contacts/new", {"first_name": "New"}),
        Call("post", "/contacts/new", {"customer": "{customer}", "first_name": "New"}),
    ],
    "change a contact": [
        Call("put", "/api/contacts/{contact}", {"title": "Lead"}),
        Call("put", "/api/v1/contacts/{contact}", {"title": "Lead"}),
        Call("post", "/contacts/{contact}/edit", {"first_name": "Renamed"}),
        admin("change", "crm/contact", "contact"),
    ],
    "delete a contact": [
        Call("delete", "/api/contacts/{contact}"),
        Call("delete", "/api/v1/contacts/{contact}"),
        Call("post", "/contacts/{contact}/delete"),
        admin("delete", "crm/contact", "contact"),
    ],
    "note an expense": [
        Call(
            "post",
            "/api/expenses",
            {"category_id": "1", "amount": 5, "project_id": "{project}"},
        ),
        Call("post", "/projects/{project}/expenses.json", {"expense": SPENT}),
        Call(
            "post",
            "/expenses/new",
            {
                "category": "1",
                "amount": 5,
                "currency": "AUD",
                "spent_on": str(DAY),
                "project": "{project}",
                "customer": "{customer}",
            },
        ),
    ],
    "change an expense": [
        Call("put", "/api/expenses/{expense}", {"note": "Seen"}),
        Call("put", "/expenses/{expense}.json", {"expense": {"description": "Seen"}}),
        Call(
            "post",
            "/expenses/{expense}/edit",
            {"category": "1", "amount": 7, "currency": "AUD", "spent_on": str(DAY)},
        ),
        admin("change", "billing/expense", "expense"),
    ],
    "delete an expense": [
        Call("delete", "/api/expenses/{expense}"),
        Call("delete", "/expenses/{expense}.json"),
        Call("post", "/expenses/{expense}/delete"),
        admin("delete", "billing/expense", "expense"),
    ],
    "log time on a project": [
        Call("post", "/api/time", {"date": str(DAY), "hours": 1, "project_id": "{project}"}),
        Call("post", "/projects/{project}/time_entries.json", {"time-entry": NEW_TIME}),
        Call(
            "post",
            "/time/new",
            {"date": str(DAY), "minutes": "1:00", "work": "0-0-0-{project}-0", "staff_id": "{me}"},
        ),
    ],
    "change time": [
        Call("put", "/api/time/{handed_in}", {"description": "Seen"}),
        Call("put", "/api/v1/timesheets/{handed_in}", {"note": "Seen"}),
        Call("post", "/time/{handed_in}/edit", {"date": str(DAY), "minutes": "2:00"}),
        admin("change", TIME, "handed_in"),
    ],
    "delete time": [
        Call("delete", "/api/time/{handed_in}"),
        Call("delete", "/api/v1/timesheets/{handed_in}"),
        Call("post", "/time/{handed_in}/delete"),
        admin("delete", TIME, "handed_in"),
    ],
    "approve time": [
        Call("post", "/api/time/{handed_in}/approve"),
        Call("post", "/api/time/approve", {"ids": ["{handed_in}"]}),
        Call("post", "/time/{handed_in}/approve"),
        admin("approve", TIME, "handed_in"),
    ],
    "make a project": [
        Call("post", "/api/projects", {"name": "New", "company_id": "{customer}"}),
        Call("post", "/api/v1/projects", {"name": "New", "clientid": "{customer}"}),
        Call(
            "post",
            "/projects/new",
            {
                "name": "New",
                "customer": "{customer}",
                "status": "in_progress",
                "billing_type": "fixed_rate",
                "currency": "AUD",
                "progress": 0,
            },
        ),
    ],
    "change a project": [
        Call("put", "/api/projects/{project}", {"name": "Renamed"}),
        Call("put", "/api/v1/projects/{project}", {"name": "Renamed"}),
        Call(
            "post",
            "/projects/{project}/edit",
            {
                "name": "Renamed",
                "customer": "{customer}",
                "status": "in_progress",
                "billing_type": "fixed_rate",
                "currency": "AUD",
                "progress": 0,
            },
        ),
        admin("change", "crm/project", "project"),
    ],
    "delete a milestone": [
        Call("delete", "/api/projects/{project}/milestones/{milestone}"),
        Call("post", "/milestones/{milestone}/delete"),
        admin("delete", "crm/milestone", "milestone"),
    ],
    "add an item": [
        Call("post", "/api/v1/items", {"description": "New", "rate": 5}),
        Call("post", "/items/new", {"description": "New", "rate": 5}),
        Call("add", "/admin/billing/item/"),
    ],
    "change an item": [
        Call("put", "/api/v1/items/{item}", {"unit": "day"}),
        Call("post", "/items/{item}", {"description": "Renamed", "rate": 5}),
        admin("change", "billing/item", "item"),
    ],
    "delete an item": [
        Call("delete", "/api/v1/items/{item}"),
        admin("delete", "billing/item", "item"),
    ],
    "delete a deal": [
        Call("delete", "/api/deals/{deal}"),
        Call("post", "/deals/{deal}/delete"),
        admin("delete", "crm/deal", "deal"),
    ],
    "delete a customer": [
        Call("delete", "/api/companies/{empty_customer}"),
        Call("delete", "/api/v1/customers/{empty_customer}"),
        Call("post", "/customers/{empty_customer}/delete"),
        admin("delete", "crm/customer", "empty_customer"),
    ],
    "delete a project": [
        Call("delete", "/api/projects/{empty_project}"),
        Call("delete", "/api/v1/projects/{empty_project}"),
        Call("post", "/projects/{empty_project}/delete"),
        admin("delete", "crm/project", "empty_project"),
    ],
    "delete a task": [
        Call("delete", "/api/tasks/{empty_task}"),
        Call("post", "/tasks/{empty_task}/delete"),
        admin("delete", "crm/task", "empty_task"),
    ],
}
BEFORE = {
    "void an invoice": take_back_the_payment,
    "void a credit note": take_back_the_credit,
}
