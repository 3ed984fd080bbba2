"""Xero on the page of an invoice: how it stands there, and the steps that Xero takes."""

from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django_htmx.http import trigger_client_event

from agency.ui import icons
from agency.ui.views import Action, PanelView, RecordStepView, visible
from billing.bookkeeping import moves, posted, pushing, standing, syncing
from billing.bookkeeping.log_views import PILLS
from billing.bookkeeping.models import Difference, Posting
from billing.invoices.models import Invoice
from billing.invoices.rows import XERO_PAGE
from billing.xero import gateway


def pill_of(invoice: Invoice, posting: Posting | None):
    if posting is not None:
        return icons.pill(*PILLS[Posting.State(posting.state)])
    if invoice.xero_invoice_id:
        return icons.pill(*PILLS[Posting.State.DONE])
    return icons.pill("Not in Xero", "circle-slash", "")


class InvoiceInXero(PanelView):
    """State, Xero's status and words, what differs, and the next steps; it only reads."""

    tool, title = "invoices", "Xero"
    queryset = Invoice.objects
    template_name = "billing/bookkeeping/panel.html"

    def rows(self):
        return visible(Difference.objects.open(), self.request.user).filter(invoice=self.record)

    @cached_property
    def posting(self) -> Posting | None:
        return posted.of(self.record)

    def actions(self) -> list[Action]:
        if not gateway.is_connected():
            return []
        return [self.action(way) for way in standing.ways(self.record, self.posting)]

    def action(self, way: standing.Way) -> Action:
        return Action(
            label=way.label,
            url=reverse(f"invoice-xero-{way.key}", args=[self.record.pk]),
            icon=way.icon,
            level=way.level,
            post=True,
            confirm=way.confirm,
            danger=way.danger,
        )

    def get_context_data(self, **context):
        invoice, posting = self.record, self.posting
        xero_id = invoice.xero_invoice_id
        return super().get_context_data(
            posting=posting,
            pill=pill_of(invoice, posting),
            effect=standing.effect_of(posting),
            is_connected=gateway.is_connected(),
            is_simulated=settings.XERO_IS_SIMULATED,
            may_connect=self.request.user.has_perm("settings:manage"),
            address=f"{XERO_PAGE}{xero_id}" if xero_id else "",
            **context,
        )


class XeroStep(RecordStepView):
    """A button of the panel: Xero is asked outside of any transaction."""

    tool, name = "invoices", "invoice"
    queryset = Invoice.objects
    crumbs = [("Money", ""), ("Invoices", "invoice-list")]
    step = ""

    @property
    def question(self) -> str:
        return standing.WAYS[self.step].confirm

    @property
    def danger(self) -> bool:
        return standing.WAYS[self.step].danger

    @property
    def submit_label(self) -> str:
        return standing.WAYS[self.step].label

    def get_title(self) -> str:
        return f"{self.submit_label}: {self.record}"

    def post(self, request, *args, **kwargs):
        """After a refusal the page stays, and the panel tells anew how it stands."""
        response = super().post(request, *args, **kwargs)
        return trigger_client_event(response, "xero", {}) if request.htmx else response


class Push(XeroStep):
    step, success_message = "push", "{result} is in Xero."

    def perform(self):
        return pushing.push(self.record, by=self.request.user)


class Sync(XeroStep):
    step, success_message = "sync", "{result} says what Xero says."

    def perform(self):
        return syncing.read(self.record, by=self.request.user).invoice


class Approve(XeroStep):
    level, step = "manage", "approve"
    success_message = "{result} is approved in Xero."

    def perform(self):
        return moves.approve(self.record, by=self.request.user)


class Send(XeroStep):
    level, step = "manage", "send"
    success_message = "Xero mails {result}."

    def perform(self):
        return moves.send(self.record, by=self.request.user)


class Void(XeroStep):
    level, step = "manage", "void"
    success_message = "{result} is voided in Xero and here."

    def perform(self):
        return moves.void(self.record, by=self.request.user)


class Delete(XeroStep):
    level, step = "manage", "delete"
    success_message = "{result} is a draft again, and no longer in Xero."

    def perform(self):
        return moves.delete(self.record, by=self.request.user)
