"""The page of one invoice."""

from django.apps import apps
from django.urls import reverse

from agency import money
from agency.ui import formats
from agency.ui.views import Action, Figure, RecordView, Step
from billing.invoices import buttons, reasons
from billing.invoices.models import Invoice
from billing.invoices.pills import late_words, pills
from billing.invoices.rows import payment_rows
from billing.invoices.states import INVOICE_WORKFLOW, InvoiceStatus, ShownStatus

S = InvoiceStatus


class InvoiceView(RecordView):
    """What the client sees, what is owed, and the next best step."""

    tool, subject, name = "invoices", "invoice", "invoice"
    template_name = "billing/invoices/record.html"
    crumbs = [("Money", "")]
    list_url, list_label = "invoice-list", "Invoices"

    @property
    def queryset(self):
        return Invoice.objects.listing().select_related("created_by")

    def get_context_data(self, **context):
        return super().get_context_data(
            pills=pills(self.record),
            document=reasons.explained(self.record, self.request.user),
            payments=payment_rows(self.record).select_related("mode"),
            booked=booked(self.record),
            perms_update=self.may("update"),
            **context,
        )

    # -- the moves --------------------------------------------------------------------------------
    def actions(self) -> list[Action]:
        """The menu, and the next best step as the one primary button."""
        return [*self.menu_actions(), *self.buttons()]

    def path(self, name: str) -> str:
        return reverse(name, args=[self.record.pk])

    def buttons(self) -> list[Action]:
        invoice, pay = self.record, self.pay_action()
        if invoice.status == S.DRAFT:
            edit = Action(label="Edit", url=self.path("invoice-edit"), level="update", key="e")
            return [edit, self.step_action("finalise", "Finalise", "lock", primary=True)]
        if invoice.status in (S.FINALISED, S.APPROVED) and invoice.balance:
            return [pay, self.next_step()]
        return [pay] if invoice.is_issued and invoice.balance else []

    def next_step(self) -> Action:
        if self.record.status == S.FINALISED:
            return self.step_action("approve", "Approve", "check", level="manage", primary=True)
        return Action(
            label="Send",
            url=self.path("invoice-send"),
            icon="send",
            level="manage",
            dialog=True,
            primary=True,
        )

    def pay_action(self) -> Action:
        return Action(
            label="Record payment",
            url=self.path("payment-new"),
            icon="banknote",
            level="update",
            dialog=True,
            primary=self.record.status == S.SENT or not self.may("manage"),
        )

    def step_action(self, step: str, label: str, icon: str, *, level="update", primary=False):
        return Action(
            label=label,
            url=self.path(f"invoice-{step}"),
            icon=icon,
            level=level,
            post=True,
            primary=primary,
        )

    def menu_actions(self) -> list[Action]:
        invoice = self.record
        pdf = self.path("invoice-pdf")
        found = [
            Action(label="Download PDF", url=pdf, icon="download", menu=True),
            Action(label="PDF with time", url=f"{pdf}?timesheet=1", icon="clock", menu=True),
        ]
        if invoice.status == S.DRAFT:
            found += self.adding_actions()
        else:
            found.append(self.notes_action())
        if invoice.status == S.SENT:
            send = self.path("invoice-send")
            found.append(
                Action(
                    label="Send again",
                    url=send,
                    icon="send",
                    level="manage",
                    dialog=True,
                    menu=True,
                )
            )
        found += buttons.buttons_for(invoice, self.request.user)
        return [*found, self.tick_action(), self.void_action(), self.delete_action()]

    def adding_actions(self) -> list[Action]:
        """Work of the customer that waits to be billed, for those who see it."""
        steps = (("time", "Add time", "clock"), ("expenses", "Add expenses", "wallet"))
        return [
            Action(
                label=label,
                url=self.path(f"invoice-add-{tool}"),
                icon=icon,
                level="update",
                dialog=True,
                menu=True,
            )
            for tool, label, icon in steps
            if self.request.user.has_perm(f"{tool}:view")
        ]

    def tick_action(self) -> Action:
        """The office's own tick, on or off."""
        is_done = self.record.completed_at is not None
        return Action(
            label="Mark as not completed" if is_done else "Mark as completed",
            url=self.path("invoice-uncomplete" if is_done else "invoice-complete"),
            icon="undo-2" if is_done else "check-check",
            level="update",
            menu=True,
            post=True,
        )

    def notes_action(self) -> Action:
        return Action(
            label="PO number and notes",
            url=self.path("invoice-notes"),
            icon="pencil",
            level="update",
            dialog=True,
            menu=True,
        )

    def void_action(self) -> Action:
        allowed = INVOICE_WORKFLOW.allows(self.record.status, S.VOIDED)
        reason = "" if allowed else f"Not while it is {self.record.status}"
        return Action(
            label="Void",
            url=self.path("invoice-void"),
            icon="ban",
            level="manage",
            menu=True,
            post=True,
            danger=True,
            confirm="Void this invoice? Its number stays used and its time can be billed again.",
            off=self.settled_reason() or reason,
        )

    def delete_action(self) -> Action:
        return Action(
            label="Delete",
            url=self.path("invoice-delete"),
            icon="trash-2",
            level="manage",
            menu=True,
            post=True,
            danger=True,
            confirm="Delete this invoice? An issued one is voided and hidden.",
            off=self.settled_reason(),
        )

    def settled_reason(self) -> str:
        invoice = self.record
        for amount, what in ((invoice.amount_paid, "paid"), (invoice.amount_credited, "credited")):
            if amount:
                return f"Not while {self.amount(amount)} is {what}"
        return ""

    def amount(self, value) -> str:
        return f"{self.record.currency} {formats.amount(value, self.record.currency)}"

    # -- the figures ------------------------------------------------------------------------------
    def figures(self) -> list[Figure]:
        return reasons.figures_of(self.record)

    # -- the way it has gone ----------------------------------------------------------------------
    def steps(self) -> list[Step]:
        invoice = self.record
        reached = {
            "Draft": invoice.created_at,
            "Finalised": invoice.finalised_at,
            "Approved": invoice.approved_at,
            "Sent": invoice.sent_at,
        }
        last = max((n for n, at in enumerate(reached.values()) if at), default=0)
        steps = [
            Step(label, formats.day(at) if at else "", "done" if number <= last else "")
            for number, (label, at) in enumerate(reached.items())
        ]
        return [*steps, self.last_step()]

    def last_step(self) -> Step:
        invoice = self.record
        if invoice.status == S.VOIDED:
            return Step("Voided", formats.day(invoice.voided_at), "now")
        if invoice.shown_status == ShownStatus.PAID:
            paid = payment_rows(invoice).last()
            if paid is None and invoice.amount_credited:
                return Step("Credited", "", "now")
            return Step("Paid", formats.day(paid.paid_on) if paid else "", "now")
        if invoice.shown_status == ShownStatus.OVERDUE:
            note = f"Due {formats.day(invoice.due_on)}, {late_words(invoice)} late"
            return Step("Paid", note, "late")
        return Step("Paid", f"Due {formats.day(invoice.due_on)}" if invoice.due_on else "", "")


def booked(invoice: Invoice) -> list[dict]:
    """Net and tax of the lines per account and tax type, as they go to the books."""
    rules = apps.get_model("billing", "MappingRule").objects
    accounts = dict(rules.values_list("service_type_id", "xero_account_code"))
    sums: dict = {}
    for line in invoice.lines.order_by("position", "pk"):
        account = line.xero_account_code or accounts.get(line.service_type_id, "")
        net_tax = sums.setdefault((account, line.tax_type), [money.ZERO, money.ZERO])
        net_tax[0] += line.net
        net_tax[1] += line.tax
    return [
        {"account": account, "tax_type": tax_type, "net": net, "tax": tax}
        for (account, tax_type), (net, tax) in sorted(sums.items())
    ]
