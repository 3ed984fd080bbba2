"""Teamwork's own ways, shown on the currency codes and on what is not there."""

import base64

import pytest

from agency.staff import keys

pytestmark = pytest.mark.django_db


def test_a_read_has_one_key_and_only_strings(api, staff):
    answer = api(staff("employee")).get("/currencycodes.json").json()
    assert list(answer) == ["currency-codes"]
    rows = answer["currency-codes"]
    assert rows == sorted(rows, key=lambda row: row["name"])
    assert {"name": "Yen", "code": "JPY"} in rows
    assert len(rows) > 150


def test_the_key_is_the_user_name_of_http_basic(client, staff):
    person = staff("employee")
    _, secret = keys.create(person, name="Teamwork", by=person)
    pair = base64.b64encode(f"{secret}:x".encode()).decode()
    answer = client.get("/currencycodes.json", headers={"authorization": f"BASIC {pair}"})
    assert answer.status_code == 200


def test_a_refusal_says_status_and_message(client):
    stranger = client.get("/currencycodes.json")
    assert stranger.status_code == 401
    assert stranger.json() == {
        "STATUS": "Error",
        "MESSAGE": "Authentication credentials were not provided.",
    }
    nowhere = client.get("/nowhere/1.json")
    assert (nowhere.status_code, nowhere.json()["STATUS"]) == (404, "Error")
