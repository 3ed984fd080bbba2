"""Tags and filters of the pages: {% load ui %}."""

from django import forms, template
from django.http import QueryDict

from agency.ui import fields as form_fields
from agency.ui import formats, icons

register = template.Library()

register.simple_tag(icons.icon, name="icon")
register.simple_tag(icons.pill, name="pill")
register.simple_tag(formats.face, name="face")
register.simple_tag(formats.money_html, name="money")
register.filter("money", formats.money_html)
register.filter("amount", formats.amount)
register.filter("quantity", formats.quantity)
register.filter("clock", formats.clock)
register.filter("day", formats.day)
register.filter("moment", formats.moment)
register.filter("percent", formats.percent)
register.filter("initials", formats.initials)


@register.filter
def at(mapping, key):
    """The value of a mapping under a key that is a variable."""
    return mapping.get(key) if mapping else None


@register.filter
def item(sequence, place):
    """The element of a list at a place that is a variable."""
    return sequence[place]


@register.filter
def total_in(line, column):
    """A column's sum in one line of the totals."""
    return line["sums"].get(f"total_{column.name}")


@register.filter
def is_checkbox(bound) -> bool:
    """Whether a field is drawn as one box with its label at the right."""
    return isinstance(bound.field.widget, forms.CheckboxInput)


@register.simple_tag(takes_context=True)
def query(context, **changes) -> str:
    """The page's query string with something changed: {% query page=2 %}; None removes."""
    found: QueryDict = context["request"].GET.copy()
    for name, value in {"part": None, "export": None, **changes}.items():
        found.pop(name, None)
        if value not in (None, ""):
            found[name] = value
    return f"?{found.urlencode()}"


@register.inclusion_tag("ui/_field.html")
def field(bound, *, prefix="", suffix="", hint="", label=None, css="", optional=True):
    """A form field with label, hint and errors in their places."""
    return {
        "bound": bound,
        "widget": form_fields.drawn(bound),
        "prefix": prefix,
        "suffix": suffix,
        "hint": hint or bound.help_text,
        "label": label or bound.label,
        "css": css,
        "optional": optional and not bound.field.required and not is_checkbox(bound),
    }


@register.inclusion_tag("ui/_fields.html")
def fields(form, *names):
    """Several fields one below the other; without names all visible ones."""
    return {"bounds": [form[name] for name in names] if names else form.visible_fields()}


@register.simple_tag
def control(bound, **attrs):
    """The bare input of a form field, for tables and rows."""
    return form_fields.drawn(
        bound, {name.replace("_", "-"): value for name, value in attrs.items()}
    )


@register.inclusion_tag("ui/_figure.html")
def figure(shown):
    """One cell of the figures strip."""
    return {"figure": shown}


@register.inclusion_tag("ui/_explain.html")
def explain(text, explanation, tone=""):
    """A number that opens the arithmetic behind it."""
    return {"text": text, "explanation": explanation, "tone": tone}


@register.inclusion_tag("ui/_action.html")
def action(one, small=False):
    """A button of a record or a panel."""
    return {"action": one, "small": small}


@register.inclusion_tag("ui/_bar.html")
def bar(percent, second=None, label="", large=False):
    """A burn bar: ``percent`` filled, ``second`` in the lighter tint behind it, red above 100."""
    value = max(float(percent or 0), 0.0)
    tone = "fb1" if value > 100 else "fw1" if value > 80 else "f1"
    return {
        "width": min(value, 100),
        "second": min(float(second), 100) if second else None,
        "tone": tone,
        "label": label or f"{value:.0f} %",
        "large": large,
    }


@register.inclusion_tag("ui/_chart.html")
def chart(key, data, label, *, head=None, rows=None, tall=False):
    """A chart with its table behind a switch.

    ``data``: {"type", "labels", "money", "sets": [{"label", "data", "color", "type", "dash"}]};
    colours are token names (mark, ink-3, bad, good, warn). ``head`` and ``rows`` are the table.
    """
    sets = data["sets"]
    head = head or ["", *(one["label"] for one in sets)]
    rows = rows or [
        [text, *(one["data"][n] for one in sets)] for n, text in enumerate(data["labels"])
    ]
    return {"key": key, "data": data, "label": label, "head": head, "rows": rows, "tall": tall}


@register.filter
def written(value, kind: str):
    """A figure as its kind is written: hours, number, percent, text."""
    write = {"hours": formats.clock, "number": formats.quantity, "percent": formats.percent}
    return write.get(kind, str)(value)
