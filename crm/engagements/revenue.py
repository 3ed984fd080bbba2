"""The page of what engagements earn, month by month."""

from django.http import QueryDict
from django.views.generic import TemplateView

from agency import money
from agency.ui import formats
from agency.ui.views import ToolPage, visible
from crm.engagements import figures
from crm.engagements.filters import EngagementFilter
from crm.engagements.models import Engagement

MOST = 100  # companies or products in one table
HEAD = ["Month", "MRR", "TCV begun"]


class RevenueView(ToolPage, TemplateView):
    """MRR and TCV by month, company and product, for all or for what the address narrows to."""

    tool, title = "engagements", "Recurring revenue"
    crumbs = [("Sell", ""), ("Engagements", "engagement-list")]
    template_name = "crm/engagements/revenue.html"

    def get_context_data(self, **context):
        mine = visible(Engagement.objects, self.request.user)
        chosen = EngagementFilter(self.request.GET, queryset=mine, request=self.request)
        rows = chosen.qs if chosen.is_valid() else mine
        return super().get_context_data(
            currencies=[months_of(code, months) for code, months in figures.by_month(rows).items()],
            columns=HEAD,
            tables=[
                ("Companies", self.linked("company_id", figures.by_company(rows))),
                ("Products", self.linked("product", figures.by_product(rows))),
            ],
            narrowed=narrowed(chosen),
            most=MOST,
            **context,
        )

    def linked(self, parameter: str, lines: list[figures.Line]) -> list[tuple]:
        """Each line with the address of this page narrowed to it."""
        return [(line, self.address(parameter, line.key)) for line in lines[:MOST]]

    def address(self, parameter: str, key) -> str:
        query: QueryDict = self.request.GET.copy()
        query[parameter] = key
        return f"?{query.urlencode()}"


def narrowed(chosen: EngagementFilter) -> str:
    """What the page is narrowed to, in words."""
    if not chosen.is_valid():
        return ""
    values = chosen.form.cleaned_data
    return ", ".join(str(values[name]) for name in ("company_id", "product") if values.get(name))


def months_of(currency: str, months: list[figures.Earned]) -> dict:
    """One currency's chart, and the table beside it."""
    sums = [money.shown(line.mrr, currency) for line in months]
    data = {
        "type": "bar",
        "labels": [f"{line.month:%b}" for line in months],
        "money": currency,
        "sets": [{"label": f"MRR, {currency}", "color": "mark", "data": sums}],
    }
    rows = [
        [f"{month:%B %Y}", formats.amount(mrr, currency), formats.amount(tcv, currency)]
        for month, mrr, tcv in months
    ]
    now = months[-1].mrr
    return {"code": currency, "key": f"mrr-{currency}", "data": data, "rows": rows, "now": now}
