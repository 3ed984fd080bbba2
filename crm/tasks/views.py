"""The list of tasks, the board, and the tasks on others' pages."""

from datetime import timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from agency.reference import organisation
from agency.sql import day_or_last
from agency.ui.views import Action, BulkAction, Column, FilteredListView, PanelView, Tab, visible
from crm.boards import BoardView, Lane, MoveMixin, filled
from crm.customers.models import Customer
from crm.deals.models import Deal
from crm.projects.models import Project
from crm.tasks import operations
from crm.tasks.filters import TaskFilter
from crm.tasks.forms import AssigneesForm, DueForm
from crm.tasks.models import Task
from crm.tasks.pills import due_of, hours_of, is_late, place_of, priority_mark, status_pill
from crm.tasks.states import LANES, TaskStatus
from crm.teams import faces_of, names_of

COMPLETE_SHOWN = timedelta(days=14)
FILTERS = [
    "assignee_id",
    "project_id",
    "company_id",
    "status",
    "priority",
    "due_from",
    "due_to",
    "billable",
    "overdue",
]

COLUMNS = [
    Column(
        name="title",
        label="Task",
        kind="link",
        sort="title",
        fixed=True,
        clip=True,
        phone="title",
    ),
    Column(
        name="place",
        label="Belongs to",
        value=lambda task: str(task.project or task.customer or ""),
        draw=place_of,
        sort=("project__name", "customer__name"),
        phone="sub",
        css="nw",
    ),
    Column(name="status", label="State", draw=status_pill, sort="status", phone="state"),
    Column(name="priority", label="Priority", draw=priority_mark),
    Column(name="people", label="Assigned", draw=faces_of("people"), export=names_of("people")),
    Column(name="due", label="Due", value="due_on", draw=due_of, sort="due_order", phone="value"),
    Column(
        name="logged",
        label="Hours",
        value="logged_minutes",
        draw=hours_of,
        kind="hours",
        sort="logged_minutes",
        total="logged_minutes",
    ),
    Column(name="milestone", label="Milestone", value="milestone.name", shown=False),
    Column(name="company", label="Company", value="customer.name", shown=False),
    Column(name="start", label="Starts", value="start_on", kind="date", shown=False),
    Column(name="billable", label="Billable", value="is_billable", kind="bool", shown=False),
    Column(name="added", label="Added", value="created_at", kind="date", shown=False),
]


def is_open(task: Task) -> bool:
    return task.status != TaskStatus.COMPLETE


class TaskListView(FilteredListView):
    """All tasks that one sees."""

    tool, title, noun = "tasks", "Tasks", "tasks"
    crumbs = [("Deliver", "")]
    template_name = "crm/tasks/list.html"
    queryset = Task.objects.listing().annotate(due_order=day_or_last("due_on"))
    filterset_class, filters = TaskFilter, FILTERS
    sort = "due"
    create_url, create_label, create_dialog = "task-new", "New task", True
    empty_icon, empty_title = "list-checks", "No tasks yet"
    empty_text = "A task says what is to be done, by whom and when; time is logged on it."
    columns = COLUMNS
    bulk_actions = [
        BulkAction(
            key="complete",
            label="Complete",
            icon="check",
            run=operations.complete,
            done="completed",
            allows=is_open,
        ),
        BulkAction(
            key="assign",
            label="Assign",
            icon="user-round",
            run=operations.update,
            form_class=AssigneesForm,
            done="assigned",
        ),
        BulkAction(
            key="due",
            label="Set due date",
            icon="calendar",
            run=operations.update,
            form_class=DueForm,
            done="changed",
        ),
        BulkAction(
            key="delete",
            label="Delete",
            icon="trash-2",
            level="manage",
            run=operations.delete,
            done="deleted",
            danger=True,
            confirm="Delete these tasks? Those with time on them are kept.",
        ),
    ]

    def get_tabs(self) -> list[Tab]:
        mine = Q(pk__in=Task.objects.assigned_to(self.request.user).order_by().values("pk"))
        still_open = ~Q(status=TaskStatus.COMPLETE)
        return [
            Tab("open", "Open", still_open),
            Tab("mine", "Mine", still_open & mine),
            Tab("late", "Overdue", still_open & Q(due_on__lt=organisation.today()), tone="bad"),
            Tab("complete", "Complete", Q(status=TaskStatus.COMPLETE)),
            Tab("all", "All"),
        ]


