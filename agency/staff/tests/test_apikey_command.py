"""``manage.py apikey`` prints a new key, alone and once."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from agency.staff.models import ApiKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim(staff):
    return staff("manager", email="kim@example.com")


def test_only_the_key_is_printed_and_it_works(kim, api, capsys):
    call_command("apikey", "KIM@example.com", name="Ledger")
    printed = capsys.readouterr().out
    secret = printed.removesuffix("\n")
    assert secret.startswith("pk_")
    assert "\n" not in secret
    answer = api().get("/api/me", headers={"X-API-KEY": secret})
    assert answer.json()["user"]["email"] == "kim@example.com"
    assert secret not in str(ApiKey.objects.values().get())


def test_a_key_can_be_narrowed_and_end(kim, api, capsys):
    call_command(
        "apikey", kim.email, "--name=Ledger", "--scope=invoices:update", "--scope=time:view",
        "--expires=30",
    )  # fmt: skip
    secret = capsys.readouterr().out.strip()
    key = ApiKey.objects.get()
    assert key.scopes == {"invoices": "update", "time": "view"}
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert api().get("/api/me", headers={"X-API-KEY": secret}).status_code == 401


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--scope=invoices:manage"], "does not hold “invoices:manage”"),
        (["--scope=moon:view"], "no permission “moon:view”"),
        (["--scope=invoices"], "no permission “invoices:”"),
        (["--expires=0"], "1 to 36500"),
        (["--expires=99999999"], "1 to 36500"),
    ],
)
def test_a_wrong_wish_is_explained_and_makes_no_key(kim, arguments, message):
    with pytest.raises(CommandError, match=message):
        call_command("apikey", kim.email, "--name=Ledger", *arguments)
    assert ApiKey.objects.count() == 0


def test_nobody_gets_a_key_for_an_address_that_is_not_known():
    with pytest.raises(CommandError, match="Nobody with the address"):
        call_command("apikey", "nobody@example.com", name="Ledger")
