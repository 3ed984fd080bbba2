"""One's own background work: the list and the page with the progress."""

import pytest

from agency.records.longwork import operations
from agency.records.longwork.models import LongWork, RefusedRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def jane(staff):
    return staff("employee")


def make_work(person, **values) -> LongWork:
    title = "Approve: 120 invoices"
    work = operations.start("list step", title, by=person, total=120, facts={"done": "approved"})
    LongWork.objects.filter(pk=work.pk).update(**values)
    work.refresh_from_db()
    return work


@pytest.mark.parametrize("size", [3, 30])
def test_the_list_costs_the_same_however_long(page, jane, django_assert_num_queries, size):
    for number in range(size):
        make_work(jane, state="running", done=number)
    client = page(jane)
    client.get("/background-work")
    # person, count, rows, tab counts, saved views
    with django_assert_num_queries(5):
        answer = client.get("/background-work")
    assert len(answer.context["rows"]) == size


def test_everybody_sees_their_own(page, jane, staff):
    work, boss = make_work(jane), staff()
    assert [row.record for row in page(jane).get("/background-work").context["rows"]] == [work]
    assert page(boss).get("/background-work").context["rows"] == []
    paths = ["", "/file", "/refused", "/stop"]
    found = [page(boss).get(f"/background-work/{work.pk}{path}").status_code for path in paths]
    assert found == [404] * 4
    assert page(boss).post(f"/background-work/{work.pk}/stop").status_code == 404
    work.refresh_from_db()
    assert work.state == "waiting"


def test_the_bar_asks_again_until_it_is_over(page, jane):
    work, client = make_work(jane, state="running", done=30, refused=6), page(jane)
    html = client.get(work.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 2s"' in html
    assert 'aria-valuenow="30"' in html
    assert "30 of 120 approved" in html
    assert "6 refused" in html
    part = client.get(f"{work.get_absolute_url()}?part=progress", headers={"HX-Request": "true"})
    assert part.content.decode().startswith('<div id="progress"')

    LongWork.objects.update(state="done", done=114)
    part = client.get(f"{work.get_absolute_url()}?part=progress", headers={"HX-Request": "true"})
    assert part["HX-Refresh"] == "true"
    assert "hx-trigger" not in client.get(work.get_absolute_url()).context["bar"]
    assert 'hx-trigger="every 2s"' not in client.get(work.get_absolute_url()).content.decode()


def test_a_look_at_the_progress_costs_two_statements(page, jane, django_assert_num_queries):
    work, client = make_work(jane, state="running", done=30), page(jane)
    # person, work
    with django_assert_num_queries(2):
        client.get(f"{work.get_absolute_url()}?part=progress", headers={"HX-Request": "true"})


def test_refusals_are_named_with_a_link_and_all_of_them_are_in_a_file(page, jane):
    work = make_work(jane, state="done", done=0, refused=120)
    RefusedRow.objects.bulk_create(
        RefusedRow(work=work, label=f"INV-{n:03}", reason="Voided.", path=f"/invoices/{n}")
        for n in range(120)
    )
    client = page(jane)
    html = client.get(work.get_absolute_url()).content.decode()
    assert '<a class="id" href="/invoices/99">INV-099</a>' in html
    assert "And 20 more" in html
    answer = client.get(f"{work.get_absolute_url()}/refused")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert (len(lines), lines[0], lines[120]) == (121, "Row,Why", "INV-119,Voided.")


def test_why_it_was_broken_off_is_told(page, jane):
    work = make_work(jane, state="failed", reason="You may no longer do this.")
    html = page(jane).get(work.get_absolute_url()).content.decode()
    assert "You may no longer do this. What was done stays done." in html


def test_what_is_over_is_not_stopped(page, jane):
    work, client = make_work(jane, state="done"), page(jane)
    assert 'value="stop"' not in client.get(work.get_absolute_url()).content.decode()
    client.post(f"/background-work/{work.pk}/stop")
    assert "It is over already." in client.get(work.get_absolute_url()).content.decode()
    work.refresh_from_db()
    assert work.state == "done"


def test_the_bell_leads_there(page, jane):
    assert 'href="/background-work"' in page(jane).get("/notices/bell").content.decode()
