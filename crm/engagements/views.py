"""The list of engagements, and those of one customer."""

from django.db.models import Q
from django.urls import reverse

from agency.sql import day_or_last
from agency.ui.views import (
    Action,
    BulkAction,
    Column,
    FilteredListView,
    PanelView,
    Tab,
    visible,
)
from crm.customers.models import Customer
from crm.engagements import figures, operations
from crm.engagements.filters import EngagementFilter
from crm.engagements.models import Engagement
from crm.engagements.pills import company_of, margin_of, renewal_of, status_pill
from crm.engagements.querysets import renewing
from crm.engagements.states import ENGAGEMENT_WORKFLOW, EngagementStatus

COLUMNS = [
    Column(name="name", label="Engagement", kind="link", sort="name", fixed=True, phone="title"),
    Column(
        name="company",
        label="Company",
        value="customer.name",
        draw=company_of,
        sort="customer__name",
        clip=True,
        phone="sub",
    ),
    Column(name="product", label="Product", sort="product"),
    Column(name="status", label="State", draw=status_pill, sort="status", phone="state"),
    Column(
        name="mrr",
        label="MRR",
        value="monthly_revenue",
        kind="money",
        sort="monthly_revenue",
        total=True,
        phone="value",
    ),
    Column(
        name="tcv", label="TCV", value="total_value", kind="money", sort="total_value", total=True
    ),
    Column(
        name="margin",
        label="Margin",
        value="margin_pct",
        draw=margin_of,
        kind="percent",
        sort="margin_pct",
    ),
    Column(
        name="renewal",
        label="Renewal",
        value="renews_on",
        draw=renewal_of,
        sort="renewal_order",
        css="nw",
    ),
    Column(name="owner", label="Owner", kind="person", sort="owner__first_name"),
    Column(name="type", label="Type", value="get_engagement_type_display", shown=False),
    Column(name="margin_source", label="Margin is", shown=False),
    Column(name="cogs", label="Cost", kind="money", sort="cogs", shown=False),
    Column(name="headcount", label="People", kind="number", sort="headcount", shown=False),
    Column(
        name="start", label="Start", value="start_on", kind="date", sort="start_on", shown=False
    ),
    Column(name="end", label="End", value="end_on", kind="date", sort="end_on", shown=False),
]


class EngagementListView(FilteredListView):
    """All engagements that one sees, with what they bring."""

    tool, title, noun = "engagements", "Engagements", "engagements"
    crumbs = [("Sell", "")]
    queryset = Engagement.objects.listing().annotate(renewal_order=day_or_last("renews_on"))
    filterset_class = EngagementFilter
    filters = [
        "company_id",
        "product",
        "engagement_type",
        "owner_id",
        "currency",
        "renewal_from",
        "renewal_to",
    ]
    sort = "name"
    template_name = "crm/engagements/list.html"
    create_url, create_label = "engagement-new", "New engagement"
    empty_icon, empty_title = "repeat", "No engagements yet"
    empty_text = "An engagement is signed work: what it brings each month and in all, and its team."
    columns = COLUMNS
    bulk_actions = [
        BulkAction(
            key="pause",
            label="Pause",
            icon="circle-pause",
            run=operations.pause,
            done="paused",
            allows=lambda one: ENGAGEMENT_WORKFLOW.allows(one.status, EngagementStatus.PAUSED),
        ),
        BulkAction(
            key="complete",
            label="Complete",
            icon="circle-check",
            run=operations.complete,
            done="completed",
            allows=lambda one: ENGAGEMENT_WORKFLOW.allows(one.status, EngagementStatus.COMPLETED),
        ),
    ]

    def get_tabs(self) -> list[Tab]:
        by_status = [Tab(one.value, one.label, Q(status=one)) for one in EngagementStatus]
        first, *others = by_status
        return [
            first,
            Tab("renewing", "To renew", renewing(), tone="warn"),
            *others,
            Tab("all", "All"),
        ]


class CustomerEngagements(PanelView):
    """The engagements of one customer, the running ones first, with their MRR of this month."""

    tool, title, noun = "engagements", "Engagements", "engagements"
    template_name = "crm/engagements/panel.html"
    queryset = Customer.objects
    empty = "No engagement with this customer yet."
    columns = [
        column
        for column in COLUMNS
        if column.name in {"name", "product", "status", "mrr", "tcv", "margin", "renewal"}
    ]

    def own(self):
        return visible(Engagement.objects, self.request.user).filter(customer=self.record)

    def rows(self):
        return self.own().listing().order_by("status", "name", "pk")

    def get_context_data(self, **context):
        return super().get_context_data(totals=figures.totals(self.own()), **context)

    @property
    def all_url(self) -> str:
        return f"{reverse('engagement-list')}?tab=all&company_id={self.record.pk}"

    def actions(self) -> list[Action]:
        url = f"{reverse('engagement-new')}?customer={self.record.pk}"
        return [Action(label="New engagement", url=url, icon="plus", level="update")]
