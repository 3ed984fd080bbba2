"""OpenAPI 3.1 of Teamwork's dialect."""

from rest_framework import serializers

from agency.api import parts
from agency.api.answers import ROW, Answer
from agency.api.schema import AgencyGenerator, AgencySchema
from agency.api.shapes import closed

WHOLE = {"type": "integer", "minimum": 1}
COUNT_TEXT = {"type": "string", "pattern": "^[0-9]+$"}
OK = {"STATUS": "OK"}
INTRODUCTION = """
Teamwork's own form: every scalar of an answer is a string, absent is `""`, dates are `YYYYMMDD`,
moments end in `Z`. A read has exactly one top-level key, and a write sends its fields inside the
same key. Lists are paged by `page` and `pageSize` (100, at most 500) and say in `x-page`,
`x-pages` and `x-records` how far they go.

**Credentials.** An API key as the user name of HTTP Basic, with anything as the password; or as
in the other dialects.

**Refusals** have one form: `{"STATUS": "Error", "MESSAGE": sentence}`.
"""


class TeamworkSchema(AgencySchema):
    """The operations of Teamwork's dialect."""

    def answer(self) -> Answer:
        action = getattr(self.view, "action", None)
        standard = getattr(self, f"standard_{action}", None)
        declared = getattr(self.handler(), "answer_shape", None)
        if declared is not None or standard is None:
            return super().answer()
        return standard()

    def standard_list(self) -> Answer:
        return Answer({self.view.many: [ROW]})

    def standard_retrieve(self) -> Answer:
        return Answer({self.view.one: self.view.detail_shape or ROW})

    def standard_create(self) -> Answer:
        return Answer(OK | {self.view.id_key: int}, status=201, body=self.wrapped(partial=False))

    def standard_update(self) -> Answer:
        return Answer(OK, body=self.wrapped(partial=True), partial=True)

    standard_partial_update = standard_update

    def standard_destroy(self) -> Answer:
        return Answer(OK)

    def wrapped(self, *, partial: bool) -> dict:
        return self.inside(self.view.one, self.view.get_serializer_class(), partial=partial)

    def inside(self, key: str, made: type[serializers.Serializer], *, partial: bool) -> dict:
        """A body under its wrapper key."""
        fields = self.shapes.named(made, answer=False, partial=partial)
        return {"type": "object", "properties": {key: fields}, "required": [key]}

    def responses(self, answer: Answer) -> dict:
        found = super().responses(answer)
        good = found[str(answer.status)]
        if getattr(self.view, "action", None) == "list" and self.view.is_paged:
            for name in ("x-page", "x-pages", "x-records"):
                good["headers"][name] = parts.header("Of the pages.", COUNT_TEXT)
        return found

    def refusals(self, answer: Answer) -> set[int]:
        unreadable = {422} if self.method in {"POST", "PUT", "PATCH"} else set()
        return super().refusals(answer) | unreadable

    def error_shape(self) -> dict:
        properties = {"STATUS": {"const": "Error"}, "MESSAGE": {"type": "string"}}
        return closed(properties, list(properties))

    def get_operation_id(self) -> str:
        return super().get_operation_id().replace("}", "").replace(".json", "_json")

    def tag(self) -> str:
        return super().tag().removesuffix(".json")

    def parameters(self, answer: Answer) -> list[dict]:
        found = super().parameters(answer)
        if getattr(self.view, "action", None) == "list" and self.view.is_paged:
            found += [parts.parameter("query", name, WHOLE) for name in ("page", "pageSize")]
            found += [
                parts.parameter("query", name, schema) for name, schema in self.view.query.items()
            ]
        return found


class TeamworkGenerator(AgencyGenerator):
    introduction = INTRODUCTION
    name = "Teamwork API"
