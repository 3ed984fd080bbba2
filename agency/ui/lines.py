"""The line editor: a formset whose rows are dragged, added and removed on the page."""

from django.forms import BaseFormSet, ChoiceField, HiddenInput, IntegerField, formset_factory

MOST = 500  # lines of one document
OWN = ("ORDER", "DELETE")


class Place(IntegerField):
    """The place of a line; being given one does not make a blank line a line."""

    widget = HiddenInput

    def has_changed(self, initial, data) -> bool:
        return False


class LineFormSet(BaseFormSet):
    """Lines in the order of the page; deleted and blank ones are left out of ``lines()``."""

    def __init__(self, *args, by=None, **kwargs):
        super().__init__(*args, **kwargs)
        if by is not None:
            self.form_kwargs = {**self.form_kwargs, "by": by}

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["ORDER"] = Place(required=False, initial=form.fields["ORDER"].initial)
        form.fields["DELETE"].widget = HiddenInput()
        for field in form.fields.values():
            # A select always sends something: that alone does not make a blank line a line.
            if isinstance(field, ChoiceField) and field.initial is None and field.choices:
                field.initial = field.choices[0][0]

    def lines(self) -> list[dict]:
        """The cleaned values of the lines that stay, in order."""
        return [
            {name: form.cleaned_data.get(name) for name in form.fields if name not in OWN}
            for form in self.ordered_forms
        ]

    def errors_by_line(self) -> dict[str, list[str]]:
        """What is wrong, by the place of the line: {"lines[0].quantity": ["…"]}."""
        return {
            f"lines[{place}].{name}": list(texts)
            for place, errors in enumerate(self.errors)
            for name, texts in errors.items()
        }


def line_formset(form_class, *, extra: int = 1) -> type[LineFormSet]:
    """The formset class for ``ui/lines.html``; ``extra`` blank lines wait at the end."""
    return formset_factory(
        form_class,
        formset=LineFormSet,
        extra=extra,
        can_order=True,
        can_delete=True,
        max_num=MOST,
        absolute_max=MOST,
        validate_max=True,
    )
