"""A client that read an old version does not overwrite a newer one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from agency.staff.models import Staff

PEOPLE = "/api/office/people"
pytestmark = pytest.mark.urls("agency.api.tests.office")


@pytest.fixture
def head(staff, api):
    return api(staff(staff="manage"))


@pytest.fixture
def address(staff):
    return f"{PEOPLE}/{staff('employee').pk}"


@pytest.mark.django_db
class TestVersions:
    def test_a_detail_says_which_version_it_is(self, head, address):
        assert head.get(address)["ETag"] == head.get(address)["ETag"]

    def test_an_answer_to_a_change_carries_the_new_version(self, head, address):
        before = head.get(address)["ETag"]
        after = head.put(address, {"title": "Lead"})["ETag"]
        assert before != after
        assert after == head.get(address)["ETag"]
        assert head.post(f"{address}/greet")["ETag"] == head.get(address)["ETag"]

    def test_a_new_record_comes_with_its_version(self, head):
        answer = head.post(PEOPLE, {"first_name": "Ada"})
        key = answer.json()["person"]["id"]
        assert answer["ETag"] == head.get(f"{PEOPLE}/{key}")["ETag"]

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_the_version_that_was_read_may_be_changed(self, head, address, method):
        tag = head.get(address)["ETag"]
        answer = getattr(head, method)(address, {"title": "Lead"}, headers={"If-Match": tag})
        assert answer.status_code == 200

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_an_older_version_is_412_and_nothing_changes(self, head, address, method):
        tag = head.get(address)["ETag"]
        head.put(address, {"title": "First"})
        answer = getattr(head, method)(address, {"title": "Second"}, headers={"If-Match": tag})
        assert (answer.status_code, answer.json()["error"]) == (412, "precondition_failed")
        assert head.get(address).json()["person"]["title"] == "First"

    def test_any_version_or_one_of_several_may_be_named(self, head, address):
        tag = head.get(address)["ETag"]
        for wanted in (f'"x", {tag}', "*"):
            answer = head.put(address, {"title": "x"}, headers={"If-Match": wanted})
            assert answer.status_code == 200

    @pytest.mark.parametrize("wanted", ['"x"', "x", 'W/"1-1"', ",", '"' + "9" * 5000 + '"'])
    def test_what_is_no_version_of_it_is_412(self, head, address, wanted):
        answer = head.put(address, {"title": "x"}, headers={"If-Match": wanted})
        assert answer.status_code == 412

    def test_a_record_that_is_not_there_is_404_whatever_the_version(self, head):
        answer = head.put(f"{PEOPLE}/999999", {"title": "x"}, headers={"If-Match": '"x"'})
        assert answer.status_code == 404


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_many_who_change_the_version_that_they_all_read_one_wins(staff, api, extent):
    head, person = staff(staff="manage"), staff("employee")
    address = f"{PEOPLE}/{person.pk}"
    for _ in range(extent(100)):
        tag = api(head).get(address)["ETag"]
        start = Barrier(6)

        def change(index, tag=tag, start=start):
            try:
                start.wait()
                body = {"title": f"Title {index}"}
                return api(head).put(address, body, headers={"If-Match": tag}).status_code, index
            finally:
                connections.close_all()

        with ThreadPoolExecutor(6) as pool:
            results = sorted(pool.map(change, range(6)))
        assert [status for status, _ in results] == [200, 412, 412, 412, 412, 412]
        assert Staff.objects.get(pk=person.pk).title == f"Title {results[0][1]}"
