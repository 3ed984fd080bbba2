"""A client that repeats a POST gets the first answer again, and one effect."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import RequestFactory
from django.test.client import encode_multipart
from django.utils import timezone
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from agency.api import idempotency, jobs
from agency.api.models import IdempotentAnswer
from agency.api.tests import office
from agency.staff.models import Staff

PEOPLE = "/api/office/people"
pytestmark = pytest.mark.urls("agency.api.tests.office")


def post(client, key, body=None, path=PEOPLE):
    return client.post(path, body or {"first_name": "Ada"}, headers={"Idempotency-Key": key})


def made() -> int:
    return Staff.objects.filter(first_name="Ada").count()


@pytest.fixture
def head(staff, api):
    return api(staff(staff="manage"))


@pytest.mark.django_db
class TestOneAfterTheOther:
    def test_the_same_request_is_answered_again_and_done_once(self, head):
        first = post(head, "one")
        again = post(head, "one")
        assert (first.status_code, again.status_code, made()) == (201, 201, 1)
        assert again.content == first.content
        assert (again["ETag"], again["Content-Type"]) == (first["ETag"], first["Content-Type"])
        assert "Idempotency-Replayed" not in first
        assert again["Idempotency-Replayed"] == "true"

    def test_another_body_or_address_under_the_same_key_is_422(self, head):
        post(head, "one")
        for answer in (
            post(head, "one", {"first_name": "Grace"}),
            post(head, "one", path=f"{PEOPLE}?a=1"),
        ):
            assert (answer.status_code, answer.json()["error"]) == (422, "unprocessable")
        assert Staff.objects.filter(first_name="Grace").count() == 0

    def test_a_refusal_is_repeated_too(self, head):
        body = {"first_name": "Ada", "title": "Nobody"}
        first, again = post(head, "one", body), post(head, "one", body)
        assert (first.status_code, again.status_code) == (400, 400)
        assert again.content == first.content
        assert again["Idempotency-Replayed"] == "true"
        assert made() == 0

    def test_a_refusal_after_a_change_leaves_nothing_of_the_change(self, head, monkeypatch):
        def create(*, by, **values):
            office.create(by=by, **values)
            raise office.BusinessError("Too late.")

        monkeypatch.setattr(office.PersonViewSet.operations, "create", create)
        assert post(head, "one").status_code == 400
        assert made() == 0

    def test_a_defect_is_not_kept_and_leaves_nothing(self, head, monkeypatch):
        real = office.PersonViewSet.operations.create

        def create(*, by, **values):
            office.create(by=by, **values)
            raise RuntimeError("The power is gone.")

        head.raise_request_exception = False
        monkeypatch.setattr(office.PersonViewSet.operations, "create", create)
        assert post(head, "one").status_code == 500
        assert (made(), IdempotentAnswer.objects.count()) == (0, 0)
        monkeypatch.setattr(office.PersonViewSet.operations, "create", real)
        assert (post(head, "one").status_code, made()) == (201, 1)

    def test_a_missing_right_is_not_kept(self, api, staff):
        viewer = staff(staff="view")
        assert post(api(viewer), "one").status_code == 403
        viewer.role.grants = {"staff": "manage"}
        viewer.role.save()
        assert post(api(viewer), "one").status_code == 201

    def test_two_people_may_use_the_same_key(self, head, api, staff):
        post(head, "one")
        assert post(api(staff(staff="manage")), "one").status_code == 201
        assert made() == 2

    def test_after_a_day_the_key_is_free_again(self, head):
        post(head, "one")
        with time_machine.travel(timezone.now() + timedelta(hours=23, minutes=59)):
            assert post(head, "one")["Idempotency-Replayed"] == "true"
        with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)):
            assert "Idempotency-Replayed" not in post(head, "one")
        assert made() == 2

    def test_the_hourly_job_drops_what_is_older_than_a_day(self, head):
        post(head, "old")
        IdempotentAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
        post(head, "new")
        assert jobs.drop_old_answers() == 1
        assert [one.key for one in IdempotentAnswer.objects.all()] == ["new"]

    @pytest.mark.parametrize("key", ["", "x" * 256, "schlüssel", "a\tb"])
    def test_a_key_that_is_none_is_400(self, head, key):
        assert post(head, key).status_code == 400
        assert made() == 0

    def test_the_longest_key_is_kept_apart_from_its_neighbour(self, head):
        post(head, "x" * 254 + "a")
        assert "Idempotency-Replayed" not in post(head, "x" * 254 + "b")

    def test_other_methods_and_strangers_do_not_use_it(self, head, api, staff):
        person = staff("employee")
        for title in ("One", "Two"):
            answer = head.put(
                f"{PEOPLE}/{person.pk}", {"title": title}, headers={"Idempotency-Key": "one"}
            )
            assert answer.json()["person"]["title"] == title
        assert post(api(), "one").status_code == 401
        assert IdempotentAnswer.objects.count() == 0

    def test_the_replay_costs_a_look_and_no_work(self, head, django_assert_num_queries):
        post(head, "one")
        statements = 4 if connection.vendor == "postgresql" else 3
        with django_assert_num_queries(statements):  # savepoint, (lock,) look, release
            post(head, "one")


def test_a_form_sent_again_is_the_same_request_though_its_boundary_differs():
    def said(content: bytes, boundary: str, name: str = "logo") -> str:
        file = SimpleUploadedFile("a.png", content)
        body = encode_multipart(boundary, {name: file, "note": "Ours"})
        plain = RequestFactory().post(
            "/api/files", body, content_type=f"multipart/form-data; boundary={boundary}"
        )
        return idempotency.fingerprint(Request(plain, parsers=[MultiPartParser()]))

    first = said(b"one", "AaBb")
    assert said(b"one", "CcDd") == first
    assert first not in {said(b"two", "AaBb"), said(b"one", "AaBb", name="photo")}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestAtTheSameTime:
    def together(self, staff, api, count, send):
        person = staff(staff="manage")
        start = Barrier(count)

        def one(index):
            try:
                start.wait()
                return send(api(person), index)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(one, range(count)))

    @pytest.mark.postgres
    def test_twins_are_done_once(self, staff, api, extent):
        for round_number in range(extent(200)):
            key = f"round {round_number}"
            body = {"first_name": f"Ada {round_number}"}
            answers = self.together(
                staff, api, 8, lambda client, _, key=key, body=body: post(client, key, body)
            )
            codes = sorted(answer.status_code for answer in answers)
            assert set(codes) <= {201, 409}
            fresh = [a for a in answers if a.status_code == 201 and not a.has_header(REPLAYED)]
            assert len(fresh) == 1
            assert Staff.objects.filter(**body).count() == 1
            bodies = {answer.content for answer in answers if answer.status_code == 201}
            assert len(bodies) == 1

    @pytest.mark.postgres
    def test_a_twin_of_a_request_that_still_runs_is_409(self, staff, api, monkeypatch):
        person, running, finish = staff(staff="manage"), Event(), Event()

        def slowly(*, by, **values):
            running.set()
            finish.wait(10)
            return office.create(by=by, **values)

        def first():
            try:
                return post(api(person), "one")
            finally:
                connections.close_all()

        monkeypatch.setattr(office.PersonViewSet.operations, "create", slowly)
        with ThreadPoolExecutor(1) as pool:
            slow = pool.submit(first)
            assert running.wait(10)
            twin = post(api(person), "one")
            finish.set()
            assert slow.result().status_code == 201
        assert (twin.status_code, twin.json()["error"]) == (409, "conflict")
        assert post(api(person), "one")[REPLAYED] == "true"
        assert made() == 1

    @pytest.mark.postgres
    def test_a_crash_before_the_answer_is_stored_leaves_neither(self, staff, api, monkeypatch):
        person = staff(staff="manage")
        client = api(person)
        client.raise_request_exception = False

        def crash(response, **values):
            raise SystemExit

        with monkeypatch.context() as patched:
            patched.setattr(idempotency, "keep", crash)
            with pytest.raises(SystemExit):
                post(client, "one")
        assert (made(), IdempotentAnswer.objects.count()) == (0, 0)
        assert (post(client, "one").status_code, made()) == (201, 1)


REPLAYED = "Idempotency-Replayed"
