"""One's own security: password, second factor, recovery codes; the password is asked once more."""

import base64
import re

import pytest
from django.test import Client

from agency.records.history import history_of
from agency.staff import keys
from agency.staff.signin import second_factor
from agency.staff.signin.tests.test_sign_in import PASSWORD, code_of, is_in, sign_in

pytestmark = pytest.mark.django_db
NEW = "a brand new password"
CONFIRM = "/settings/security/confirm"
CODES = "/settings/security/codes"
SPARE = re.compile(r"<li>(\d{8})</li>")


@pytest.fixture
def mia(staff):
    return staff("employee", email="mia@example.com", password=PASSWORD)


@pytest.fixture
def session(client, mia):
    sign_in(client)
    return client


def confirm(session, path=CODES):
    return session.post(f"{CONFIRM}?next={path}", {"password": PASSWORD})


def switched_on(session) -> tuple[str, list[str]]:
    """Turn the second factor on as a person does: the secret and the recovery codes shown."""
    confirm(session)
    page = session.get(CODES).content.decode()
    secret = re.search(r"data-copy-text>([A-Z2-7 ]+)<", page)[1].replace(" ", "")
    answer = session.post(CODES, {"code": code_of(secret)})
    return secret, SPARE.findall(answer.content.decode())


def test_a_stranger_sees_none_of_it(client, db):
    paths = ("", "/password", "/confirm", "/codes", "/codes/off")
    answers = [client.get(f"/settings/security{path}") for path in paths]
    assert [answer.status_code for answer in answers] == [302] * 5
    assert all(answer["Location"].startswith("/login?next=") for answer in answers)
    assert client.post("/settings/security/recovery").status_code == 302


def test_a_new_password_keeps_this_session_and_ends_the_others(session, mia):
    other = Client()
    sign_in(other)
    _, secret = keys.create(mia, name="Zapier", by=mia)
    body = {"current": PASSWORD, "password": NEW, "again": NEW}
    assert session.post("/settings/security/password", body).status_code == 302
    assert (is_in(session), is_in(other)) == (True, False)
    assert keys.owner_of(secret) is None
    mia.refresh_from_db()
    assert mia.check_password(NEW)
    assert history_of(mia)[0].verb == "password_changed"
    assert history_of(mia)[0].by == mia


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"current": "wrong", "password": NEW, "again": NEW}, "That is not your password."),
        ({"current": PASSWORD, "password": "12345678", "again": "12345678"}, "too common"),
        ({"current": PASSWORD, "password": NEW, "again": "else"}, "The two are not the same."),
        ({}, "required"),
    ],
)
def test_a_password_change_that_is_refused_changes_nothing(session, mia, body, words):
    answer = session.post("/settings/security/password", body)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    mia.refresh_from_db()
    assert mia.check_password(PASSWORD)


def test_wrong_passwords_are_counted_here_too(session, mia):
    body = {"current": "wrong", "password": NEW, "again": NEW}
    path = "/settings/security/password"
    answers = [session.post(path, body).status_code for _ in range(6)]
    assert answers == [422, 422, 422, 422, 429, 429]


@pytest.mark.parametrize("path", [CODES, f"{CODES}/off"])
def test_the_password_is_asked_once_more_before_a_step_that_counts(session, mia, path):
    answer = session.get(path)
    assert answer["Location"].startswith(CONFIRM)
    wrong = session.post(f"{CONFIRM}?next={path}", {"password": "wrong"})
    assert wrong.status_code == 200
    assert session.get(path)["Location"].startswith(CONFIRM)
    assert confirm(session, path)["Location"] == path


def test_asking_again_counts_wrong_passwords(session, mia):
    answers = [
        session.post(f"{CONFIRM}?next={CODES}", {"password": "wrong"}).status_code for _ in range(5)
    ]
    assert answers == [200, 200, 200, 200, 429]


def test_the_second_factor_is_turned_on_by_the_first_code(session, mia):
    confirm(session)
    page = session.get(CODES).content.decode()
    drawn = base64.b64decode(re.search(r"data:image/svg\+xml;base64,([^\"]+)", page)[1])
    assert drawn.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    secret = re.search(r"data-copy-text>([A-Z2-7 ]+)<", page)[1].replace(" ", "")

    wrong = session.post(CODES, {"code": "000000"})
    assert wrong.status_code == 200
    assert "That code is wrong" in wrong.content.decode()
    assert not second_factor.is_on(mia)
    assert secret in wrong.content.decode().replace(" ", "")  # the same square as before

    answer = session.post(CODES, {"code": code_of(secret)})
    spare = SPARE.findall(answer.content.decode())
    assert len(set(spare)) == 10
    assert answer["Cache-Control"].find("no-store") >= 0
    assert second_factor.is_on(mia)
    assert [event.verb for event in history_of(mia)] == ["second_factor_on"]
    assert not any(code in session.get("/settings/security").content.decode() for code in spare)

    fresh = Client()
    assert sign_in(fresh)["Location"] == "/login/code"


def test_turning_it_off_needs_the_password_and_a_post(session, mia):
    switched_on(session)
    assert session.get(f"{CODES}/off").status_code == 200
    assert second_factor.is_on(mia)
    assert session.post(f"{CODES}/off").status_code == 302
    assert not second_factor.is_on(mia)
    assert second_factor.recovery_codes_left(mia) == 0
    assert history_of(mia)[0].verb == "second_factor_off"
    assert sign_in(Client())["Location"] == "/"


def test_new_recovery_codes_end_the_old_ones(session, mia):
    _, old = switched_on(session)
    assert session.get("/settings/security/recovery").status_code == 405
    new = SPARE.findall(session.post("/settings/security/recovery").content.decode())
    assert len(set(new) - set(old)) == 10
    for code, expected in ((old[0], 200), (new[0], 302)):
        fresh = Client()
        sign_in(fresh)
        assert fresh.post("/login/code", {"code": code}).status_code == expected


def test_without_a_second_factor_there_are_no_recovery_codes(session, mia):
    confirm(session)
    assert session.post("/settings/security/recovery").status_code == 302
    assert second_factor.recovery_codes_left(mia) == 0


def test_an_administrator_helps_who_lost_their_phone(session, mia, staff, page):
    switched_on(session)
    path = f"/settings/staff/{mia.pk}/codes-off"
    assert page(staff(staff="update")).post(path).status_code == 403
    deputy = page(staff(staff="manage", scope="own"))
    deputy.post(path)  # holds less than Mia
    assert second_factor.is_on(mia)
    assert page(staff()).post(path).status_code == 303
    assert not second_factor.is_on(mia)


def test_the_page_shows_where_one_signed_in(session, mia):
    assert "127.0.0.1" in session.get("/settings/security").content.decode()
