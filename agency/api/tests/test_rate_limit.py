"""Each key may ask so often; whoever asks more often waits, and is told how long."""

import time

import pytest
import time_machine
from django.core.cache import cache

from agency.api import throttling
from agency.staff import keys

PEOPLE = "/api/office/people"
NOW = 1_800_000_100  # 100 seconds into an hour
pytestmark = [pytest.mark.django_db, pytest.mark.urls("agency.api.tests.office")]


@pytest.fixture(autouse=True)
def _three_an_hour(settings):
    settings.API_RATE_LIMIT = "3/hour"
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def with_key(staff, api):
    """A client that calls with a key of its own."""

    def client(owner=None):
        owner = owner or staff(staff="view")
        _, secret = keys.create(owner, name="Test", by=owner)
        made = api()
        made.credentials(HTTP_X_API_KEY=secret)
        return made

    return client


def told(answer) -> tuple:
    names = ("Limit", "Remaining", "Reset")
    return tuple(int(answer[f"X-RateLimit-{name}"]) for name in names)


END = NOW - NOW % 3600 + 3600


def test_every_answer_says_how_many_calls_are_left_until_when(with_key):
    client = with_key()
    assert told(client.get(PEOPLE)) == (3, 2, END)
    assert told(client.get(f"{PEOPLE}/0")) == (3, 1, END)
    assert told(client.delete(PEOPLE)) == (3, 0, END)


def test_one_call_too_many_is_429_and_says_how_long_to_wait(with_key):
    client = with_key()
    for _ in range(3):
        assert client.get(PEOPLE).status_code == 200
    answer = client.get(PEOPLE)
    assert (answer.status_code, answer.json()["error"]) == (429, "rate_limited")
    assert told(answer) == (3, 0, END)
    assert END - NOW <= int(answer["Retry-After"]) <= END - NOW + 1


def test_a_refused_call_does_nothing(with_key, staff):
    person = staff("employee")
    client = with_key(staff(staff="manage"))
    for _ in range(3):
        client.get(PEOPLE)
    assert client.delete(f"{PEOPLE}/{person.pk}").status_code == 429
    person.refresh_from_db()


def test_the_next_hour_starts_anew(with_key):
    client = with_key()
    for _ in range(4):
        client.get(PEOPLE)
    with time_machine.travel(END, tick=False):
        assert told(client.get(PEOPLE)) == (3, 2, END + 3600)


def test_each_key_counts_for_itself(with_key, staff):
    owner = staff(staff="view")
    first, second = with_key(owner), with_key(owner)
    first.get(PEOPLE)
    assert told(second.get(PEOPLE))[1] == 2


def test_the_tokens_of_one_person_count_together(staff, api):
    person = staff(staff="view", password="a long enough password")
    clients = []
    for _ in range(2):
        client = api()
        body = {"email": person.email, "password": "a long enough password"}
        token = client.post("/api/v1/auth/login", body).json()["access"]
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        clients.append(client)
    assert [told(client.get(PEOPLE))[1] for client in clients] == [2, 1]


def test_a_browser_session_is_not_counted(page, staff):
    client = page(staff(staff="view"))
    for _ in range(5):
        answer = client.get(PEOPLE)
        assert answer.status_code == 200
        assert "X-RateLimit-Limit" not in answer


def test_strangers_and_wrong_keys_count_by_their_address(api):
    client = api()
    client.credentials(HTTP_X_API_KEY="pk_wrong")
    assert [client.get(PEOPLE).status_code for _ in range(4)] == [401, 401, 401, 429]
    assert api().get("/api/nothing").status_code == 429
    assert api().get("/api/nothing", REMOTE_ADDR="10.1.1.1").status_code == 404


@pytest.mark.parametrize("text", ["0", "0/hour", "-1/hour"])
def test_the_limit_can_be_switched_off(with_key, settings, text):
    settings.API_RATE_LIMIT = text
    client = with_key()
    for _ in range(5):
        answer = client.get(PEOPLE)
        assert answer.status_code == 200
        assert "X-RateLimit-Limit" not in answer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1000/hour", (1000, 3600)),
        ("5/s", (5, 1)),
        ("60/min", (60, 60)),
        ("9/day", (9, 86_400)),
        ("7", (7, 3600)),
        ("0", None),
    ],
)
def test_the_setting_reads_as_people_write_it(text, expected):
    assert throttling.allowed(text) == expected


def test_people_work_on_while_the_cache_is_down(with_key, monkeypatch):
    def down(*args, **kwargs):
        raise ConnectionError("no route to Redis")

    client = with_key()
    monkeypatch.setattr(cache, "incr", down)
    answer = client.get(PEOPLE)
    assert answer.status_code == 200
    assert "X-RateLimit-Limit" not in answer


def test_concurrent_calls_are_all_counted():
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda _: throttling.counted("rate:test", 60), range(400)))
    assert sorted(seen) == list(range(1, 401))
    assert time.time() == NOW
