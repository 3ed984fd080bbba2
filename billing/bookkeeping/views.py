"""Reconciliation: ours and Xero's side by side, with what mends each difference."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views.generic import View

from agency.errors import BusinessError
from agency.ui import formats, icons
from agency.ui.pages import done
from agency.ui.views import Action, Column, FilteredListView, RecordStepView, Tab, ToolPage
from billing.bookkeeping import batches, mending
from billing.bookkeeping.filters import DifferenceFilter
from billing.bookkeeping.models import Difference
from billing.xero import gateway
from billing.xero.models import Connection

CRUMBS = [("Money", ""), ("Reconciliation", "reconciliation")]
F = Difference.Field


def invoice_of(row: Difference):
    if row.invoice is None:
        return format_html('<span class="muted">{}</span>', "Only in Xero")
    path = row.invoice.get_absolute_url()
    return format_html('<a class="id" href="{}">{}</a>', path, row.invoice)


def field_of(row: Difference):
    if row.accepted_at:
        return icons.pill(f"{row.get_field_display()}, accepted", "check", "line")
    return icons.pill(row.get_field_display(), "circle-alert", "warn")


def buttons_of(may):
    """The steps as buttons, for those who may take them."""

    def drawn(row: Difference):
        steps = [step for step in mending.offered(row) if may(mending.MENDS[step].level)]
        path = reverse("difference-mend", args=[row.pk, "step"])
        return format_html_join(
            " ",
            '<a class="btn btn-s" href="{}" data-dialog>{}</a>',
            ((path.replace("/step", f"/{step}"), mending.MENDS[step].label) for step in steps),
        )

    return drawn


class Reconciliation(FilteredListView):
    """Every difference that the last look found."""

    tool, title, noun = "invoices", "Reconciliation", "differences"
    template_name = "billing/bookkeeping/reconciliation.html"
    crumbs = [("Money", "")]
    queryset = Difference.objects.select_related("invoice__customer")
    filterset_class = DifferenceFilter
    filters = ["field"]
    sort = "-seen"
    empty_icon, empty_title = "circle-check", "Everything agrees"
    tabs = [
        Tab("all", "All"),
        Tab("open", "Open", Q(accepted_at=None), "bad"),
        Tab("existence", "On one side only", Q(accepted_at=None, field=F.EXISTENCE)),
        Tab("money", "Money", Q(accepted_at=None, field__in=[F.TOTAL, F.TAX, F.PAID, F.CREDITED])),
        Tab("accepted", "Accepted", Q(accepted_at__isnull=False)),
    ]

    @property
    def connection(self) -> Connection | None:
        return Connection.objects.usable().first()

    @property
    def empty_text(self) -> str:
        if self.connection is None:
            return "Xero is not connected, so there is nothing to compare with."
        return self.compared

    @property
    def compared(self) -> str:
        connection = self.connection
        if connection is None:
            return "Xero is not connected"
        if connection.compared_at is None:
            return "All of ours has not been compared with all of theirs yet"
        return f"All of it was compared on {formats.moment(connection.compared_at)}"

    @property
    def actions(self) -> list[Action]:
        if not self.may("update") or not gateway.is_connected():
            return []
        path = reverse("reconciliation-compare")
        return [Action(label="Compare everything", url=path, icon="refresh-cw", post=True)]

    def get_columns(self) -> list[Column]:
        return [
            Column(
                name="invoice",
                label="Invoice",
                draw=invoice_of,
                value="invoice",
                sort="invoice__number",
                fixed=True,
                phone="sub",
            ),
            Column(
                name="customer",
                label="Company",
                value="invoice.customer.name",
                clip=True,
                phone="title",
            ),
            Column(
                name="field",
                label="What differs",
                draw=field_of,
                value="get_field_display",
                sort="field",
                phone="state",
            ),
            Column(name="ours", label="Here"),
            Column(name="theirs", label="In Xero", phone="value"),
            Column(name="cause", label="Why", css="words"),
            Column(
                name="seen",
                label="Seen",
                value="seen_at",
                kind="moment",
                sort="seen_at",
                shown=False,
            ),
            Column(
                name="mend",
                label="What to do",
                draw=buttons_of(self.may),
                value="mend",
                css="words",
            ),
        ]


class MendDifference(RecordStepView):
    """One step that mends a difference; which it is stands in the address."""

    tool, crumbs = "invoices", CRUMBS
    queryset = Difference.objects.select_related("invoice__customer")
    success_message = "Done."

    @property
    def step(self) -> mending.Mend:
        if self.kwargs["step"] not in mending.MENDS:
            raise Http404
        return mending.MENDS[self.kwargs["step"]]

    def get_title(self) -> str:
        return f"{self.step.label}: {self.record.invoice or self.record.theirs}"

    @property
    def question(self) -> str:
        return f"{self.record.cause} {self.step.question}"

    @property
    def submit_label(self) -> str:
        return self.step.label

    def perform(self):
        mending.mend(self.record, self.kwargs["step"], by=self.request.user)

    def success_url(self, result) -> str:
        return reverse("reconciliation")


class CompareEverything(ToolPage, View):
    """Has all of ours compared with all of theirs, in the background."""

    tool, level = "invoices", "update"
    http_method_names = ["post"]

    def post(self, request):
        try:
            work = batches.compare(by=request.user)
        except BusinessError as error:
            messages.error(request, str(error))
            return done(request, url=reverse("reconciliation"))
        return done(request, url=work.get_absolute_url())
