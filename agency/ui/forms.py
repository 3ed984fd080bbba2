"""Forms that know who fills them in, and the field that picks one of many records."""

import re
from decimal import Decimal

from django import forms
from django.forms.models import ModelChoiceField, ModelMultipleChoiceField

from agency.ui import formats, pickers
from agency.ui.keys import record_keys


class ByMixin:
    """A form that is given ``by``: every choice of records is limited to what that person sees."""

    def __init__(self, *args, by=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        for field in self.fields.values():
            if by and isinstance(field, ModelChoiceField) and hasattr(field.queryset, "visible_to"):
                field.queryset = field.queryset.all().visible_to(by)


class OfficeForm(ByMixin, forms.Form):
    """A plain form of the office: its cleaned values are an operation's arguments."""


class OfficeModelForm(ByMixin, forms.ModelForm):
    """A form whose fields come from a model; the operation still does the writing."""

    def _post_clean(self):
        """Leave the instance alone: the operation locks the row and writes it."""


class PickWidget(forms.Select):
    """A select that holds the chosen record alone and asks the server while one types."""

    def __init__(self, picker: str, attrs=None):
        super().__init__(attrs)
        self.picker = picker

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-pick-url"] = pickers.path(self.picker)
        return context

    def optgroups(self, name, value, attrs=None):
        field = self.choices.field
        chosen = record_keys(value)
        found = field.queryset.filter(pk__in=chosen) if chosen else []
        options = [("", "")] + [(record.pk, field.label_from_instance(record)) for record in found]
        selected = {str(one) for one in value}
        return [
            (None, [self.create_option(name, key, label, str(key) in selected, n)], n)
            for n, (key, label) in enumerate(options)
        ]


class PickField(ModelChoiceField):
    """One record of thousands, found by typing: ``PickField("customers", Customer.objects)``."""

    def __init__(self, picker: str, queryset, **kwargs):
        super().__init__(queryset, widget=PickWidget(picker), **kwargs)


class PickManyField(ModelMultipleChoiceField):
    """Several records, as tags."""

    widget = forms.SelectMultiple(attrs={"data-pick": ""})


class AmountField(forms.DecimalField):
    """An amount, price or rate as people type it: 1,234.50 or 1 234.50; at most 4 decimals."""

    widget = forms.TextInput(attrs={"class": "num", "inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs):
        super().__init__(**{"max_digits": 19, "decimal_places": 4, **kwargs})

    def to_python(self, value):
        if isinstance(value, str):
            value = value.replace(",", "").replace(" ", "").replace("−", "-")
        return super().to_python(value)

    def prepare_value(self, value):
        return formats.money.plain(value, 2) if isinstance(value, Decimal) else value


class HoursField(forms.Field):
    """A length of time as people type it: 1:30, 1.5, 1,5, 1h30 or 90m; cleaned to whole minutes."""

    widget = forms.TextInput(attrs={"class": "num", "inputmode": "text", "autocomplete": "off"})
    default_error_messages = {
        "invalid": "Type a length of time such as 1:30, 1.5 or 90m.",
        "long": "A day has 24 hours.",
    }

    def __init__(self, *, longest: int = 24 * 60, **kwargs):
        super().__init__(**kwargs)
        self.longest = longest

    def to_python(self, value):
        if value in self.empty_values:
            return None
        minutes = minutes_typed(str(value))
        if minutes is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        if minutes > self.longest:
            raise forms.ValidationError(self.error_messages["long"], code="long")
        return minutes

    def prepare_value(self, value):
        return formats.clock(value) if isinstance(value, int) else value


def minutes_typed(text: str) -> int | None:
    """What somebody typed as a length of time, in whole minutes half up; None if it is not one."""
    typed = text.strip().lower().replace(",", ".")
    if found := re.fullmatch(r"(\d{1,5})\s*m(?:in)?", typed, re.ASCII):
        return int(found[1])
    if found := re.fullmatch(r"(\d{0,3})\s*[:h]\s*(\d{0,2})m?", typed, re.ASCII):
        return int(found[1] or 0) * 60 + int(found[2] or 0) if found[1] or found[2] else None
    if re.fullmatch(r"\d{0,4}\.?\d{1,6}", typed, re.ASCII):
        return formats.money.minutes_of(Decimal(typed))
    return None
