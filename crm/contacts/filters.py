"""Filters of the contact list, in ``/api/contacts`` and on the page."""

import django_filters as filters

from agency.ui.choices import Flag, RecordChoice
from crm.contacts.models import Contact


class ContactFilter(filters.FilterSet):
    company_id = RecordChoice("crm.Customer", "customer", picker="customers", label="Company")
    email = filters.CharFilter(lookup_expr="iexact", max_length=200, label="E-mail")
    is_primary = Flag(label="Primary")
    is_active = Flag(label="Active")
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = Contact
        fields: list[str] = []

    def by_words(self, contacts, name, value):
        return contacts.matching(value)
