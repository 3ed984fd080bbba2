"""What a caller sends to each route of the API to reach one person's work."""

from typing import NamedTuple

from agency.reference import organisation
from agency.tests import teamwork_requests, v1_requests
from agency.tests.office import DAY, Work
from billing.credit_notes import operations as notes


class Request(NamedTuple):
    """One call; ``shows`` is (envelope, record) where a list says whether it holds the record."""

    method: str
    address: str
    body: dict | None
    shows: tuple | None


def request_for(method: str, path: str, work: Work) -> Request:
    """The call of a route that aims at the work of one person."""
    route = f"{method} {path}"
    address = path
    for name, value in parameters(route, work).items():
        address = address.replace(f":{name}", str(value), 1)
    body = BODIES[route](work) if route in BODIES else ({} if method != "GET" else None)
    return Request(method, address, body, SHOWN[route](work) if route in SHOWN else None)


def parameters(route: str, work: Work) -> dict:
    """The values of the path; the longest address that fits decides."""
    path = route.split(" ")[1]
    fitting = [start for start in PARAMETERS if f"{path}/".startswith(f"{start}/")]
    special = SPECIAL.get(route)
    if special or fitting:
        return (special or PARAMETERS[max(fitting, key=len)])(work)
    return {}


PARAMETERS = {
    "/api/budgets/:pk": lambda w: {"pk": w.budget.pk},
    "/api/budgets/:budget_pk/line-items": lambda w: {
        "budget_pk": w.budget.pk,
        "pk": w.lines[0].pk,
    },
    "/api/clients/:pk": lambda w: {"pk": w.customer.pk, "key": "first_invoice"},
    "/api/companies/:pk": lambda w: {"pk": w.customer.pk},
    "/api/contacts/:pk": lambda w: {"pk": w.contact.pk},
    "/api/credit-notes/:pk": lambda w: {"pk": w.note_draft.pk},
    **dict.fromkeys(
        [
            f"/api/credit-notes/:pk/{step}"
            for step in ("applications", "apply", "refund", "refunds")
        ],
        lambda w: {
            "pk": w.note.pk,
            "application_pk": w.application.pk,
            "refund_pk": w.refund.pk,
        },
    ),
    "/api/deals/:pk": lambda w: {"pk": w.deal.pk},
    "/api/engagements/:pk": lambda w: {"pk": w.engagement.pk},
    "/api/expenses/:pk": lambda w: {"pk": w.expense.pk},
    "/api/history": lambda w: {"resource_type": "budget", "resource_id": w.budget.pk},
    "/api/invoices/:pk": lambda w: {"pk": w.draft.pk, "item_pk": w.draft.lines.first().pk},
    "/api/invoices/:pk/payments": lambda w: {"pk": w.issued.pk, "payment_pk": w.payment.pk},
    "/api/invoices/mapping-rules": lambda w: {"service_type_id": w.service.pk},
    "/api/projects/:pk": lambda w: {"pk": w.project.pk},
    "/api/projects/:project_pk/milestones": lambda w: {
        "project_pk": w.project.pk,
        "pk": w.milestone.pk,
    },
    "/api/service-types/:pk": lambda w: {"pk": w.service.pk},
    "/api/tasks/:pk": lambda w: {"pk": w.task.pk},
    "/api/time/:pk": lambda w: {"pk": w.handed_in.pk},
    **v1_requests.PARAMETERS,
    **teamwork_requests.PARAMETERS,
}
SPECIAL = {
    "POST /api/credit-notes/:pk/void": lambda w: {"pk": new_note(w).pk},
    "POST /api/time/:pk/unapprove": lambda w: {"pk": w.approved.pk},
    "POST /api/time/:pk/stop": lambda w: {"pk": w.running.pk},
    "GET /api/invoices/:pk/pdf": lambda w: {"pk": w.issued.pk},
}


def new_note(work: Work):
    """An issued credit note that nothing was done with."""
    row = {"description": "Goodwill", "unit_price": 50}
    note = notes.create(by=work.person, customer=work.customer, lines=[row])
    return notes.issue(note, by=None)


def line_order(work: Work) -> dict:
    return {"item_ids": [str(line.pk) for line in reversed(work.lines)]}


def invoice_line_order(work: Work) -> dict:
    return {"item_ids": [str(pk) for pk in work.draft.lines.values_list("pk", flat=True)][::-1]}


def payment(work: Work) -> dict:
    return {"amount": 5, "date": str(organisation.today())}


def new_time(work: Work) -> dict:
    return {"date": str(DAY), "hours": 1, "task_id": str(work.task.pk)}


