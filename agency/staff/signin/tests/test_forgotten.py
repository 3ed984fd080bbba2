"""A forgotten password: a link by mail, which works once and never follows the caller's host."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from agency.records.models import Effect
from agency.records.outbox import jobs  # noqa: F401 registers the task that empties the outbox
from agency.staff.people import operations as people

pytestmark = pytest.mark.django_db
NEW = "a brand new password"


@pytest.fixture
def mia(staff):
    return staff("employee", email="mia@example.com")


@pytest.fixture
def ask(django_capture_on_commit_callbacks):
    """Ask for a link, and let the outbox do its work."""

    def send(email="mia@example.com", client=None, **headers):
        with django_capture_on_commit_callbacks(execute=True):
            return (client or Client()).post(
                "/password/forgotten", {"email": email}, headers=headers or None
            )

    return send


def link() -> str:
    return re.search(r"https?://\S+", mail.outbox[-1].body)[0]


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def opened(client, address) -> str:
    """Follow the link to its form; the form's own address holds no token."""
    answer = client.get(path_of(address))
    assert answer.status_code == 302
    return answer["Location"]


def set_password(client, form, password=NEW):
    return client.post(form, {"password": password, "again": password})


def test_the_link_is_built_from_the_configured_address_never_from_the_host(ask, mia, settings):
    settings.PUBLIC_BASE_URL = "https://office.example"
    settings.ALLOWED_HOSTS = ["*"]
    ask(Host="evil.example", **{"X-Forwarded-Host": "evil.example"})
    [letter] = mail.outbox
    assert letter.to == ["mia@example.com"]
    assert link().startswith("https://office.example/password/")
    assert "evil" not in str(letter.message())


def test_known_and_unknown_addresses_get_the_same_answer(ask, mia, staff):
    staff("employee", email="gone@example.com", is_active=False)
    answers = [ask(f"{name}@example.com") for name in ("mia", "nobody", "gone")]
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, "/password/sent")] * 3
    assert [letter.to for letter in mail.outbox] == [["mia@example.com"]]
    assert Effect.objects.count() == 3  # the same work for each


def test_the_address_may_be_typed_in_any_case(ask, mia):
    ask("MIA@example.com")
    assert len(mail.outbox) == 1


def test_the_link_sets_a_new_password_once(ask, mia):
    ask()
    address, client = link(), Client()
    form = opened(client, address)
    token = address.rsplit("/", 1)[1]
    assert token not in form
    assert token not in client.get(form).content.decode()

    answer = set_password(client, form)
    assert (answer.status_code, answer["Location"]) == (302, "/login")
    mia.refresh_from_db()
    assert mia.check_password(NEW)
    assert client.get("/shortcuts").status_code == 302  # it signs nobody in by itself

    assert "does not work any more" in Client().get(path_of(address)).content.decode()
    assert set_password(client, form, "yet another password").status_code == 200
    mia.refresh_from_db()
    assert mia.check_password(NEW)


def test_it_ends_sessions_and_keys(ask, mia, page):
    from agency.staff import keys

    session, (_, secret) = page(mia), keys.create(mia, name="Zapier", by=mia)
    ask()
    client = Client()
    set_password(client, opened(client, link()))
    assert session.get("/shortcuts").status_code == 302
    assert keys.owner_of(secret) is None


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short", "short", "too short"),
        ("password123", "password123", "too common"),
        ("mia@example.com", "mia@example.com", "too similar"),
        (NEW, "something else", "not the same"),
        ("x" * 129, "x" * 129, "at most 128"),
        ("", "", "required"),
    ],
)
def test_a_weak_or_mistyped_password_is_refused_and_the_link_stays(
    ask, mia, password, again, words
):
    ask()
    client = Client()
    form = opened(client, link())
    answer = client.post(form, {"password": password, "again": again})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert set_password(client, form).status_code == 302


def test_the_link_ends_after_three_days_and_when_somebody_signs_in(ask, mia):
    ask()
    first = link()
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        assert "does not work any more" in Client().get(path_of(first)).content.decode()
    assert Client().get(path_of(first)).status_code == 302
    mia.last_login = timezone.now()
    mia.save()
    assert "does not work any more" in Client().get(path_of(first)).content.decode()


def test_who_was_let_go_sets_no_password(ask, mia, staff):
    ask()
    client = Client()
    form = opened(client, link())
    people.deactivate(mia, by=staff())
    assert "does not work any more" in set_password(client, form).content.decode()


@pytest.mark.parametrize(
    "path",
    ["/password/MQ/x", "/password/----/x-y", "/password/OTk5OTk5OTk5OTk5OTk5OTk5OTk5/a-b"],
)
def test_a_made_up_link_leads_nowhere(client, mia, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "does not work any more" in answer.content.decode()


def test_an_address_gets_three_letters_in_a_while_and_a_machine_asks_so_often(ask, mia):
    answers = [ask().status_code for _ in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    assert len(mail.outbox) == 3
    assert ask("other@example.com").status_code == 302


@pytest.mark.parametrize("email", ["", "nobody", "\x00", "a" * 300 + "@example.com"])
def test_what_is_no_address_is_refused_beside_the_field(ask, db, email):
    answer = ask(email)
    assert answer.status_code == 200
    assert "is-bad" in answer.content.decode()
    assert not Effect.objects.exists()
