"""The filters of the CRM dialect: its names for what the one filterset of a resource knows."""

from typing import Any

from rest_framework.exceptions import ValidationError

from agency.api.filters import filtered
from agency.api.names import Names, Spelling, spelled
from agency.api.v1 import query


class FilteringMixin:
    """``filters`` maps names of the query string to those of the ``filterset_class``.

    A filter that bears the name of a field is read as that field is: a code, a look-up's name.
    """

    names: type[Names]
    filters: dict[str, str] = {}

    def filter_queryset(self, queryset):
        rows = query.within_times(queryset, self.request.query_params)
        asked = self.asked()
        if not asked:
            return rows
        try:
            return filtered(self.filterset_class(asked, queryset=rows, request=self.request))
        except ValidationError as error:
            name_of = {known: name for name, known in self.filters.items()}
            reasons = {name_of[known]: texts for known, texts in error.detail.items()}
            raise ValidationError(reasons) from error

    def asked(self) -> dict[str, Any]:
        """The filters of the query string, as the filterset names and reads them."""
        found, params = {}, self.request.query_params
        for name, known in self.filters.items():
            text = params.get(name, "").strip()
            if not text:
                continue
            spelling = self.spelling(name)
            value = spelling.asked(text) if spelling else text
            if value is None:
                raise ValidationError({name: [f"“{text[:40]}” is not known."]})
            found[known] = value
        return found

    def filter_shape(self, name: str) -> dict | None:
        """The schema of a filter that is spelled as the field of the same name."""
        spelling = self.spelling(name)
        return spelling.asked_shape() if spelling else None

    def spelling(self, name: str) -> Spelling | None:
        """How the field of a filter's name is spelled, where there is one."""
        table = {**self.names.shown, **self.names.both}
        known = table.get(self.names.accepts.get(name, name))
        return spelled(known) if known else None

    def times(self) -> list[str]:
        columns = {field.name for field in self.names.model._meta.fields}
        return [name for name, (column, _) in query.TIMES.items() if column in columns]
