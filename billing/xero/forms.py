"""The forms of the connection's page."""

from django import forms

from agency.ui.forms import OfficeForm
from billing.xero.models import ListedAccount

NONE = [("", "–")]
REVENUE = ("REVENUE", "SALES", "OTHERINCOME")


def revenue_accounts() -> list[tuple[str, str]]:
    rows = ListedAccount.objects.filter(status="ACTIVE", type__in=REVENUE)
    return NONE + [(one.code, str(one)) for one in rows]


def payment_accounts() -> list[tuple[str, str]]:
    rows = ListedAccount.objects.filter(status="ACTIVE", takes_payments=True)
    return NONE + [(one.code, str(one)) for one in rows]


class SettlingForm(OfficeForm):
    """Which accounts are meant where nothing else says so, and what of ours goes to Xero."""

    default_account_code = forms.ChoiceField(
        choices=revenue_accounts,
        required=False,
        label="Account of lines without a rule",
        help_text="Mapping rules of service types and items come first",
    )
    payment_account_code = forms.ChoiceField(
        choices=payment_accounts, required=False, label="Account that payments come into"
    )
    sends_payments = forms.BooleanField(
        required=False,
        label="Our payments go to Xero",
        help_text="Off where payments are reconciled there and come from there",
    )
