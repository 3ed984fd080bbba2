"""What staff type about an item and its group."""

from django import forms
from django.db.models import Q

from agency.reference.models import Tax
from agency.ui.forms import AmountField, OfficeForm
from billing.items.models import Item, ItemGroup


class ItemForm(OfficeForm):
    """What is sold, by which unit, at which usual price."""

    description = forms.CharField(max_length=300, label="Name")
    rate = AmountField(min_value=0, label="Price", help_text="Per unit, net of tax")
    unit = forms.CharField(max_length=30, required=False, help_text="Such as hour")
    group = forms.ModelChoiceField(ItemGroup.objects.order_by("name"), required=False)
    tax = forms.ModelChoiceField(
        Tax.objects.filter(is_active=True), required=False, empty_label="Usual"
    )
    long_description = forms.CharField(
        required=False,
        max_length=10_000,
        label="Description",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EditItemForm(ItemForm):
    """The same, and whether it is offered."""

    is_active = forms.BooleanField(
        required=False, label="Offered", help_text="Lines that were made from it stay as they are."
    )

    def keep_tax(self, item: Item) -> None:
        """Let a tax stay that is no longer in use."""
        self.fields["tax"].queryset = Tax.objects.filter(Q(is_active=True) | Q(pk=item.tax_id))


class ItemGroupForm(OfficeForm):
    """The name of a group."""

    name = forms.CharField(max_length=60)