CHANGES = {
    "/api/budgets/:pk": {"name": "Renamed"},
    "/api/budgets/:budget_pk/line-items/:pk": {"description": "Renamed"},
    "/api/clients/:pk/onboarding/:key": {"notes": "Seen"},
    "/api/companies/:pk": {"city": "Hobart"},
    "/api/contacts/:pk": {"title": "Lead"},
    "/api/credit-notes/:pk": {"notes": "Seen"},
    "/api/deals/:pk": {"title": "Renamed"},
    "/api/engagements/:pk": {"name": "Renamed"},
    "/api/expenses/:pk": {"note": "Seen"},
    "/api/invoices/:pk": {"notes": "Renamed"},
    "/api/invoices/:pk/line-items/:item_pk": {"description": "Renamed"},
    "/api/invoices/:pk/payments/:payment_pk": {"note": "Seen"},
    "/api/projects/:pk": {"name": "Renamed"},
    "/api/projects/:project_pk/milestones/:pk": {"name": "Renamed"},
    "/api/service-types/:pk": {"description": "Renamed"},
    "/api/tasks/:pk": {"title": "Renamed"},
    "/api/time/:pk": {"description": "Renamed"},
}
BODIES = {
    **{
        f"{method} {path}": lambda w, body=body: body
        for path, body in CHANGES.items()
        for method in ("PUT", "PATCH")
    },
    "POST /api/budgets": lambda w: {
        "name": "New",
        "resource_type": "project",
        "resource_id": str(w.project.pk),
    },
    "POST /api/budgets/:budget_pk/line-items": lambda w: {"description": "New"},
    "PUT /api/budgets/:budget_pk/line-items/reorder": line_order,
    "POST /api/companies": lambda w: {"name": "New"},
    "POST /api/contacts": lambda w: {"company_id": str(w.customer.pk), "first_name": "New"},
    "POST /api/credit-notes": lambda w: {"company_id": str(w.customer.pk)},
    "POST /api/credit-notes/:pk/apply": lambda w: {"invoice_id": str(w.issued.pk), "amount": 5},
    "POST /api/credit-notes/:pk/refund": lambda w: {"amount": 5},
    "POST /api/deals": lambda w: {"title": "New", "company_id": str(w.customer.pk)},
    "POST /api/engagements": lambda w: {"name": "New", "company_id": str(w.customer.pk)},
    "POST /api/expenses": lambda w: {
        "category_id": "1",
        "amount": 5,
        "company_id": str(w.customer.pk),
    },
    "POST /api/invoices": lambda w: {"company_id": str(w.customer.pk)},
    "POST /api/invoices/:pk/line-items": lambda w: {"description": "New"},
    "PUT /api/invoices/:pk/line-items/reorder": invoice_line_order,
    "POST /api/invoices/:pk/payments": payment,
    "POST /api/invoices/:pk/send": lambda w: {"to": "client@example.com"},
    "PUT /api/invoices/mapping-rules/:service_type_id": lambda w: {"xero_account_code": "210"},
    "POST /api/projects": lambda w: {"name": "New", "company_id": str(w.customer.pk)},
    "POST /api/projects/:project_pk/milestones": lambda w: {"name": "New"},
    "PUT /api/projects/:project_pk/milestones/reorder": lambda w: {"ids": [str(w.milestone.pk)]},
    "POST /api/service-types": lambda w: {"name": "Entirely new"},
    "PUT /api/service-types/reorder": lambda w: {"ids": all_services(w)},
    "POST /api/tasks": lambda w: {
        "title": "New",
        "resource_type": "project",
        "resource_id": str(w.project.pk),
    },
    "POST /api/time": new_time,
    "POST /api/time/:pk/reject": lambda w: {"reason": "Too long"},
    "POST /api/time/approve": lambda w: {"ids": [str(w.handed_in.pk)]},
    "POST /api/time/start": lambda w: {"task_id": str(w.task.pk), "stop_running": True},
    **v1_requests.BODIES,
    **teamwork_requests.BODIES,
}
SHOWN = {
    "GET /api/budgets": lambda w: ("budgets", w.budget),
    "GET /api/companies": lambda w: ("companies", w.customer),
    "GET /api/contacts": lambda w: ("contacts", w.contact),
    "GET /api/credit-notes": lambda w: ("credit_notes", w.note_draft),
    "GET /api/deals": lambda w: ("deals", w.deal),
    "GET /api/engagements": lambda w: ("engagements", w.engagement),
    "GET /api/expenses": lambda w: ("expenses", w.expense),
    "GET /api/invoices": lambda w: ("invoices", w.draft),
    "GET /api/invoices/mapping-rules": lambda w: ("rules", w.service.mapping_rule),
    "GET /api/projects": lambda w: ("projects", w.project),
    "GET /api/service-types": lambda w: ("service_types", w.service),
    "GET /api/tasks": lambda w: ("tasks", w.task),
    "GET /api/time": lambda w: ("time_entries", w.handed_in),
    **v1_requests.SHOWN,
    **teamwork_requests.SHOWN,
}


def all_services(work: Work) -> list[str]:
    services = type(work.service).objects.order_by("pk")
    return [str(pk) for pk in services.values_list("pk", flat=True)]


__all__ = ["Request", "request_for"]
