"""The form of the organisation's record."""

import zoneinfo

from django import forms
from django.apps import apps

from agency.reference.organisation import logo
from agency.reference.organisation.models import Organisation
from agency.reference.organisation.operations import MONEY
from agency.ui.forms import OfficeModelForm

PICK = {"data-pick": ""}


def zones() -> list[tuple[str, str]]:
    """The zones that people live in; those without a place are for machines."""
    names = (name for name in zoneinfo.available_timezones() if "/" in name)
    living = sorted(name for name in names if not name.startswith(("Etc/", "SystemV/")))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in living)]


def countries() -> list[tuple[str, str]]:
    rows = apps.get_model("reference", "Country").objects.order_by("name")
    return list(rows.values_list("alpha2", "name"))


def currencies() -> list[tuple[str, str]]:
    rows = apps.get_model("reference", "Currency").objects.filter(is_active=True)
    return [(code, f"{code}, {name}") for code, name in rows.values_list("code", "name")]


class OrganisationForm(OfficeModelForm):
    """Everything that documents say about the agency, and how it counts days and money."""

    abn = forms.CharField(
        label="ABN", max_length=20, required=False, help_text="Eleven digits; printed on invoices"
    )
    logo = forms.FileField(
        required=False,
        help_text=f"PNG, JPEG or WebP, at most {logo.MOST_BYTES // 1024**2} MB",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    remove_logo = forms.BooleanField(label="Remove the logo", required=False)
    country = forms.ChoiceField(choices=countries, widget=forms.Select(attrs=PICK))
    base_currency = forms.ChoiceField(choices=currencies)
    time_zone = forms.ChoiceField(
        choices=zones, widget=forms.Select(attrs=PICK), help_text="Decides what is due today"
    )

    class Meta:
        model = Organisation
        exclude = ["updated_at"]
        widgets = {"invoice_text": forms.Textarea(attrs={"rows": 4})}
        labels = {"email": "E-mail"}
        help_texts = {
            "legal_name": "Where it differs; invoices are issued in it",
            "invoice_text": "Printed below the lines of every invoice",
            "payment_terms_days": "Days until an invoice is due",
            "is_tax_registered": "Without it no invoice shows GST",
        }

    def __init__(self, *args, by=None, **kwargs):
        super().__init__(*args, by=by, **kwargs)
        for name, field in self.fields.items():
            level = "manage" if name in MONEY else "update"
            field.disabled = not by.has_perm(f"settings:{level}")
