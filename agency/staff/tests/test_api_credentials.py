"""The doors of the API: keys in three headers, tokens, the browser's session."""

import base64
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from agency.staff import keys
from agency.staff.models import ApiKey

pytestmark = pytest.mark.django_db
ME = "/api/me"


@pytest.fixture
def kim(staff):
    return staff("manager", email="kim@example.com", first_name="Kim", last_name="Lee")


@pytest.fixture
def secret(kim):
    return keys.create(kim, name="Ledger", by=kim)[1]


def basic(user: str) -> str:
    return base64.b64encode(f"{user}:anything".encode()).decode()


def who(client, **headers):
    answer = client.get(
        ME, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    return answer.status_code, answer.json().get("user", {}).get("email")


class TestKeys:
    def test_a_key_opens_the_door_in_each_of_its_headers(self, api, secret):
        for headers in (
            {"X-API-KEY": secret},
            {"X-Api-Key": f" {secret} "},
            {"Authorization": f"Bearer {secret}"},
            {"Authorization": f"bearer  {secret}"},
            {"Authorization": f"Basic {basic(secret)}"},
            {"Authorization": f"BASIC {basic(secret)}"},
            {"Authorization": f"basic {basic(secret)}"},
        ):
            assert who(api(), **headers) == (200, "kim@example.com"), headers

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"X-API-KEY": ""},
            {"X-API-KEY": "pk_wrong"},
            {"X-API-KEY": "pk_schlüssel"},
            {"X-API-KEY": "x" * 10_000},
            {"Authorization": "Bearer pk_wrong"},
            {"Authorization": "Bearer"},
            {"Authorization": "Bearer "},
            {"Authorization": "Basic"},
            {"Authorization": "Basic !!!"},
            {"Authorization": "Basic " + basic("pk_wrong")},
            {"Authorization": "Basic " + basic("kim@example.com")},
            {"Authorization": "Basic /w=="},
            {"Authorization": "Digest abc"},
            {"Authorization": "pk_wrong"},
        ],
        ids=str,
    )
    def test_anything_else_is_401_with_a_challenge(self, api, secret, headers):
        answer = api().get(ME, headers=headers)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="agency"')
        told = answer.json()
        assert (told["error"], told["errors"]) == ("unauthenticated", {})

    def test_a_revoked_key_is_401_at_once(self, api, kim, secret):
        keys.revoke(ApiKey.objects.get(), by=kim)
        assert who(api(), X_API_KEY=secret) == (401, None)

    def test_a_key_ends_when_it_was_said_to(self, api, kim):
        ends = timezone.now() + timedelta(days=1)
        _, secret = keys.create(kim, name="Short", by=kim, expires_at=ends)
        assert who(api(), X_API_KEY=secret)[0] == 200
        with time_machine.travel(ends + timedelta(seconds=1)):
            assert who(api(), X_API_KEY=secret) == (401, None)

    def test_the_key_of_a_person_who_left_is_401(self, api, kim, secret):
        kim.is_active = False
        kim.save()
        assert who(api(), X_API_KEY=secret) == (401, None)

    def test_the_scopes_of_a_key_narrow_what_its_owner_may_do(self, api, kim):
        _, secret = keys.create(kim, name="Reader", by=kim, scopes={"customers": "view"})
        client = api()
        client.credentials(HTTP_X_API_KEY=secret)
        assert client.get(ME).json()["user"]["permissions"] == ["customers:view"]
        assert client.get("/api/companies").status_code == 200
        assert client.post("/api/companies", {"name": "Acme"}).status_code == 403
        assert client.get("/api/invoices").status_code == 403
        assert client.get("/api/budgets").status_code == 403

    def test_a_wrong_key_is_401_even_where_a_session_would_do(self, page, kim):
        client = page(kim)
        assert client.get(ME).status_code == 200
        assert client.get(ME, headers={"X-API-KEY": "pk_wrong"}).status_code == 401


class TestSessions:
    def test_the_browsers_session_reads(self, page, kim):
        assert page(kim).get(ME).json()["user"]["email"] == "kim@example.com"

    def test_a_change_without_the_csrf_token_is_403(self, kim):
        from django.test import Client

        client = Client(enforce_csrf_checks=True)
        client.force_login(kim, backend="agency.staff.access.GrantBackend")
        answer = client.post("/api/companies", {"name": "Acme"}, content_type="application/json")
        assert (answer.status_code, answer["Content-Type"]) == (403, "application/json")


class TestMe:
    def test_a_caller_sees_who_they_are_and_what_they_may_do(self, api, staff):
        person = staff(invoices="update", customers="view", first_name="Kim", last_name="Lee")
        answer = api(person).get(ME)
        assert answer.status_code == 200
        assert answer.json() == {
            "user": {
                "id": str(person.pk),
                "name": "Kim Lee",
                "email": person.email,
                "role": person.role.key,
                "permissions": ["customers:view", "invoices:view", "invoices:update"],
            }
        }

    def test_one_statement_finds_the_caller(self, api, secret, django_assert_num_queries):
        client = api()
        client.credentials(HTTP_X_API_KEY=secret)
        client.get(ME)
        with django_assert_num_queries(1):
            client.get(ME)
