"""What hangs on a record belongs to its version: a change of a line changes the parent's tag."""

import pytest

from agency.tests.access_requests import request_for
from agency.tests.office import work_of

pytestmark = pytest.mark.django_db
CHILDREN = [
    (method, f"{parent}/{rest}")
    for parent, rest in (
        ("/api/budgets/:budget_pk/line-items", ":pk"),
        ("/api/invoices/:pk/line-items", ":item_pk"),
    )
    for method in ("PUT", "PATCH", "DELETE")
] + [
    ("POST", "/api/budgets/:budget_pk/line-items"),
    ("PUT", "/api/budgets/:budget_pk/line-items/reorder"),
    ("POST", "/api/invoices/:pk/line-items"),
    ("PUT", "/api/invoices/:pk/line-items/reorder"),
    ("POST", "/api/invoices/:pk/payments"),
    ("PUT", "/api/invoices/:pk/payments/:payment_pk"),
    ("DELETE", "/api/invoices/:pk/payments/:payment_pk"),
]


@pytest.mark.parametrize(("method", "path"), CHILDREN)
def test_a_change_of_a_part_makes_a_new_version_of_the_whole(api, staff, method, path):
    person = staff("executive")
    client, call = api(person), request_for(method, path, work_of(person))
    parent = "/".join(call.address.split("/")[:4])
    before = client.get(parent)["ETag"]
    answer = getattr(client, method.lower())(call.address, call.body)
    assert answer.status_code in {200, 201}
    assert client.get(parent)["ETag"] != before


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/budgets/:pk", {"name": "Mine"}),
        ("/api/companies/:pk", {"city": "Hobart"}),
        ("/api/contacts/:pk", {"title": "Lead"}),
        ("/api/deals/:pk", {"title": "Mine"}),
        ("/api/invoices/:pk", {"notes": "Mine"}),
        ("/api/projects/:pk", {"name": "Mine"}),
        ("/api/projects/:project_pk/milestones/:pk", {"name": "Mine"}),
        ("/api/service-types/:pk", {"description": "Mine"}),
        ("/api/tasks/:pk", {"title": "Mine"}),
        ("/api/time/:pk", {"description": "Mine"}),
    ],
)
def test_every_record_can_be_changed_safely(api, staff, path, body):
    person = staff("executive")
    client, address = api(person), request_for("GET", path, work_of(person)).address
    tag = client.get(address)["ETag"]
    first = client.put(address, body, headers={"If-Match": tag})
    assert (first.status_code, first["ETag"] != tag) == (200, True)
    assert client.put(address, body, headers={"If-Match": tag}).status_code == 412
    assert client.delete(address, headers={"If-Match": tag}).status_code == 412
    assert client.get(address)["ETag"] == first["ETag"]
