"""Which account of Xero a service type is booked to."""

from django import forms

from agency.ui.forms import OfficeForm
from billing.mapping import operations as mapping
from billing.xero.models import ListedAccount

REVENUE = ("REVENUE", "SALES", "OTHERINCOME")


def revenue_accounts() -> list[tuple[str, str]]:
    """The active revenue accounts, as last read from Xero."""
    rows = ListedAccount.objects.filter(status="ACTIVE", type__in=REVENUE)
    return [(row.code, str(row)) for row in rows]


class AccountForm(OfficeForm):
    """An account that is listed, or where no list was read yet its code."""

    xero_account_code = forms.ChoiceField(label="Account")
    description = forms.CharField(max_length=200, required=False, label="Note")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        listed = revenue_accounts()
        kept = self.initial.get("xero_account_code")
        if not listed:
            code = forms.RegexField(
                mapping.ACCOUNT_CODE,
                label="Account",
                error_messages={"invalid": mapping.WRONG_CODE},
                help_text="Xero's list has not been read yet: type the code.",
            )
            self.fields["xero_account_code"] = code
            self.order_fields(["xero_account_code", "description"])
            return
        if kept and kept not in dict(listed):
            listed = [(kept, f"{kept} (not an active revenue account)"), *listed]
        self.fields["xero_account_code"].choices = [("", "Choose an account"), *listed]
