"""Filters that every dialect shares, held to what a column can be compared with."""

from decimal import Decimal

import django_filters as filters
from django import forms
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError

from agency.api.fields import LARGEST_ID


class IdField(forms.IntegerField):
    """An id in a query string: a whole number that a key can hold."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs | {"min_value": 0, "max_value": LARGEST_ID})


class IdFilter(filters.Filter):
    """Rows whose related record has that id."""

    field_class = IdField


PAGING = {"limit", "page", "sort"}


class FilterBackend(DjangoFilterBackend):
    """Applies a view's ``filterset_class``; a number beyond every column is refused by name."""

    def filter_queryset(self, request, queryset, view):
        if request.query_params.keys() <= PAGING:
            return queryset  # making the form for nothing costs as much as the statement
        filterset = self.get_filterset(request, queryset, view)
        return queryset if filterset is None else filtered(filterset)


def filtered(filterset: filters.FilterSet):
    """The rows that a filterset keeps. Raises ``ValidationError`` naming what it cannot read."""
    if not filterset.is_valid():
        raise ValidationError(filterset.errors)
    beyond = [name for name, value in filterset.form.cleaned_data.items() if too_large(value)]
    if beyond:
        raise ValidationError({name: ["This number is too large."] for name in beyond})
    return filterset.qs


def too_large(value) -> bool:
    return isinstance(value, int | Decimal) and abs(value) > LARGEST_ID
