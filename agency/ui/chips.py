"""The filters that are set, each as a chip with its words and a link that takes it away."""

from dataclasses import dataclass
from datetime import date

from agency.ui import formats

SUFFIXES = ("", "_min", "_max", "_after", "_before")


@dataclass(frozen=True)
class Chip:
    """One active filter: what, which value, and the list without it."""

    label: str
    value: str
    url: str


def chips(filterset, state, names) -> list[Chip]:
    """The chips of the filters in ``names`` that the URL sets."""
    form = filterset.form
    values = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = []
    for name in names:
        value = values.get(name)
        if value in (None, "", []) or (hasattr(value, "exists") and not value.exists()):
            continue
        field = form.fields[name]
        without = dict.fromkeys(f"{name}{suffix}" for suffix in SUFFIXES)
        label = str(field.label or name.replace("_", " ").capitalize())
        found.append(Chip(label, _words(field, value), state.url(**without)))
    return found


def _words(field, value) -> str:
    if isinstance(value, slice):
        return _range(value.start, value.stop)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple) or hasattr(value, "all"):
        return ", ".join(_words(field, one) for one in value)
    if isinstance(value, date):
        return formats.day(value)
    labels = {str(key): text for key, text in _choices(field)}
    return str(labels.get(str(value), value))


def _choices(field):
    choices = getattr(field, "choices", ())
    if hasattr(choices, "queryset"):
        return []  # a model's choices: the value knows its own name
    for key, text in choices:
        yield from text if isinstance(text, list | tuple) else [(key, text)]


def _range(start, stop) -> str:
    def one(value):
        return formats.day(value) if isinstance(value, date) else str(value)

    if start is not None and stop is not None:
        return f"{one(start)} to {one(stop)}"
    return f"from {one(start)}" if start is not None else f"to {one(stop)}"
