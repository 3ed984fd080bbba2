"""The viewset of the CRM dialect: its envelopes, paging, order, filters and refusals."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db import IntegrityError
from django.http import Http404
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from agency.api.errors import agency_error
from agency.api.etag import tag_of
from agency.api.permissions import right_to_see
from agency.api.rows import RowSerializer
from agency.api.v1 import paging, query
from agency.api.v1.filtering import FilteringMixin
from agency.api.v1.schema import V1Schema
from agency.api.viewsets import ToolViewSet
from agency.errors import BusinessError, NotAllowedError


class Part(NamedTuple):
    """A list inside a detail: its rows' shape, and the rows of a record's key for a person."""

    row_class: type[RowSerializer]
    rows: Callable[[int, Any], Any]


class V1Mixin:
    """How this dialect refuses: every business refusal is 400; 429 says how long to wait."""

    schema = V1Schema()

    def status_of(self, status: int, exc: Exception) -> int:
        is_refusal = isinstance(exc, BusinessError) and not isinstance(exc, NotAllowedError)
        return 400 if is_refusal or isinstance(exc, IntegrityError) else status

    def error_body(self, status: int, message: str, fields: dict, exc) -> dict:
        body = agency_error(status, message, fields, exc)
        wait = getattr(exc, "wait", None)
        return body if wait is None else body | {"retry_after": int(wait) + 1}


class V1ViewSet(V1Mixin, FilteringMixin, ToolViewSet):
    """A resource of ``/api/v1``.

    ``names`` is its table; ``one`` is the word for a record in messages. ``inside`` lists what
    each detail holds, ``includes`` what it holds when asked. ``under`` (label, field) makes the
    list one of a parent's children.
    """

    one: str
    inside: dict[str, Part] = {}
    includes: dict[str, Part] = {}
    under: tuple[str, str] | None = None

    @property
    def row_class(self):
        return self.names.row()

    @property
    def sorts(self) -> dict[str, str]:
        return self.names.sorts()

    @property
    def many(self) -> str:
        return f"{self.one}s"

    def get_serializer_class(self):
        return self.names.body()

    def wire_name(self, field: str) -> str:
        return self.names.name_of(field)

    def all_rows(self):
        return super().all_rows().annotate(**self.names.annotations())

    def get_queryset(self):
        rows = super().get_queryset()
        return rows.filter(**{self.under[1]: self.parent()}) if self.under else rows

    def parent(self) -> int:
        """The key of the record whose children are asked for; 404 where it is not to be seen."""
        model = apps.get_model(self.under[0])
        pk, person = self.key("parent_pk"), self.request.user
        may = person.has_perm(right_to_see(model))
        if not may or not model.objects.visible_to(person).filter(pk=pk).exists():
            raise Http404
        return pk

    # -- reading ------------------------------------------------------------------------------
    def list(self, request, *args, **kwargs):
        params = request.query_params
        page = paging.page_of(params)
        wanted = query.chosen(params.get("fields", ""), self.rows().fields, "fields")
        rows = self.filter_queryset(self.get_queryset())
        rows = query.ordered(rows, params.get("sort", ""), self.sorts)
        found = self.rows().rows(rows[page.start : page.start + page.size])
        is_last = len(found) < page.size and (found or page.number == 1)
        total = page.start + len(found) if is_last else rows.count()
        return Response(page.envelope([narrowed(row, wanted) for row in found], total))

    def retrieve(self, request, *args, **kwargs):
        params = request.query_params
        known = [*self.rows().fields, *self.inside]
        wanted = query.chosen(params.get("fields", ""), known, "fields")
        included = query.chosen(params.get("include", ""), self.includes, "include")
        row, headers = self.found(self.get_queryset(), self.key(), included)
        return Response(
            {"data": narrowed(row, [*wanted, *included] if wanted else [])}, headers=headers
        )

    def found(self, rows, pk: int, included=()) -> tuple[dict, dict]:
        """(the record with its parts, the headers of its version); 404 where it is not there."""
        if self.is_tagged():
            row, updated_at = self.rows().row_and(rows, pk, "updated_at")
            headers = {"ETag": tag_of(pk, updated_at)}
        else:
            row, headers = self.rows().row(rows, pk), {}
        asked = {name: self.includes[name] for name in included}
        for name, part in {**self.inside, **asked}.items():
            row[name] = part.row_class().rows(part.rows(pk, self.request.user))
        return row, headers

    @classmethod
    def offer(cls, name: str, part: Part) -> None:
        """Let a detail include rows of a slice above, which calls this beside their names."""
        cls.includes = {**cls.includes, name: part}

    @classmethod
    def is_tagged(cls) -> bool:
        return any(field.name == "updated_at" for field in cls.names.model._meta.fields)

    @classmethod
    @cache
    def detail_class(cls) -> type[RowSerializer]:
        """The shape of a detail: the row and its parts."""
        row = cls.names.row()
        parts = {**cls.inside, **cls.includes}
        if not parts:
            return row
        fields = {name: part.row_class(many=True) for name, part in parts.items()}
        return type(f"{row.__name__}Detail", (row,), fields | {"__module__": row.__module__})

    # -- writing ------------------------------------------------------------------------------
    def create(self, request, *args, **kwargs):
        made = self.operations.create(by=request.user, **self.body())
        return self.answer(made, "created", status=201)

    def update(self, request, *args, **kwargs):
        values = self.body(instance=self.get_object(), partial=True)
        return self.answer(self.change(self.operations.update, **values), "updated")

    def partial_update(self, request, *args, **kwargs):
        return self.update(request, *args, **kwargs)

    def destroy(self, request, *args, **kwargs):
        pk = self.get_object().pk
        self.change(self.operations.delete)
        return Response({"data": {"id": pk}, "message": self.said("deleted")})

    def answer(self, record, verb: str, *, status: int = 200) -> Response:
        """The record as a detail shows it, with what was done to it."""
        row, headers = self.found(self.all_rows(), record.pk)
        body = {"data": row, "message": self.said(verb)}
        return Response(body, status=status, headers=headers)

    def said(self, verb: str) -> str:
        return f"{self.one.capitalize()} {verb}."


class LookupViewSet(V1ViewSet):
    """A short list that everybody who is signed in reads whole."""

    tool = ""
    permission_classes = [IsAuthenticated]
    http_method_names = ["get", "head"]

    def list(self, request, *args, **kwargs):
        rows = self.rows().rows(self.get_queryset())
        page = paging.Page(1, max(len(rows), 1))
        return Response(page.envelope(rows, len(rows)))


def narrowed(row: dict, names: list[str]) -> dict:
    """The row with only these names; whole where none are asked for."""
    return {name: row[name] for name in names} if names else row
