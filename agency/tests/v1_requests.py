"""What a caller sends to each route of the CRM dialect to reach one person's work."""

PARAMETERS = {
    "/api/v1/contacts/:pk": lambda w: {"pk": w.contact.pk},
    "/api/v1/customers/:pk": lambda w: {"pk": w.customer.pk},
    "/api/v1/customers/:parent_pk": lambda w: {"parent_pk": w.customer.pk},
}
CHANGES = {
    "/api/v1/contacts/:pk": {"title": "Lead"},
    "/api/v1/customers/:pk": {"city": "Hobart"},
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
}
SHOWN = {
    "GET /api/v1/contacts": lambda w: ("data", w.contact),
    "GET /api/v1/customers": lambda w: ("data", w.customer),
    "GET /api/v1/customers/:parent_pk/contacts": lambda w: ("data", w.contact),
}
