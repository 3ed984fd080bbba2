"""OpenAPI 3.1, said exactly.

The standard actions of an ``AgencyViewSet`` need no words: envelopes come from ``one`` and
``many``, answers from ``row_class``, bodies from ``serializer_class``, query parameters from
``sorts`` and ``filterset_class``. Everything else is declared with ``answers``, below ``action``::

    class InvoiceViewSet(AgencyViewSet):
        one, many = "invoice", "invoices"
        row_class, serializer_class = InvoiceRow, InvoiceBody

        @answers({"line_items": [LineRow], "payments": [PaymentRow]})
        def beside(self, pk):                               # what the detail shows beside it
            ...

        @action(detail=True, methods=["post"], level="manage")
        @answers(one=True)                                  # {"invoice": InvoiceRow}, no body
        def void(self, request, pk): ...

        @action(detail=True, methods=["post"], url_path="line-items", level="update")
        @answers({"item": LineRow}, status=201, body=LineBody)
        def line_items(self, request, pk): ...

        @line_items.mapping.put                             # or a second action
        @answers({"item": LineRow}, body=LineBody, partial=True)
        def change_line(self, request, pk, item_pk): ...

        @action(detail=True, methods=["put"], url_path="line-items/reorder", level="update")
        @answers(ok=True, body=OrderBody)
        def reorder(self, request, pk): ...

        @action(detail=True, level="view")
        @answers(pdf=True)                                  # application/pdf
        def pdf(self, request, pk): ...

Values of an envelope: a serializer class, ``[class]``, a field instance, ``str``, ``int``,
``bool``, ``Decimal``, ``date``, ``datetime``, ``Nullable(value)``, a nested dictionary. More:
``query={"week_of": date}``, ``path={"resource_type": serializers.ChoiceField(…)}``,
``errors=(409,)`` beyond the statuses of the method, ``tagged=True`` (an ETag), ``counted=True``
(X-Total-Count), ``public=True``. A plain ``APIView`` marks ``get`` and ``post`` the same way.

A row's field is nullable where its column or a step to it is; an annotation that can be null says
``allow_null=True``. A row class used outside its own view names its ``model``. A field of one's
own carries ``schema`` (or ``schema_in`` and ``schema_out``), a JSON Schema dictionary.
"""

import uritemplate
from django.http import HttpRequest
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent

from agency.api import parts, words
from agency.api.answers import ROW, Answer, Nullable, answers
from agency.api.permissions import required_level
from agency.api.shapes import Shapes


