"""``/api/engagements``. An engagement is never deleted: cancelled is its end."""

from rest_framework import serializers

from agency import money
from agency.api.agency import AgencyViewSet
from agency.api.fields import AmountIn, CurrencyIn, IdField, MoneyOut, PlainOut, RelatedId, TextIn
from agency.api.rows import ColumnMixin, RowSerializer, StrictSerializer
from crm.engagements import operations, team
from crm.engagements.filters import EngagementFilter
from crm.engagements.models import Engagement
from crm.engagements.states import EngagementStatus, EngagementType, MarginSource

LEAST_MARGIN = -1_000_000


class MemberRow(serializers.Serializer):
    """One role of the team."""

    role = serializers.CharField()
    hours = PlainOut(allow_null=True)
    rate = PlainOut(least=2, allow_null=True)


class TeamOut(ColumnMixin, serializers.ListField):
    """The kept team with its hours and rates as numbers."""

    child = MemberRow()

    def convert(self, kept):
        return [
            {
                "role": row["role"],
                "hours": row["hours"],
                "rate": None if row["rate"] is None else money.plain(row["rate"], 2),
            }
            for row in team.exact(kept)
        ]


class EngagementRow(RowSerializer):
    id = IdField()
    company_id = IdField(source="customer_id")
    company_name = serializers.CharField(source="customer.name")
    name = serializers.CharField()
    engagement_type = serializers.ChoiceField(choices=EngagementType.choices)
    product = serializers.CharField()
    status = serializers.ChoiceField(choices=EngagementStatus.choices)
    start_date = serializers.DateField(source="start_on")
    end_date = serializers.DateField(source="end_on")
    currency = serializers.CharField()
    monthly_revenue = MoneyOut(help_text="MRR")
    total_value = MoneyOut(help_text="TCV")
    headcount = serializers.IntegerField()
    cogs = MoneyOut(help_text="The cost of one month.")
    margin_pct = PlainOut(help_text="Per cent; `margin_source` says where it comes from.")
    margin_source = serializers.ChoiceField(
        choices=MarginSource.choices,
        help_text=(
            "typed: kept as it was sent. computed: (monthly_revenue - cogs) / monthly_revenue, "
            "two decimals half up, and follows both. unknown: one of them is missing."
        ),
    )
    team_members = TeamOut()
    tools = serializers.ListField(child=serializers.CharField())
    deliverables = serializers.CharField()
    notes = serializers.CharField()
    plain_status = serializers.CharField()
    jira_board_url = serializers.CharField()
    jira_project_key = serializers.CharField()
    contract_renewal_date = serializers.DateField(source="renews_on")
    owner_id = IdField()
    owner_name = serializers.CharField(allow_null=True)
    created_by = IdField(source="created_by_id")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class MemberBody(StrictSerializer):
    """One role of the team; hours and rate may be left open."""

    role = serializers.CharField(max_length=team.LONGEST_ROLE)
    hours = AmountIn(required=False, allow_null=True, min_value=0)
    rate = AmountIn(required=False, allow_null=True, min_value=0)


class EngagementUpdate(StrictSerializer):
    """What may change. `status` goes along its moves; company and currency stay."""

    name = serializers.CharField(max_length=200)
    engagement_type = serializers.ChoiceField(choices=EngagementType.choices, required=False)
    product = serializers.CharField(max_length=60, required=False)
    status = serializers.ChoiceField(choices=EngagementStatus.choices, required=False)
    start_date = serializers.DateField(source="start_on", required=False, allow_null=True)
    end_date = serializers.DateField(source="end_on", required=False, allow_null=True)
    monthly_revenue = AmountIn(required=False, allow_null=True, min_value=0)
    total_value = AmountIn(required=False, allow_null=True, min_value=0)
    headcount = serializers.IntegerField(required=False, allow_null=True, min_value=0)
    cogs = AmountIn(required=False, allow_null=True, min_value=0)
    margin_pct = AmountIn(
        required=False,
        allow_null=True,
        min_value=LEAST_MARGIN,
        max_value=money.PER_CENT,
        help_text="Kept as sent; without it or with null it follows monthly_revenue and cogs.",
    )
    team_members = MemberBody(many=True, required=False, max_length=team.MOST_MEMBERS)
    tools = serializers.ListField(
        child=serializers.CharField(max_length=team.LONGEST_TOOL),
        required=False,
        max_length=team.MOST_TOOLS,
    )
    deliverables = TextIn(max_length=20_000)
    jira_board_url = TextIn(max_length=500)
    notes = TextIn(max_length=20_000)
    plain_status = TextIn(max_length=500)
    jira_project_key = TextIn(max_length=60)
    contract_renewal_date = serializers.DateField(
        source="renews_on", required=False, allow_null=True
    )


class EngagementBody(EngagementUpdate):
    """An engagement; its currency is the company's unless one is sent."""

    company_id = RelatedId("crm.Customer", source="customer")
    currency = CurrencyIn(required=False)
    owner_id = RelatedId("staff.Staff", source="owner", required=False, allow_null=True)


class EngagementViewSet(AgencyViewSet):
    """Active client work: retainers, projects, consulting."""

    tool = "engagements"
    operations = operations
    one, many = "engagement", "engagements"
    default_limit = 50
    row_class = EngagementRow
    serializer_class = EngagementBody
    filterset_class = EngagementFilter
    queryset = Engagement.objects.listing()
    sorts = {
        "name": "name",
        "company_name": "customer__name",
        "product": "product",
        "status": "status",
        "start_date": "start_on",
        "end_date": "end_on",
        "monthly_revenue": "monthly_revenue",
        "total_value": "total_value",
        "margin_pct": "margin_pct",
        "contract_renewal_date": "renews_on",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }

    def get_serializer_class(self):
        changes = self.action in {"update", "partial_update"}
        return EngagementUpdate if changes else EngagementBody
