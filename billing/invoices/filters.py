import django_filters as filters
from django.db.models import QuerySet

from agency.api.filters import IdFilter
from billing.invoices.models import Invoice
from billing.invoices.states import Age, PaymentStatus, ShownStatus, Standing


class InvoiceFilter(filters.FilterSet):
    """Filters of the invoice list, in ``/api/invoices`` and on the page."""

    status = filters.ChoiceFilter(choices=ShownStatus.choices, method="by_status")
    company_id = IdFilter(field_name="customer")
    contact_id = IdFilter(field_name="contact")
    budget_id = IdFilter(field_name="budget")
    project_id = IdFilter(field_name="project")
    engagement_id = IdFilter(field_name="engagement")
    deal_id = IdFilter(field_name="budget__deal")
    standing = filters.ChoiceFilter(choices=Standing.choices, method="by_standing")
    currency = filters.CharFilter(lookup_expr="iexact", max_length=3)
    payment_status = filters.ChoiceFilter(choices=PaymentStatus.choices, method="by_payment")
    age = filters.ChoiceFilter(choices=Age.choices, method="by_age", label="Owed for")
    issued_from = filters.DateFilter(field_name="issued_on", lookup_expr="gte")
    issued_to = filters.DateFilter(field_name="issued_on", lookup_expr="lte")
    due_from = filters.DateFilter(field_name="due_on", lookup_expr="gte")
    due_to = filters.DateFilter(field_name="due_on", lookup_expr="lte")
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = Invoice
        fields: list[str] = []

    def by_status(self, invoices: QuerySet, name: str, value: str):
        return invoices.shown_as(value)

    def by_standing(self, invoices: QuerySet, name: str, value: str):
        return invoices.standing_as(value)

    def by_payment(self, invoices: QuerySet, name: str, value: str):
        return invoices.settled_as(value)

    def by_age(self, invoices: QuerySet, name: str, value: str):
        return invoices.with_age().filter(age=value)

    def by_words(self, invoices: QuerySet, name: str, value: str):
        return invoices.matching(value)
