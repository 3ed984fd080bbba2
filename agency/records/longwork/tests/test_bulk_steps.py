"""A step of the bulk bar for many rows: in the background, row by row, as who asked for it."""

import json

import pytest
from django.db import OperationalError

from agency.errors import StateError
from agency.records import history
from agency.records.longwork import turns
from agency.records.longwork.models import LongWork, WorkStep
from agency.records.outbox import delivery
from agency.records.outbox import operations as outbox
from agency.records.outbox.models import Effect
from agency.staff.models import Role
from agency.ui import bulk
from billing.invoices import operations as invoices
from billing.invoices.tests.factories import make_customer, make_invoice
from billing.models import Invoice
from crm.timesheets import operations as time
from crm.timesheets.models import TimeEntry
from crm.timesheets.tests.factories import log, make_project

pytestmark = pytest.mark.django_db
MANY = 26


@pytest.fixture
def jane(staff):
    return staff(first_name="Jane", last_name="Doe")


@pytest.fixture
def boss(staff):
    return staff(invoices="manage")


@pytest.fixture
def drafts(jane):
    customer = make_customer()
    return [make_invoice(jane, customer=customer) for _ in range(MANY)]


def toasts(answer) -> list[dict]:
    return json.loads(answer["HX-Trigger"])["toasts"]["list"]


def states() -> dict[str, int]:
    found = list(Invoice.objects.values_list("status", flat=True))
    return {state: found.count(state) for state in sorted(set(found))}


def told(person) -> list[tuple[str, str]]:
    return [(one.text, one.path) for one in person.notices.filter(kind="work")]


def test_a_few_rows_are_done_at_once(jane, drafts, press):
    answer = press(jane, "/invoices", "finalise", drafts[:25])
    assert toasts(answer) == [{"tone": "success", "text": "25 finalised."}]
    assert states() == {"draft": 1, "finalised": 25}
    assert LongWork.objects.count() == 0


def test_many_rows_are_left_to_the_background_and_told_when_done(jane, drafts, press, worker):
    with worker():
        answer = press(jane, "/invoices", "finalise", drafts)
        assert states() == {"draft": MANY}
    work = LongWork.objects.get()
    path = f"/background-work/{work.pk}"
    text = "26 invoices are worked through in the background."
    assert toasts(answer) == [{"tone": "info", "text": text, "path": path}]
    assert states() == {"finalised": MANY}
    assert (work.state, work.total, work.done, work.refused) == ("done", MANY, MANY, 0)
    assert told(jane) == [("Finalise: 26 invoices. 26 finalised.", path)]
    assert WorkStep.objects.count() == 0
    assert Effect.objects.get(kind="long work").state == "done"


def test_history_says_who_asked_and_that_a_job_did_it(jane, drafts, press, worker):
    with worker():
        press(jane, "/invoices", "finalise", drafts)
    event = history.history_of(drafts[0]).filter(verb="finalised").get()
    assert (event.by, event.through) == (jane, "job: long work")


def test_numbers_are_given_in_the_order_of_the_list(jane, drafts, press, worker):
    with worker():
        press(jane, "/invoices?sort=-total", "finalise")
    numbers = [Invoice.objects.get(pk=one.pk).number for one in reversed(drafts)]
    assert numbers == sorted(numbers)


def test_all_rows_of_a_filter_are_chosen_beyond_the_page(jane, drafts, press, worker):
    other = make_invoice(jane, customer=make_customer(name="Acme"))
    with worker():
        path = f"/invoices?company_id={drafts[0].customer_id}&size=25"
        press(jane, path, "finalise")
    assert states() == {"draft": 1, "finalised": MANY}
    assert Invoice.objects.get(status="draft") == other


def test_more_than_one_may_ask_for_is_refused_and_nothing_is_done(jane, drafts, press, monkeypatch):
    monkeypatch.setattr("agency.ui.bulk.LIMIT", 20)
    answer = press(jane, "/invoices", "finalise")
    assert toasts(answer) == [{"tone": "warning", "text": "Choose up to 20 rows at a time."}]
    assert (states(), LongWork.objects.count()) == ({"draft": MANY}, 0)


def test_a_step_that_asks_first_says_that_it_runs_in_the_background(jane, drafts, press, worker):
    for one in drafts:
        invoices.finalise(one, by=jane)
    asked = press(jane, "/invoices", "void")
    assert "So many are worked through in the background" in asked.content.decode()
    assert states() == {"finalised": MANY}
    with worker():
        press(jane, "/invoices", "void", confirmed="1")
    assert states() == {"voided": MANY}


def test_who_is_refused_is_named_with_the_reason_and_the_others_go_on(jane, drafts, press, worker):
    with worker():
        press(jane, "/invoices", "finalise", drafts)
        invoices.finalise(drafts[3], by=jane)
        invoices.void(drafts[3], by=jane)
    work, voided = LongWork.objects.get(), Invoice.objects.get(pk=drafts[3].pk)
    assert (work.state, work.done, work.refused) == ("done", MANY - 1, 1)
    [refused] = work.refusals.all()
    with pytest.raises(StateError) as error:
        invoices.finalise(voided, by=jane)
    assert (refused.label, refused.reason, refused.path) == (
        str(voided),
        str(error.value),
        f"/invoices/{voided.pk}",
    )
    assert told(jane)[0][0] == "Finalise: 26 invoices. 25 finalised, 1 refused."


