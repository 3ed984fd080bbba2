"""The page of one engagement."""

from django.urls import reverse

from agency.reference import organisation
from agency.ui import formats
from agency.ui.views import Action, Explanation, Figure, RecordView
from crm.engagements import team
from crm.engagements.models import Engagement
from crm.engagements.pills import SAID, is_due, status_pill
from crm.engagements.states import ENGAGEMENT_WORKFLOW, EngagementStatus, MarginSource

# What the move to a status is called, its sign, and whether it is asked about first.
MOVES = {
    EngagementStatus.ACTIVE: ("Resume", "circle-play", ""),
    EngagementStatus.PAUSED: ("Pause", "circle-pause", ""),
    EngagementStatus.COMPLETED: ("Complete", "circle-check", ""),
    EngagementStatus.CANCELLED: (
        "Cancel engagement",
        "circle-x",
        "Cancel this engagement? It cannot be taken up again.",
    ),
}
NEXT = {
    EngagementStatus.ACTIVE: EngagementStatus.COMPLETED,
    EngagementStatus.PAUSED: EngagementStatus.ACTIVE,
}


class EngagementView(RecordView):
    """What the client pays, what is left of it, who works on it and until when."""

    tool, subject, name = "engagements", "engagement", "engagement"
    queryset = Engagement.objects.listing().select_related("created_by")
    template_name = "crm/engagements/record.html"
    crumbs = [("Sell", "")]
    list_url, list_label = "engagement-list", "Engagements"

    def get_context_data(self, **context):
        return super().get_context_data(
            pill=status_pill(self.record),
            members=team.exact(self.record.team_members),
            **context,
        )

    def actions(self) -> list[Action]:
        url = reverse("engagement-edit", args=[self.record.pk])
        edit = Action(label="Edit", url=url, level="update", key="e")
        first = NEXT.get(EngagementStatus(self.record.status))
        moves = [self.move(to) for to in ENGAGEMENT_WORKFLOW.allowed(self.record.status)]
        return [*moves, edit, *([self.move(first, primary=True)] if first else [])]

    def move(self, to: str, *, primary: bool = False) -> Action:
        label, icon, confirm = MOVES[EngagementStatus(to)]
        return Action(
            label=label,
            url=f"{reverse('engagement-move', args=[self.record.pk])}?to={to}",
            icon=icon,
            level="update",
            post=True,
            primary=primary,
            menu=not primary,
            confirm=confirm,
            danger=bool(confirm),
        )

    def figures(self) -> list[Figure]:
        one, currency = self.record, self.record.currency
        people = "–" if one.headcount is None else str(one.headcount)
        return [
            Figure(label="MRR", value=one.monthly_revenue, currency=currency),
            Figure(label="TCV", value=one.total_value, currency=currency),
            self.margin(),
            Figure(label="People", value=people, kind="text"),
            self.renewal(),
        ]

    def margin(self) -> Figure:
        one = self.record
        known = one.margin_pct is not None
        words = f"{formats.quantity(one.margin_pct)} %" if known else "–"
        note = SAID[one.margin_source].capitalize() if known else "Needs MRR and cost"
        why = self.arithmetic(words) if one.margin_source == MarginSource.COMPUTED else None
        return Figure(label="Margin", value=words, kind="text", note=note, explain=why)

    def arithmetic(self, words: str) -> Explanation:
        one, code = self.record, self.record.currency
        left = one.monthly_revenue - one.cogs
        lines = [
            ("", "Monthly revenue", f"{code} {formats.amount(one.monthly_revenue, code)}"),
            ("−", "Cost of a month", f"{code} {formats.amount(one.cogs, code)}"),
            ("=", "Left each month", f"{code} {formats.amount(left, code)}"),
        ]
        foot = "What is left, in per cent of the monthly revenue."
        return Explanation("Margin", lines, words, foot=foot, label="Margin")

    def renewal(self) -> Figure:
        on = self.record.renews_on
        days = (on - organisation.today()).days if on else 0
        due = is_due(self.record)
        note = (f"in {days} days" if days >= 0 else f"{-days} days ago") if due else ""
        tone = "bad" if due and days < 0 else ""
        words = formats.day(on)
        return Figure(
            label="Renewal", value=words, kind="text", tone=tone, note=note, note_tone="warn"
        )
