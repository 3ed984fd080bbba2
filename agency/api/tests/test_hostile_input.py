"""Whatever a client sends, it is told what is wrong with it; nothing ends in a 500."""

import json

import pytest

PEOPLE = "/api/office/people"
pytestmark = [pytest.mark.django_db, pytest.mark.urls("agency.api.tests.office")]
NAME = {"first_name": "Ada"}
LONG = "x" * 301


@pytest.fixture
def head(staff, api):
    return api(staff(staff="manage"))


def post(client, body, path=PEOPLE, content_type="application/json"):
    return client.post(path, data=body, content_type=content_type)


UNREADABLE = [
    "{",
    "[",
    "nonsense",
    '{"first_name": }',
    '{"first_name": "Ada"',
    "[" * 100_000,
    '{"a":' * 100_000,
    '{"first_name": NaN}',
    '{"first_name": Infinity}',
    '{"first_name": -Infinity}',
    '{"first_name": "\\ud800"}',
    '{"\\udfff": 1}',
    '{"weekly_minutes": ' + "9" * 5000 + "}",
    b"\xff\xfe\x00",
    b'{"first_name": "\xc3\x28"}',
    b"\x00",
    "\ufeff{}",
]


@pytest.mark.parametrize("body", UNREADABLE, ids=lambda body: repr(body[:20]))
def test_a_body_that_is_no_json_is_400(head, body):
    answer = post(head, body)
    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid"
    assert answer.json()["message"]


WRONG = [
    ([], "non_field_errors"),
    ("text", "non_field_errors"),
    (7, "non_field_errors"),
    (None, "non_field_errors"),
    (True, "non_field_errors"),
    ({}, "first_name"),
    ({"first_name": None}, "first_name"),
    ({"first_name": ""}, "first_name"),
    ({"first_name": "  "}, "first_name"),
    ({"first_name": LONG}, "first_name"),
    ({"first_name": "a\x00b"}, "first_name"),
    ({"first_name": ["Ada"]}, "first_name"),
    ({"first_name": {"a": 1}}, "first_name"),
    ({"first_name": True}, "first_name"),
    ({**NAME, "colour": "red"}, "colour"),
    ({**NAME, "": 1}, "non_field_errors"),
    ({**NAME, "a\x00": 1}, "a\x00"),
    ({**NAME, "title": LONG}, "title"),
    ({**NAME, "hourly_rate": "ten"}, "hourly_rate"),
    ({**NAME, "hourly_rate": "NaN"}, "hourly_rate"),
    ({**NAME, "hourly_rate": "Infinity"}, "hourly_rate"),
    ({**NAME, "hourly_rate": "1e400"}, "hourly_rate"),
    ({**NAME, "hourly_rate": -1}, "hourly_rate"),
    ({**NAME, "hourly_rate": 10**15}, "hourly_rate"),
    ({**NAME, "hourly_rate": 10**400}, "hourly_rate"),
    ({**NAME, "hourly_rate": "0.00001"}, "hourly_rate"),
    ({**NAME, "hourly_rate": "1" * 2000}, "hourly_rate"),
    ({**NAME, "hourly_rate": True}, "hourly_rate"),
    ({**NAME, "hourly_rate": [1]}, "hourly_rate"),
    ({**NAME, "hourly_rate": {}}, "hourly_rate"),
    ({**NAME, "weekly_minutes": 1.5}, "weekly_minutes"),
    ({**NAME, "weekly_minutes": 10**30}, "weekly_minutes"),
    ({**NAME, "weekly_minutes": -1}, "weekly_minutes"),
    ({**NAME, "weekly_minutes": "many"}, "weekly_minutes"),
    ({**NAME, "weekly_minutes": None}, "weekly_minutes"),
    ({**NAME, "position": 2**31}, "position"),
    ({**NAME, "position": -(2**31) - 1}, "position"),
    ({**NAME, "position": 2**64}, "position"),
    ({**NAME, "is_active": "perhaps"}, "is_active"),
    ({**NAME, "is_active": []}, "is_active"),
    ({**NAME, "is_active": {}}, "is_active"),
    ({**NAME, "since": "2026-02-30"}, "since"),
    ({**NAME, "since": "yesterday"}, "since"),
    ({**NAME, "since": "99999-01-01"}, "since"),
    ({**NAME, "since": "0000-00-00"}, "since"),
    ({**NAME, "since": 20260101}, "since"),
    ({**NAME, "since": "2026-01-01\x00"}, "since"),
    ({**NAME, "since": []}, "since"),
    ({**NAME, "lead_id": 999_999_999}, "lead_id"),
    ({**NAME, "lead_id": "abc"}, "lead_id"),
    ({**NAME, "lead_id": 1.0}, "lead_id"),
    ({**NAME, "lead_id": True}, "lead_id"),
    ({**NAME, "lead_id": 10**40}, "lead_id"),
    ({**NAME, "lead_id": "9" * 4000}, "lead_id"),
    ({**NAME, "lead_id": -1}, "lead_id"),
    ({**NAME, "lead_id": "١"}, "lead_id"),
    ({**NAME, "lead_id": [1]}, "lead_id"),
    ({**NAME, "lead_id": {"id": 1}}, "lead_id"),
    ({**NAME, "lead_id": ""}, "lead_id"),
]


@pytest.mark.parametrize(("body", "field"), WRONG, ids=lambda part: repr(part)[:40])
def test_a_wrong_value_is_400_and_names_the_field(head, body, field):
    answer = post(head, json.dumps(body))
    assert answer.status_code == 400, answer.content
    told = answer.json()
    assert list(told) == ["error", "message", "errors"]
    assert list(told["errors"]) == [field]
    assert told["error"] == "invalid"


