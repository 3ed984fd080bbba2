"""What staff type about a contact."""

from django import forms

from agency.ui.forms import OfficeForm, PickField
from crm.customers.models import Customer


class ContactForm(OfficeForm):
    """One person at a company."""

    first_name = forms.CharField(max_length=80)
    last_name = forms.CharField(max_length=80, required=False)
    title = forms.CharField(max_length=80, required=False, label="Job title")
    email = forms.EmailField(max_length=200, required=False, label="E-mail")
    phone = forms.CharField(max_length=40, required=False)


class ContactFormWithState(ContactForm):
    """The same for somebody who is known already."""

    is_active = forms.BooleanField(required=False, label="Works there now")


class ContactFormWithCompany(ContactForm):
    """The same where the company is not known from the page."""

    customer = PickField("customers", Customer.objects, label="Company")
    field_order = ["customer"]
