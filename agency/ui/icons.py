"""Icons of the lucide set, rendered once per process and kept."""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide import _render_icon as drawn


@cache
def icon(name: str, css: str = "") -> SafeString:
    """An icon as inline SVG, hidden from screen readers; raises for a name lucide does not know."""
    classes = f"i {css}".strip()
    return mark_safe(drawn(name, 24, **{"class": classes, "aria-hidden": "true"}))  # noqa: S308


def pill(label: str, glyph: str = "circle", tone: str = "") -> SafeString:
    """A status as glyph and word. Tones: info, good, warn, bad, line, void; none is grey."""
    css = f"pill p-{tone}" if tone else "pill"
    return format_html('<span class="{}">{}<span>{}</span></span>', css, icon(glyph), label)
