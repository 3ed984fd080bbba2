"""Several people at the lines of one budget at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from agency.errors import BusinessError
from agency.tests.racing import race
from budgets.budgets import operations as budgets
from budgets.budgets.tests.factories import make_budget, make_line, make_time
from budgets.lines import operations as lines
from budgets.lines.models import BudgetLine
from crm.timesheets import operations as time

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.postgres,
]


def test_orders_that_come_together_leave_one_of_them_whole(staff):
    jane, budget = staff(), make_budget()
    ids = [make_line(budget, position=n).pk for n in range(6)]
    orders = [ids[turn:] + ids[:turn] for turn in range(6)] * 2

    results = race(12, lambda n: lines.reorder(budget, orders[n], by=jane))

    found = list(budget.lines.in_order().values_list("pk", "position"))
    assert results == [None] * 12
    assert [position for _, position in found] == list(range(6))
    assert [pk for pk, _ in found] in orders


@pytest.mark.parametrize("delete", [lines.delete, budgets.delete])
def test_nothing_is_deleted_under_time_that_is_being_approved(staff, delete):
    anna, head = staff("employee"), staff("head")
    budget = make_budget()
    line = make_line(budget)
    entry = make_time(budget, anna, budget_line=line, status="draft")

    def remove():
        try:
            delete(line if delete is lines.delete else budget, by=head)
        except BusinessError as error:
            return error
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            time.approve([entry], by=head)
            waiting = pool.submit(remove)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
        refused = waiting.result(timeout=20)

    entry.refresh_from_db()
    assert "Approved time" in str(refused)
    assert (entry.budget, entry.budget_line) == (budget, line)


def test_lines_added_at_once_get_places_of_their_own(staff):
    jane, budget = staff(), make_budget()

    race(8, lambda n: lines.create(budget, by=jane, description=f"Line {n}", unit_price=n))

    assert sorted(budget.lines.values_list("position", flat=True)) == list(range(8))


def test_an_order_waits_for_a_line_that_is_being_added(staff):
    jane, budget = staff(), make_budget()
    first, second = (make_line(budget, position=n) for n in range(2))

    def reorder():
        try:
            lines.reorder(budget, [second.pk, first.pk], by=jane)
        except BusinessError as error:
            return error
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            added = lines.create(budget, by=jane, description="Third")
            waiting = pool.submit(reorder)
        refused = waiting.result(timeout=20)

    assert refused.field == "item_ids"
    assert list(BudgetLine.objects.in_order()) == [first, second, added]
