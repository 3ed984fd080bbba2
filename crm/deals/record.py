"""The page of one deal."""

from django.urls import reverse

from agency.ui import formats
from agency.ui.views import Action, Explanation, Figure, RecordView, Step
from crm.deals.models import Deal
from crm.deals.pills import is_late, stage_pill
from crm.deals.states import DEAL_WORKFLOW, OPEN_STAGES, DealStage


class DealView(RecordView):
    """How far the deal is, what it may bring, and the next step."""

    tool, subject, name = "deals", "deal", "deal"
    queryset = Deal.objects.listing().select_related("created_by")
    template_name = "crm/deals/record.html"
    crumbs = [("Sell", "")]
    list_url, list_label = "deal-board", "Deals"

    def get_context_data(self, **context):
        return super().get_context_data(pill=stage_pill(self.record), **context)

    def path(self, name: str) -> str:
        return reverse(name, args=[self.record.pk])

    def actions(self) -> list[Action]:
        edit = Action(
            label="Edit", url=self.path("deal-edit"), level="update", dialog=True, key="e"
        )
        delete = Action(
            label="Delete",
            url=self.path("deal-delete"),
            icon="trash-2",
            level="manage",
            post=True,
            menu=True,
            danger=True,
            confirm="Delete this deal? It is kept while a budget belongs to it.",
        )
        return [delete, *self.moves(), edit, *self.next_step()]

    def moves(self) -> list[Action]:
        """The other stages, in the menu."""
        allowed = DEAL_WORKFLOW.allowed(self.record.stage)
        to_stage = [
            Action(
                label=f"To {DealStage(stage).label.lower()}",
                url=f"{self.path('deal-move')}?to={stage}",
                icon="arrow-right",
                level="update",
                post=True,
                menu=True,
            )
            for stage in allowed
            if stage in OPEN_STAGES
        ]
        lost = Action(
            label="Lost…",
            url=self.path("deal-lost"),
            icon="circle-x",
            level="update",
            dialog=True,
            menu=True,
        )
        return [*to_stage, *([lost] if DealStage.LOST in allowed else [])]

    def next_step(self) -> list[Action]:
        if self.record.stage not in OPEN_STAGES:
            return []
        url = self.path("deal-won")
        return [Action(label="Won", url=url, icon="check", level="update", post=True, primary=True)]

    def figures(self) -> list[Figure]:
        deal, currency = self.record, self.record.currency
        value = f"{currency} {formats.amount(deal.value, currency)}"
        lines = [("", "Value", value), ("×", "Probability", f"{deal.probability} %")]
        why = Explanation("Weighted value", lines, deal.weighted, currency, label="Weighted")
        closed = formats.day(deal.closed_at) if deal.closed_at else formats.day(deal.close_on)
        return [
            Figure(label="Value", value=deal.value, currency=currency),
            Figure(label="Weighted", value=deal.weighted, currency=currency, explain=why),
            Figure(label="Likely", value=deal.probability, kind="percent"),
            Figure(
                label="Closed" if deal.closed_at else "Closes",
                value=closed,
                kind="text",
                tone="bad" if is_late(deal) else "",
                note="The day is past" if is_late(deal) else "",
                note_tone="bad",
            ),
        ]

    def steps(self) -> list[Step]:
        deal = self.record
        if deal.stage == DealStage.LOST:
            return [Step("Lost", deal.lost_reason, "late")]
        way = [*OPEN_STAGES, DealStage.WON]
        at = way.index(DealStage(deal.stage))
        return [
            Step(stage.label, "", "now" if n == at else "done" if n < at else "")
            for n, stage in enumerate(way)
        ]
