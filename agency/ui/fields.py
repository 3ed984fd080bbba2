"""How a form field's input is drawn: the right control, sizes, keyboard and hints for readers."""

from django import forms
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django_filters.fields import DateRangeField, DateTimeRangeField

DATES = {
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.TimeInput: ("time", "%H:%M"),
}

RANGES = {DateRangeField: "date", DateTimeRangeField: "datetime-local"}
DASHES = "---------"


def drawn(bound, attrs: dict | None = None) -> str:
    """The input of a bound field with the classes and attributes of the house."""
    widget = bound.field.widget
    _name_the_empty_choice(bound.field)
    given = {**_attributes(widget, bound.field), **(attrs or {})}
    own = widget.attrs.get("class", "")
    given["class"] = " ".join(filter(None, [_css(widget), own, given.get("class", "")]))
    if bound.errors:
        given["aria-invalid"] = "true"
        given["aria-describedby"] = f"{bound.auto_id}_error"
    elif bound.help_text:
        given["aria-describedby"] = f"{bound.auto_id}_hint"
    if isinstance(widget, forms.MultiWidget):
        return _side_by_side(bound, given)
    return bound.as_widget(attrs=given)


def _side_by_side(bound, attrs: dict) -> str:
    """The two ends of a range, each with its own name for readers."""
    for part in bound.field.widget.widgets:
        part.input_type = RANGES.get(type(bound.field), part.input_type)
    whole = bound.field.widget.get_context(
        bound.html_name, bound.value(), {"id": bound.auto_id, **attrs}
    )["widget"]
    inputs = []
    for part, words in zip(whole["subwidgets"], ("from", "to"), strict=False):
        part["attrs"]["aria-label"] = f"{bound.label} {words}"
        inputs.append(bound.form.renderer.render(part["template_name"], {"widget": part}))
    return format_html('<span class="range">{}</span>', mark_safe("".join(inputs)))  # noqa: S308


def _css(widget) -> str:
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def _attributes(widget, field) -> dict:
    for kind, (input_type, pattern) in DATES.items():
        if type(widget) is kind:
            widget.input_type, widget.format = input_type, pattern
    if isinstance(widget, forms.Textarea):
        return {} if widget.attrs.get("rows", "10") != "10" else {"rows": 3, "cols": 30}
    if isinstance(field, forms.DecimalField):
        return {"inputmode": "decimal", "autocomplete": "off"}
    return {}


def _name_the_empty_choice(field) -> None:
    """Say "None" or "Choose…" where Django draws a line of dashes."""
    words = "Choose…" if field.required else "None"
    if getattr(field, "empty_label", "") == DASHES:
        field.empty_label = words
    elif isinstance(field.widget, forms.Select) and isinstance(field.widget.choices, list):
        field.widget.choices = [
            (key, words if label == DASHES else label) for key, label in field.widget.choices
        ]
