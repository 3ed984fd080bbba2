"""The page on which two customers become one."""

from functools import cached_property

from django.shortcuts import get_object_or_404
from django.urls import reverse

from agency.errors import BusinessError
from agency.ui.forms import OfficeForm, PickField
from agency.ui.keys import record_keys
from agency.ui.views import RecordStepView, visible
from crm.customers.models import Customer
from crm.merging import duplicates, operations, preview


class OtherForm(OfficeForm):
    """The customer to compare with, found by typing."""

    other = PickField("customers", Customer.objects.unmerged(), label="Another customer")


class Merge(RecordStepView):
    """Suggests who may be the same, shows both beside each other, and merges."""

    tool, level = "customers", "manage"
    queryset = Customer.objects.select_related("owner")
    crumbs = [("Sell", ""), ("Customers", "customer-list")]
    template_name = "crm/merging/merge.html"
    title, submit_label, danger = "Merge customers", "Merge", True
    name = "customer"
    success_message = "Merged into {result}."

    @cached_property
    def other(self) -> Customer | None:
        """The one that goes, named in the address; one that this person does not see is 404."""
        keys = record_keys([self.request.GET.get("other", "")])
        rows = visible(self.queryset, self.request.user).unmerged().exclude(pk=self.record.pk)
        return get_object_or_404(rows, pk=keys[0]) if keys else None

    def perform(self) -> Customer:
        if self.other is None:
            raise BusinessError("Choose the customer that is merged into this one.")
        return operations.merge(self.other, into=self.record, by=self.request.user)

    def get_context_data(self, **context):
        return super().get_context_data(**(self.compared() if self.other else self.offered()))

    def offered(self) -> dict:
        found = duplicates.suggestions(self.record, self.request.user)
        return {"suggestions": found, "form": OtherForm(by=self.request.user)}

    def compared(self) -> dict:
        stays, gone = self.record, self.other
        return {
            "other": gone,
            "sides": preview.sides(stays, gone),
            "counts": preview.counts(gone),
            "twins": preview.twins(gone, stays),
            "swap_url": f"{reverse('customer-merge', args=[gone.pk])}?other={stays.pk}",
        }
