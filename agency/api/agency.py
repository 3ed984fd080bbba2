"""The agency dialect: ``{"invoice": …}``, ``{"invoices": […]}``, strict bodies."""

from django.db.models import F
from django.http import HttpResponse
from rest_framework.response import Response

from agency.api import json
from agency.api.errors import Refusal
from agency.api.etag import etag_of
from agency.api.viewsets import ToolViewSet

MOST_ROWS = 1_000_000


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
        part, total = self.page_of(rows)
        found = self.rows().rows(part)
        total = len(found) if total is None else total
        return Response({self.many: found}, headers={"X-Total-Count": str(total)})

    def retrieve(self, request, *args, **kwargs):
        return self.answer(self.get_object(), **self.beside(self.get_object()))

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

    def beside(self, instance) -> dict:
        """What a detail shows beside the record itself."""
        return {}

    def answer(self, instance, *, status: int = 200, **beside):
        """The record as the lists show it, with its entity tag."""
        row = self.rows().row(self.queryset.all(), instance.pk)
        return Response(
            {self.one: row, **beside}, status=status, headers={"ETag": etag_of(instance)}
        )

    def sorted(self, rows):
        """Order by ``sort=-total,number``; the key comes last, so that pages never overlap."""
        asked = [part for part in self.request.query_params.get("sort", "").split(",") if part]
        order = []
        for part in asked:
            name = part.removeprefix("-")
            if name not in self.sorts:
                raise Refusal(400, f"sort: use {', '.join(self.sorts)}, not “{name[:40]}”.")
            column = F(self.sorts[name])
            order.append(column.desc(nulls_last=True) if part != name else column.asc())
        return rows.order_by(*order, "-pk") if order else rows

    def page_of(self, rows):
        """(the rows asked for, the total where it was counted)."""
        limit = self.number("limit") or self.default_limit
        page = self.number("page") or 1
        if limit is None and page == 1:
            return rows, None
        limit = min(limit or 100, MOST_ROWS)
        start = (page - 1) * limit
        if start > MOST_ROWS * 1000:
            return rows.none(), rows.count()
        return rows[start : start + limit], rows.count()

    def number(self, name: str) -> int | None:
        text = self.request.query_params.get(name, "")
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text) > 0):
            raise Refusal(400, f"{name}: send a whole number from 1.")
        return int(text)


def file_answer(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A download, whatever the client accepts."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


__all__ = ["AgencyViewSet", "file_answer", "json"]
