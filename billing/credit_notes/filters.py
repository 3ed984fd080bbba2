import django_filters as filters
from django.db.models import QuerySet

from agency.api.filters import IdFilter
from billing.credit_notes.models import CreditNote
from billing.credit_notes.states import ShownStatus


class CreditNoteFilter(filters.FilterSet):
    """Filters of the credit notes, in ``/api/credit-notes`` and on the page."""

    status = filters.ChoiceFilter(choices=ShownStatus.choices, method="by_status")
    company_id = IdFilter(field_name="customer")
    invoice_id = IdFilter(field_name="invoice")
    currency = filters.CharFilter(lookup_expr="iexact", max_length=3)
    issued_from = filters.DateFilter(field_name="issued_on", lookup_expr="gte")
    issued_to = filters.DateFilter(field_name="issued_on", lookup_expr="lte")
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = CreditNote
        fields: list[str] = []

    def by_status(self, notes: QuerySet, name: str, value: str):
        return notes.shown_as(value)

    def by_words(self, notes: QuerySet, name: str, value: str):
        return notes.matching(value)
