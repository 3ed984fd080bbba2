"""The board and the list of deals, and those of one customer."""

from datetime import timedelta

from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from agency.sql import cents, day_or_last, totals_per_currency
from agency.ui import formats
from agency.ui.views import Action, BulkAction, Column, FilteredListView, PanelView, Tab, visible
from crm.boards import BoardView, Lane, filled
from crm.customers.models import Customer
from crm.deals import operations
from crm.deals.filters import DealFilter
from crm.deals.models import Deal
from crm.deals.pills import close_of, is_late, stage_pill
from crm.deals.states import DEAL_WORKFLOW, OPEN_STAGES, DealStage

CLOSED_SHOWN = timedelta(days=30)


def company_of(deal: Deal) -> SafeString:
    if not deal.customer:
        return formats.DASH
    url = deal.customer.get_absolute_url()
    return format_html('<a class="soft" href="{}">{}</a>', url, deal.customer)


COLUMNS = [
    Column(name="title", label="Deal", kind="link", sort="title", fixed=True, phone="title"),
    Column(
        name="company",
        label="Company",
        value="customer.name",
        draw=company_of,
        sort="customer__name",
        clip=True,
        phone="sub",
    ),
    Column(name="stage", label="Stage", draw=stage_pill, sort="stage", phone="state"),
    Column(
        name="probability",
        label="Likely",
        kind="percent",
        sort="probability",
    ),
    Column(name="value", label="Value", kind="money", sort="value", total=True, phone="value"),
    Column(name="weighted", label="Weighted", kind="money", sort="weighted", total=True),
    Column(
        name="close", label="Closes", value="close_on", draw=close_of, sort="close_order", css="nw"
    ),
    Column(name="owner", label="Owner", kind="person", sort="owner__first_name"),
    Column(name="contact", label="Contact", value="contact_name", shown=False),
    Column(name="pipeline", label="Pipeline", sort="pipeline", shown=False),
    Column(name="reason", label="Lost because", value="lost_reason", shown=False),
]


class DealListView(FilteredListView):
    """All deals that one sees, with what they may bring."""

    tool, title, noun = "deals", "Deals", "deals"
    crumbs = [("Sell", "")]
    template_name = "crm/deals/list.html"
    queryset = Deal.objects.listing().annotate(close_order=day_or_last("close_on"))
    filterset_class = DealFilter
    filters = ["company_id", "owner_id", "pipeline", "currency", "close_from", "close_to"]
    sort = "close"
    create_url, create_label, create_dialog = "deal-new", "New deal", True
    empty_icon, empty_title = "handshake", "No deals yet"
    empty_text = "A deal is work that you hope to win: its value, how likely it is, and when."
    columns = COLUMNS
    tabs = [
        Tab("open", "Open", Q(stage__in=OPEN_STAGES)),
        Tab("won", "Won", Q(stage=DealStage.WON)),
        Tab("lost", "Lost", Q(stage=DealStage.LOST)),
        Tab("all", "All"),
    ]
    bulk_actions = [
        BulkAction(
            key="won",
            label="Won",
            icon="circle-check",
            run=operations.win,
            done="won",
            allows=lambda deal: DEAL_WORKFLOW.allows(deal.stage, DealStage.WON),
        ),
        BulkAction(
            key="delete",
            label="Delete",
            icon="trash-2",
            level="manage",
            run=operations.delete,
            done="deleted",
            danger=True,
            confirm="Delete these deals? Those with a budget are kept.",
        ),
    ]


class DealBoardView(BoardView):
    """Open deals by stage with the sums per currency; won and lost ones of the last month."""

    tool, title, noun = "deals", "Deals", "deals"
    crumbs = [("Sell", "")]
    queryset = Deal.objects.listing()
    filterset_class = DealFilter
    filters = ["company_id", "owner_id", "pipeline", "currency", "close_from", "close_to"]
    create_url, create_label = "deal-new", "New deal"
    card_template, list_url = "crm/deals/_card.html", "deal-list"

    def shown(self):
        """The deals on the board: all open ones, and what was closed lately."""
        lately = Q(closed_at__gte=timezone.now() - CLOSED_SHOWN)
        return self.filtered.filter(Q(stage__in=OPEN_STAGES) | lately)

    def lanes(self) -> list[Lane]:
        new = reverse("deal-new")
        lanes = [Lane(stage.value, stage.label) for stage in DealStage]
        for lane in lanes:
            is_open = lane.key in OPEN_STAGES
            lane.new_url = f"{new}?stage={lane.key}" if is_open else ""
            lane.note = "" if is_open else "In 30 days"
        by_key = {lane.key: lane for lane in lanes}
        grouped = self.shown().order_by("stage", "currency").values("stage", "currency")
        for line in grouped.annotate(total=cents(Sum("value")), number=Count("pk")):
            by_key[line["stage"]].count += line["number"]
            by_key[line["stage"]].sums.append((line["currency"], line["total"]))
        cards = self.shown().order_by(F("close_on").asc(nulls_last=True), "-value", "pk")
        return filled(lanes, [prepared(card) for card in cards], lambda deal: deal.stage)

    def summary(self) -> SafeString:
        rows = self.filtered.filter(stage__in=OPEN_STAGES)
        sums = totals_per_currency(rows, "value", "weighted")
        return format_html_join(
            "",
            '<span class="num">{} open, {} weighted</span>',
            (
                (
                    formats.money_html(line["total_value"], line["currency"]),
                    formats.amount(line["total_weighted"], line["currency"]),
                )
                for line in sums
            ),
        )

    def move(self, record, to, place) -> None:
        if to != record.stage:
            operations.move(record, to, by=self.request.user)


def prepared(deal: Deal) -> Deal:
    """The card of a deal knows whether it is late."""
    deal.late = is_late(deal)
    return deal


class CustomerDeals(PanelView):
    """The deals of one customer."""

    tool, title, noun = "deals", "Deals", "deals"
    queryset = Customer.objects
    empty = "No deal with this customer yet."
    columns = [
        column
        for column in COLUMNS
        if column.name in {"title", "stage", "probability", "value", "close", "owner"}
    ]

    def rows(self):
        return visible(Deal.objects.listing(), self.request.user).filter(customer=self.record)

    @property
    def all_url(self) -> str:
        return f"{reverse('deal-list')}?tab=all&company_id={self.record.pk}"

    def actions(self) -> list[Action]:
        url = f"{reverse('deal-new')}?customer={self.record.pk}"
        return [Action(label="New deal", url=url, icon="plus", level="update", dialog=True)]
