"""The viewset of Teamwork's dialect: its wrapper keys, pages in headers, and ``STATUS``."""

from typing import Any

from django.http import QueryDict
from rest_framework.exceptions import ParseError
from rest_framework.response import Response

from agency.api.errors import Refusal
from agency.api.rows import RowSerializer
from agency.api.teamwork.schema import TeamworkSchema
from agency.api.views import UnknownView
from agency.api.viewsets import ToolViewSet

USUAL, MOST = 100, 500
LARGEST_PAGE = 10**9
OK = {"STATUS": "OK"}


class TeamworkMixin:
    """How this dialect refuses: ``STATUS`` and ``MESSAGE``; what cannot be read at all is 422."""

    schema = TeamworkSchema()

    def status_of(self, status: int, exc: Exception) -> int:
        return 422 if isinstance(exc, ParseError) else status

    def error_body(self, status: int, message: str, fields: dict, exc) -> dict:
        return {"STATUS": "Error", "MESSAGE": message}


class UnknownTeamworkView(TeamworkMixin, UnknownView):
    """Any other address that ends in ``.json``: there is nothing, said in this dialect."""


class TeamworkViewSet(TeamworkMixin, ToolViewSet):
    """A resource at the root of the site, ``/invoices.json``.

    ``one`` wraps a record and a body, ``many`` a list. Writes answer no record, only that all
    went well.
    """

    one: str
    many: str
    id_key = "id"  # the name under which a create answers the new key
    detail_shape: type[RowSerializer] | None = None  # the row with what stands beside it
    is_paged = True
    query: dict[str, dict] = {}  # further words of a list's query string, with their schemas

    def list(self, request, *args, **kwargs):
        rows = self.filter_queryset(self.get_queryset())
        if not self.is_paged:
            return Response({self.many: self.rows().rows(rows)})
        number, size = self.page(request.query_params)
        records = rows.count()
        found = self.rows().rows(self.part(rows, (number - 1) * size, size, records))
        headers = {"x-page": number, "x-pages": -(-records // size), "x-records": records}
        texts = {name: str(value) for name, value in headers.items()}
        return Response({self.many: found}, headers=texts)

    def part(self, rows, start: int, size: int, records: int):
        """One page of the rows, read from whichever end is nearer: the last costs as the first."""
        if start >= records or start < records // 2:
            keys = rows.values_list("pk", flat=True)[start : start + size]
        else:
            end = min(start + size, records)
            keys = rows.reverse().values_list("pk", flat=True)[records - end : records - start]
        return rows.filter(pk__in=list(keys))

    def retrieve(self, request, *args, **kwargs):
        pk = self.key()
        row = self.rows().row(self.get_queryset(), pk)
        return Response({self.one: row | self.beside(pk)})

    def beside(self, pk: int) -> dict:
        """What a detail holds beside its own columns."""
        return {}

    def create(self, request, *args, **kwargs):
        made = self.operations.create(by=request.user, **self.body())
        return self.made(made.pk)

    def made(self, pk: int) -> Response:
        """The answer to a create: the key, in the body and in a header."""
        return Response(OK | {self.id_key: pk}, status=201, headers={"id": str(pk)})

    def update(self, request, *args, **kwargs):
        values = self.body(instance=self.get_object(), partial=True)
        self.change(self.operations.update, **values)
        return Response(OK)

    def partial_update(self, request, *args, **kwargs):
        return self.update(request, *args, **kwargs)

    def destroy(self, request, *args, **kwargs):
        self.change(self.operations.delete)
        return Response(OK)

    def body(self, *, serializer_class=None, instance=None, partial=False, key: str = ""):
        """The validated values inside the wrapper key."""
        made = serializer_class or self.get_serializer_class()
        inner = self.unwrapped(key or self.one)
        serializer = made(
            instance, data=inner, partial=partial, context=self.get_serializer_context()
        )
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def unwrapped(self, key: str) -> Any:
        """What the body holds under the wrapper key. Raises ``Refusal`` (422) without it."""
        data = self.request.data
        if not isinstance(data, dict) or not isinstance(data.get(key), dict):
            raise Refusal(422, f"Send the fields inside “{key}”.", field=key)
        return data[key]

    def page(self, params: QueryDict) -> tuple[int, int]:
        """(page from 1, rows on a page)."""
        number = whole(params.get("page"), "page") or 1
        size = whole(params.get("pageSize"), "pageSize") or USUAL
        return min(number, LARGEST_PAGE), min(size, MOST)


def whole(text: str | None, name: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text[:20]) > 0):
        raise Refusal(400, f"{name}: send a whole number from 1.", field=name)
    return int(text[:20])
