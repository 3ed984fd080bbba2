"""What staff type about a line of a budget."""

from decimal import Decimal

from django import forms

from agency import money
from agency.ui import formats
from agency.ui.forms import AmountField, OfficeForm, PickField
from budgets.services.models import ServiceType
from crm.tasks.models import Task


class QuantityField(AmountField):
    """A quantity as people write it: 1, 7.5."""

    def prepare_value(self, value):
        return money.plain(value) if isinstance(value, Decimal) else value


class ServiceField(forms.ModelChoiceField):
    """A service by its name and usual price."""

    def label_from_instance(self, service) -> str:
        return f"{service}, {formats.amount(service.default_rate)} per {service.unit}"


class LineForm(OfficeForm):
    """A line: its amount is quantity × unit price."""

    description = forms.CharField(max_length=500)
    service_type = ServiceField(
        ServiceType.objects, required=False, label="Service", empty_label="None"
    )
    quantity = QuantityField(min_value=0, initial=Decimal(1))
    unit_price = AmountField(
        required=False, help_text="Net of tax. Empty: the usual price of the service"
    )
    task = PickField(
        "tasks", Task.objects, required=False, help_text="Time on this task belongs to the line"
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offered = ServiceType.objects.active().in_order()
        held = self.initial.get("service_type")
        if held is not None and not held.is_active:
            offered |= ServiceType.objects.filter(pk=held.pk)
        self.fields["service_type"].queryset = offered
