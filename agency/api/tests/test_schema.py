"""The schema says exactly what is sent and answered."""

import json

import jsonschema
import pytest
from django.urls import include, path

from agency.api.reference import schema_of
from agency.api.schema import AgencyGenerator
from agency.api.tests import office

PEOPLE = "/api/office/people"
METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def small():
    """The schema of the tests' own small resource."""
    patterns = [path("api/office/", include(office.router.urls))]
    return AgencyGenerator(patterns=patterns).get_schema(public=True)


@pytest.fixture
def whole(db):
    """The schema that clients read."""
    schema_of.cache_clear()
    return json.loads(schema_of("agency"))


def component(schema, name):
    return schema["components"]["schemas"][name]


def operations(schema):
    for address, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {address}", operation


class TestShapes:
    def test_a_row_has_all_its_keys_always_and_no_others(self, small):
        row = component(small, "PersonRow")
        assert row["required"] == list(row["properties"])
        assert row["additionalProperties"] is False

    def test_ids_are_strings_and_money_is_a_number_in_an_answer(self, small):
        shown = component(small, "PersonRow")["properties"]
        assert shown["id"]["type"] == "string"
        assert shown["hourly_rate"] == {"type": ["number", "null"]}

    def test_what_a_nullable_column_or_link_gives_may_be_null(self, small):
        shown = component(small, "PersonRow")["properties"]
        nullable = [name for name, one in shown.items() if "null" in one["type"]]
        assert nullable == ["role_id", "role_name", "hourly_rate"]

    def test_ids_and_amounts_in_a_body_may_be_texts_too(self, small):
        taken = component(small, "PersonBodyInput")["properties"]
        assert taken["lead_id"]["type"] == ["string", "integer"]
        assert taken["hourly_rate"]["type"] == ["number", "string", "null"]
        assert taken["hourly_rate"]["minimum"] == 0

    def test_a_body_names_what_it_needs_and_refuses_the_rest(self, small):
        taken = component(small, "PersonBodyInput")
        assert (taken["required"], taken["additionalProperties"]) == (["first_name"], False)
        assert taken["properties"]["first_name"] == {
            "type": "string",
            "minLength": 1,
            "maxLength": 80,
        }
        assert taken["properties"]["position"]["maximum"] == 2**31 - 1

    def test_a_change_needs_one_field_and_no_particular_one(self, small):
        taken = component(small, "PersonBodyChanges")
        assert "required" not in taken
        assert taken["minProperties"] == 1


class TestOperations:
    def test_the_envelopes_are_the_documents(self, small):
        shapes = {
            name: operation["responses"][code]["content"]["application/json"]["schema"]
            for name, operation in operations(small)
            for code in ("200", "201")
            if code in operation["responses"]
        }
        assert {name: list(shape["properties"]) for name, shape in shapes.items()} == {
            f"GET {PEOPLE}": ["people"],
            f"POST {PEOPLE}": ["person"],
            f"GET {PEOPLE}/{{id}}": ["person"],
            f"PUT {PEOPLE}/{{id}}": ["person"],
            f"PATCH {PEOPLE}/{{id}}": ["person"],
            f"DELETE {PEOPLE}/{{id}}": ["ok"],
            f"POST {PEOPLE}/{{id}}/greet": ["person"],
            f"POST {PEOPLE}/greet_all": ["greeted"],
        }
        assert all(shape["additionalProperties"] is False for shape in shapes.values())

    def test_every_status_is_listed(self, small):
        listed = {name: list(one["responses"]) for name, one in operations(small)}
        assert listed[f"GET {PEOPLE}"] == ["200", "400", "401", "403", "429"]
        assert listed[f"POST {PEOPLE}"] == [
            "201", "400", "401", "403", "409", "413", "415", "422", "429",
        ]  # fmt: skip
        assert listed[f"PUT {PEOPLE}/{{id}}"] == [
            "200", "400", "401", "403", "404", "409", "412", "413", "415", "429",
        ]  # fmt: skip
        assert listed[f"DELETE {PEOPLE}/{{id}}"] == [
            "200", "400", "401", "403", "404", "409", "412", "429",
        ]  # fmt: skip

    def test_parameters_are_listed(self, small):
        named = {
            name: [(one["in"], one["name"]) for one in operation["parameters"]]
            for name, operation in operations(small)
        }
        assert named[f"GET {PEOPLE}"] == [
            ("query", name) for name in ("limit", "page", "sort", "role_id", "title", "is_active")
        ]
        assert named[f"POST {PEOPLE}"] == [("header", "Idempotency-Key")]
        assert named[f"PUT {PEOPLE}/{{id}}"] == [("path", "id"), ("header", "If-Match")]

    def test_a_declared_answer_fits_the_answer(self, small, api, staff, db, settings):
        settings.ROOT_URLCONF = "agency.api.tests.office"
        head = api(staff(staff="manage"))
        for name, method, body, code in (
            (PEOPLE, head.get, None, "200"),
            (PEOPLE, head.post, {"first_name": "Ada"}, "201"),
            (PEOPLE, head.post, {"first_name": 7.5}, "400"),
        ):
            answer = method(name, body)
            assert str(answer.status_code) == code
            shape = small["paths"][PEOPLE][method.__name__]["responses"][code]
            shape = resolved(small, shape)["content"]["application/json"]["schema"]
            jsonschema.validate(answer.json(), {**shape, "components": small["components"]})


def resolved(schema, shape):
    return (
        schema["components"]["responses"][shape["$ref"].split("/")[-1]]
        if "$ref" in shape
        else shape
    )


class TestWhole:
    def test_anybody_may_read_it(self, api, db):
        answer = api().get("/api/schema/agency")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
        assert answer.json()["openapi"] == "3.1.0"

    def test_every_operation_has_its_own_name(self, whole):
        names = [operation["operationId"] for _, operation in operations(whole)]
        assert len(names) == len(set(names))

    def test_every_answer_is_declared(self, whole):
        undeclared = [
            name
            for name, operation in operations(whole)
            for response in operation["responses"].values()
            for kind in resolved(whole, response)["content"].values()
            if not kind["schema"]
        ]
        assert undeclared == []

    def test_no_object_is_free_of_form_but_two(self, whole):
        free = {name for where in ("components", "paths") for name in free_forms(whole[where])}
        assert free <= {"team_members", "details"}

    def test_the_count_sees_a_free_object(self, whole):
        for planted in ({"type": "object"}, {"type": ["object", "null"]}, {}, {"items": {}}):
            component(whole, "Error")["properties"]["extra"] = planted
            assert "extra" in free_forms(whole["components"]["schemas"])


def free_forms(part, name: str = "") -> set[str]:
    """The names under which a schema allows an object of any form, or anything at all."""
    if isinstance(part, list):
        return {found for one in part for found in free_forms(one, name)}
    if not isinstance(part, dict):
        return set()
    kinds = part.get("type", [])
    is_object = "object" in (kinds if isinstance(kinds, list) else [kinds])
    is_free = is_object and not ({"properties", "additionalProperties"} & part.keys())
    is_free |= part == {} or part.get("additionalProperties") in (True, {})
    found = {name} if is_free and name not in {"parameters", "security"} else set()
    for key, value in part.items():
        inner = name if key in {"items", "oneOf", "anyOf", "allOf", "additionalProperties"} else key
        found |= free_forms(value, inner)
    return found
