"""``/api/time``: entries, their approval, timers."""

from rest_framework.response import Response

from agency.api.agency import AgencyViewSet
from agency.api.answers import Nullable, answers
from agency.api.viewsets import action
from agency.errors import BusinessError
from crm.timesheets import operations
from crm.timesheets.bodies import (
    ApproveBody,
    NewTime,
    NewTimeList,
    RejectBody,
    StartBody,
    StopBody,
    TimeFields,
)
from crm.timesheets.filters import TimeEntryFilter
from crm.timesheets.models import TimeEntry
from crm.timesheets.rows import TimeEntryRow


class TimeEntryViewSet(AgencyViewSet):
    """Time of those whom the caller sees."""

    tool = "time"
    operations = operations
    one, many = "time_entry", "time_entries"
    queryset = TimeEntry.objects.listing()
    row_class, serializer_class = TimeEntryRow, NewTime
    filterset_class = TimeEntryFilter
    sorts = {
        "date": "date",
        "hours": "minutes",
        "amount": "amount",
        "rate": "rate",
        "status": "status",
        "user_name": "staff__first_name",
        "project_name": "project__name",
        "company_name": "customer__name",
        "submitted_at": "submitted_at",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }

    def get_serializer_class(self):
        return TimeFields if self.action in {"update", "partial_update"} else NewTime

    def wire_path(self, field: str) -> str:
        """``time_entries.3.task_id``: the name in one of several entries."""
        *before, name = field.split(".")
        return ".".join([*before, self.wire_name(name)])

    @answers(
        one=True,
        other={"<many>": [TimeEntryRow]},
        status=201,
        body=(NewTime, NewTimeList),
        tagged=True,
        errors=(409,),
    )
    def create(self, request, *args, **kwargs):
        """Log one entry, or with ``time_entries`` up to 1,000, all or none."""
        if not (isinstance(request.data, dict) and "time_entries" in request.data):
            return super().create(request, *args, **kwargs)
        rows = self.body(serializer_class=NewTimeList)["time_entries"]
        return self.several(operations.create_many(rows, by=request.user), status=201)

    def several(self, entries, *, status: int = 200) -> Response:
        """The entries as the list shows them, in the order they were sent."""
        rows = TimeEntry.objects.filter(pk__in=[entry.pk for entry in entries]).order_by("pk")
        return Response({self.many: self.rows().rows(rows)}, status=status)

    def destroy(self, request, *args, **kwargs):
        """Remove an entry that is neither approved nor billed."""
        return super().destroy(request, *args, **kwargs)

    destroy.level = "update"

    @action(detail=True, methods=["post"], level="update")
    @answers(one=True)
    def submit(self, request, pk):
        """Hand a draft in for approval."""
        return self.moved(operations.submit)

    @action(detail=True, methods=["post"], level="update")
    @answers(one=True)
    def approve(self, request, pk):
        """Approve and lock somebody else's entry."""
        return self.moved(operations.approve)

    @action(detail=True, methods=["post"], level="update")
    @answers(one=True)
    def unapprove(self, request, pk):
        """Take an approval back while the entry is not invoiced."""
        return self.moved(operations.unapprove)

    def moved(self, operation) -> Response:
        [entry] = self.change(operation)
        return self.answer(entry)

    @action(detail=True, methods=["post"], level="update")
    @answers(one=True, body=RejectBody)
    def reject(self, request, pk):
        """Send somebody else's entry back with a reason."""
        values = self.body(serializer_class=RejectBody)
        return self.answer(self.change(operations.reject, **values))

    @action(detail=False, methods=["post"], url_path="approve", level="update")
    @answers(many=True, body=ApproveBody, errors=(409,))
    def approve_all(self, request):
        """Approve many entries, all or none."""
        ids = set(self.body(serializer_class=ApproveBody)["ids"])
        entries = list(TimeEntry.objects.visible_to(request.user).filter(pk__in=ids))
        if len(entries) < len(ids):
            raise BusinessError("There are ids that you may not see.", field="ids")
        return self.several(operations.approve(entries, by=request.user))

    @action(detail=False, methods=["get"], level="view")
    @answers({"pending_count": int})
    def pending(self, request):
        """How many handed-in entries of one's scope wait for a decision."""
        waiting = TimeEntry.objects.visible_to(request.user).submitted()
        return Response({"pending_count": waiting.count()})

    @action(detail=False, methods=["get"], level="view")
    @answers({"time_entry": Nullable(TimeEntryRow)})
    def running(self, request):
        """The caller's running timer, or null."""
        rows = self.rows().rows(TimeEntry.objects.running().filter(staff=request.user))
        return Response({self.one: rows[0] if rows else None})

    @action(detail=False, methods=["post"], level="update")
    @answers(one=True, status=201, body=StartBody)
    def start(self, request):
        """Start the caller's timer; 409 while another one runs."""
        values = self.body(serializer_class=StartBody)
        return self.answer(operations.start_timer(by=request.user, **values), status=201)

    @action(detail=True, methods=["post"], level="update")
    @answers(one=True, body=StopBody)
    def stop(self, request, pk):
        """Stop a running timer."""
        values = self.body(serializer_class=StopBody)
        return self.answer(self.change(operations.stop_timer, **values))
