"""The viewset that every resource of every dialect builds on."""

from django.db import transaction
from django.http import Http404
from rest_framework import exceptions, viewsets
from rest_framework.decorators import action as drf_action

from agency.api.errors import Refusal
from agency.api.etag import etag_of, matches
from agency.api.fields import id_of
from agency.api.permissions import HasGrant, required_level
from agency.api.views import ApiMixin
from agency.errors import BusinessError


def action(*, level: str, tool: str | None = None, outside: bool = False, **kwargs):
    """DRF's ``action`` with the level that it needs.

    One that is ``outside`` waits for another system: it runs in no transaction but its own, and
    asked twice it has one effect by itself.
    """

    def mark(method):
        method.level, method.outside = level, outside
        return drf_action(**kwargs)(method)

    return mark


class ToolViewSet(ApiMixin, viewsets.GenericViewSet):
    """A resource that writes through its operations, within what the caller may see.

    PUT and PATCH both update partially. ``serializer_class`` reads a body, ``row_class`` shapes
    the answer. ``queryset`` is made once, at import: what depends on the day belongs into
    ``all_rows``.
    """

    tool: str
    operations = None
    row_class = None
    spelled: dict[str, str] = {}  # what a refusal may name and no body spells
    permission_classes = [HasGrant]
    http_method_names = ["get", "post", "put", "patch", "delete", "head"]
    _found = None

    def permission_denied(self, request, message=None, code=None) -> None:
        if not request.user.is_authenticated:
            raise exceptions.NotAuthenticated
        raise exceptions.PermissionDenied(f"This needs {self.tool}:{required_level(self)}.")

    def handle_exception(self, exc):
        """Name the field of a refusal as this dialect spells it."""
        if isinstance(exc, BusinessError) and exc.field:
            exc.field = self.wire_path(exc.field)
        return super().handle_exception(exc)

    def wire_path(self, field: str) -> str:
        """``line_items.0.amount`` for ``lines.0.amount``: the first step is a name of the body."""
        first, dot, rest = field.partition(".")
        return f"{self.wire_name(first)}{dot}{rest}"

    def wire_name(self, field: str) -> str:
        """The name in the body of a model's field: ``due_date`` for ``due_on``."""
        made = self.get_serializer_class() if self.serializer_class else None
        fields = getattr(made, "_declared_fields", {})
        spelled = (name for name, known in fields.items() if known.source == field)
        return field if field in fields else next(spelled, self.spelled.get(field, field))

    def all_rows(self):
        """Every record with what the answers show of it, whoever asks."""
        return self.queryset.all()

    def get_queryset(self):
        return self.all_rows().visible_to(self.request.user)

    def get_object(self):
        """The record of the path, looked up once; 404 where the caller may not see it."""
        if self._found is None:
            self._found = self.get_queryset().filter(pk=self.key()).first()
        if self._found is None:
            raise Http404
        return self._found

    def key(self, name: str = "pk") -> int:
        """An id of the path as a number, 404 where it is none."""
        pk = id_of(self.kwargs[name])
        if pk is None:
            raise Http404
        return pk

    def body(self, *, serializer_class=None, instance=None, partial=False):
        """The validated values of the request."""
        made = serializer_class or self.get_serializer_class()
        serializer = made(
            instance, data=self.request.data, partial=partial, context=self.get_serializer_context()
        )
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def rows(self):
        return self.row_class(context=self.get_serializer_context())

    def current(self):
        """The record to change, held to ``If-Match`` where the client sent one.

        Call inside a transaction: with the header the row stays locked until it ends.
        """
        found = self.get_object()
        wanted = self.request.headers.get("If-Match")
        if wanted:
            locked = type(found).objects.select_for_update().filter(pk=found.pk).first()
            if locked is None:
                raise Http404
            if not matches(wanted, etag_of(locked)):
                raise Refusal(412, "The record has changed since you read it.")
        return found

    def change(self, operation, **values):
        """Run an operation on the record of the path, in one transaction with an If-Match."""
        if not self.request.headers.get("If-Match"):
            return operation(self.get_object(), by=self.request.user, **values)
        with transaction.atomic():
            return operation(self.current(), by=self.request.user, **values)