class AgencySchema(AutoSchema):
    """The operations of the agency dialect."""

    def get_operation(self, path, path_regex, path_prefix, method, registry) -> dict:
        self.registry = registry
        self.path, self.path_regex, self.path_prefix = path, path_regex, path_prefix
        self.method = method.upper()
        self.shapes = Shapes(self.register, self.models())
        answer = self.answer()
        operation = {
            "operationId": self.get_operation_id(),
            "summary": self.summary(),
            "tags": [self.tag()],
            "parameters": self.parameters(answer),
            "responses": self.responses(answer),
            "security": [{}] if answer.public else parts.SECURITY,
        }
        if answer.body is not None and self.method in {"POST", "PUT", "PATCH"}:
            operation["requestBody"] = self.request_body(answer)
        return operation

    # -- what is answered ---------------------------------------------------------------------
    def handler(self):
        name = getattr(self.view, "action", None) or self.method.lower()
        return getattr(self.view, name)

    def answer(self) -> Answer:
        declared = getattr(self.handler(), "answer_shape", None)
        if declared is not None:
            return declared
        if getattr(self.view, "action", None) in words.USUAL and hasattr(self.view, "one"):
            return getattr(self, f"standard_{self.view.action}")()
        return Answer()

    def standard_list(self) -> Answer:
        return Answer({"<many>": [ROW]}, counted=True)

    def standard_retrieve(self) -> Answer:
        beside = getattr(self.view.beside, "answer_shape", Answer({}))
        return Answer({"<one>": ROW, **beside.keys}, tagged=True)

    def standard_create(self) -> Answer:
        return Answer(
            {"<one>": ROW}, status=201, body=self.view.get_serializer_class(), tagged=True
        )

    def standard_update(self) -> Answer:
        body = self.view.get_serializer_class()
        return Answer({"<one>": ROW}, body=body, partial=True, tagged=True)

    standard_partial_update = standard_update

    def standard_destroy(self) -> Answer:
        return Answer({"ok": True})

    def content(self, answer: Answer) -> dict:
        if answer.keys is None:
            return {answer.media: {"schema": {}}}
        if answer.media != "application/json":
            return {answer.media: {"schema": {"type": "string", "format": "binary"}}}
        schema = self.envelope(answer.keys)
        if answer.other is not None:
            schema = {"oneOf": [schema, self.envelope(answer.other)]}
        return {answer.media: {"schema": schema}}

    def envelope(self, keys: dict) -> dict:
        return self.shapes.envelope(
            {self.key(name): self.value(value) for name, value in keys.items()}
        )

    def models(self) -> dict:
        if hasattr(getattr(self.view, "row_class", None), "model"):
            return {}  # the row says it itself, and no queryset need be made
        queryset = getattr(self.view, "queryset", None)
        return {} if queryset is None else {getattr(self.view, "row_class", None): queryset.model}

    def key(self, name: str) -> str:
        return (
            {"<one>": self.view.one, "<many>": self.view.many}.get(name, name)
            if (name.startswith("<"))
            else name
        )

    def value(self, value):
        if isinstance(value, list):
            return [self.value(value[0])]
        return self.view.row_class if value is ROW else value

    def responses(self, answer: Answer) -> dict:
        good = {"description": "As asked.", "headers": parts.headers_of(answer, self.method)}
        good["content"] = self.content(answer)
        found = {str(answer.status): good}
        if answer.later is not None:
            content = {"application/json": {"schema": self.envelope(answer.later)}}
            words = "It goes on in the background."
            found["202"] = {"description": words, "headers": good["headers"], "content": content}
        for status in sorted(self.refusals(answer)):
            found[str(status)] = self.refusal(status)
        return found

    def refusal(self, status: int) -> dict:
        error = self.register("Error", (parts,), self.error_shape)
        kind, name = ResolvedComponent.RESPONSE, f"Refused{status}"
        made = ResolvedComponent(name, kind, parts.refusal(status, error), parts)
        self.registry._components.setdefault(made.key, made)
        return made.ref

    def error_shape(self) -> dict:
        return parts.error_shape()

    def refusals(self, answer: Answer) -> set[int]:
        """Every status beside the good one that this operation can answer with."""
        found = {*parts.ALWAYS, *parts.BY_METHOD[self.method], *answer.errors}
        if answer.public:
            found.discard(403)
        if uritemplate.variables(self.path):
            found.add(404)
        return found

    # -- what is read -------------------------------------------------------------------------
    def request_body(self, answer: Answer) -> dict:
        schema = self.shapes.body(answer.body, partial=answer.partial)
        shape = self.registry._components.get((schema.get("$ref", "").split("/")[-1], "schemas"))
        needs = "oneOf" in schema or bool(shape and shape.schema.get("required"))
        must = answer.partial or needs
        content: dict = {"schema": schema}
        if answer.examples:
            content["examples"] = {
                name: {"value": value} for name, value in answer.examples.items()
            }
        return {"content": {"application/json": content}, "required": must}

    def parameters(self, answer: Answer) -> list[dict]:
        found = [self.path_parameter(name, answer) for name in uritemplate.variables(self.path)]
        if getattr(self.view, "action", None) == "list" and hasattr(self.view, "sorts"):
            found += self.list_parameters()
        for name, value in answer.query.items():
            found.append(parts.parameter("query", name, self.shapes.of(value)))
        if self.method == "POST" and not answer.public:
            found.append(parts.IDEMPOTENCY_KEY)
        if self.method in {"PUT", "PATCH", "DELETE"}:
            found.append(parts.IF_MATCH)
        return found

    def list_parameters(self) -> list[dict]:
        return parts.list_parameters(self.view)

    def path_parameter(self, name: str, answer: Answer) -> dict:
        schema = self.shapes.of(answer.path[name]) if name in answer.path else parts.path_id(name)
        return {"in": "path", "name": name, "required": True, "schema": schema}

    def _is_list_view(self, serializer=None) -> bool:
        return getattr(self.view, "action", None) == "list"

    # -- how it is called ---------------------------------------------------------------------
    def get_operation_id(self) -> str:
        """Method and path, so that no two share one: ``post_time_id_approve``."""
        steps = [step for step in self.path.strip("/").split("/") if step != "api"]
        spelled = [step.strip("{}").replace("-", "_") for step in steps]
        return "_".join([self.method.lower(), *spelled])

    def tag(self) -> str:
        return next(word for word in self._tokenize_path() if word not in {"api", "v1"})

    def summary(self) -> str:
        doc = (self.handler().__doc__ or "").strip().split("\n")[0] or words.usual(self.view)
        level = required_level(self.view) if hasattr(self.view, "tool") else None
        right = f"Needs {self.view.tool}:{level}." if level else ""
        return f"{doc} {right}".strip()

    def register(self, name: str, identity, make) -> dict:
        """A reference to the named component, made on its first use."""
        kind = ResolvedComponent.SCHEMA
        known = self.registry._components.get((name, kind))
        if known is not None and known.object != identity:
            slice_name = identity[0].__module__.split(".")[-2].title().replace("_", "")
            return self.register(f"{slice_name}{name}", identity, make)
        if known is None:
            component = ResolvedComponent(name, kind, {}, identity)
            self.registry._components[component.key] = component
            component.schema = make()
        return {"$ref": f"#/components/schemas/{name}"}


class AgencyGenerator(SchemaGenerator):
    """Collects the operations under the site's own paths."""

    introduction = words.INTRODUCTION
    name = "Agency API"

    def coerce_path(self, path: str, method: str, view) -> str:
        """The keys of the path as the documents call them."""
        return path.replace("{pk}", "{id}").replace("_pk}", "_id}")

    def get_schema(self, request: HttpRequest | None = None, public: bool = True) -> dict:
        schema = super().get_schema(request=request, public=public)
        schema["info"] |= {"title": self.name, "description": self.introduction}
        schema["components"]["securitySchemes"] = parts.SECURITY_SCHEMES
        return schema


__all__ = ["AgencyGenerator", "AgencySchema", "Answer", "Nullable", "answers"]
