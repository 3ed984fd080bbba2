"""The list of taxes and their forms."""

from django.urls import reverse

from agency.reference.drawing import SettingsList, use_pill
from agency.reference.taxes import operations
from agency.reference.taxes.forms import HUNDRED, NewTaxForm, TaxForm
from agency.reference.taxes.models import Tax
from agency.ui.formats import DASH, quantity
from agency.ui.icons import pill
from agency.ui.views import Column, OperationFormView, RecordFormView


def percent(tax: Tax) -> str:
    return f"{quantity(tax.rate * HUNDRED)} %"


def default_pill(tax: Tax):
    return pill("Default", "star", "info") if tax.is_default else DASH


class TaxList(SettingsList):
    tool, title, noun, sort = "settings", "Taxes", "taxes", ""
    crumbs = [("Settings", "settings")]
    edit_url = "tax-edit"
    edit_level = "manage"
    queryset = Tax.objects
    create_url, create_label, create_dialog = "tax-new", "New tax", True
    create_level = "manage"
    columns = [
        Column(
            name="name",
            label="Name",
            sort="name",
            phone="title",
            clip=True,
            fixed=True,
        ),
        Column(name="code", label="Code", sort="code", phone="sub"),
        Column(name="rate", label="Rate", value=percent, css="num", sort="rate", phone="value"),
        Column(name="default", label="Default", value="is_default", draw=default_pill),
        Column(
            name="state",
            label="State",
            value="is_active",
            draw=use_pill,
            sort="is_active",
            phone="state",
        ),
    ]


class NewTax(OperationFormView):
    level = "manage"
    tool, title, submit_label, form_class = "settings", "New tax", "Make tax", NewTaxForm
    crumbs = [("Settings", "settings"), ("Taxes", "tax-list")]
    success_message = "“{result}” can be chosen on lines now."

    def perform(self, form):
        return operations.create(by=self.request.user, **form.values())

    def success_url(self, result) -> str:
        return reverse("tax-list")


class EditTax(RecordFormView):
    tool, level, form_class = "settings", "manage", TaxForm
    queryset = Tax.objects
    crumbs = [("Settings", "settings"), ("Taxes", "tax-list")]
    success_message = "“{result}” is saved. Documents keep the rate that they were made with."

    def get_title(self) -> str:
        return f"Tax {self.record.code}"

    def get_initial(self):
        return {**super().get_initial(), "percent": self.record.rate * HUNDRED}

    def perform(self, form):
        return operations.update(self.record, by=self.request.user, **form.values())

    def success_url(self, result) -> str:
        return reverse("tax-list")
