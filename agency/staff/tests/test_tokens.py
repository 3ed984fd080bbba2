"""Programs that sign in as a person: a pair of tokens, refreshed, ended, locked out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import jwt
import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.db import connections
from django.utils import timezone
from rest_framework_simplejwt.token_blacklist.models import OutstandingToken

from agency.staff import jobs

PASSWORD = "a long enough password"
LOGIN, REFRESH, LOGOUT = (f"/api/v1/auth/{name}" for name in ("login", "refresh", "logout"))
ME = "/api/me"
WRONG = {
    "error": "unauthenticated",
    "message": "The address, the password or the code is wrong.",
    "errors": {},
}
INVALID = WRONG | {"message": "The token is not valid, or its time is over."}


@pytest.fixture
def kim(staff):
    return staff("manager", email="kim@example.com")


@pytest.fixture
def login(api):
    def send(email="kim@example.com", password=PASSWORD, **more):
        return api().post(LOGIN, {"email": email, "password": password, **more})

    return send


def me(api, token) -> int:
    return api().get(ME, headers={"Authorization": f"Bearer {token}"}).status_code


@pytest.mark.django_db
class TestSigningIn:
    def test_the_right_password_gives_a_pair_of_tokens(self, api, kim, login):
        answer = login()
        assert answer.status_code == 200
        assert sorted(answer.json()) == ["access", "refresh"]
        assert me(api, answer.json()["access"]) == 200
        kim.refresh_from_db()
        assert kim.last_login is not None

    def test_the_address_may_be_written_in_any_case(self, kim, login):
        assert login(" KIM@Example.com ").status_code == 200

    def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(self, kim, login):
        for answer in (login(password="wrong"), login("nobody@example.com")):
            assert (answer.status_code, answer.json()) == (401, WRONG)
            assert answer["WWW-Authenticate"] == 'Bearer realm="agency"'

    def test_a_person_who_left_gets_the_same_answer(self, kim, login):
        kim.is_active = False
        kim.save()
        assert (login().status_code, login().json()) == (401, WRONG)

    def test_what_is_missing_is_named(self, api):
        answer = api().post(LOGIN, {"email": "kim@example.com"})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["password"])

    def test_a_known_and_an_unknown_address_are_locked_out_alike(self, kim, login):
        for email in ("kim@example.com", "nobody@example.com"):
            for _ in range(settings.AXES_FAILURE_LIMIT - 1):
                assert login(email, "wrong").status_code == 401
            locked = login(email, "wrong")
            assert (locked.status_code, locked.json()["error"]) == (429, "rate_limited")
            assert 0 < int(locked["Retry-After"]) <= 901
        assert login().status_code == 429

    def test_the_lock_is_for_one_address_alone(self, kim, staff, login):
        other = staff("employee", email="lee@example.com")
        for _ in range(settings.AXES_FAILURE_LIMIT):
            login(password="wrong")
        assert login(other.email).status_code == 200

    def test_the_lock_opens_by_itself(self, kim, login):
        for _ in range(settings.AXES_FAILURE_LIMIT):
            login(password="wrong")
        with time_machine.travel(
            timezone.now() + settings.AXES_COOLOFF_TIME + timedelta(minutes=1)
        ):
            assert login().status_code == 200

    def test_a_success_forgets_the_failures_before_it(self, kim, login):
        for _ in range(2):
            for _ in range(settings.AXES_FAILURE_LIMIT - 1):
                login(password="wrong")
            assert login().status_code == 200


@pytest.mark.django_db
class TestSecondFactor:
    @pytest.fixture
    def code(self, kim):
        """Switch the second factor on; the code that holds now."""
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(kim, secret)
        counter = list(totp.yield_hotp_counters_from_time())[totp.app_settings.TOTP_TOLERANCE]
        return totp.format_hotp_value(totp.hotp_value(secret, counter))

    def test_the_password_alone_does_not_do(self, code, login):
        assert (login().status_code, login().json()) == (401, WRONG)

    def test_the_code_opens_and_works_once(self, code, login):
        assert login(code=code).status_code == 200
        assert login(code=code).status_code == 401

    def test_wrong_codes_lock_out_like_wrong_passwords(self, code, login):
        wrong = "000000" if code != "000000" else "000001"
        codes = [login(code=wrong).status_code for _ in range(settings.AXES_FAILURE_LIMIT)]
        assert codes == [401] * (settings.AXES_FAILURE_LIMIT - 1) + [429]
        assert login(code=code).status_code == 429

    def test_a_recovery_code_stands_in_once(self, kim, code, login):
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

        spare = RecoveryCodes.activate(kim).generate_codes()[0]
        assert login(code=spare).status_code == 200
        assert login(code=spare).status_code == 401
        assert Authenticator.objects.filter(user=kim).count() == 2


@pytest.mark.django_db
class TestTokens:
    def test_a_refresh_token_gives_a_new_pair_and_works_once(self, api, kim, login):
        first = login().json()
        second = api().post(REFRESH, {"refresh": first["refresh"]})
        assert (second.status_code, sorted(second.json())) == (200, ["access", "refresh"])
        again = api().post(REFRESH, {"refresh": first["refresh"]})
        assert (again.status_code, again.json()) == (401, INVALID)
        assert me(api, second.json()["access"]) == 200

    def test_after_signing_out_the_refresh_token_is_dead(self, api, kim, login):
        pair = login().json()
        answer = api().post(LOGOUT, {"refresh": pair["refresh"]})
        assert (answer.status_code, answer.json()) == (200, {"message": "Signed out."})
        assert api().post(REFRESH, {"refresh": pair["refresh"]}).status_code == 401
        assert api().post(LOGOUT, {"refresh": pair["refresh"]}).status_code == 200

    def test_one_kind_of_token_does_not_stand_for_the_other(self, api, kim, login):
        pair = login().json()
        assert me(api, pair["refresh"]) == 401
        assert api().post(REFRESH, {"refresh": pair["access"]}).status_code == 401

    def test_a_changed_password_ends_every_token(self, api, kim, login):
        pair = login().json()
        kim.set_password("another long password")
        kim.save()
        assert me(api, pair["access"]) == 401
        assert api().post(REFRESH, {"refresh": pair["refresh"]}).status_code == 401

    def test_the_tokens_of_a_person_who_left_are_dead(self, api, kim, login):
        pair = login().json()
        kim.is_active = False
        kim.save()
        assert me(api, pair["access"]) == 401
        assert api().post(REFRESH, {"refresh": pair["refresh"]}).status_code == 401

    def test_an_access_token_ends_after_half_an_hour(self, api, kim, login):
        token = login().json()["access"]
        with time_machine.travel(timezone.now() + timedelta(minutes=29)):
            assert me(api, token) == 200
        with time_machine.travel(timezone.now() + timedelta(minutes=31)):
            assert me(api, token) == 401

    def test_only_our_own_algorithm_is_believed(self, api, kim, login):
        said = jwt.decode(login().json()["access"], options={"verify_signature": False})
        for algorithm, key in (
            ("none", None),
            ("HS384", settings.SECRET_KEY),
            ("HS256", "another key that is long enough to sign"),
        ):
            assert me(api, jwt.encode(said, key, algorithm=algorithm)) == 401
        assert me(api, jwt.encode(said, settings.SECRET_KEY, algorithm="HS256")) == 200

    @pytest.mark.parametrize("token", ["", "x", "a.b.c", "..", "x" * 3000, "é.é.é", "a.b.c.d.e"])
    def test_nonsense_is_401_and_never_500(self, api, token):
        assert me(api, token) == 401
        assert api().post(REFRESH, {"refresh": token or "x"}).status_code == 401

    @pytest.mark.parametrize("user_id", ["", "0", "x", "-1", "9" * 30, None, [1]])
    def test_a_token_of_nobody_is_401(self, api, kim, login, user_id):
        said = jwt.decode(login().json()["access"], options={"verify_signature": False})
        said["user_id"] = user_id
        assert me(api, jwt.encode(said, settings.SECRET_KEY, algorithm="HS256")) == 401

    def test_the_database_does_not_hold_the_token_itself(self, kim, login):
        login()
        assert [one.token for one in OutstandingToken.objects.all()] == [""]

    def test_the_daily_job_drops_tokens_that_have_ended(self, api, kim, login):
        api().post(LOGOUT, {"refresh": login().json()["refresh"]})
        with time_machine.travel(timezone.now() + timedelta(days=15)):
            fresh = login().json()["refresh"]
            assert jobs.drop_ended_tokens() == 1
            assert OutstandingToken.objects.count() == 1
            assert api().post(REFRESH, {"refresh": fresh}).status_code == 200

    def test_one_statement_finds_the_caller(self, api, kim, login, django_assert_num_queries):
        token = login().json()["access"]
        with django_assert_num_queries(1):
            me(api, token)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_many_who_refresh_with_the_same_token_one_gets_a_pair(api, staff, login):
    staff("manager", email="kim@example.com")
    token, start = login().json()["refresh"], Barrier(6)

    def refresh(_):
        try:
            start.wait()
            return api().post(REFRESH, {"refresh": token}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(refresh, range(6))) == [200, 401, 401, 401, 401, 401]


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["kim@example.com", "nobody@example.com"])
def test_one_name_tried_from_many_addresses_is_locked_known_or_unknown(api, kim, email):
    body = {"email": email, "password": "a wrong password"}
    answers = [
        api().post(LOGIN, body, REMOTE_ADDR=f"10.0.0.{number}").status_code for number in range(12)
    ]
    assert answers == [401] * 10 + [429] * 2
