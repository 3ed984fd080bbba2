"""Long exports: written in the background, fetched by whoever asked, for a week."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from openpyxl import load_workbook

from agency.records.longwork import jobs, operations
from agency.records.longwork.models import LongWork
from agency.records.outbox import delivery
from agency.records.outbox.models import Effect
from agency.staff.models import Role
from crm.customers.models import Customer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three_rows_are_long(monkeypatch):
    monkeypatch.setattr("agency.ui.export.AT_ONCE", 3)
    monkeypatch.setattr("agency.records.longwork.lists.COUNTED", 2)


@pytest.fixture
def customers():
    return [Customer.objects.create(name=f"Client {number}") for number in range(6)]


@pytest.fixture
def jane(staff, customers):
    return staff(customers="view")


@pytest.fixture
def exported(page, worker):
    """Ask for the file and let a worker write it."""

    def ask(person, path="/customers?cols=name&sort=name", kind="csv"):
        with worker():
            answer = page(person).post(f"{path}&export={kind}", {"export": kind})
        assert answer.status_code == 303
        return LongWork.objects.latest("pk")

    return ask


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def lines_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content_of(answer).decode("utf-8-sig"))))


def test_a_long_export_asks_first_and_writes_nothing(page, jane):
    answer = page(jane).get("/customers?export=csv")
    assert "6 customers match" in answer.content.decode()
    assert LongWork.objects.count() == 0


def test_a_short_one_comes_at_once(page, jane):
    answer = page(jane).get("/customers?search=Client 2&cols=name&export=csv")
    assert lines_of(answer) == [["Customer"], ["Client 2"]]


def test_the_file_holds_the_filtered_rows_in_the_chosen_columns(page, jane, exported):
    work = exported(jane)
    assert (work.state, work.done, work.total) == ("done", 6, 6)
    answer = page(jane).get(f"/background-work/{work.pk}/file")
    assert lines_of(answer) == [["Customer"], *([f"Client {number}"] for number in range(6))]
    assert answer["Content-Disposition"] == 'attachment; filename="customers.csv"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert jane.notices.get().text == "Export: customers. The file is ready."


def test_a_spreadsheet_is_written_too(page, jane, exported):
    work = exported(jane, kind="xlsx")
    book = load_workbook(io.BytesIO(content_of(page(jane).get(f"/background-work/{work.pk}/file"))))
    assert [row[0].value for row in book.active.rows][:2] == ["Customer", "Client 0"]


def test_nobody_else_gets_the_file(page, jane, staff, exported):
    work = exported(jane)
    answers = [
        page(staff()).get(f"/background-work/{work.pk}/file"),
        page(staff()).get(f"/background-work/{work.pk}"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert page().get(f"/background-work/{work.pk}/file").status_code == 302


def test_who_lost_the_right_gets_it_no_more(page, jane, exported):
    work = exported(jane)
    Role.objects.filter(pk=jane.role_id).update(grants={"time": "view"})
    assert page(jane).get(f"/background-work/{work.pk}/file").status_code == 403


def test_who_lost_the_right_before_it_is_written_gets_none(page, jane, worker):
    with worker():
        page(jane).post("/customers?export=csv", {"export": "csv"})
        Role.objects.filter(pk=jane.role_id).update(grants={"time": "view"})
    work = LongWork.objects.get()
    assert (work.state, work.reason) == ("failed", "You may no longer do this.")
    assert not work.file


def test_an_export_asks_for_the_right_to_the_list(page, staff, customers):
    stranger = page(staff(time="view"))
    assert stranger.post("/customers?export=csv", {"export": "csv"}).status_code == 403
    assert LongWork.objects.count() == 0


def test_a_file_is_kept_for_a_week(page, jane, exported):
    work = exported(jane)
    stored = work.file.name
    LongWork.objects.update(file_until=timezone.now())
    assert page(jane).get(f"/background-work/{work.pk}/file").status_code == 404
    operations.drop_files(timezone.now())
    work.refresh_from_db()
    assert (work.state, work.file.name) == ("done", "")
    assert default_storage.exists(stored)


def test_the_file_goes_with_the_sweep_and_the_work_after_ninety_days(
    jane, exported, django_capture_on_commit_callbacks
):
    stored = exported(jane).file.name
    LongWork.objects.update(file_until=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.drop_old() == 0
    assert not default_storage.exists(stored)
    LongWork.objects.update(finished_at=timezone.now() - timedelta(days=91))
    assert jobs.drop_old() == 1


def test_what_is_stopped_meanwhile_leaves_no_file(page, jane, monkeypatch):
    page(jane).post("/customers?export=csv", {"export": "csv"})
    work = LongWork.objects.get()
    own = operations.count
    monkeypatch.setattr(
        operations,
        "count",
        lambda one, done: done < 4 or (operations.stop(one, by=jane) and own(one, done)),
    )
    delivery.deliver(Effect.objects.get(kind="long work").pk)
    work.refresh_from_db()
    assert (work.state, work.file.name) == ("stopped", "")