def test_a_row_that_is_gone_meanwhile_is_told(jane, drafts, press, worker):
    with worker():
        press(jane, "/invoices", "finalise", drafts)
        invoices.delete(drafts[0], by=jane)
    [refused] = LongWork.objects.get().refusals.all()
    assert refused.reason == "It is gone, or you no longer see it."
    assert states() == {"finalised": MANY - 1}


def test_an_error_of_our_own_costs_one_row_and_not_the_others(jane):
    def halve(number, *, by):
        return 1 // number

    halving = bulk.BulkAction(key="halve", label="Halve", run=halve)
    found = bulk.run(halving, [1, 0, 2], by=jane, reason_of=turns.reason_of)
    refused = ("0", "An unexpected error, which has been recorded.", "")
    assert (found.done, found.refused) == (2, [refused])
    with pytest.raises(ZeroDivisionError):
        bulk.run(halving, [0], by=jane)


@pytest.mark.parametrize("error", [OperationalError("locked"), outbox.NotNowError("x", seconds=5)])
def test_what_is_no_fault_of_the_row_is_tried_again_later(error):
    with pytest.raises(type(error)):
        turns.reason_of(error)


@pytest.mark.parametrize("loss", ["right", "account"])
def test_rights_are_asked_again_when_the_work_runs(drafts, press, worker, boss, loss):
    with worker():
        press(boss, "/invoices", "finalise", drafts)
        if loss == "right":
            Role.objects.filter(pk=boss.role_id).update(grants={"invoices": "view"})
        else:
            boss.is_active = False
            boss.save()
    work = LongWork.objects.get()
    assert (work.state, work.reason) == ("failed", "You may no longer do this.")
    assert states() == {"draft": MANY}
    assert told(boss)[0][0].endswith("broken off. You may no longer do this.")


def test_a_right_lost_in_the_middle_ends_the_work_there(drafts, press, boss):
    press(boss, "/invoices", "finalise", drafts)
    work = LongWork.objects.get()
    LongWork.objects.update(state="running")
    assert [turns.next_step(work.pk) for _ in range(3)] == [True] * 3
    Role.objects.filter(pk=boss.role_id).update(grants={"invoices": "view"})
    delivery.deliver(Effect.objects.get(kind="long work").pk)
    assert states() == {"draft": MANY - 3, "finalised": 3}
    work.refresh_from_db()
    assert (work.state, work.done) == ("failed", 3)


def test_who_may_not_do_it_starts_nothing(drafts, press, staff):
    viewer = staff(invoices="view")
    assert press(viewer, "/invoices", "finalise", drafts).status_code == 403
    assert (states(), LongWork.objects.count()) == ({"draft": MANY}, 0)


def test_long_work_makes_room_after_a_while_and_goes_on(jane, drafts, press, worker, monkeypatch):
    monkeypatch.setattr(turns, "TURN", 0)
    with worker():
        press(jane, "/invoices", "finalise", drafts)
    assert states() == {"finalised": MANY}
    effect = Effect.objects.get(kind="long work")
    assert (effect.state, effect.attempts) == ("done", 1)


def test_what_is_stopped_stays_where_it_is(jane, drafts, press, page):
    press(jane, "/invoices", "finalise", drafts)
    work = LongWork.objects.get()
    LongWork.objects.update(state="running")
    turns.next_step(work.pk)
    assert page(jane).post(f"/background-work/{work.pk}/stop").status_code == 303
    delivery.deliver(Effect.objects.get(kind="long work").pk)
    work.refresh_from_db()
    assert (work.state, work.done, work.steps.count()) == ("stopped", 1, 0)
    assert states() == {"draft": MANY - 1, "finalised": 1}


def test_what_no_worker_survives_is_told_to_its_person_and_may_be_tried_again(jane, drafts, press):
    press(jane, "/invoices", "finalise", drafts)
    effect = Effect.objects.get(kind="long work")
    Effect.objects.update(attempts=10)
    delivery.deliver(effect.pk)
    work = LongWork.objects.get()
    assert (work.state, work.steps.count()) == ("failed", MANY)
    assert told(jane)[0][0].endswith("Each attempt ended with the worker's death.")
    Effect.objects.update(state="waiting", attempts=0)
    delivery.deliver(effect.pk)
    assert (LongWork.objects.get().state, states()) == ("done", {"finalised": MANY})


def test_time_is_approved_together_and_each_person_hears_of_it_once(staff, press, worker):
    head, anna = staff("head"), staff("employee")
    project = make_project(anna)
    time.submit([log(anna, project_id=project.pk) for _ in range(40)], by=anna)
    with worker():
        press(head, "/time/approvals", "approve")
    assert set(TimeEntry.objects.values_list("status", flat=True)) == {"approved"}
    assert LongWork.objects.get().done == 40
    assert anna.notices.filter(kind="approved").count() == 1


def test_time_that_is_refused_is_named_and_the_rest_is_approved(staff, press, worker):
    head, anna = staff("head"), staff("employee")
    project = make_project(anna)
    entries = time.submit([log(anna, project_id=project.pk) for _ in range(30)], by=anna)
    with worker():
        press(head, "/time/entries?sort=date", "reject", confirmed="1", reason="Say what for")
        time.approve(entries[0], by=head)
    work = LongWork.objects.get()
    assert (work.done, work.refused) == (29, 1)
    assert TimeEntry.objects.filter(rejection_reason="Say what for").count() == 29
