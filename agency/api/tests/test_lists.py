"""Lists: pages that do not overlap, totals, and any length in flat memory."""

import json as plain_json
import tracemalloc

import pytest

from agency.api import agency, json, rows
from agency.api.tests.office import PersonRow
from agency.staff.models import Role, Staff

PEOPLE = "/api/office/people"
pytestmark = [pytest.mark.django_db, pytest.mark.urls("agency.api.tests.office")]


def add_people(count: int) -> None:
    role = Role.objects.get(key="employee")
    Staff.objects.bulk_create(
        Staff(email=f"{n}@list.test", first_name=f"Person {n % 7}", title="Maker", role=role)
        for n in range(count)
    )


@pytest.fixture
def viewer(staff, api):
    add_people(23)
    return api(staff(staff="view", title="Viewer"))


def ids(answer) -> list[str]:
    return [person["id"] for person in answer.json()["people"]]


def test_a_row_is_what_the_documents_say(viewer):
    person = Staff.objects.get(title="Viewer")
    answer = viewer.get(f"{PEOPLE}?title=Viewer")
    assert answer["X-Total-Count"] == "1"
    [row] = answer.json()["people"]
    assert row == viewer.get(f"{PEOPLE}/{person.pk}").json()["person"]
    assert list(row) == list(PersonRow().fields)
    assert (row["id"], row["role_name"]) == (str(person.pk), person.role.name)


@pytest.mark.parametrize("sort", ["", "&sort=name", "&sort=-name", "&sort=title,-name"])
def test_the_pages_together_are_the_list(viewer, sort):
    everything = ids(viewer.get(f"{PEOPLE}?limit=1000{sort}"))
    pages = [ids(viewer.get(f"{PEOPLE}?limit=5&page={page}{sort}")) for page in range(1, 7)]
    assert [len(page) for page in pages] == [5, 5, 5, 5, 4, 0]
    assert [one for page in pages for one in page] == everything


@pytest.mark.parametrize(
    ("query", "total"),
    [("", 24), ("?limit=5", 24), ("?limit=24", 24), ("?limit=5&page=5", 24), ("?page=9", 24),
     ("?limit=25", 24), ("?title=Maker&limit=3", 23), ("?title=None", 0), ("?title=No&limit=3", 0)],
)  # fmt: skip
def test_the_total_counts_the_rows_on_all_pages(viewer, query, total):
    assert viewer.get(PEOPLE + query)["X-Total-Count"] == str(total)


@pytest.mark.parametrize(
    ("query", "statements"),
    [("", 1), ("?limit=50", 1), ("?limit=5", 2), ("?limit=5&page=5", 1), ("?limit=5&page=9", 2)],
)
def test_a_list_costs_one_statement_and_a_count_where_one_is_needed(
    viewer, query, statements, django_assert_num_queries
):
    with django_assert_num_queries(statements):
        viewer.get(PEOPLE + query)


def test_a_detail_costs_one_statement(viewer, django_assert_num_queries):
    address = f"{PEOPLE}/{Staff.objects.first().pk}"
    with django_assert_num_queries(1):
        assert viewer.get(address).status_code == 200


def test_a_change_looks_its_record_up_once(viewer, api, staff, django_assert_num_queries):
    head, person = api(staff(staff="manage")), staff("employee")
    with django_assert_num_queries(6):  # look-up, lock, write, answer
        head.put(f"{PEOPLE}/{person.pk}", {"title": "Lead"})


def test_a_list_of_any_length_comes_in_pieces(viewer, monkeypatch):
    short = viewer.get(f"{PEOPLE}?sort=name")
    monkeypatch.setattr(agency, "MOST_AT_ONCE", 10)
    answer = viewer.get(f"{PEOPLE}?sort=name")
    assert (answer.streaming, answer["X-Total-Count"]) == (True, "24")
    assert answer["Content-Type"] == "application/json"
    assert b"".join(answer.streaming_content) == short.content


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1000])
def test_the_pieces_are_one_json_document(count):
    some = [{"id": str(n)} for n in range(count)]
    assert plain_json.loads(b"".join(json.pieces("rows", some))) == {"rows": some}


def test_a_long_list_leaves_the_memory_flat(viewer):
    def peak() -> int:
        tracemalloc.start()
        for _ in json.pieces("people", PersonRow().iterate(Staff.objects.order_by("pk"))):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    add_more = 3 * rows.MOST_AT_ONCE
    role = Role.objects.get(key="employee")
    Staff.objects.bulk_create(
        Staff(email=f"{n}@long.test", first_name="P", role=role) for n in range(add_more)
    )
    few = peak()
    Staff.objects.bulk_create(
        Staff(email=f"{n}@longer.test", first_name="P", role=role) for n in range(2 * add_more)
    )
    assert peak() < 1.3 * few


def test_decimals_are_printed_as_they_are_and_never_pass_a_float():
    from decimal import Decimal

    figures = {
        "a": Decimal("12.50"),
        "b": Decimal("0.1"),
        "c": Decimal("1E+3"),
        "d": Decimal("-0.0001"),
    }
    assert json.dumps(figures) == b'{"a":12.50,"b":0.1,"c":1000,"d":-0.0001}'
    assert json.loads(b'{"a": 0.1}') == {"a": Decimal("0.1")}
    assert json.dumps(Decimal("123456789012345.6789")) == b"123456789012345.6789"


def test_what_has_no_form_in_json_is_a_defect():
    with pytest.raises(TypeError):
        json.dumps({"a": object()})
