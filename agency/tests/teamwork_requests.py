"""What a caller sends to each route of Teamwork's dialect to reach one person's work."""

from agency.tests.office import DAY

PARAMETERS = {
    "/expenses/:pk.json": lambda w: {"pk": w.expense.pk},
    "/invoices/:pk.json": lambda w: {"pk": w.draft.pk},
    "/invoices/:pk": lambda w: {"pk": w.draft.pk},
    "/projects/:project_pk": lambda w: {"project_pk": w.project.pk},
    "/time_entries/:pk.json": lambda w: {"pk": w.handed_in.pk},
}


def new_expense(work) -> dict:
    return {"expense": {"name": "Paint", "date": f"{DAY:%Y%m%d}", "cost": "25.00"}}


def new_time(work) -> dict:
    return {"time-entry": {"description": "New", "date": f"{DAY:%Y%m%d}", "hours": "1"}}


BODIES = {
    "POST /expenses.json": new_expense,
    "PUT /expenses/:pk.json": lambda w: {"expense": {"description": "Seen"}},
    "POST /invoices.json": lambda w: {"invoice": {"project-id": str(w.project.pk)}},
    "PUT /invoices/:pk.json": lambda w: {"invoice": {"description": "Renamed"}},
    "PUT /invoices/:pk/lineitems.json": lambda w: {"lineitems": {}},
    "POST /projects/:project_pk/expenses.json": new_expense,
    "POST /projects/:project_pk/invoices.json": lambda w: {"invoice": {}},
    "POST /projects/:project_pk/time_entries.json": new_time,
}
SHOWN = {
    "GET /expenses.json": lambda w: ("expenses", w.expense),
    "GET /invoices.json": lambda w: ("invoices", w.draft),
    "GET /projects/:project_pk/invoices.json": lambda w: ("invoices", w.draft),
    "GET /projects/:project_pk/time_entries.json": lambda w: ("time-entries", w.handed_in),
    "GET /time_entries.json": lambda w: ("time-entries", w.handed_in),
}
