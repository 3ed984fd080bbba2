from decimal import Decimal

import pytest

from agency.records.history import history_of
from crm.timesheets.models import TimeEntry
from crm.timesheets.tests.factories import (
    make_budget,
    make_line,
    make_project,
    make_task,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(staff):
    return staff("employee", first_name="Anna", last_name="Ferro", hourly_rate=Decimal(90))


def test_an_employee_logs_hours_on_a_task_and_a_budget_line(api, anna):
    project = make_project(anna)
    task, line = make_task(project), make_line(make_budget(project), price="120")

    answer = api(anna).post(
        "/api/time",
        {
            "date": "2026-11-16",
            "hours": 2.33,
            "description": "Forms",
            "task_id": str(task.pk),
            "line_item_id": line.pk,
        },
    )

    entry = TimeEntry.objects.get()
    assert answer.status_code == 201, answer.json()
    assert answer.json()["time_entry"] == {
        "id": str(entry.pk),
        "user_id": str(anna.pk),
        "user_name": "Anna Ferro",
        "date": "2026-11-16",
        "hours": 2.3333,
        "minutes": 140,
        "description": "Forms",
        "task_id": str(task.pk),
        "task_title": "Checkout",
        "project_id": str(project.pk),
        "project_name": "Website",
        "company_id": str(project.customer_id),
        "company_name": "Client of Website",
        "budget_id": str(line.budget_id),
        "budget_name": "Build",
        "line_item_id": str(line.pk),
        "billable": True,
        "rate": 120.0,
        "amount": 280.0,
        "currency": "AUD",
        "status": "draft",
        "submitted_at": None,
        "approved_at": None,
        "approved_by": None,
        "rejection_reason": "",
        "started_at": None,
        "ended_at": None,
        "invoice_id": None,
        "created_at": answer.json()["time_entry"]["created_at"],
        "updated_at": answer.json()["time_entry"]["updated_at"],
    }
    [event] = history_of(entry)
    assert (event.verb, event.by, event.changes) == (
        "created",
        anna,
        {"date": "2026-11-16", "minutes": 140},
    )
