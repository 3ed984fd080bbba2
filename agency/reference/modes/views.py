"""The list of payment modes and their forms."""

from django import forms
from django.urls import reverse

from agency.reference.drawing import SettingsList, use_pill
from agency.reference.modes import operations
from agency.reference.modes.models import PaymentMode
from agency.ui.forms import OfficeForm
from agency.ui.views import Column, OperationFormView, RecordFormView

CRUMBS = [("Settings", "settings"), ("Payment modes", "payment-mode-list")]


class NewModeForm(OfficeForm):
    name = forms.CharField(max_length=60)
    description = forms.CharField(max_length=200, required=False)


class ModeForm(NewModeForm):
    is_active = forms.BooleanField(label="In use", required=False)


class ModeList(SettingsList):
    tool, title, noun, sort = "settings", "Payment modes", "payment modes", ""
    crumbs = [("Settings", "settings")]
    edit_url = "payment-mode-edit"
    queryset = PaymentMode.objects
    create_url, create_label, create_dialog = "payment-mode-new", "New payment mode", True
    columns = [
        Column(
            name="name",
            label="Name",
            sort="name",
            phone="title",
            fixed=True,
        ),
        Column(name="description", label="Description", clip=True, phone="sub"),
        Column(
            name="state",
            label="State",
            value="is_active",
            draw=use_pill,
            sort="is_active",
            phone="state",
        ),
    ]


class NewMode(OperationFormView):
    tool, title, submit_label = "settings", "New payment mode", "Make payment mode"
    form_class, crumbs = NewModeForm, CRUMBS
    success_message = "“{result}” can be chosen on payments now."

    def perform(self, form):
        return operations.create(by=self.request.user, **form.cleaned_data)

    def success_url(self, result) -> str:
        return reverse("payment-mode-list")


class EditMode(RecordFormView):
    tool, title, form_class, crumbs = "settings", "Payment mode", ModeForm, CRUMBS
    queryset = PaymentMode.objects
    success_message = "“{result}” is saved."

    def perform(self, form):
        return operations.update(self.record, by=self.request.user, **form.cleaned_data)

    def success_url(self, result) -> str:
        return reverse("payment-mode-list")
