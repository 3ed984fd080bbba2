"""``/invoices.json`` and ``/projects/:id/invoices.json``."""

from django.db import transaction
from rest_framework.response import Response

from agency.api.answers import answers
from agency.api.errors import Refusal
from agency.api.fields import id_of
from agency.api.teamwork.fields import TextOut
from agency.api.teamwork.projects import OfProjectMixin
from agency.api.teamwork.views import OK, TeamworkViewSet
from agency.errors import BusinessError
from billing.expenses.api_teamwork import ExpenseOnInvoice
from billing.expenses.models import Expense
from billing.invoices import completion, entering, filling, operations, teamwork_detail
from billing.invoices.models import Invoice
from billing.invoices.names_teamwork import InvoiceFields, InvoiceRow, LineItem
from crm.models import Project, TimeEntry

TYPES = {
    "all": lambda rows: rows,
    "active": lambda rows: rows.filter(completed_at=None),
    "completed": lambda rows: rows.filter(completed_at__isnull=False),
}
PROJECTS = {
    "all": Project.objects.all,
    "active": Project.objects.open,
    "archived": Project.objects.archived,
}
CHOSEN = {
    "type": "object",
    "properties": {
        name: {"type": ["string", "array"], "items": {"type": ["string", "integer"]}}
        for name in ("timelogs", "expenses")
    },
}
FILLING = {
    "type": "object",
    "properties": {
        "lineitems": {"type": "object", "properties": {"add": CHOSEN, "remove": CHOSEN}}
    },
    "required": ["lineitems"],
}
MOST = 500


InvoiceDetail = type(
    "InvoiceDetail",
    (InvoiceRow,),
    {
        "line-items": LineItem(many=True),
        "expenses": ExpenseOnInvoice(many=True),
        **{name: TextOut() for name in ("total-time", "total-time-decimal", "total-cost")},
    },
)


class InvoiceTeamworkViewSet(OfProjectMixin, TeamworkViewSet):
    """The invoices of projects."""

    tool = "invoices"
    operations = operations
    one, many = "invoice", "invoices"
    row_class = InvoiceRow
    detail_shape = InvoiceDetail
    serializer_class = InvoiceFields
    query = {"type": {"enum": list(TYPES)}, "projectStatus": {"enum": list(PROJECTS)}}

    @property
    def queryset(self):
        return Invoice.objects.live().of_projects().with_editor().order_by("-issued_on", "-pk")

    def get_queryset(self):
        rows, project = super().get_queryset(), self.project()
        return rows if project is None else rows.filter(billed_project=project.pk)

    def filter_queryset(self, queryset):
        rows = self.asked("type", TYPES)(queryset)
        if "project_pk" in self.kwargs:
            return rows
        projects = self.asked("projectStatus", PROJECTS)()
        return rows.filter(billed_project__in=projects.order_by().values("pk"))

    def asked(self, name: str, known: dict):
        word = self.request.query_params.get(name) or "active"
        if word not in known:
            raise Refusal(400, f"{name}: use {', '.join(known)}.", field=name)
        return known[word]

    def beside(self, pk: int) -> dict:
        return teamwork_detail.shown(pk)

    def create(self, request, *args, **kwargs):
        values = self.body()
        project = self.project() or values.get("project")
        if project is None:
            raise BusinessError("Say which project the invoice is for.", field="project-id")
        made = entering.on_project(by=request.user, **values | {"project": project})
        return self.made(made.pk)

    def update(self, request, *args, **kwargs):
        values = self.body(instance=self.get_object(), partial=True)
        self.change(entering.change_on_project, **values)
        return Response(OK)

    @answers(OK)
    def complete(self, request, pk):
        """Tick the invoice off, whatever is paid."""
        self.change(completion.complete)
        return Response(OK)

    complete.level = "update"

    @answers(OK)
    def uncomplete(self, request, pk):
        """Take the tick away."""
        self.change(completion.reopen)
        return Response(OK)

    uncomplete.level = "update"

    @answers(OK, body=FILLING)
    def lineitems(self, request, pk):
        """Put time and expenses on a draft, or take them off: ids with commas between."""
        changes = self.unwrapped("lineitems")
        added, removed = (self.chosen(changes, verb) for verb in ("add", "remove"))
        with transaction.atomic():
            invoice = self.current()
            filling.remove(invoice, by=request.user, **removed)
            filling.add(invoice, by=request.user, untaxed=True, **added)
        return Response(OK)

    lineitems.level = "update"

    def chosen(self, changes: dict, verb: str) -> dict:
        """The records that a change names, among those that the caller sees."""
        named = changes.get(verb) or {}
        if not isinstance(named, dict):
            raise BusinessError("Send an object of ids.", field=f"lineitems.{verb}")
        return {
            word: self.found(rows, named.get(name), f"lineitems.{verb}.{name}")
            for word, name, rows in (
                ("entries", "timelogs", TimeEntry.objects),
                ("expenses", "expenses", Expense.objects),
            )
        }

    def found(self, rows, sent, field: str) -> list:
        parts = sent.split(",") if isinstance(sent, str) else sent or []
        parts = [part for part in parts if part != ""] if isinstance(parts, list) else [parts]
        keys = {str(part)[:40]: id_of(part) for part in parts[: MOST + 1]}
        if len(keys) > MOST:
            raise BusinessError(f"At most {MOST} at once.", field=field)
        seen = rows.visible_to(self.request.user).in_bulk([key for key in keys.values() if key])
        unknown = [part for part, key in keys.items() if key not in seen]
        if unknown:
            raise BusinessError(f"There is no record {', '.join(unknown)}.", field=field)
        return list(seen.values())
