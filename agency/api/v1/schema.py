"""OpenAPI 3.1 of the CRM dialect."""

from typing import Any

from rest_framework import serializers

from agency.api import parts
from agency.api.answers import ROW, Answer
from agency.api.schema import AgencyGenerator, AgencySchema
from agency.api.shapes import closed

WHOLE = {"type": "integer", "minimum": 1}
COUNT = {"type": "integer", "minimum": 0}
MOMENT = {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}
DETAIL = object()  # stands for the row with what a detail holds beside it
META = closed(
    {
        "page": WHOLE,
        "limit": COUNT,
        "per_page": COUNT,
        "total": COUNT,
        "total_pages": COUNT,
        "has_more": {"type": "boolean"},
    },
    ["page", "limit", "per_page", "total", "total_pages", "has_more"],
)
INTRODUCTION = """
**Credentials.** An API key (`manage.py apikey EMAIL --name NAME`) in `X-API-KEY`, as a bearer
token or as the user name of HTTP Basic; or a JWT of `/api/v1/auth/login` as a bearer token.

**Answers** stand under `data`; a list counts its rows in `total` and takes `page` with `limit` or
`per_page` (25, at most 100), `sort=-date,number`, `fields=a,b`, and where the record notes it
`created_after`, `created_before` and `updated_since`. A detail takes `fields` and `include`.

**Ids** are whole numbers; a body may send them as text. A status or a look-up is answered as its
number, with its word in `<name>_name`; a body may send either. **PUT** and **PATCH** both change
only what they name. What a body holds beside the known fields is passed over.

**Moments** are `YYYY-MM-DD HH:MM:SS` in the organisation's zone; ISO 8601 is read as well.

**Refusals** have one form: `{"error": code, "message": sentence, "errors": {field: [reasons]}}`.
"""


class Meta(serializers.Field):
    """The page, once more, as many clients look for it."""

    schema = META


class V1Schema(AgencySchema):
    """The operations of the CRM dialect."""

    def standard_list(self) -> Answer:
        envelope = {"data": [ROW], "total": int, "page": int, "limit": int, "meta": Meta()}
        return Answer(envelope)

    def standard_retrieve(self) -> Answer:
        return Answer({"data": DETAIL}, tagged=self.view.is_tagged())

    def standard_create(self) -> Answer:
        body = self.view.get_serializer_class()
        tagged = self.view.is_tagged()
        return Answer({"data": DETAIL, "message": str}, status=201, body=body, tagged=tagged)

    def standard_update(self) -> Answer:
        body = self.view.get_serializer_class()
        tagged = self.view.is_tagged()
        return Answer({"data": DETAIL, "message": str}, body=body, partial=True, tagged=tagged)

    standard_partial_update = standard_update

    def standard_destroy(self) -> Answer:
        return Answer({"data": {"id": int}, "message": str})

    def answer(self) -> Answer:
        found = super().answer()
        action = getattr(self.view, "action", None)
        standard = getattr(self, f"standard_{action}", None)
        declared = getattr(self.handler(), "answer_shape", None)
        return found if declared is not None or standard is None else standard()

    def value(self, value):
        return self.view.detail_class() if value is DETAIL else super().value(value)

    def error_shape(self) -> dict:
        shape = parts.error_shape()
        wait = COUNT | {"description": "Seconds to wait, with 429."}
        return shape | {"properties": shape["properties"] | {"retry_after": wait}}

    def parameters(self, answer: Answer) -> list[dict]:
        found = super().parameters(answer)
        action = getattr(self.view, "action", None)
        if action in {"list", "retrieve"} and hasattr(self.view, "names"):
            found.append(self.words("fields", list(self.view.row_class().fields)))
        if action == "retrieve" and self.view.includes:
            found.append(self.words("include", list(self.view.includes)))
        return found

    def words(self, name: str, known: list[str], before: str = "") -> dict:
        one = f"{before}({'|'.join(known)})"
        return parts.parameter("query", name, {"type": "string", "pattern": f"^{one}(,{one})*$"})

    def list_parameters(self) -> list[dict]:
        found = [parts.parameter("query", name, WHOLE) for name in ("page", "limit", "per_page")]
        if self.view.sorts:
            found.append(self.words("sort", sorted(self.view.sorts), before="-?"))
        found += [parts.parameter("query", name, MOMENT) for name in self.view.times()]
        return found + [self.filter_parameter(name) for name in self.view.filters]

    def filter_parameter(self, name: str) -> dict:
        known: dict[str, Any] = self.view.filterset_class.base_filters
        made = known[self.view.filters[name]]
        schema = self.view.filter_shape(name) or parts.filter_shape(made)
        return parts.parameter("query", name, schema, str(made.label or ""))


class V1Generator(AgencyGenerator):
    introduction = INTRODUCTION
    name = "CRM API"
