"""The schema's examples are bodies that the schema itself allows."""

import json

import jsonschema
import pytest

from agency.api.reference import DIALECTS, schema_of


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_example_is_one_of_the_bodies_that_are_read(db, dialect):
    schema = json.loads(schema_of(dialect))
    for methods in schema["paths"].values():
        for operation in methods.values():
            content = operation.get("requestBody", {}).get("content", {})
            body = content.get("application/json", {})
            for example in body.get("examples", {}).values():
                whole = {"components": schema["components"], **body["schema"]}
                jsonschema.validate(example["value"], whole)


def test_the_two_forms_of_an_invoice_are_shown(db):
    schema = json.loads(schema_of("agency"))
    body = schema["paths"]["/api/invoices"]["post"]["requestBody"]["content"]["application/json"]
    assert [shape["$ref"].split("/")[-1] for shape in body["schema"]["oneOf"]] == [
        "InvoiceCreateInput",
        "InvoiceEntryInput",
    ]
    assert list(body["examples"]) == [
        "From a budget",
        "Empty, to be filled",
        "Entered with its sums",
    ]