def test_a_number_beyond_all_bounds_is_400(head):
    answer = post(head, '{"first_name": "Ada", "hourly_rate": 1e400}')
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["hourly_rate"])
    answer = post(head, '{"first_name": "Ada", "weekly_minutes": 1e999999999}')
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["weekly_minutes"])


QUERIES = [
    "page=1e9", "page=1000000000", "page=0", "page=-1", "page=x", "page=1.5", "page=%00",
    "page=" + "9" * 500, "page=%D9%A1", "limit=0", "limit=-5", "limit=all", "limit=1e9",
    "sort=password", "sort=-password", "sort=first_name", "sort=name,role__grants", "sort=%00",
    "sort=name;drop", "role_id=x", "role_id=1e60", "role_id=1e40",
    "role_id=99999999999999999999", "role_id=%00", "title=%00",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_a_wrong_parameter_of_a_list_is_400_and_names_it(head, query):
    answer = head.get(f"{PEOPLE}?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [query.partition("=")[0]]


HARMLESS = [
    "role_id=9223372036854775807", "role_id=-1", "role_id=0", "page=999999999", "title=%ED%A0%80",
    "page=999999999&limit=999999999", "sort=", "sort=,", "limit=", "page=", "colour=red",
    "is_active=perhaps", "title=" + "x" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("query", HARMLESS)
def test_an_odd_parameter_finds_nothing_rather_than_failing(head, query):
    assert head.get(f"{PEOPLE}?{query}").status_code == 200


@pytest.mark.parametrize(
    "key",
    ["abc", "0x1", "1.0", "-1", "%00", "9" * 30, "%ED%A0%80", "١", "1e3", "null", "..", "1%2F2"],
)
def test_an_id_that_is_none_is_404(head, key):
    for answer in (
        head.get(f"{PEOPLE}/{key}"),
        head.put(f"{PEOPLE}/{key}", {"title": "x"}),
        head.delete(f"{PEOPLE}/{key}"),
        head.post(f"{PEOPLE}/{key}/greet"),
    ):
        assert answer.status_code in {404, 405}
        assert answer.json()["error"] in {"not_found", "method_not_allowed"}


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "image/png",
        "application/json-patch+json",
        "nonsense",
    ],
)
def test_another_media_type_is_415(head, content_type):
    answer = post(head, b'{"first_name": "Ada"}', content_type=content_type)
    assert (answer.status_code, answer.json()["error"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON",
        "APPLICATION/JSON;x",
    ],
)
def test_json_is_read_however_its_type_is_spelled(head, content_type):
    assert post(head, b'{"first_name": "Ada"}', content_type=content_type).status_code == 201


def test_a_body_beyond_the_limit_is_413(head, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    for headers in ({}, {"Idempotency-Key": "one"}):
        body = json.dumps({"first_name": "Ada", "title": "x" * 100})
        answer = head.post(PEOPLE, body, content_type="application/json", headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (413, "too_large")


def test_another_method_is_405_and_says_which_there_are(head):
    answer = head.delete(PEOPLE)
    assert (answer.status_code, answer.json()["error"]) == (405, "method_not_allowed")
    assert answer["Allow"] == "GET, POST, HEAD"
    assert head.options(PEOPLE).status_code == 405
    assert head.generic("TRACE", PEOPLE).status_code == 405


@pytest.mark.parametrize(
    "path",
    ["/api", "/api/", "/api/nothing", "/api/office/people/", "/api/office/people/1/", "/api//"],
)
def test_an_unknown_address_is_404_in_json_without_a_redirect(head, api, path):
    for client in (head, api()):
        for method in ("get", "post", "put", "delete"):
            answer = getattr(client, method)(path)
            assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
            assert answer.json() == {
                "error": "not_found",
                "message": "There is no such address.",
                "errors": {},
            }


def test_json_is_answered_whatever_the_client_accepts(head):
    for accept in ("text/html", "image/png", "*/*", "nonsense", "application/xml;q=0.1"):
        answer = head.get(PEOPLE, headers={"Accept": accept})
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")


def test_a_post_without_body_or_type_works_where_nothing_is_required(head, staff):
    person = staff("employee")
    answer = head.generic("POST", f"{PEOPLE}/{person.pk}/greet")
    assert (answer.status_code, answer.json()["person"]["title"]) == (200, "Greeted")
    answer = head.generic("POST", f"{PEOPLE}/{person.pk}/greet", content_type="")
    assert answer.status_code == 200


def test_a_defect_is_a_500_in_json_that_names_the_request_and_is_logged(head, caplog):
    head.raise_request_exception = False
    answer = head.post(f"{PEOPLE}/greet_all")
    number = answer["X-Request-Id"]
    assert (answer.status_code, answer.json()) == (
        500,
        {
            "error": "server_error",
            "message": f"Something went wrong on our side. Please name request {number}.",
            "errors": {},
        },
    )
    logged = [line for line in caplog.records if line.name == "agency.api"]
    assert [line.getMessage() for line in logged] == [f"A call failed: {PEOPLE}/greet_all"]
    assert "The greeter is broken." in str(logged[0].exc_info[1])


def test_a_refusal_of_the_business_names_the_field_as_the_body_spells_it(head):
    answer = head.post(PEOPLE, {"first_name": "Ada", "title": "Nobody"})
    assert (answer.status_code, answer.json()) == (
        400,
        {
            "error": "invalid",
            "message": "Nobody is not a title.",
            "errors": {"title": ["Nobody is not a title."]},
        },
    )


def test_a_change_without_a_field_is_400(head, staff):
    person = staff("employee")
    for method in (head.put, head.patch):
        answer = method(f"{PEOPLE}/{person.pk}", {})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["non_field_errors"])
