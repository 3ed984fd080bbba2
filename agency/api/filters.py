"""Filters that every dialect shares."""

import django_filters as filters
from django import forms

from agency.api.fields import LARGEST_ID


class IdField(forms.IntegerField):
    """An id in a query string: a whole number that a key can hold."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs | {"min_value": 0, "max_value": LARGEST_ID})


class IdFilter(filters.Filter):
    """Rows whose related record has that id."""

    field_class = IdField