class LanesMixin(MoveMixin):
    """The lanes of a task board; complete ones leave it after two weeks."""

    card_template = "crm/tasks/_card.html"

    def lanes_of(self, tasks, new_url: str) -> list[Lane]:
        since = timezone.now() - COMPLETE_SHOWN
        shown = tasks.filter(~Q(status=TaskStatus.COMPLETE) | Q(finished_at__gte=since))
        lanes = [Lane(status.value, status.label) for status in LANES]
        for lane in lanes:
            is_last = lane.key == TaskStatus.COMPLETE
            lane.note = "In two weeks" if is_last else ""
            lane.new_url = "" if is_last else f"{new_url}status={lane.key}"
        cards = list(shown.order_by("position", F("due_on").asc(nulls_last=True), "pk")[:1000])
        for card in cards:
            card.late = is_late(card)
            lanes[LANES.index(TaskStatus(card.status))].count += 1
        return filled(lanes, cards, lambda task: task.status)

    def move(self, record, to, place) -> None:
        if to != record.status:
            operations.move(record, to, by=self.request.user)


class TaskBoardView(LanesMixin, BoardView):
    """Tasks by state, over all projects."""

    tool, title, noun = "tasks", "Tasks", "tasks"
    crumbs = [("Deliver", "")]
    queryset = Task.objects.listing()
    filterset_class = TaskFilter
    filters = [name for name in FILTERS if name != "status"]
    create_url, create_label, list_url = "task-new", "New task", "task-list"

    def lanes(self) -> list[Lane]:
        return self.lanes_of(self.filtered, f"{reverse('task-new')}?")

    def summary(self):
        late = self.filtered.overdue().count()
        return format_html('<span class="bad">{} overdue</span>', late) if late else ""


class TasksOfRecord(PanelView):
    """The tasks that belong to a record, the open ones first."""

    tool, title, noun = "tasks", "Tasks", "tasks"
    empty = "No task yet."
    kind = ""  # the subject's name in links
    columns = [
        column
        for column in COLUMNS
        if column.name in {"title", "status", "priority", "people", "due", "logged"}
    ]

    def of_record(self):
        """The tasks in question, of everybody."""
        return Task.objects.listing().about(self.record)

    def rows(self):
        found = visible(self.of_record(), self.request.user)
        is_done = Q(status=TaskStatus.COMPLETE)
        return found.annotate(done=is_done).order_by("done", F("due_on").asc(nulls_last=True), "pk")

    def actions(self) -> list[Action]:
        url = f"{reverse('task-new')}?{self.kind}={self.record.pk}"
        return [Action(label="New task", url=url, icon="plus", level="update", dialog=True)]


class CustomerTasks(TasksOfRecord):
    """Those of a customer and of all its projects."""

    queryset, kind = Customer.objects, "customer"

    def of_record(self):
        return Task.objects.listing().filter(customer=self.record)

    @property
    def all_url(self) -> str:
        return f"{reverse('task-list')}?tab=all&company_id={self.record.pk}"


class DealTasks(TasksOfRecord):
    queryset, kind = Deal.objects, "deal"


class ProjectTasks(TasksOfRecord):
    queryset, kind = Project.objects, "project"

    def of_record(self):
        return Task.objects.listing().filter(project=self.record)

    @property
    def all_url(self) -> str:
        return f"{reverse('task-list')}?tab=all&project_id={self.record.pk}"


class ProjectBoard(LanesMixin, PanelView):
    """The tasks of one project by state; dragging also keeps the order in a lane."""

    tool, title = "tasks", "Board"
    queryset = Project.objects
    template_name = "crm/tasks/board_panel.html"

    def rows(self):
        return []

    def movable(self):
        seen = Task.objects.visible_to(self.request.user)
        return seen.filter(project=self.record)

    def move(self, record, to, place) -> None:
        operations.place(record, to, place, by=self.request.user)

    def get_context_data(self, **context):
        tasks = visible(Task.objects.listing(), self.request.user).filter(project=self.record)
        return super().get_context_data(
            lanes=self.lanes_of(tasks, f"{reverse('task-new')}?project={self.record.pk}&"),
            move_url=self.request.path,
            perms_update=self.may("update"),
            **context,
        )
