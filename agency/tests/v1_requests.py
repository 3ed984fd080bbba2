"""What a caller sends to each route of the CRM dialect to reach one person's work."""

from agency.tests.office import DAY

PARAMETERS = {
    "/api/v1/contacts/:pk": lambda w: {"pk": w.contact.pk},
    "/api/v1/customers/:pk": lambda w: {"pk": w.customer.pk},
    "/api/v1/customers/:parent_pk": lambda w: {"parent_pk": w.customer.pk},
    "/api/v1/invoices/:pk": lambda w: {"pk": w.draft.pk},
    "/api/v1/invoices/:parent_pk": lambda w: {"parent_pk": w.issued.pk},
    "/api/v1/payments/:pk": lambda w: {"pk": w.payment.pk},
    "/api/v1/items/:pk": lambda w: {"pk": w.item.pk},
    "/api/v1/projects/:pk": lambda w: {"pk": w.project.pk},
    "/api/v1/timesheets/:pk": lambda w: {"pk": w.handed_in.pk},
}
CHANGES = {
    "/api/v1/contacts/:pk": {"title": "Lead"},
    "/api/v1/customers/:pk": {"city": "Hobart"},
    "/api/v1/invoices/:pk": {"adminnote": "Renamed"},
    "/api/v1/payments/:pk": {"note": "Seen"},
    "/api/v1/items/:pk": {"unit": "day"},
    "/api/v1/projects/:pk": {"name": "Renamed"},
    "/api/v1/timesheets/:pk": {"note": "Renamed"},
}
BODIES = {
    **{
        f"{method} {path}": lambda w, body=body: body
        for path, body in CHANGES.items()
        for method in ("PUT", "PATCH")
    },
    "POST /api/v1/auth/login": lambda w: {"email": w.person.email, "password": "wrong"},
    "POST /api/v1/auth/refresh": lambda w: {"refresh": "wrong"},
    "POST /api/v1/auth/logout": lambda w: {"refresh": "wrong"},
    "POST /api/v1/contacts": lambda w: {
        "userid": w.customer.pk,
        "firstname": "New",
        "lastname": "Person",
        "email": "new.person@example.com",
    },
    "POST /api/v1/customers": lambda w: {"company": "New"},
    "POST /api/v1/invoices": lambda w: {"customer_id": w.customer.pk, "total": 1500},
    "POST /api/v1/invoices/:pk/send": lambda w: {"to": "client@example.com"},
    "POST /api/v1/payments": lambda w: {"invoiceid": w.issued.pk, "amount": 5, "date": str(DAY)},
    "POST /api/v1/items": lambda w: {"description": "New", "rate": 150},
    "POST /api/v1/projects": lambda w: {"name": "New", "clientid": w.customer.pk},
    "POST /api/v1/timesheets": lambda w: {
        "task_id": w.task.pk,
        "staff_id": w.person.pk,
        "start_time": "2026-02-10 09:00:00",
        "end_time": "2026-02-10 12:30:00",
    },
}
SHOWN = {
    "GET /api/v1/contacts": lambda w: ("data", w.contact),
    "GET /api/v1/customers": lambda w: ("data", w.customer),
    "GET /api/v1/customers/:parent_pk/contacts": lambda w: ("data", w.contact),
    "GET /api/v1/customers/:parent_pk/invoices": lambda w: ("data", w.draft),
    "GET /api/v1/invoices": lambda w: ("data", w.draft),
    "GET /api/v1/invoices/:parent_pk/payments": lambda w: ("data", w.payment),
    "GET /api/v1/payments": lambda w: ("data", w.payment),
    "GET /api/v1/customers/:parent_pk/projects": lambda w: ("data", w.project),
    "GET /api/v1/items": lambda w: ("data", w.item),
    "GET /api/v1/projects": lambda w: ("data", w.project),
    "GET /api/v1/timesheets": lambda w: ("data", w.handed_in),
}
