"""The forms and buttons that change a deal."""

from django.urls import reverse

from agency.ui.views import OperationFormView, RecordFormView, RecordStepView
from crm.customers.models import Customer
from crm.deals import operations
from crm.deals.forms import DealForm, LostForm
from crm.deals.models import Deal
from crm.deals.states import DealStage

CRUMBS = [("Sell", ""), ("Deals", "deal-board")]


class NewDeal(OperationFormView):
    """Starts with the company and stage that one came from."""

    tool, title, submit_label = "deals", "New deal", "Add deal"
    form_class, crumbs = DealForm, CRUMBS
    template_name = "crm/deals/form.html"
    dialog_template_name = "crm/deals/form_dialog.html"
    success_message = "{result} added."

    def get_initial(self):
        asked = self.request.GET
        stage = asked.get("stage")
        customer = named_customer(asked.get("customer", ""), self.request.user)
        return {
            "customer": customer,
            "stage": stage if stage in DealStage.values else DealStage.LEAD,
            "currency": operations.usual_currency(customer),
            "owner": self.request.user,
            "pipeline": "sales",
            "value": 0,
        }

    def perform(self, form):
        return operations.create(by=self.request.user, **form.cleaned_data)


def named_customer(key: str, staff) -> Customer | None:
    """The customer that a link names, if the person may see it."""
    if not (key.isdecimal() and len(key) < 19):
        return None
    return Customer.objects.visible_to(staff).filter(pk=key).first()


class EditDeal(RecordFormView):
    tool, title = "deals", "Edit deal"
    form_class, queryset, crumbs = DealForm, Deal.objects, CRUMBS
    template_name = "crm/deals/form.html"
    dialog_template_name = "crm/deals/form_dialog.html"
    success_message = "{result} saved."

    def perform(self, form):
        return operations.update(self.record, by=self.request.user, **form.cleaned_data)


class LoseDeal(RecordFormView):
    tool, title, submit_label = "deals", "Deal lost", "Mark as lost"
    form_class, queryset, crumbs = LostForm, Deal.objects, CRUMBS
    success_message = "{result} is lost."

    def get_initial(self):
        return {}

    def perform(self, form):
        return operations.lose(self.record, by=self.request.user, **form.cleaned_data)


class DealStep(RecordStepView):
    tool, queryset, crumbs = "deals", Deal.objects, CRUMBS


class WinDeal(DealStep):
    title, submit_label = "Deal won", "Won"
    question = "Mark this deal as won?"
    success_message = "{result} is won."

    def perform(self):
        return operations.win(self.record, by=self.request.user)


class MoveDeal(DealStep):
    """To the stage named by ``?to=``."""

    title, submit_label = "Move deal", "Move"
    question = "Move this deal to the other stage?"

    def perform(self):
        to = self.request.GET.get("to", "")
        return operations.move(self.record, to, by=self.request.user)


class DeleteDeal(DealStep):
    title, submit_label, level, danger = "Delete deal", "Delete", "manage", True
    question = "Delete this deal?"
    success_message = "Deal deleted."

    def perform(self):
        operations.delete(self.record, by=self.request.user)

    def success_url(self, result) -> str:
        gone = not Deal.objects.filter(pk=self.kwargs["pk"]).exists()
        return reverse("deal-board") if gone else self.record.get_absolute_url()
