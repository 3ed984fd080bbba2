"""Filters that a page draws as a choice and an API takes as an id or a word."""

import django_filters as filters
from django import forms
from django.apps import apps
from django.utils.choices import CallableChoiceIterator

from agency.ui.forms import PickWidget

FLAGS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


class RecordChoice(filters.ModelChoiceFilter):
    """One related record among those that the caller may see.

    ``model`` is ``"crm.Customer"``; with ``picker`` the page searches for it while one types.
    """

    def __init__(self, model: str, field_name: str, *, picker: str = "", **kwargs) -> None:
        if picker:
            kwargs["widget"] = PickWidget(picker)
        kwargs.setdefault("empty_label", "Any")
        super().__init__(
            field_name=field_name, queryset=lambda request: visible(model, request), **kwargs
        )


class WordChoice(filters.CharFilter):
    """A stored word, in any case; the page offers the words there are (a function gives them)."""

    def __init__(self, *args, choices, **kwargs) -> None:
        offered = CallableChoiceIterator(lambda: [("", "Any"), *choices()])
        kwargs.setdefault("lookup_expr", "iexact")
        kwargs["widget"] = forms.Select(attrs={"data-pick": ""}, choices=offered)
        super().__init__(*args, **kwargs)


def visible(model: str, request):
    rows = apps.get_model(model).objects.all()
    return rows.visible_to(request.user) if request else rows.none()


class FlagField(forms.TypedChoiceField):
    """Yes or no; what is neither is an error, never silently ignored."""

    def to_python(self, value):
        return str(FLAGS.get(str(value).lower(), value)).lower() if value else ""


class Flag(filters.TypedChoiceFilter):
    """A filter by yes or no: ``?is_active=true``."""

    field_class = FlagField
    schema = {"type": "boolean"}

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("choices", [("", "Any"), ("true", "Yes"), ("false", "No")])
        super().__init__(*args, coerce=lambda value: value == "true", **kwargs)
