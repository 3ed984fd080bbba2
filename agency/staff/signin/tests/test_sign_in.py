"""Signing in and out: one form, one answer for known and unknown, a door that shuts for a while."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from agency.staff.people import operations as people
from agency.staff.signin import second_factor

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
WRONG = "The e-mail address or the password is wrong."
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')


@pytest.fixture
def mia(staff):
    return staff("employee", email="mia@example.com", password=PASSWORD)


def sign_in(client, email="mia@example.com", password=PASSWORD, **values):
    return client.post("/login", {"login": email, "password": password, **values})


def is_in(client) -> bool:
    return client.get("/shortcuts").status_code == 200


def words(answer) -> str:
    """A page without what differs by chance or by what was typed."""
    text = TOKEN.sub(r"\1", answer.content.decode())
    return re.sub(r'value="[^"]*@example\.com"', "", text)


def code_of(secret: str) -> str:
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


@pytest.fixture
def secret(mia):
    """The secret of the authenticator that Mia has turned on."""
    made = generate_totp_secret()
    second_factor.turn_on(mia, secret=made, by=mia)
    return made


def test_one_form_takes_the_address_and_the_password(client, mia):
    page = client.get("/login").content.decode()
    assert page.count("<form") == 1
    assert 'name="login"' in page
    assert 'name="password"' in page
    answer = sign_in(client, " MIA@Example.com ")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(client)


def test_it_leads_on_to_the_page_that_was_wanted_but_never_elsewhere(client, mia):
    assert sign_in(client, next="/settings/security")["Location"] == "/settings/security"
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        assert sign_in(Client(), next=elsewhere)["Location"] == "/"


def test_known_unknown_and_former_people_get_the_same_answer(client, mia, staff):
    staff("employee", email="gone@example.com", password=PASSWORD, is_active=False)
    answers = [
        sign_in(Client(), "mia@example.com", "wrong password"),
        sign_in(Client(), "nobody@example.com", "wrong password"),
        sign_in(Client(), "gone@example.com", PASSWORD),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert WRONG in words(answers[0])
    assert len({words(answer) for answer in answers}) == 1


@pytest.mark.parametrize("email", ["mia@example.com", "nobody@example.com"])
def test_after_five_failures_the_door_is_shut_for_known_and_unknown(client, mia, email):
    answers = [sign_in(client, email, "wrong password") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    shut = sign_in(client, email)
    assert shut.status_code == 429
    assert "Too many attempts" in words(shut)
    assert shut["Retry-After"] == "900"
    assert words(shut) == words(answers[-1])
    assert not is_in(client)


def test_the_shut_door_names_nobody(client, mia):
    pages = []
    for email in ("mia@example.com", "nobody@example.com"):
        for _ in range(5):
            last = sign_in(client, email, "wrong password")
        pages.append(words(last))
    assert pages[0] == pages[1]


def test_the_same_name_is_counted_however_it_is_typed(client, mia):
    spellings = ["mia@example.com", "MIA@example.com", " mia@Example.COM"]
    for n in range(5):
        last = sign_in(client, spellings[n % 3], "wrong password")
    assert last.status_code == 429


def test_the_door_opens_again_after_a_quarter_of_an_hour(client, mia):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(5):
            sign_in(client, password="wrong password")
        clock.shift(timedelta(minutes=14))
        assert sign_in(client).status_code == 429
        clock.shift(timedelta(minutes=2))
        assert sign_in(client).status_code == 302


def test_others_come_in_while_one_is_shut_out(client, mia, staff):
    staff("employee", email="ann@example.com", password=PASSWORD)
    for _ in range(5):
        sign_in(client, password="wrong password")
    assert sign_in(client, "ann@example.com").status_code == 302
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert sign_in(elsewhere).status_code == 302


def test_a_new_password_opens_the_door(client, mia):
    for _ in range(5):
        sign_in(client, password="wrong password")
    people.change_password(mia, password="another good password", by=mia)
    assert sign_in(client, password="another good password").status_code == 302


def test_success_forgets_the_failures(client, mia):
    for _ in range(2):
        for _ in range(4):
            sign_in(Client(), password="wrong password")
        assert sign_in(client).status_code == 302
        client.post("/logout")


@pytest.mark.parametrize("email", ["\x00", "a" * 300 + "@example.com", "nobody", ""])
def test_what_is_no_address_is_refused_beside_the_field(client, db, email):
    answer = sign_in(client, email)
    assert answer.status_code == 200
    assert "is-bad" in words(answer)


def test_signing_out_takes_a_post(client, mia):
    sign_in(client)
    assert client.get("/logout").status_code == 405
    assert is_in(client)
    answer = client.post("/logout")
    assert (answer.status_code, answer["Location"]) == (302, "/login")
    assert not is_in(client)


def test_forms_need_their_token(mia):
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403


def test_a_session_left_alone_ends_and_one_in_use_goes_on(client, mia, settings):
    settings.SESSION_COOKIE_AGE = 3600
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client)
        for _ in range(5):
            clock.shift(timedelta(minutes=50))
            assert is_in(client)
        clock.shift(timedelta(minutes=61))
        assert not is_in(client)


def test_a_page_that_only_asks_for_news_keeps_no_session_awake(client, mia, settings):
    settings.SESSION_COOKIE_AGE = 3600
    news = {"HX-Request": "true", "HX-Trigger": "bell-slot"}
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client)
        for _ in range(6):
            clock.shift(timedelta(minutes=10))
            client.get("/shortcuts", headers=news)
        clock.shift(timedelta(minutes=2))
        assert not is_in(client)


def test_a_session_in_use_is_not_written_on_every_request(client, mia, django_assert_num_queries):
    sign_in(client)
    is_in(client)
    with django_assert_num_queries(1):
        is_in(client)


def test_with_a_second_factor_the_password_alone_opens_nothing(client, mia, secret):
    answer = sign_in(client, next="/settings/security")
    assert (answer.status_code, answer["Location"]) == (302, "/login/code")
    assert not is_in(client)
    assert "mia@example.com" in client.get("/login/code").content.decode()

    answer = client.post("/login/code", {"code": code_of(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/settings/security")
    assert is_in(client)


def test_a_code_works_once(client, mia, secret):
    code = code_of(secret)
    sign_in(client)
    assert client.post("/login/code", {"code": code}).status_code == 302
    other = Client()
    sign_in(other)
    assert other.post("/login/code", {"code": code}).status_code == 200
    assert not is_in(other)


def test_a_recovery_code_works_once_in_its_place(client, mia):
    spare, *_ = second_factor.turn_on(mia, secret=generate_totp_secret(), by=mia)
    for expected in (302, 200):
        session = Client()
        sign_in(session)
        assert session.post("/login/code", {"code": spare}).status_code == expected
    assert second_factor.recovery_codes_left(mia) == 9


def test_wrong_codes_shut_the_door_as_wrong_passwords_do(client, mia, secret):
    sign_in(client)
    answers = [client.post("/login/code", {"code": "000000"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert client.post("/login/code", {"code": code_of(secret)}).status_code == 429
    assert sign_in(Client()).status_code == 429
    assert not is_in(client)


@pytest.mark.parametrize("body", [{}, {"code": ""}, {"code": "\x00"}, {"credential": "{}"}])
def test_no_code_is_no_error_of_ours(client, mia, secret, body):
    sign_in(client)
    assert client.post("/login/code", body).status_code == 200


def test_nobody_starts_with_the_second_step(client, db):
    assert client.get("/login/code")["Location"] == "/login"
    assert client.post("/login/code", {"code": "123456"})["Location"] == "/login"


def test_who_was_let_go_between_the_steps_does_not_come_in(client, mia, secret, staff):
    sign_in(client)
    people.deactivate(mia, by=staff())
    client.post("/login/code", {"code": code_of(secret)})
    assert not is_in(client)


def test_not_you_starts_over(client, mia, secret):
    sign_in(client)
    client.post("/logout")
    assert client.get("/login").status_code == 200
    assert client.get("/login/code")["Location"] == "/login"


def test_the_secrets_of_authenticators_are_kept_encrypted(mia, secret):
    from allauth.mfa.models import Authenticator

    kept = {one.type: one for one in Authenticator.objects.filter(user=mia)}
    assert secret not in str(kept["totp"].data)
    spare = RecoveryCodes(kept["recovery_codes"]).get_unused_codes()
    assert not any(code in str(kept["recovery_codes"].data) for code in spare)


def test_an_earlier_secret_of_the_installation_still_opens_them(client, mia, secret, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new secret that is long enough to be one" * 2
    sign_in(client)
    assert client.post("/login/code", {"code": code_of(secret)}).status_code == 302


def test_nobody_signs_up_or_manages_addresses(client, db):
    closed = ("account_signup", "account_email", "account_set_password", "mfa_index")
    for name in closed:
        with pytest.raises(NoReverseMatch):
            reverse(name)
    paths = ("/signup", "/accounts/signup/", "/accounts/email/", "/login/", "/2fa/")
    assert {client.get(path).status_code for path in paths} == {404}


def test_the_admin_has_no_door_of_its_own(client, page, staff, mia):
    answer = client.get("/admin/login/?next=/admin/staff/role/")
    assert answer["Location"] == "/login?next=%2Fadmin%2Fstaff%2Frole%2F"
    assert client.post("/admin/login/").status_code == 405
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    assert client.get("/admin")["Location"] == "/admin/"

    assert page(mia).get("/admin/", follow=True).status_code == 403  # and no ring of redirects
    assert page(staff("executive", is_staff=True)).get("/admin/").status_code == 200


def test_signed_in_people_are_led_past_the_door(client, mia):
    sign_in(client)
    assert client.get("/login")["Location"] == "/"
