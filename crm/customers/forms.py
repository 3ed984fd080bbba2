"""What staff type about a customer; the cleaned values are the operations' arguments."""

from django import forms

from agency.ui.forms import OfficeForm
from crm.choices import PersonField, SearchedChoice, countries_or_none, currencies_or_usual

LONGEST_TERMS = 365


def line(limit: int, label: str | None = None, **kwargs) -> forms.CharField:
    return forms.CharField(required=False, max_length=limit, label=label, **kwargs)


def one_country() -> SearchedChoice:
    return SearchedChoice(choices=countries_or_none, required=False, label="Country")


class CustomerForm(OfficeForm):
    """Everything about a company."""

    name = forms.CharField(max_length=200)
    owner = PersonField(required=False, empty_label="Nobody")
    email = forms.EmailField(required=False, max_length=200, label="E-mail")
    phone = line(40)
    website = line(200)
    domain = line(200, help_text="Such as acme.com: tells whose mail it is")
    tax_number = line(40, "ABN or VAT number")
    currency = forms.ChoiceField(choices=currencies_or_usual, required=False)
    payment_terms_days = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=LONGEST_TERMS,
        label="Payment terms",
        help_text="Empty: the organisation's",
    )
    address = line(200, "Street")
    city = line(100)
    state = line(100)
    postcode = line(20)
    country = one_country()
    billing_street = line(200, "Street")
    billing_city = line(100, "City")
    billing_state = line(100, "State")
    billing_postcode = line(20, "Postcode")
    billing_country = one_country()
    shipping_street = line(200, "Street")
    shipping_city = line(100, "City")
    shipping_state = line(100, "State")
    shipping_postcode = line(20, "Postcode")
    shipping_country = one_country()


class OwnerForm(OfficeForm):
    """Who looks after the chosen customers."""

    owner = PersonField(required=False, empty_label="Nobody")
