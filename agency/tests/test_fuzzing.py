"""A fuzzer reads the schema and tries every route: no 5xx, no answer that differs from it."""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks

from agency.api.reference import DIALECTS, schema_of
from agency.staff import keys
from agency.tests.office import work_of
from agency.wsgi import application
from conftest import SOAK

CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
UNKNOWN = "999999999"
WORDS = {
    "resource_type": ["project", "deal", "company", "customer", "task", "budget", "invoice"],
    "key": ["first_invoice"],
}
EXAMPLES = 400  # for each route in the long form; a twentieth otherwise


@pytest.fixture(autouse=True)
def _one_connection():
    """A request must not close the connection that holds the test's own transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def office(db, staff, request):
    """The work of the person who calls, and of a colleague."""
    role = request.param
    return work_of(staff(role)), work_of(staff("manager"))


@pytest.mark.soak
@pytest.mark.parametrize("office", ["executive", "employee"], indirect=True)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_route_answers_as_the_schema_says(dialect, office, extent):
    mine, _ = office
    _, secret = keys.create(mine.person, name="Fuzzer", by=mine.person)
    failures = []
    for operation in operations_of(dialect, office):
        try:
            fuzz(operation, secret, extent(EXAMPLES))
        except (Exception, FailureGroup) as error:  # noqa: BLE001 all are reported together
            failures.append(f"{operation.label}: {told(error)}")
    assert failures == [], "\n\n".join(failures)


def operations_of(dialect, office):
    schema_of.cache_clear()
    schema = with_known_ids(json.loads(schema_of(dialect)), office)
    loaded = schemathesis.openapi.from_dict(schema)
    loaded.app = application
    return [found.ok() for found in loaded.get_all_operations()]


def fuzz(operation, secret: str, examples: int) -> None:
    """Send that many requests to one operation; each is undone before the next."""

    @given(case=operation.as_strategy())
    @hypothesis_settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=not SOAK,
        suppress_health_check=list(HealthCheck),
    )
    def send(case):
        with transaction.atomic():
            answer = case.call(headers={"X-API-KEY": secret})
            transaction.set_rollback(True)
        case.validate_response(answer, checks=CHECKS)

    send()


def told(error: BaseException) -> str:
    parts = getattr(error, "exceptions", [error])
    return "\n".join(f"{type(part).__name__} {part}"[:1500] for part in parts)


def with_known_ids(schema: dict, office) -> dict:
    """The schema with the ids of real records in place of any id, so that the fuzzer finds some."""
    for address, methods in schema["paths"].items():
        for operation in methods.values():
            for one in operation["parameters"]:
                one["schema"] = narrowed(one, office, address)
    for shape in schema["components"]["schemas"].values():
        for name, field in shape.get("properties", {}).items():
            known = known_ids(name, office, "")
            if "items" in field and (name.endswith("ids") or takes_id(field["items"])):
                field["items"] = among(known, field["items"])
            elif takes_id(field):
                shape["properties"][name] = among(known, field)
    return schema


def takes_id(schema: dict) -> bool:
    """Whether a body may send it as a number or as text: the form of an id."""
    return {"string", "integer"} <= set(schema.get("type", []))


def narrowed(parameter: dict, office, address: str) -> dict:
    name, schema = parameter["name"], parameter["schema"]
    if parameter["in"] == "path":
        return among(known_ids(name, office, address), schema)
    if parameter["in"] == "query":
        return among(known_ids(name, office, ""), schema)
    return {"anyOf": [{"const": "*"}, schema]} if name == "If-Match" else schema


def among(known: list[str], schema: dict) -> dict:
    return {"enum": [*known, UNKNOWN]} if known else schema


def known_ids(name: str, office, address: str) -> list[str]:
    """The keys of both people's records that a parameter of that name can mean."""
    if name == "item_id":
        return [str(line.pk) for work in office for line in work.draft.lines.all()]
    if name in WORDS:
        return WORDS[name]
    if name == "id" and "line-items" in address:
        return [str(line.pk) for work in office for line in work.lines]
    if name in {"id", "parent_id"}:
        name = "milestone_id" if "milestones" in address else resource_of(address)
    return [str(one.pk) for work in office for one in RECORDS.get(name, lambda work: [])(work)]


def resource_of(address: str) -> str:
    """``invoices`` of ``/api/invoices/{id}``, ``/api/v1/invoices/{id}`` and ``/invoices/{id}``."""
    steps = [step for step in address.strip("/").split("/") if step not in {"api", "v1"}]
    return steps[0].removesuffix(".json")


RECORDS = {
    "customers": lambda work: [work.customer],
    "customer_id": lambda work: [work.customer],
    "userid": lambda work: [work.customer],
    "clientid": lambda work: [work.customer],
    "invoiceid": lambda work: [work.issued],
    "invoice_id": lambda work: [work.issued],
    "payments": lambda work: [work.payment],
    "expenses": lambda work: [work.expense],
    "project-id": lambda work: [work.project],
    "person-id": lambda work: [work.person],
    "todo-item-id": lambda work: [work.task],
    "time_entries": lambda work: [work.handed_in, work.approved],
    "companies": lambda work: [work.customer],
    "clients": lambda work: [work.customer],
    "company_id": lambda work: [work.customer],
    "contacts": lambda work: [work.contact],
    "contact_id": lambda work: [work.contact],
    "deals": lambda work: [work.deal],
    "engagements": lambda work: [work.engagement],
    "deal_id": lambda work: [work.deal],
    "projects": lambda work: [work.project],
    "project_id": lambda work: [work.project],
    "milestone_id": lambda work: [work.milestone],
    "tasks": lambda work: [work.task],
    "task_id": lambda work: [work.task],
    "budgets": lambda work: [work.budget],
    "budget_id": lambda work: [work.budget],
    "line_item_id": lambda work: work.lines,
    "item_ids": lambda work: work.lines,
    "service-types": lambda work: [work.service],
    "service_type_id": lambda work: [work.service],
    "invoices": lambda work: [work.draft, work.issued],
    "payment_id": lambda work: [work.payment],
    "time": lambda work: [work.handed_in, work.approved, work.running],
    "timesheets": lambda work: [work.handed_in, work.approved, work.running],
    "items": lambda work: [work.item],
    "group_id": lambda work: [work.item.group],
    "ids": lambda work: [work.handed_in, work.approved],
    "resource_id": lambda work: [work.project, work.deal, work.customer],
    "user_id": lambda work: [work.person],
    "staff_id": lambda work: [work.person],
    "owner_id": lambda work: [work.person],
    "member_ids": lambda work: [work.person],
    "project_members": lambda work: [work.person],
    "assignee_ids": lambda work: [work.person],
}
