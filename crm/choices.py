"""What the forms of this app let one choose from."""

from django import forms
from django.apps import apps

from agency.ui.forms import PickManyField


def currencies() -> list[tuple[str, str]]:
    """The currencies in use, by code."""
    rows = apps.get_model("reference", "Currency").objects.filter(is_active=True)
    return [(code, f"{code} · {name}") for code, name in rows.values_list("code", "name")]


def currencies_or_usual() -> list[tuple[str, str]]:
    return [("", "The organisation's"), *currencies()]


def currencies_or_company() -> list[tuple[str, str]]:
    return [("", "The company's"), *currencies()]


def countries() -> list[tuple[str, str]]:
    rows = apps.get_model("reference", "Country").objects.order_by("name")
    return list(rows.values_list("alpha2", "name"))


def countries_or_none() -> list[tuple[str, str]]:
    return [("", "None"), *countries()]


class DayField(forms.DateField):
    """A date, picked from the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SearchedChoice(forms.ChoiceField):
    """One of many words, found by typing."""

    widget = forms.Select(attrs={"data-pick": ""})


class PersonField(forms.ModelChoiceField):
    """One colleague who still works here."""

    widget = forms.Select(attrs={"data-pick": ""})

    def __init__(self, **kwargs) -> None:
        super().__init__(colleagues(), **kwargs)


class PeopleField(PickManyField):
    """Several colleagues who still work here."""

    def __init__(self, **kwargs) -> None:
        super().__init__(colleagues(), **kwargs)


def keep(form, field: str, people) -> None:
    """Let a form keep people who have left where they already stand on the record."""
    form.fields[field].queryset = (form.fields[field].queryset | people).distinct()


def colleagues():
    return apps.get_model("staff", "Staff").objects.active()
