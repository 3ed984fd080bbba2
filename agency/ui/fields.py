"""How a form field's input is drawn: the right control, sizes, keyboard and hints for readers."""

from django import forms

DATES = {
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.TimeInput: ("time", "%H:%M"),
}


def drawn(bound, attrs: dict | None = None) -> str:
    """The input of a bound field with the classes and attributes of the house."""
    widget = bound.field.widget
    given = {**_attributes(widget, bound.field), **(attrs or {})}
    own = widget.attrs.get("class", "")
    given["class"] = " ".join(filter(None, [_css(widget), own, given.get("class", "")]))
    if bound.errors:
        given["aria-invalid"] = "true"
        given["aria-describedby"] = f"{bound.auto_id}_error"
    elif bound.help_text:
        given["aria-describedby"] = f"{bound.auto_id}_hint"
    return bound.as_widget(attrs=given)


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
