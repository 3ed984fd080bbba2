"""The bell: told by what happens, to those whom it concerns, read by nobody else."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from agency.errors import NotAllowedError
from agency.records.notes import operations as notes
from agency.records.notices import operations as notices
from agency.records.notices.models import Notice
from agency.records.outbox import delivery
from agency.records.outbox.models import Effect
from agency.staff.models import Team
from budgets.budgets import telling
from budgets.models import Budget
from crm.customers.models import Customer
from crm.tasks import operations as tasks
from crm.timesheets import operations as time

pytestmark = pytest.mark.django_db


def told(person) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in person.notices.all()]


@pytest.fixture
def jane(staff):
    return staff(first_name="Jane", last_name="Doe")


@pytest.fixture
def mia(staff):
    return staff(first_name="Mia", last_name="Tran")


def test_who_is_named_in_a_note_or_comment_is_told_once(jane, mia, staff):
    stranger = staff(first_name="Tom", last_name="Lee", tasks="view")
    acme = Customer.objects.create(name="Acme")
    note = notes.create_note(acme, by=jane, body="@Mia and @Tom, they pay late")
    notes.update(note, by=jane, body="@Mia and @Jane, they pay early")
    assert told(mia) == [
        ("mention", "Jane Doe mentioned you in Acme: @Mia Tran and @Tom Lee, they pay late")
    ]
    notes.create_comment(acme, by=jane, body="@Mia?")
    assert told(mia)[0] == ("mention", "Jane Doe mentioned you in Acme: @Mia Tran?")
    assert (told(jane), told(stranger)) == ([], [])


def test_who_is_given_a_task_is_told_and_who_takes_it_is_not(jane, mia):
    task = tasks.create(by=jane, title="Call Acme", assignees=[jane, mia])
    tasks.assign(task, [mia], by=jane)
    assert told(mia) == [("task", "Jane Doe gave you the task Call Acme")]
    assert mia.notices.get().path == f"/tasks/{task.pk}"
    assert told(jane) == []


def log(person):
    acme = Customer.objects.get_or_create(name="Acme", defaults={"owner": person})[0]
    return time.create(by=person, customer_id=acme.pk, date=date(2026, 11, 2), minutes=90)


def test_the_lead_hears_of_time_to_approve_and_the_person_of_the_decision(staff, mia):
    lead, head = staff("manager", first_name="Lea"), staff("head")
    Team.objects.create(name="Design", lead=lead).members.set([mia])
    first, second = log(mia), log(mia)
    time.submit([first], by=mia)
    time.submit([second], by=mia)
    assert told(lead) == [("waiting", "Mia Tran handed in 1:30 h")]
    assert told(head) == []
    time.approve([first], by=lead)
    time.reject(second, reason="Which project?", by=lead)
    assert told(mia) == [
        ("rejected", f"{lead} sent back 1:30 h of your time: Which project?"),
        ("approved", f"{lead} approved 1:30 h of your time"),
    ]


def test_without_a_lead_those_who_see_all_time_hear_of_it(staff):
    anna, head = staff("employee"), staff("head")
    time.submit([log(anna)], by=anna)
    assert told(head) == [("waiting", f"{anna} handed in 1:30 h")]
    assert told(anna) == []


def test_what_is_refused_tells_nobody(mia):
    entry = log(mia)
    with pytest.raises(NotAllowedError):
        time.approve([entry], by=mia)
    assert told(mia) == []


def test_a_delivery_that_failed_is_told_to_those_who_look_after_the_house(jane, staff):
    head = staff("head")
    effect = Effect.objects.create(kind="nobody.knows", attempts=9)
    delivery.deliver(effect.pk)
    text = f"Not delivered: Nobody knows #{effect.pk}. "
    text += "Lookup error: nothing here knows how to carry out “nobody.knows”."
    assert told(jane) == [("delivery", text)]
    assert told(head) == []


def test_an_owner_hears_once_of_a_budget_and_again_when_more_is_agreed(jane, mia):
    acme = Customer.objects.create(name="Acme")
    values = {"resource_type": "company", "customer": acme, "status": "active", "owner": mia}
    budget = Budget.objects.create(name="Site", total_amount=Decimal(100), **values)
    calm = Budget.objects.create(name="Calm", total_amount=Decimal(1000), **values)
    for one in (budget, calm):
        entry = log(jane)
        type(entry).objects.filter(pk=entry.pk).update(
            budget=one, amount=90, status="approved", currency=one.currency
        )
    assert [telling.of_burned_budgets(), telling.of_burned_budgets()] == [1, 1]
    assert told(mia) == [("budget", "Site: 90 % of AUD 100.00 used")]
    Budget.objects.filter(pk=budget.pk).update(total_amount=80)
    telling.of_burned_budgets()
    assert told(mia)[0] == ("budget", "Site is AUD 10.00 over its AUD 80.00")


def test_the_bell_counts_the_unread_and_a_line_is_read_when_opened(jane, page):
    notices.tell([jane], "task", "A task", path="/tasks")
    notices.tell([jane], "mention", "Named", path="/customers")
    client = page(jane)
    assert "Notifications, 2 unread" in client.get("/notices/bell").content.decode()
    answer = client.post(f"/notices/{jane.notices.get(kind='task').pk}/open")
    assert (answer.status_code, answer["Location"]) == (303, "/tasks")
    assert "Notifications, 1 unread" in client.get("/notices/bell").content.decode()
    client.post("/notices/read")
    assert jane.notices.unread().count() == 0


def test_what_others_were_told_is_not_found(jane, mia, page):
    notices.tell([mia], "task", "For Mia", path="/tasks")
    theirs, client = mia.notices.get(), page(jane)
    assert client.post(f"/notices/{theirs.pk}/open").status_code == 404
    assert "For Mia" not in client.get("/notices").content.decode()
    client.post("/notices", {"action": "read", "row": theirs.pk})
    client.post("/notices/read")
    with pytest.raises(NotAllowedError):
        notices.read(theirs, by=jane)
    theirs.refresh_from_db()
    assert theirs.read_at is None


@pytest.mark.parametrize("size", [1, 30])
def test_the_bell_and_the_list_cost_the_same_however_long(
    jane, page, django_assert_num_queries, size
):
    for _ in range(size):
        notices.tell([jane], "task", "A task")
    client = page(jane)
    client.get("/notices")
    with django_assert_num_queries(3):  # session's person, the count, the newest
        client.get("/notices/bell")
    with django_assert_num_queries(5):  # person, views, counts, page
        client.get("/notices")


def test_a_line_of_one_key_is_renewed_and_old_ones_are_dropped(jane):
    notices.tell([jane], "waiting", "One", key="w")
    notices.read_all(by=jane)
    notices.tell([jane], "waiting", "Two", key="w")
    assert [(one.text, one.read_at) for one in jane.notices.all()] == [("Two", None)]
    long_ago = timezone.now() - timedelta(days=100)
    notices.tell([jane], "task", "Old")
    Notice.objects.filter(text="Old").update(read_at=long_ago)
    assert notices.drop_read(timezone.now() - timedelta(days=90)) == 1
    assert told(jane) == [("waiting", "Two")]


@pytest.mark.django_db(transaction=True)
def test_the_bell_opens_and_leads_to_what_it_tells(staff, window):
    jane = staff()
    notices.tell([jane], "task", "Kim gave you the task Call Acme", path="/tasks")
    notices.tell([jane], "mention", "Kim mentioned you in Acme: late again", path="/customers")
    with window(jane, "/notices") as (tab, reports):
        tab.get_by_label("Notifications, 2 unread").click()
        tab.locator(".notices").get_by_text("Kim gave you").click()
        tab.wait_for_url("**/tasks")
        tab.get_by_label("Notifications, 1 unread").wait_for()
        assert reports == []
    assert jane.notices.unread().get().kind == "mention"
