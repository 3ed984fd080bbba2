"""The agency dialect: ``{"invoice": …}``, ``{"invoices": […]}``, strict bodies."""

from django.db.models import F
from django.http import HttpResponse, StreamingHttpResponse
from rest_framework.response import Response

from agency.api import json
from agency.api.errors import Refusal
from agency.api.etag import tag_of
from agency.api.rows import MOST_AT_ONCE
from agency.api.viewsets import ToolViewSet

MOST_ROWS = 1_000_000
PAGE_WITHOUT_LIMIT = 100


class AgencyViewSet(ToolViewSet):
    """A resource of ``/api``: list, detail, create, update, delete in the documents' envelopes.

    ``one`` and ``many`` are the envelope's keys. ``sorts`` maps the words that ``sort`` accepts to
    columns; ``default_limit`` is what a list gives when no ``limit`` was sent, None for all.
    """

    one: str
    many: str
    sorts: dict[str, str] = {}
    default_limit: int | None = None

    def list(self, request, *args, **kwargs):
        rows = self.sorted(self.filter_queryset(self.get_queryset()))
        limit, start = self.window()
        if limit is None:
            return self.everything(rows)
        found = self.rows().rows(rows[start : start + limit])
        is_last = len(found) < limit and (found or start == 0)
        total = start + len(found) if is_last else rows.count()
        return Response({self.many: found}, headers={"X-Total-Count": str(total)})

    def retrieve(self, request, *args, **kwargs):
        pk = self.key()
        answer = self.shown(self.get_queryset(), pk)
        answer.data.update(self.beside(pk))
        return answer

    def create(self, request, *args, **kwargs):
        made = self.operations.create(by=request.user, **self.body())
        return self.answer(made, status=201)

    def update(self, request, *args, **kwargs):
        values = self.body(instance=self.get_object(), partial=True)
        return self.answer(self.change(self.operations.update, **values))

    def partial_update(self, request, *args, **kwargs):
        return self.update(request, *args, **kwargs)

    def destroy(self, request, *args, **kwargs):
        self.change(self.operations.delete)
        return Response({"ok": True})

    def beside(self, pk: int) -> dict:
        """What a detail shows beside the record itself, which the caller may see."""
        return {}

    def answer(self, instance, *, status: int = 200):
        """The record as the lists show it, with the entity tag of the version just read."""
        return self.shown(self.all_rows(), instance.pk, status=status)

    def made(self, instance):
        """The answer to a create whose record holds all that the lists show: nothing is read."""
        headers = {"ETag": tag_of(instance.pk, instance.updated_at)}
        return Response({self.one: self.rows().row_of(instance)}, status=201, headers=headers)

    def shown(self, rows, pk: int, *, status: int = 200):
        """The one record of ``rows`` with that key; 404 where it is not among them."""
        if not hasattr(rows.model, "updated_at"):
            return Response({self.one: self.rows().row(rows, pk)}, status=status)
        row, updated_at = self.rows().row_and(rows, pk, "updated_at")
        headers = {"ETag": tag_of(pk, updated_at)}
        return Response({self.one: row}, status=status, headers=headers)

    def everything(self, rows):
        """All rows: at once while they are few, else in pieces that leave the memory flat."""
        found = self.rows().rows(rows[: MOST_AT_ONCE + 1])
        if len(found) <= MOST_AT_ONCE:
            headers = {"X-Total-Count": str(len(found))}
            return Response({self.many: found}, headers=headers)
        headers = {"X-Total-Count": str(rows.count())}
        pieces = json.pieces(self.many, self.rows().iterate(rows))
        return StreamingHttpResponse(pieces, content_type="application/json", headers=headers)

    def sorted(self, rows):
        """Order by ``sort=-total,number``; the key comes last, so that pages never overlap."""
        asked = [part for part in self.request.query_params.get("sort", "").split(",") if part]
        order = []
        for part in asked:
            name = part.removeprefix("-")
            if name not in self.sorts:
                raise Refusal(
                    400, f"sort: use {', '.join(self.sorts)}, not “{name[:40]}”.", field="sort"
                )
            column = F(self.sorts[name])
            order.append(column.desc(nulls_last=True) if part != name else column.asc())
        return rows.order_by(*order, "-pk") if order else rows

    def window(self) -> tuple[int | None, int]:
        """(rows on the page, rows before it); None for all."""
        limit = self.number("limit") or self.default_limit
        page = self.number("page")
        if limit is None and page is None:
            return None, 0
        limit = min(limit or PAGE_WITHOUT_LIMIT, MOST_ROWS)
        return limit, ((page or 1) - 1) * limit

    def number(self, name: str) -> int | None:
        text = self.request.query_params.get(name, "")
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0):
            raise Refusal(400, f"{name}: send a whole number from 1.", field=name)
        return int(text)


def file_answer(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A download, whatever the client accepts."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


__all__ = ["AgencyViewSet", "file_answer", "json"]
