"""The list of projects, and those of one customer."""

from django.db.models import Q
from django.urls import reverse

from agency.reference import organisation
from agency.sql import day_or_last
from agency.ui.views import Action, BulkAction, Column, FilteredListView, PanelView, Tab, visible
from crm.customers.models import Customer
from crm.projects import operations
from crm.projects.filters import ProjectFilter
from crm.projects.forms import StatusForm
from crm.projects.models import Project
from crm.projects.pills import company_of, deadline_of, status_pill, tasks_of
from crm.projects.states import CLOSED, ProjectStatus
from crm.teams import faces_of, names_of

COLUMNS = [
    Column(
        name="name", label="Project", kind="link", sort="name", fixed=True, clip=True, phone="title"
    ),
    Column(
        name="company",
        label="Company",
        value="customer.name",
        draw=company_of,
        sort="customer__name",
        phone="sub",
    ),
    Column(name="status", label="State", draw=status_pill, sort="status", phone="state"),
    Column(
        name="tasks",
        label="Tasks done",
        value=lambda project: project.task_count - project.open_task_count,
        draw=tasks_of,
        kind="number",
        sort="open_task_count",
    ),
    Column(
        name="deadline",
        label="Deadline",
        value="deadline_on",
        draw=deadline_of,
        sort="deadline_order",
        phone="value",
        css="nw",
    ),
    Column(name="team", label="Team", draw=faces_of("team"), export=names_of("team")),
    Column(name="owner", label="Owner", kind="person", sort="owner__first_name"),
    Column(name="billing", label="Billed by", value="get_billing_type_display", shown=False),
    Column(name="cost", label="Agreed price", kind="money", sort="cost", shown=False),
    Column(
        name="start", label="Start", value="start_on", kind="date", sort="start_on", shown=False
    ),
    Column(
        name="added", label="Added", value="created_at", kind="date", sort="created_at", shown=False
    ),
]


class ProjectListView(FilteredListView):
    """All projects that one sees."""

    tool, title, noun = "projects", "Projects", "projects"
    crumbs = [("Deliver", "")]
    queryset = (
        Project.objects.listing().with_tasks().annotate(deadline_order=day_or_last("deadline_on"))
    )
    filterset_class = ProjectFilter
    filters = [
        "company_id",
        "owner_id",
        "member_id",
        "status",
        "billing_type",
        "deadline_from",
        "deadline_to",
    ]
    sort = "deadline"
    create_url, create_label, create_dialog = "project-new", "New project", True
    empty_icon, empty_title = "folder-kanban", "No projects yet"
    empty_text = "A project holds tasks, milestones and the people who work on them."
    columns = COLUMNS
    bulk_actions = [
        BulkAction(
            key="status",
            label="Set state",
            icon="circle-dot",
            run=operations.update,
            form_class=StatusForm,
            done="changed",
        ),
        BulkAction(
            key="archive",
            label="Archive",
            icon="archive",
            run=operations.archive,
            done="archived",
            allows=lambda project: not project.archived_at,
        ),
        BulkAction(
            key="delete",
            label="Delete",
            icon="trash-2",
            level="manage",
            run=operations.delete,
            done="deleted",
            danger=True,
            confirm="Delete these projects with their tasks? Those with time or budgets are kept.",
        ),
    ]

    def get_tabs(self) -> list[Tab]:
        me = self.request.user
        still_open = ~Q(status__in=CLOSED) & Q(archived_at=None)
        member = Q(pk__in=Project.objects.with_member(me).order_by().values("pk"))
        late = Q(deadline_on__lt=organisation.today())
        return [
            Tab("open", "Open", still_open),
            Tab("mine", "Mine", still_open & (Q(owner=me) | member)),
            Tab("late", "Late", still_open & late, tone="bad"),
            Tab("finished", "Finished", Q(status=ProjectStatus.FINISHED, archived_at=None)),
            Tab("archived", "Archived", Q(archived_at__isnull=False)),
            Tab("all", "All"),
        ]


class CustomerProjects(PanelView):
    """The projects of one customer, the open ones first."""

    tool, title, noun = "projects", "Projects", "projects"
    queryset = Customer.objects
    empty = "No project for this customer yet."
    columns = [
        column
        for column in COLUMNS
        if column.name in {"name", "status", "tasks", "deadline", "team"}
    ]

    def rows(self):
        closed = Q(status__in=CLOSED) | Q(archived_at__isnull=False)
        found = visible(Project.objects.listing().with_tasks(), self.request.user)
        return found.filter(customer=self.record).annotate(closed=closed).order_by("closed", "-pk")

    @property
    def all_url(self) -> str:
        return f"{reverse('project-list')}?tab=all&company_id={self.record.pk}"

    def actions(self) -> list[Action]:
        url = f"{reverse('project-new')}?customer={self.record.pk}"
        return [Action(label="New project", url=url, icon="plus", level="update", dialog=True)]


class CustomerOpenProjects(CustomerProjects):
    """Those that are going on, for the overview."""

    title, empty, limit = "Open projects", "No project is going on.", 8

    def rows(self):
        return super().rows().filter(closed=False).by_deadline()
